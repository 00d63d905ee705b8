// Where a word of ash ends: quotes, `$`-expansions, backquotes. Models readtoken1 and parsesub of busybox shell/ash.c.
import { edit, peek, refuse, type Source } from './source.ts';

/** Reads the commands of a `$(...)` up to and including its parenthesis; given by the grammar. */
export type ReadInner = (source: Source) => void;
/** Reads a script of its own (the text between backquotes) and answers how unbash shall read it. */
export type Rewrite = (text: string) => string;

/** What scanning needs of the grammar. */
export interface Scanner {
  readonly inner: ReadInner;
  readonly rewrite: Rewrite;
}

const nameStart = /[A-Za-z_]/;
const nameRest = /[A-Za-z0-9_]/;
const special = /[-*#?!$@0-9]/;
const ends = new Set([' ', '\t', '\n', ';', '&', '|', '<', '>', '(', ')', '']);

/** Moves over one word. Answers whether any of it was quoted. */
export function scanWord(scanner: Scanner, source: Source): boolean {
  let quoted = false;
  for (;;) {
    const char = peek(source);
    if (ends.has(char)) return quoted;
    if (char === '\\') {
      quoted = true;
      source.at = Math.min(source.at + 2, source.text.length);
    } else if (char === "'") {
      quoted = true;
      scanSingle(source);
    } else if (char === '"') {
      quoted = true;
      scanDouble(scanner, source);
    } else if (char === '$') quoted = scanDollar(scanner, source, false) || quoted;
    else if (char === '`') scanBackquote(scanner, source, false);
    else source.at += 1;
  }
}

function scanSingle(source: Source): void {
  const end = source.text.indexOf("'", source.at + 1);
  source.at = end < 0 ? source.text.length : end + 1;
  if (end < 0) refuse(source, 'unterminated quoted string');
}

/** From the opening quote to behind the closing one. */
function scanDouble(scanner: Scanner, source: Source): void {
  source.at += 1;
  for (;;) {
    const char = source.text.charAt(source.at);
    if (char === '') refuse(source, 'unterminated quoted string');
    if (char === '"') {
      source.at += 1;
      return;
    }
    scanQuotedChar(scanner, source, char);
  }
}

/** One character, escape or expansion where double-quote rules hold. */
export function scanQuotedChar(scanner: Scanner, source: Source, char: string): void {
  if (char === '\\') source.at = Math.min(source.at + 2, source.text.length);
  else if (char === '$') scanDollar(scanner, source, true);
  else if (char === '`') scanBackquote(scanner, source, true);
  else source.at += 1;
}

/** From a `$`. Answers whether it was `$'...'`. */
function scanDollar(scanner: Scanner, source: Source, doubleQuoted: boolean): boolean {
  const start = source.at;
  source.at += 1;
  const char = peek(source);
  if (char === '(') {
    source.at += 1;
    if (peek(source) === '(') scanArithmetic(scanner, source);
    else scanner.inner(source);
  } else if (char === '{') {
    source.at += 1;
    scanBraced(scanner, source, doubleQuoted);
  } else if (char === "'" && !doubleQuoted) {
    scanAnsi(source);
    return true;
  } else if (nameStart.test(char)) while (nameRest.test(peek(source))) source.at += 1;
  else if (char !== '' && special.test(char)) source.at += 1;
  // `$"` and `$[` mean something to bash only.
  else if (char === '"' || char === '[') edit(source, start, 0, '\\');
  return false;
}

function scanAnsi(source: Source): void {
  source.at += 1;
  for (;;) {
    const char = source.text.charAt(source.at);
    if (char === '') refuse(source, 'unterminated quoted string');
    source.at += char === '\\' ? 2 : 1;
    if (char === "'") return;
  }
}

/** The rest of `$((`, from its second parenthesis. */
function scanArithmetic(scanner: Scanner, source: Source): void {
  source.at += 1;
  let depth = 0;
  for (;;) {
    const char = source.text.charAt(source.at);
    if (char === '') refuse(source, "missing '))'");
    if (char === ')' && depth === 0 && source.text.charAt(source.at + 1) === ')') {
      source.at += 2;
      return;
    }
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    scanQuotedChar(scanner, source, char);
  }
}

/** The rest of `${`, from the name. */
function scanBraced(scanner: Scanner, source: Source, doubleQuoted: boolean): void {
  const first = peek(source);
  if (first === '}' || first === '') refuseBraced(source);
  const length = first === '#' && scanLength(source);
  if (!length) scanName(source);
  const next = peek(source);
  if (next === '') refuse(source, "missing '}'");
  if (next === '}') {
    source.at += 1;
    return;
  }
  if (length || !/[-:+?=%#/]/.test(next)) refuseBraced(source);
  source.at += 1;
  // Patterns have quotes of their own, even between quotes.
  scanOperand(scanner, source, doubleQuoted && !/[%#/]/.test(next));
}

/** A bad substitution is noticed at its brace; without one, that is what is missing. */
function refuseBraced(source: Source): never {
  refuse(source, source.text.includes('}', source.at) ? 'bad substitution' : "missing '}'");
}

/** `${#name}`: the name is read too. `${#}` and `${#-x}` are the parameter `#`. */
function scanLength(source: Source): boolean {
  const after = source.text.charAt(source.at + 1);
  if (nameRest.test(after)) {
    source.at += 1;
    scanName(source);
    return true;
  }
  if (after !== '' && special.test(after) && source.text.charAt(source.at + 2) === '}') {
    source.at += 2;
    return true;
  }
  return false;
}

function scanName(source: Source): void {
  const char = peek(source);
  if (nameStart.test(char)) while (nameRest.test(peek(source))) source.at += 1;
  else if (/[0-9]/.test(char)) while (/[0-9]/.test(peek(source))) source.at += 1;
  else if (char !== '' && special.test(char)) source.at += 1;
  else refuseBraced(source);
}

/** The word behind an operator, up to and including the brace. */
function scanOperand(scanner: Scanner, source: Source, doubleQuoted: boolean): void {
  let quoted = doubleQuoted;
  for (;;) {
    const char = source.text.charAt(source.at);
    if (char === '') refuse(source, quoted !== doubleQuoted ? 'unterminated quoted string' : "missing '}'");
    if (char === '}' && quoted === doubleQuoted) {
      source.at += 1;
      return;
    }
    if (char === '"') {
      quoted = !quoted;
      source.at += 1;
    } else if (char === "'" && !quoted) scanSingle(source);
    else if (char === '$') scanDollar(scanner, source, quoted);
    else scanQuotedChar(scanner, source, char);
  }
}

/** Backquotes become `$(...)`: what stands in them is unescaped and read as a script of its own. */
function scanBackquote(scanner: Scanner, source: Source, doubleQuoted: boolean): void {
  const start = source.at;
  let inner = '';
  source.at += 1;
  for (;;) {
    const char = source.text.charAt(source.at);
    if (char === '') refuse(source, 'EOF in backquote substitution');
    source.at += 1;
    if (char === '`') break;
    const next = source.text.charAt(source.at);
    if (char === '\\' && (next === '`' || next === '$' || next === '\\' || (next === '"' && doubleQuoted))) {
      inner += next;
      source.at += 1;
    } else inner += char;
  }
  edit(source, start, source.at - start, `$(${scanner.rewrite(inner)}\n)`);
}
