// Reads awk programs.
import { type Awk, type AwkFunction, AwkMistake, type Expression, type Place, type Rule, type Statement, type Target } from './syntax.ts';

interface Token {
  readonly kind: 'number' | 'string' | 'regex' | 'name' | 'call' | 'operator' | 'newline' | 'end';
  readonly text: string;
}

const operators = '&& || ++ -- += -= *= /= %= ^= **= ** == != <= >= !~ >> < > = ! ~ ? : + - * / % ^ ( ) { } [ ] , ; $ |'
  .split(' ')
  .sort((a, b) => b.length - a.length);
const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  '"': '"',
  '/': '/',
};

/** A slash begins an expression wherever a value cannot have just ended. */
function valueEnded(tokens: readonly Token[]): boolean {
  const last = tokens.at(-1);
  if (!last) return false;
  if (last.kind === 'number' || last.kind === 'string' || last.kind === 'regex') return true;
  if (last.kind === 'name') return !/^(print|printf|return|in|else|do|getline)$/.test(last.text);
  return (
    last.kind === 'operator' && (last.text === ')' || last.text === ']' || last.text === '$' || last.text === '++' || last.text === '--')
  );
}

function tokenise(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at);
    const blank = /^(?:[ \t\r]|\\\r?\n|#[^\n]*)+/.exec(rest);
    if (blank) {
      at += blank[0].length;
      continue;
    }
    const char = text.charAt(at);
    if (char === '\n') {
      tokens.push({ kind: 'newline', text: '\n' });
      at += 1;
      continue;
    }
    const number = /^(0[xX][0-9a-fA-F]+|(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?)/.exec(rest);
    const name = /^[A-Za-z_]\w*/.exec(rest);
    if (number) {
      tokens.push({ kind: 'number', text: number[0] });
      at += number[0].length;
    } else if (name) {
      at += name[0].length;
      tokens.push({ kind: text.charAt(at) === '(' ? 'call' : 'name', text: name[0] });
    } else if (char === '"' || (char === '/' && !valueEnded(tokens))) {
      const read = readQuoted(text, at + 1, char);
      tokens.push({ kind: char === '"' ? 'string' : 'regex', text: read.text });
      at = read.end;
    } else {
      const operator = operators.find((candidate) => rest.startsWith(candidate));
      if (operator === undefined) throw new AwkMistake('Unexpected token');
      tokens.push({ kind: 'operator', text: operator === '**' ? '^' : operator === '**=' ? '^=' : operator });
      at += operator.length;
    }
  }
  return [...tokens, { kind: 'end', text: '' }];
}

function readQuoted(text: string, start: number, end: string): { readonly text: string; readonly end: number } {
  let out = '';
  let inSet = false;
  for (let i = start; i < text.length; i += 1) {
    const char = text.charAt(i);
    if (char === '\n') break;
    if (char === end && !inSet) return { text: out, end: i + 1 };
    if (char === '\\') {
      i += 1;
      const next = text.charAt(i);
      if (end === '/') out += next === '/' ? '/' : `\\${next}`;
      else if (/[0-7]/.test(next)) {
        const octal = /^[0-7]{1,3}/.exec(text.slice(i))?.[0] ?? '';
        out += String.fromCharCode(Number.parseInt(octal, 8));
        i += octal.length - 1;
      } else out += escapes[next] ?? `\\${next}`;
      continue;
    }
    if (end === '/' && char === '[') inSet = true;
    if (end === '/' && char === ']') inSet = false;
    out += char;
  }
  throw new AwkMistake('Unexpected end of string');
}

const comparing = new Set(['<', '<=', '==', '!=', '>', '>=']);
const assigning = new Set(['=', '+=', '-=', '*=', '/=', '%=', '^=']);

