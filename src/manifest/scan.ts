// YAML text into tokens, as go-yaml v2 cuts it: the same tokens, the same complaints at the same lines. Models libyaml's scanner in
// sigs.k8s.io/yaml/goyaml.v2/scannerc.go. kubectl's errors are this scanner's, which is why no other parser stands in for it.

/** A place in a text; line and column count from 0. */
export interface Mark {
  readonly index: number;
  readonly line: number;
  readonly column: number;
}

/** What a token can be. */
export type TokenType =
  | 'stream-end'
  | 'directive'
  | 'document-start'
  | 'document-end'
  | 'block-sequence-start'
  | 'block-mapping-start'
  | 'block-end'
  | 'flow-sequence-start'
  | 'flow-sequence-end'
  | 'flow-mapping-start'
  | 'flow-mapping-end'
  | 'block-entry'
  | 'flow-entry'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar';

/** A token; of a scalar its value, of an anchor or a tag its name. */
export interface Token {
  readonly type: TokenType;
  readonly start: Mark;
  readonly end: Mark;
  readonly value: string;
  /** Of a scalar: without quotes and not a block. */
  readonly plain: boolean;
}

/** A text that is no YAML, in go-yaml's words. */
export class YamlError extends Error {
  /** Counted from 0. */
  readonly at: Mark;
  constructor(problem: string, at: Mark, line: number) {
    super(line === 0 ? problem : `line ${line}: ${problem}`);
    this.at = at;
  }
}

/** A complaint of the scanner: it counts from 0 and says one more, save on the first line, where it says nothing. */
const scannerError = (problem: string, at: Mark): YamlError => new YamlError(problem, at, at.line === 0 ? 0 : at.line + 1);

interface SimpleKey {
  possible: boolean;
  required: boolean;
  token: number;
  mark: Mark;
}

const NO_MARK: Mark = { index: 0, line: 0, column: 0 };
const LONGEST_KEY = 1024;
const isBreak = (c: string): boolean => c === '\n' || c === '\r' || c === '\u0085' || c === '\u2028' || c === '\u2029';
const isBlank = (c: string): boolean => c === ' ' || c === '\t';
const isBreakOrEnd = (c: string): boolean => c === '' || isBreak(c);
const isBlankOrEnd = (c: string): boolean => isBlank(c) || isBreakOrEnd(c);
const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\u0007',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\u001b',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  '/': '/',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
};
const HEX_LENGTHS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };
const INDICATORS = '-?:,[]{}#&*!|>\'"%@`';

/** The tokens of one text, in order. */
export interface Scanner {
  peek(): Token;
  take(): Token;
}

