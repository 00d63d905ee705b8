// The grammar of ash: reads one complete command, refuses what ash refuses with its words, and hands the rest to unbash in a form in
// which bash's grammar means the same. Models list, andor, pipeline, parse_command and simplecmd of busybox shell/ash.c.
import { createSource, edit, edited } from './source.ts';
import { createTokens, refuseWith, type Token, type Tokens, unexpected } from './tokens.ts';
import type { Scanner } from './words.ts';

/** A complete command: the text for unbash, where the next one starts, on which line this one does. */
export interface Reading {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly last: boolean;
  /** A here-document in it goes on past the end of the text. */
  readonly isOpen: boolean;
}

/** Builtins that no function may be named after, but in bash. */
export const specialBuiltins = new Set(
  ': . break continue eval exec exit export readonly return set shift times trap unset source'.split(' '),
);
const endOfList: ReadonlySet<Token> = new Set(['end of file', ')', ';;', 'do', 'done', 'elif', 'else', 'esac', 'fi', 'then', '}']);
/** Nesting deeper than this is refused: the stack of the page must hold it. */
const maxDepth = 200;

const scanner: Scanner = {
  inner(source) {
    const tokens = createTokens(scanner, source);
    list(tokens, 'maybe', 1);
    if (tokens.read() !== ')') unexpected(tokens, ')');
  },
  rewrite(text) {
    const source = createSource(text);
    const tokens = createTokens(scanner, source);
    list(tokens, 'maybe', 1);
    if (tokens.read() !== 'end of file') unexpected(tokens, ')');
    return edited(source, 0, text.length);
  },
};

/** The next complete command from an offset on; undefined where only blanks and comments are left. Throws a SyntaxRefusal. */
export function readCommand(text: string, from: number): Reading | undefined {
  const source = createSource(text, from);
  const tokens = createTokens(scanner, source);
  for (;;) {
    const token = tokens.read();
    if (token === 'end of file') return undefined;
    if (token !== 'newline') break;
  }
  const { start } = tokens;
  tokens.back();
  list(tokens, 'line', 0);
  const end = source.at;
  return { text: edited(source, start, end), start, end, last: tokens.last === 'end of file', isOpen: source.isOpen === true };
}

/** `line`: up to a newline. `some`: at least one command. `maybe`: none is fine. */
function list(tokens: Tokens, kind: 'line' | 'some' | 'maybe', depth: number): void {
  if (depth > maxDepth) refuseWith(tokens, 'nested too deeply');
  let first = true;
  for (;;) {
    tokens.expect = { newlines: kind !== 'line', keywords: true };
    const token = tokens.read();
    if (kind === 'line' && token === 'newline') return;
    tokens.back();
    if (token === 'end of file') return;
    if ((kind === 'maybe' || !first) && endOfList.has(token) && kind !== 'line') return;
    first = false;
    tokens.expect = { newlines: false, keywords: true };
    andOr(tokens, depth);
    const end = tokens.read();
    if (end === 'newline' || end === 'end of file') {
      if (kind === 'line') return;
      tokens.back();
    } else if (end !== ';' && end !== '&') {
      if (kind === 'line') unexpected(tokens);
      tokens.back();
      return;
    }
  }
}

function andOr(tokens: Tokens, depth: number): void {
  pipeline(tokens, depth);
  for (;;) {
    const token = tokens.read();
    if (token !== '&&' && token !== '||') break;
    tokens.expect = { newlines: true, keywords: true };
    pipeline(tokens, depth);
  }
  tokens.back();
}

function pipeline(tokens: Tokens, depth: number): void {
  const { newlines } = tokens.expect;
  if (tokens.read() === '!') tokens.expect = { newlines: false, keywords: true };
  else {
    tokens.back();
    tokens.expect = { newlines, keywords: true };
  }
  command(tokens, depth);
  while (tokens.read() === '|') {
    tokens.expect = { newlines: true, keywords: true };
    command(tokens, depth);
  }
  tokens.back();
}

function command(tokens: Tokens, depth: number): void {
  tokens.expect = { newlines: tokens.expect.newlines, keywords: true };
  const token = tokens.read();
  let closing: Token | undefined;
  if (token === 'if') closing = readIf(tokens, depth);
  else if (token === 'while' || token === 'until') {
    list(tokens, 'some', depth + 1);
    need(tokens, 'do');
    list(tokens, 'some', depth + 1);
    closing = 'done';
  } else if (token === 'for') closing = readFor(tokens, depth);
  else if (token === 'case') readCase(tokens, depth);
  else if (token === '(') {
    // Two parentheses are two subshells to ash, arithmetic to bash.
    if (tokens.source.text.charAt(tokens.source.at) === '(') edit(tokens.source, tokens.source.at, 0, ' ');
    list(tokens, 'some', depth + 1);
    closing = ')';
  } else if (token === '{') {
    list(tokens, 'some', depth + 1);
    closing = '}';
  } else if (token === 'word' || token === 'redirection' || token === 'function') {
    tokens.back();
    simple(tokens, depth);
    return;
  } else unexpected(tokens);
  if (closing !== undefined && tokens.read() !== closing) unexpected(tokens, closing);
  tokens.expect = { newlines: false, keywords: true };
  while (tokens.read() === 'redirection') {
    target(tokens);
    tokens.expect = { newlines: false, keywords: true };
  }
  tokens.back();
}