/** Reads a program. Throws an AwkMistake. */
export function parseAwk(text: string): Awk {
  const tokens = tokenise(text);
  let at = 0;
  /** `>` after print is where it goes to, not a comparison. */
  let noGreater = false;
  let noIn = false;
  const peek = (): Token => tokens[at] ?? { kind: 'end', text: '' };
  const fail = (): never => {
    throw new AwkMistake('Unexpected token');
  };
  const is = (operator: string): boolean => peek().kind === 'operator' && peek().text === operator;
  const isWord = (word: string): boolean => (peek().kind === 'name' || peek().kind === 'call') && peek().text === word;
  const accept = (operator: string): boolean => {
    if (!is(operator)) return false;
    at += 1;
    return true;
  };
  const acceptWord = (word: string): boolean => {
    if (!isWord(word)) return false;
    at += 1;
    return true;
  };
  const need = (operator: string): void => {
    if (!accept(operator)) fail();
  };
  const newlines = (): void => {
    while (peek().kind === 'newline') at += 1;
  };
  const terminators = (): void => {
    while (peek().kind === 'newline' || is(';')) at += 1;
  };

  const expression = (): Expression => ternary();
  const list = (end: string): Expression[] => {
    const values: Expression[] = [];
    newlines();
    while (!is(end)) {
      values.push(expression());
      newlines();
      if (!accept(',')) break;
      newlines();
    }
    return values;
  };
  const isPlace = (value: Expression): value is Place => value.kind === 'variable' || value.kind === 'field' || value.kind === 'element';

  const ternary = (): Expression => {
    const test = or();
    if (isPlace(test) && peek().kind === 'operator' && assigning.has(peek().text)) {
      const operator = peek().text.slice(0, -1);
      at += 1;
      newlines();
      return { kind: 'assign', operator, place: test, value: ternary() };
    }
    if (!accept('?')) return test;
    newlines();
    const yes = ternary();
    newlines();
    need(':');
    newlines();
    return { kind: 'ternary', test, yes, no: ternary() };
  };
  const chain = (names: readonly string[], next: () => Expression): Expression => {
    let left = next();
    while (peek().kind === 'operator' && names.includes(peek().text)) {
      const operator = peek().text;
      at += 1;
      newlines();
      left = { kind: 'binary', operator, left, right: next() };
    }
    return left;
  };
  const or = (): Expression => chain(['||'], and);
  const and = (): Expression => chain(['&&'], membership);
  const membership = (): Expression => {
    let left = matching();
    while (!noIn && isWord('in')) {
      at += 1;
      const array = peek().text;
      at += 1;
      left = { kind: 'in', index: left.kind === 'group' ? [left.value] : [left], array };
    }
    return left;
  };
  const matching = (): Expression => chain(['~', '!~'], comparison);
  const comparison = (): Expression => {
    const left = concatenation();
    const operator = peek().text;
    if (peek().kind !== 'operator' || !comparing.has(operator) || (operator === '>' && noGreater)) return left;
    at += 1;
    return { kind: 'binary', operator, left, right: concatenation() };
  };
  const beginsValue = (): boolean => {
    const { kind, text: word } = peek();
    if (kind === 'number' || kind === 'string' || kind === 'regex') return true;
    if (kind === 'name' || kind === 'call') return word !== 'in' && word !== 'getline';
    return kind === 'operator' && ['$', '!', '(', '-', '+', '++', '--'].includes(word);
  };
  const concatenation = (): Expression => {
    let left = chain(['+', '-'], product);
    while (beginsValue() && !is('-') && !is('+')) left = { kind: 'binary', operator: ' ', left, right: chain(['+', '-'], product) };
    return left;
  };
  const product = (): Expression => chain(['*', '/', '%'], unary);
  const unary = (): Expression => {
    for (const operator of ['!', '-', '+']) {
      if (!accept(operator)) continue;
      return { kind: 'unary', operator, value: unary() };
    }
    return power();
  };
  const power = (): Expression => {
    const base = postfix();
    if (!accept('^')) return base;
    return { kind: 'binary', operator: '^', left: base, right: is('-') || is('!') ? unary() : power() };
  };
  const postfix = (): Expression => {
    const value = primary();
    if (isPlace(value)) {
      if (accept('++')) return { kind: 'step', by: 1, before: false, place: value };
      if (accept('--')) return { kind: 'step', by: -1, before: false, place: value };
    }
    return value;
  };
  const grouped = (): Expression => {
    const held = { noGreater, noIn };
    noGreater = false;
    noIn = false;
    const values = list(')');
    need(')');
    noGreater = held.noGreater;
    noIn = held.noIn;
    if (values.length !== 1 || !values[0]) {
      if (!acceptWord('in')) return fail();
      const array = peek().text;
      at += 1;
      return { kind: 'in', index: values, array };
    }
    return { kind: 'group', value: values[0] };
  };
  const primary = (): Expression => {
    const token = peek();
    at += 1;
    if (token.kind === 'number') return { kind: 'number', value: Number(token.text) };
    if (token.kind === 'string') return { kind: 'string', value: token.text };
    if (token.kind === 'regex') return { kind: 'regex', text: token.text };
    if (token.kind === 'call') {
      need('(');
      const held = { noGreater, noIn };
      noGreater = false;
      noIn = false;
      const values = list(')');
      need(')');
      noGreater = held.noGreater;
      noIn = held.noIn;
      return { kind: 'call', name: token.text, values };
    }
    if (token.kind === 'name') return nameOrElement(token.text);
    if (token.text === '$') {
      const step = is('++') || is('--') ? peek().text : '';
      if (step !== '') at += 1;
      const index = primary();
      const inner: Expression =
        step === '' || !isPlace(index) ? index : { kind: 'step', by: step === '++' ? 1 : -1, before: true, place: index };
      return { kind: 'field', index: inner };
    }
    if (token.text === '++' || token.text === '--') {
      const place = primary();
      return isPlace(place) ? { kind: 'step', by: token.text === '++' ? 1 : -1, before: true, place } : fail();
    }
    return token.text === '(' ? grouped() : fail();
  };
  const nameOrElement = (name: string): Expression => {
    if (accept('[')) {
      const index = list(']');
      need(']');
      return { kind: 'element', array: name, index };
    }
    return name === 'length' ? { kind: 'call', name, values: [] } : { kind: 'variable', name };
  };

  const simple = (): Statement => {
    if (isWord('print') || isWord('printf')) return print();
    if (acceptWord('delete')) {
      const array = peek().text;
      at += 1;
      if (!accept('[')) return { kind: 'delete', array, index: undefined };
      const index = list(']');
      need(']');
      return { kind: 'delete', array, index };
    }
    return { kind: 'expression', value: expression() };
  };
  const print = (): Statement => {
    const kind = peek().text === 'printf' ? 'printf' : 'print';
    at += 1;
    noGreater = true;
    let values: Expression[] = [];
    if (peek().kind !== 'newline' && !is(';') && !is('}') && !is('>') && !is('>>') && !is('|') && peek().kind !== 'end')
      values = printList();
    let to: Target | undefined;
    if (is('>') || is('>>')) {
      const append = peek().text === '>>';
      at += 1;
      to = { append, path: concatenation() };
    } else if (is('|')) throw new AwkMistake('pipes are not simulated');
    noGreater = false;
    return { kind, values, to };
  };
  /** `print (a, b) > f` and `print (a)(b), c`. */
  const printList = (): Expression[] => {
    const start = at;
    if (accept('(')) {
      noGreater = false;
      const values = list(')');
      noGreater = true;
      if (accept(')') && (peek().kind === 'newline' || peek().kind === 'end' || is(';') || is('}') || is('>') || is('>>') || is('|')))
        return values;
      at = start;
    }
    const values = [expression()];
    while (accept(',')) {
      newlines();
      values.push(expression());
    }
    return values;
  };
  const ended = (): void => {
    if (peek().kind === 'newline' || is(';')) at += 1;
    else if (!is('}') && peek().kind !== 'end') fail();
  };
  const condition = (): Expression => {
    need('(');
    const test = expression();
    need(')');
    newlines();
    return test;
  };
  const statement = (): Statement => {
    newlines();
    if (is('{')) return { kind: 'block', body: block() };
    if (accept(';')) return { kind: 'block', body: [] };
    const word = peek().kind === 'name' || peek().kind === 'call' ? peek().text : '';
    switch (word) {
      case 'if': {
        at += 1;
        const test = condition();
        const yes = statement();
        const mark = at;
        terminators();
        if (acceptWord('else')) return { kind: 'if', test, yes, no: statement() };
        at = mark;
        return { kind: 'if', test, yes, no: undefined };
      }
      case 'while': {
        at += 1;
        const test = condition();
        return { kind: 'while', test, body: statement(), first: false };
      }
      case 'do': {
        at += 1;
        const body = statement();
        terminators();
        if (!acceptWord('while')) fail();
        const test = condition();
        return { kind: 'while', test, body, first: true };
      }
      case 'for':
        at += 1;
        return forStatement();
      case 'next':
      case 'break':
      case 'continue':
        at += 1;
        ended();
        return { kind: word };
      case 'exit':
      case 'return': {
        at += 1;
        const value = beginsValue() ? expression() : undefined;
        ended();
        return { kind: word, value };
      }
    }
    const made = simple();
    ended();
    return made;
  };
  const forStatement = (): Statement => {
    need('(');
    const [name, word, array] = [tokens[at], tokens[at + 1], tokens[at + 2]];
    if (name?.kind === 'name' && word?.text === 'in' && array?.kind === 'name' && tokens[at + 3]?.text === ')') {
      at += 4;
      newlines();
      return { kind: 'each', name: name.text, array: array.text, body: statement() };
    }
    const before = is(';') ? undefined : simple();
    need(';');
    const test = is(';') ? undefined : expression();
    need(';');
    const after = is(')') ? undefined : simple();
    need(')');
    newlines();
    return { kind: 'for', before, test, after, body: statement() };
  };
  const block = (): readonly Statement[] => {
    need('{');
    const body: Statement[] = [];
    for (;;) {
      terminators();
      if (accept('}')) return body;
      if (peek().kind === 'end') fail();
      body.push(statement());
    }
  };

  const rules: Rule[] = [];
  const functions = new Map<string, AwkFunction>();
  for (;;) {
    terminators();
    if (peek().kind === 'end') return { rules, functions };
    if (acceptWord('function') || acceptWord('func')) {
      const name = peek().text;
      at += 1;
      need('(');
      const parameters = list(')').map((parameter) => (parameter.kind === 'variable' ? parameter.name : fail()));
      need(')');
      newlines();
      functions.set(name, { parameters, body: block() });
      continue;
    }
    const kind = isWord('BEGIN') ? 'BEGIN' : isWord('END') ? 'END' : 'record';
    if (kind !== 'record') at += 1;
    const pattern = kind === 'record' && !is('{') ? expression() : undefined;
    let until: Expression | undefined;
    if (pattern && accept(',')) until = expression();
    rules.push({ kind, pattern, until, action: is('{') ? block() : undefined });
  }
}