/** A scanner at the start of a text. */
export function createScanner(text: string): Scanner {
  let index = 0;
  let line = 0;
  let column = 0;
  let indent = -1;
  let flowLevel = 0;
  let keyAllowed = true;
  let taken = 0;
  let ended = false;
  const indents: number[] = [];
  const queue: Token[] = [];
  const keys: SimpleKey[] = [{ possible: false, required: false, token: 0, mark: NO_MARK }];

  const mark = (): Mark => ({ index, line, column });
  const at = (offset = 0): string => text.charAt(index + offset);
  const lastKey = (): SimpleKey => keys[keys.length - 1] as SimpleKey;
  const skip = (count = 1): void => {
    index += count;
    column += count;
  };
  const readBreak = (): string => {
    const first = at();
    const length = first === '\r' && at(1) === '\n' ? 2 : 1;
    index += length;
    column = 0;
    line += 1;
    return first === '\u2028' || first === '\u2029' ? first : '\n';
  };
  const read = (): string => {
    const c = at();
    skip();
    return c;
  };
  const push = (type: TokenType, start: Mark, value = '', plain = false, end = mark()): void => {
    queue.push({ type, start, end, value, plain });
  };
  const insert = (position: number, type: TokenType, where: Mark): void => {
    queue.splice(position, 0, { type, start: where, end: where, value: '', plain: false });
  };

  const isValidKey = (key: SimpleKey): boolean => {
    if (!key.possible) return false;
    if (key.mark.line >= line && key.mark.index + LONGEST_KEY >= index) return true;
    if (key.required) throw scannerError("could not find expected ':'", mark());
    key.possible = false;
    return false;
  };
  const removeKey = (): void => {
    const key = lastKey();
    if (key.possible && key.required) throw scannerError("could not find expected ':'", mark());
    key.possible = false;
  };
  const saveKey = (): void => {
    if (!keyAllowed) return;
    const required = flowLevel === 0 && indent === column;
    removeKey();
    keys[keys.length - 1] = { possible: true, required, token: taken + queue.length, mark: mark() };
  };
  const rollIndent = (to: number, token: number, type: TokenType, where: Mark): void => {
    if (flowLevel > 0 || indent >= to) return;
    indents.push(indent);
    indent = to;
    insert(token < 0 ? queue.length : token - taken, type, where);
  };
  const unrollIndent = (to: number): void => {
    if (flowLevel > 0) return;
    while (indent > to) {
      push('block-end', mark());
      indent = indents.pop() ?? -1;
    }
  };

  const skipToToken = (): void => {
    for (;;) {
      if (column === 0 && at() === '\ufeff') index += 1;
      while (at() === ' ' || ((flowLevel > 0 || !keyAllowed) && at() === '\t')) skip();
      if (at() === '#') while (!isBreakOrEnd(at())) skip();
      if (!isBreak(at())) return;
      readBreak();
      if (flowLevel === 0) keyAllowed = true;
    }
  };

  const isDocumentIndicator = (indicator: string): boolean => column === 0 && text.startsWith(indicator, index) && isBlankOrEnd(at(3));

  const fetchEnd = (): void => {
    if (column !== 0) {
      column = 0;
      line += 1;
    }
    unrollIndent(-1);
    removeKey();
    keyAllowed = false;
    ended = true;
    push('stream-end', mark());
  };
  const fetchDirective = (): void => {
    unrollIndent(-1);
    removeKey();
    keyAllowed = false;
    const start = mark();
    while (!isBreakOrEnd(at())) skip();
    push('directive', start);
  };
  const fetchDocumentIndicator = (type: TokenType): void => {
    unrollIndent(-1);
    removeKey();
    keyAllowed = false;
    const start = mark();
    skip(3);
    push(type, start);
  };
  const fetchFlowStart = (type: TokenType): void => {
    saveKey();
    keys.push({ possible: false, required: false, token: 0, mark: NO_MARK });
    flowLevel += 1;
    keyAllowed = true;
    const start = mark();
    skip();
    push(type, start);
  };
  const fetchFlowEnd = (type: TokenType): void => {
    removeKey();
    if (flowLevel > 0) {
      flowLevel -= 1;
      keys.pop();
    }
    keyAllowed = false;
    const start = mark();
    skip();
    push(type, start);
  };
  const fetchIndicator = (type: TokenType, allowed: boolean): void => {
    removeKey();
    keyAllowed = allowed;
    const start = mark();
    skip();
    push(type, start);
  };
  const fetchBlockEntry = (): void => {
    if (flowLevel === 0) {
      if (!keyAllowed) throw scannerError('block sequence entries are not allowed in this context', mark());
      rollIndent(column, -1, 'block-sequence-start', mark());
    }
    fetchIndicator('block-entry', true);
  };
  const fetchKey = (): void => {
    if (flowLevel === 0) {
      if (!keyAllowed) throw scannerError('mapping keys are not allowed in this context', mark());
      rollIndent(column, -1, 'block-mapping-start', mark());
    }
    fetchIndicator('key', flowLevel === 0);
  };
  const fetchValue = (): void => {
    const key = lastKey();
    if (isValidKey(key)) {
      insert(key.token - taken, 'key', key.mark);
      rollIndent(key.mark.column, key.token, 'block-mapping-start', key.mark);
      key.possible = false;
      keyAllowed = false;
    } else {
      if (flowLevel === 0) {
        if (!keyAllowed) throw scannerError('mapping values are not allowed in this context', mark());
        rollIndent(column, -1, 'block-mapping-start', mark());
      }
      keyAllowed = flowLevel === 0;
    }
    const start = mark();
    skip();
    push('value', start);
  };
  const fetchAnchor = (type: 'anchor' | 'alias'): void => {
    saveKey();
    keyAllowed = false;
    const start = mark();
    skip();
    let name = '';
    while (/[0-9A-Za-z_-]/.test(at())) name += read();
    if (name === '' || !(isBlankOrEnd(at()) || '?:,]}%@`'.includes(at()))) {
      throw scannerError('did not find expected alphabetic or numeric character', mark());
    }
    push(type, start, name);
  };
  const fetchTag = (): void => {
    saveKey();
    keyAllowed = false;
    const start = mark();
    let name = '';
    if (at(1) === '<') {
      skip(2);
      while (!isBlankOrEnd(at()) && at() !== '>') name += read();
      if (at() !== '>') throw scannerError("did not find the expected '>'", mark());
      skip();
    } else {
      while (!isBlankOrEnd(at()) && !(flowLevel > 0 && ',]}'.includes(at()))) name += read();
    }
    if (!isBlankOrEnd(at()) && flowLevel === 0) throw scannerError('did not find expected whitespace or line break', mark());
    push('tag', start, name);
  };

  const blockBreaks = (wanted: number, collected: string[]): number => {
    let widest = 0;
    for (;;) {
      while ((wanted === 0 || column < wanted) && at() === ' ') skip();
      widest = Math.max(widest, column);
      if ((wanted === 0 || column < wanted) && at() === '\t') {
        throw scannerError('found a tab character where an indentation space is expected', mark());
      }
      if (!isBreak(at())) break;
      collected.push(readBreak());
    }
    return wanted === 0 ? Math.max(widest, indent + 1, 1) : wanted;
  };
  const blockHeader = (): { readonly chomping: string; readonly increment: number } => {
    let chomping = '';
    let increment = 0;
    const digit = (): void => {
      if (at() === '0') throw scannerError('found an indentation indicator equal to 0', mark());
      increment = Number(read());
    };
    if (at() === '+' || at() === '-') {
      chomping = read();
      if (/[0-9]/.test(at())) digit();
    } else if (/[0-9]/.test(at())) {
      digit();
      if (at() === '+' || at() === '-') chomping = read();
    }
    while (isBlank(at())) skip();
    if (at() === '#') while (!isBreakOrEnd(at())) skip();
    if (!isBreakOrEnd(at())) throw scannerError('did not find expected comment or line break', mark());
    if (isBreak(at())) readBreak();
    return { chomping, increment };
  };
  const fetchBlockScalar = (literal: boolean): void => {
    removeKey();
    keyAllowed = true;
    const start = mark();
    skip();
    const { chomping, increment } = blockHeader();
    let value = '';
    let leadingBreak = '';
    let leadingBlank = false;
    let trailing: string[] = [];
    const own = blockBreaks(increment > 0 ? Math.max(indent, 0) + increment : 0, trailing);
    let end = mark();
    while (column === own && at() !== '') {
      const blank = isBlank(at());
      if (!literal && leadingBreak === '\n' && !leadingBlank && !blank) {
        if (trailing.length === 0) value += ' ';
      } else {
        value += leadingBreak;
      }
      value += trailing.join('');
      trailing = [];
      leadingBlank = blank;
      const from = index;
      while (!isBreakOrEnd(at())) skip();
      value += text.slice(from, index);
      end = mark();
      leadingBreak = isBreak(at()) ? readBreak() : '';
      blockBreaks(own, trailing);
    }
    if (chomping !== '-') value += leadingBreak;
    if (chomping === '+') value += trailing.join('');
    push('scalar', start, value, false, end);
  };

  const escapeAt = (): string => {
    const code = at(1);
    const length = HEX_LENGTHS[code];
    if (length === undefined) {
      const plain = ESCAPES[code];
      if (plain === undefined) throw scannerError('found unknown escape character', mark());
      skip(2);
      return plain;
    }
    const digits = text.slice(index + 2, index + 2 + length);
    if (!new RegExp(`^[0-9a-fA-F]{${length}}$`).test(digits)) {
      throw scannerError('did not find expected hexdecimal number', mark());
    }
    const point = Number.parseInt(digits, 16);
    if (point > 0x10ffff) throw scannerError('found invalid Unicode character escape code', mark());
    skip(2 + length);
    // JSON writes what lies beyond U+FFFF as two escapes, which join here.
    return point < 0x10000 ? String.fromCharCode(point) : String.fromCodePoint(point);
  };
  /** Blanks and breaks between the words of a scalar; answers what they fold to. */
  const foldSpace = (startsBroken: boolean, onBlank?: (broken: boolean) => void): { readonly text: string; readonly broken: boolean } => {
    let spaces = '';
    let first = '';
    let breaks = '';
    let broken = startsBroken;
    while (isBlank(at()) || isBreak(at())) {
      if (isBlank(at())) {
        onBlank?.(broken);
        if (broken) skip();
        else spaces += read();
      } else if (broken && (first !== '' || startsBroken)) {
        breaks += readBreak();
      } else {
        first = readBreak();
        broken = true;
      }
    }
    if (!broken) return { text: spaces, broken };
    if (first === '\n') return { text: breaks === '' ? ' ' : breaks, broken };
    return { text: first + breaks, broken };
  };
  const fetchQuoted = (single: boolean): void => {
    saveKey();
    keyAllowed = false;
    const start = mark();
    skip();
    let value = '';
    for (;;) {
      if (isDocumentIndicator('---') || isDocumentIndicator('...')) throw scannerError('found unexpected document indicator', mark());
      if (at() === '') throw scannerError('found unexpected end of stream', mark());
      let broken = false;
      while (!isBlankOrEnd(at())) {
        if (single && at() === "'" && at(1) === "'") {
          value += "'";
          skip(2);
        } else if (at() === (single ? "'" : '"')) break;
        else if (!single && at() === '\\' && isBreak(at(1))) {
          skip();
          readBreak();
          broken = true;
          break;
        } else if (!single && at() === '\\') value += escapeAt();
        else value += read();
      }
      if (at() === (single ? "'" : '"')) break;
      value += foldSpace(broken).text;
    }
    skip();
    push('scalar', start, value);
  };
  const fetchPlain = (): void => {
    saveKey();
    keyAllowed = false;
    const start = mark();
    const own = indent + 1;
    let value = '';
    let gap = '';
    let end = start;
    let broken = false;
    for (;;) {
      if (isDocumentIndicator('---') || isDocumentIndicator('...') || at() === '#') break;
      while (!isBlankOrEnd(at())) {
        if (at() === ':' && isBlankOrEnd(at(1))) break;
        if (flowLevel > 0 && ',?[]{}'.includes(at())) break;
        value += gap + read();
        gap = '';
        broken = false;
        end = mark();
      }
      if (!isBlank(at()) && !isBreak(at())) break;
      const fold = foldSpace(false, (afterBreak) => {
        if (afterBreak && column < own && at() === '\t') throw scannerError('found a tab character that violates indentation', mark());
      });
      gap = fold.text;
      broken = fold.broken;
      if (flowLevel === 0 && column < own) break;
    }
    push('scalar', start, value, true, end);
    if (broken) keyAllowed = true;
  };

  const fetcher = (): (() => void) => {
    const c = at();
    if (c === '') return fetchEnd;
    if (column === 0 && c === '%') return fetchDirective;
    if (isDocumentIndicator('---')) return () => fetchDocumentIndicator('document-start');
    if (isDocumentIndicator('...')) return () => fetchDocumentIndicator('document-end');
    if (c === '[') return () => fetchFlowStart('flow-sequence-start');
    if (c === '{') return () => fetchFlowStart('flow-mapping-start');
    if (c === ']') return () => fetchFlowEnd('flow-sequence-end');
    if (c === '}') return () => fetchFlowEnd('flow-mapping-end');
    if (c === ',') return () => fetchIndicator('flow-entry', true);
    const apart = isBlankOrEnd(at(1));
    if (c === '-' && apart) return fetchBlockEntry;
    if (c === '?' && (flowLevel > 0 || apart)) return fetchKey;
    if (c === ':' && (flowLevel > 0 || apart)) return fetchValue;
    if (c === '*') return () => fetchAnchor('alias');
    if (c === '&') return () => fetchAnchor('anchor');
    if (c === '!') return fetchTag;
    if ((c === '|' || c === '>') && flowLevel === 0) return () => fetchBlockScalar(c === '|');
    if (c === "'" || c === '"') return () => fetchQuoted(c === "'");
    const starts = !isBlankOrEnd(c) && !INDICATORS.includes(c);
    if (starts || (c === '-' && !isBlank(at(1))) || (flowLevel === 0 && (c === '?' || c === ':') && !apart)) return fetchPlain;
    throw scannerError('found character that cannot start any token', mark());
  };
  const fetchNext = (): void => {
    skipToToken();
    unrollIndent(column);
    fetcher()();
  };
  /** Whether the first token in the queue may yet turn out to be a key. */
  const awaitsKey = (): boolean => keys.some((key) => key.possible && key.token === taken && isValidKey(key));

  const fill = (): void => {
    while (!ended && (queue.length === 0 || awaitsKey())) fetchNext();
  };
  const peek = (): Token => {
    fill();
    return queue[0] as Token;
  };
  return {
    peek,
    take() {
      const token = peek();
      if (token.type !== 'stream-end') {
        queue.shift();
        taken += 1;
      }
      return token;
    },
  };
}