function need(tokens: Tokens, token: Token): void {
  if (tokens.read() !== token) unexpected(tokens, token);
}

function readIf(tokens: Tokens, depth: number): Token {
  for (;;) {
    list(tokens, 'some', depth + 1);
    tokens.expect = { newlines: false, keywords: true };
    need(tokens, 'then');
    list(tokens, 'some', depth + 1);
    tokens.expect = { newlines: false, keywords: true };
    const token = tokens.read();
    if (token === 'elif') continue;
    if (token === 'else') {
      list(tokens, 'some', depth + 1);
      tokens.expect = { newlines: false, keywords: true };
    } else tokens.back();
    return 'fi';
  }
}

function readFor(tokens: Tokens, depth: number): Token {
  if (tokens.read() !== 'word' || tokens.quoted || !/^[A-Za-z_]\w*$/.test(tokens.word)) refuseWith(tokens, 'bad for loop variable');
  tokens.expect = { newlines: true, keywords: true };
  if (tokens.read() === 'in') {
    while (tokens.read() === 'word');
    if (tokens.last !== 'newline' && tokens.last !== ';') unexpected(tokens);
  } else if (tokens.last !== ';') tokens.back();
  tokens.expect = { newlines: true, keywords: true };
  need(tokens, 'do');
  list(tokens, 'some', depth + 1);
  return 'done';
}

function readCase(tokens: Tokens, depth: number): void {
  if (tokens.read() !== 'word') unexpected(tokens, 'word');
  tokens.expect = { newlines: true, keywords: true };
  need(tokens, 'in');
  for (;;) {
    tokens.expect = { newlines: true, keywords: true };
    if (tokens.read() === 'esac') return;
    if (tokens.last === '(') tokens.read();
    // With both parentheses it is plain to unbash, inside of $(...) too, where the pattern ends.
    else edit(tokens.source, tokens.start, 0, '(');
    while (tokens.read() === '|') tokens.read();
    if (tokens.last !== ')') unexpected(tokens, ')');
    list(tokens, 'maybe', depth + 1);
    tokens.expect = { newlines: true, keywords: true };
    const token = tokens.read();
    if (token === 'esac') return;
    if (token !== ';;') unexpected(tokens, ';;');
  }
}

/** The file name, number or delimiter behind a redirection. */
function target(tokens: Tokens): void {
  const operator = tokens.word;
  if (tokens.read() !== 'word') unexpected(tokens);
  if (operator.includes('<<')) tokens.heredoc(operator.endsWith('-'));
}

function simple(tokens: Tokens, depth: number): void {
  let words = 0;
  let others = 0;
  let brackets = false;
  tokens.expect = { newlines: false, keywords: true };
  if (tokens.read() === 'function') {
    functionKeyword(tokens, depth);
    return;
  }
  tokens.back();
  for (;;) {
    const token = tokens.read();
    if (token === 'word') {
      if (!tokens.quoted && tokens.word === '[[') brackets = true;
      if (!tokens.quoted && tokens.word === ']]') brackets = false;
      if (words === 0 && /^[A-Za-z_]\w*=/.test(tokens.word)) others += 1;
      else words += 1;
      // As an argument `case` is a word; unbash looks for the end of $(...) by counting them.
      if (words > 1 && (tokens.word === 'case' || tokens.word === 'esac')) edit(tokens.source, tokens.start, 0, '\\');
    } else if (token === 'redirection') {
      others += 1;
      target(tokens);
    } else if (brackets && (token === '&&' || token === '||')) edit(tokens.source, tokens.start, 2, token === '&&' ? '-a' : '-o');
    else if (token === '(' && words === 1 && others === 0) {
      functionBody(tokens, depth);
      return;
    } else {
      tokens.back();
      return;
    }
  }
}

function functionBody(tokens: Tokens, depth: number): void {
  const { word, quoted } = tokens;
  if (tokens.read() !== ')') unexpected(tokens, ')');
  if (quoted || !(/^[A-Za-z_]\w*$/.test(word) || specialBuiltins.has(word))) refuseWith(tokens, 'bad function name');
  const before = tokens.source.at;
  tokens.expect = { newlines: true, keywords: true };
  const token = tokens.read();
  tokens.back();
  const simpleBody = token === 'word' || token === 'redirection';
  if (simpleBody) edit(tokens.source, before, 0, ' { ');
  tokens.expect = { newlines: true, keywords: true };
  command(tokens, depth + 1);
  // The token behind the body has been read and given back: the brace belongs before it.
  if (simpleBody) edit(tokens.source, tokens.last === 'end of file' ? tokens.source.text.length : tokens.start, 0, ' ;}');
}

/** `function name {` and `function name()`. */
function functionKeyword(tokens: Tokens, depth: number): void {
  if (tokens.read() !== 'word') unexpected(tokens, 'word');
  tokens.expect = { newlines: true, keywords: true };
  const token = tokens.read();
  if (token === '(') {
    functionBody(tokens, depth);
    return;
  }
  if (!['{', 'if', 'case', 'until', 'while', 'for'].includes(token)) unexpected(tokens);
  tokens.back();
  tokens.expect = { newlines: true, keywords: true };
  command(tokens, depth + 1);
}
