// The tokens of ash. Models xxreadtoken of busybox shell/ash.c.
import { edit, peek, refuse, type Source, SyntaxRefusal } from './source.ts';
import { scanQuotedChar, scanWord, type Scanner } from './words.ts';

const operators = ['&&', '||', ';;', ';', '&', '|', '(', ')'] as const;
const keywords = [
  '!',
  'case',
  'do',
  'done',
  'elif',
  'else',
  'esac',
  'fi',
  'for',
  'function',
  'if',
  'in',
  'then',
  'until',
  'while',
  '{',
  '}',
] as const;

/** A token's kind; keywords and operators are named as they are written. */
export type Token = 'end of file' | 'newline' | 'redirection' | 'word' | (typeof operators)[number] | (typeof keywords)[number];

/** Words that bash takes for its own syntax and ash does not. */
const bashWords = new Set(['[[', ']]', 'time', 'coproc', 'select']);

interface Heredoc {
  readonly delimiter: string;
  readonly quoted: boolean;
  readonly strip: boolean;
}

/** A token stream. */
export interface Tokens {
  readonly source: Source;
  /** The next token. `newlines`: those before it are skipped; `keywords`: reserved words are recognised. */
  read(): Token;
  /** Gives the last token back. */
  back(): void;
  expect: { newlines: boolean; keywords: boolean };
  /** The last token, its start, and, of a word, its text as written. */
  last: Token;
  start: number;
  word: string;
  quoted: boolean;
  /** A here-document begins: its body follows the next newline. */
  heredoc(strip: boolean): void;
}

const isKeyword = (word: string): word is (typeof keywords)[number] => (keywords as readonly string[]).includes(word);

/** Tokens from the cursor on. */
export function createTokens(scanner: Scanner, source: Source): Tokens {
  let pushed = false;
  const heredocs: Heredoc[] = [];

  const word = (): Token => {
    tokens.start = source.at;
    tokens.quoted = scanWord(scanner, source);
    tokens.word = source.text.slice(tokens.start, source.at);
    return 'word';
  };

  /** `2>` and `>`: the operator is read, its target is not. */
  const redirection = (): Token | undefined => {
    const found = /^\d?(?:<<-|<<|<>|<&|>>|>&|>\||<|>)|^&>/.exec(source.text.slice(source.at, source.at + 4));
    if (!found) return undefined;
    // `<(` and `>(` are words to ash as well.
    if (/^[<>]\($/.test(source.text.slice(source.at, source.at + 2))) return processSubstitution();
    tokens.start = source.at;
    source.at += found[0].length;
    tokens.word = found[0];
    return 'redirection';
  };

  const processSubstitution = (): Token => {
    const start = source.at;
    source.at += 2;
    scanner.inner(source);
    word();
    tokens.start = start;
    tokens.quoted = true;
    tokens.word = source.text.slice(start, source.at);
    return 'word';
  };

  const next = (): Token => {
    while (peek(source) === ' ' || peek(source) === '\t') source.at += 1;
    if (peek(source) === '#') {
      const end = source.text.indexOf('\n', source.at);
      source.at = end < 0 ? source.text.length : end;
    }
    tokens.start = source.at;
    const char = peek(source);
    if (char === '') return 'end of file';
    if (char === '\n') {
      source.at += 1;
      while (heredocs.length > 0) readHeredoc(scanner, source, heredocs.shift() as Heredoc);
      return 'newline';
    }
    const redirected = redirection();
    if (redirected) return redirected;
    const operator = operators.find((text) => source.text.startsWith(text, source.at));
    if (operator === undefined) return word();
    source.at += operator.length;
    return operator;
  };

  const classify = (token: Token): Token => {
    if (token !== 'word') return token;
    if (!tokens.quoted && tokens.expect.keywords && isKeyword(tokens.word)) return tokens.word;
    if (!tokens.quoted && (bashWords.has(tokens.word) || /^[A-Za-z_]\w*(\+=|\[[^\]]*\]\+?=)|^\{[A-Za-z_]\w*\}$/.test(tokens.word)))
      disarm();
    return 'word';
  };

  /** Puts a backslash where bash would see an array, an addition, a descriptor variable or a word of its own. */
  const disarm = (): void => {
    const inside = /^[A-Za-z_]\w*/.exec(tokens.word);
    const at = bashWords.has(tokens.word) ? 0 : (inside?.[0].length ?? 0);
    edit(source, tokens.start + at, 0, '\\');
  };

  const tokens: Tokens = {
    source,
    expect: { newlines: false, keywords: false },
    last: 'newline',
    start: 0,
    word: '',
    quoted: false,
    back() {
      pushed = true;
    },
    heredoc(strip) {
      heredocs.push({ delimiter: unquoted(tokens.word), quoted: tokens.quoted, strip });
    },
    read() {
      const { expect } = tokens;
      let token: Token;
      if (pushed) {
        pushed = false;
        token = tokens.last;
        if (token === 'newline' && expect.newlines) token = next();
      } else token = next();
      while (token === 'newline' && expect.newlines) token = next();
      token = classify(token);
      tokens.expect = { newlines: false, keywords: false };
      tokens.last = token;
      return token;
    },
  };
  return tokens;
}

/** What a quoted delimiter means. */
function unquoted(word: string): string {
  return word.replace(/\\(.)|["']/g, '$1');
}

function readHeredoc(scanner: Scanner, source: Source, { delimiter, quoted, strip }: Heredoc): void {
  const start = source.at;
  let end = source.text.length;
  let after = end;
  let isClosed = false;
  for (let at = start; at < source.text.length; ) {
    const cut = source.text.indexOf('\n', at);
    const line = source.text.slice(at, cut < 0 ? undefined : cut);
    const next = cut < 0 ? source.text.length : cut + 1;
    if ((strip ? line.replace(/^\t+/, '') : line) === delimiter) {
      end = at;
      after = next;
      isClosed = true;
      break;
    }
    at = next;
  }
  if (!isClosed) source.isOpen = true;
  if (!quoted) scanBody(scanner, source, end);
  source.at = after;
}

/** Looks through the expansions of a here-document for mistakes. */
function scanBody(scanner: Scanner, source: Source, end: number): void {
  const body: Source = { text: source.text.slice(0, end), at: source.at, edits: source.edits };
  while (body.at < end) scanQuotedChar(scanner, body, body.text.charAt(body.at));
}

/** How ash names a token in its errors. */
function nameOf(token: Token): string {
  return token === 'end of file' || token === 'newline' || token === 'redirection' || token === 'word' ? token : `"${token}"`;
}

/** Refuses the last token. */
export function unexpected(tokens: Tokens, wanted?: Token): never {
  const hint = wanted === undefined ? '' : ` (expecting ${nameOf(wanted)})`;
  const message = `syntax error: unexpected ${nameOf(tokens.last)}${hint}`;
  throw new SyntaxRefusal(message, tokens.last === 'end of file', tokens.source.at);
}

/** Refuses with a text of its own. */
export function refuseWith(tokens: Tokens, message: string): never {
  return refuse(tokens.source, message);
}
