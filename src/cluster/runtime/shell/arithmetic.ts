// `$((...))`: C's integer expressions over shell variables, 64 bits. Models busybox shell/math.c.

/** What an expression reads and sets. */
export interface Variables {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
}

/** A mistake in an expression: the text after `sh: `. */
export class ArithmeticError extends Error {
  override readonly name = 'ArithmeticError';
}

type Evaluate = (variables: Variables, depth: number) => number;

const known = new Map<string, Evaluate>();

/** The value of an expression; an empty one is 0. */
export function evaluateArithmetic(text: string, variables: Variables, depth = 0): number {
  let evaluate = known.get(text);
  if (!evaluate) {
    evaluate = compile(text);
    if (known.size > 500) known.clear();
    known.set(text, evaluate);
  }
  return evaluate(variables, depth);
}

const tokenPattern =
  /\s*(?:(\d+#[0-9A-Za-z@_]+|0[xX][0-9A-Fa-f]+|\d+)|([A-Za-z_]\w*)|(<<=|>>=|\*\*|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|[-+*/%<>=!~&|^?:(),]))/y;
const assignments = new Set(['=', '+=', '-=', '*=', '/=', '%=', '&=', '|=', '^=', '<<=', '>>=']);
const levels: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<', '>', '<=', '>='],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
];

interface Token {
  readonly kind: 'number' | 'name' | 'operator' | 'end';
  readonly text: string;
}

function tokenise(text: string): readonly Token[] {
  const tokens: Token[] = [];
  tokenPattern.lastIndex = 0;
  let at = 0;
  while (text.slice(at).trim() !== '') {
    tokenPattern.lastIndex = at;
    const match = tokenPattern.exec(text);
    if (!match) throw new ArithmeticError('arithmetic syntax error');
    at = tokenPattern.lastIndex;
    if (match[1] !== undefined) tokens.push({ kind: 'number', text: match[1] });
    else if (match[2] !== undefined) tokens.push({ kind: 'name', text: match[2] });
    else tokens.push({ kind: 'operator', text: match[3] ?? '' });
  }
  return [...tokens, { kind: 'end', text: '' }];
}

function compile(text: string): Evaluate {
  const tokens = tokenise(text);
  if (tokens.length === 1) return () => 0;
  let at = 0;
  const fail = (): never => {
    throw new ArithmeticError('arithmetic syntax error');
  };
  const peek = (): string => (tokens[at]?.kind === 'operator' ? (tokens[at]?.text ?? '') : '');
  const accept = (operator: string): boolean => {
    if (peek() !== operator) return false;
    at += 1;
    return true;
  };

  const comma = (): Evaluate => {
    let left = assignment();
    while (accept(',')) {
      const before = left;
      const after = assignment();
      left = (variables, depth) => {
        before(variables, depth);
        return after(variables, depth);
      };
    }
    return left;
  };
  const assignment = (): Evaluate => {
    const [name, operator] = [tokens[at], tokens[at + 1]];
    if (name?.kind === 'name' && operator?.kind === 'operator' && assignments.has(operator.text)) {
      at += 2;
      const right = assignment();
      const binary = operator.text.slice(0, -1);
      return (variables, depth) => {
        const value = right(variables, depth);
        return store(variables, name.text, binary === '' ? value : operate(binary, lookUp(variables, name.text, depth), value));
      };
    }
    return ternary();
  };
  const ternary = (): Evaluate => {
    const test = binary(0);
    if (!accept('?')) return test;
    const yes = comma();
    if (!accept(':')) return fail();
    const no = assignment();
    return (variables, depth) => (test(variables, depth) !== 0 ? yes(variables, depth) : no(variables, depth));
  };
  const binary = (level: number): Evaluate => {
    const operators = levels[level];
    if (!operators) return power();
    let left = binary(level + 1);
    while (operators.includes(peek())) {
      const operator = peek();
      at += 1;
      const [a, b] = [left, binary(level + 1)];
      if (operator === '&&') left = (v, d) => (a(v, d) !== 0 && b(v, d) !== 0 ? 1 : 0);
      else if (operator === '||') left = (v, d) => (a(v, d) !== 0 || b(v, d) !== 0 ? 1 : 0);
      else left = (v, d) => operate(operator, a(v, d), b(v, d));
    }
    return left;
  };
  const power = (): Evaluate => {
    const base = unary();
    if (!accept('**')) return base;
    const exponent = power();
    return (v, d) => operate('**', base(v, d), exponent(v, d));
  };
  const unary = (): Evaluate => {
    const operator = peek();
    if (operator === '++' || operator === '--') {
      const name = tokens[at + 1];
      if (name?.kind === 'name') {
        at += 2;
        return (v, d) => store(v, name.text, lookUp(v, name.text, d) + (operator === '++' ? 1 : -1));
      }
      at += 1;
      return unary();
    }
    if (operator !== '-' && operator !== '+' && operator !== '!' && operator !== '~') return postfix();
    at += 1;
    const operand = unary();
    if (operator === '-') return (v, d) => -operand(v, d) + 0;
    if (operator === '+') return operand;
    return operator === '!' ? (v, d) => (operand(v, d) === 0 ? 1 : 0) : (v, d) => -operand(v, d) - 1;
  };
  const postfix = (): Evaluate => {
    const token = tokens[at];
    if (accept('(')) {
      const inner = comma();
      return accept(')') ? inner : fail();
    }
    at += 1;
    if (token?.kind === 'number') {
      const value = numberOf(token.text);
      return () => value;
    }
    if (token?.kind !== 'name') return fail();
    const { text: name } = token;
    const operator = peek();
    if (operator !== '++' && operator !== '--') return (v, d) => lookUp(v, name, d);
    at += 1;
    return (v, d) => {
      const value = lookUp(v, name, d);
      store(v, name, value + (operator === '++' ? 1 : -1));
      return value;
    };
  };

  const whole = comma();
  return tokens[at]?.kind === 'end' ? whole : fail();
}

function numberOf(text: string): number {
  const based = /^(\d+)#(.+)$/.exec(text);
  if (based) {
    const base = Number(based[1]);
    let value = 0;
    for (const char of based[2] ?? '') {
      const digit = Number.parseInt(char, 36);
      if (!(digit < base)) throw new ArithmeticError('arithmetic syntax error');
      value = value * base + digit;
    }
    return value;
  }
  if (/^0[xX]/.test(text)) return Number.parseInt(text, 16);
  if (!text.startsWith('0')) return Number(text);
  if (/[89]/.test(text)) throw new ArithmeticError('arithmetic syntax error');
  return Number.parseInt(text, 8);
}

/** A variable's value is an expression itself. */
function lookUp(variables: Variables, name: string, depth: number): number {
  const text = variables.get(name);
  if (text === undefined || text === '') return 0;
  if (/^-?[1-9]\d{0,14}$/.test(text) || text === '0') return Number(text);
  if (depth > 30) throw new ArithmeticError('expression recursion loop detected');
  return evaluateArithmetic(text, variables, depth + 1);
}

function store(variables: Variables, name: string, value: number): number {
  variables.set(name, String(value));
  return value;
}

function operate(operator: string, a: number, b: number): number {
  switch (operator) {
    case '==':
      return a === b ? 1 : 0;
    case '!=':
      return a !== b ? 1 : 0;
    case '<':
      return a < b ? 1 : 0;
    case '>':
      return a > b ? 1 : 0;
    case '<=':
      return a <= b ? 1 : 0;
    case '>=':
      return a >= b ? 1 : 0;
    case '+':
      return whole(a + b, () => BigInt(a) + BigInt(b));
    case '-':
      return whole(a - b, () => BigInt(a) - BigInt(b));
    case '*':
      return whole(a * b, () => BigInt(a) * BigInt(b)) + 0;
    case '/':
    case '%':
      if (b === 0) throw new ArithmeticError('divide by zero');
      return (operator === '/' ? Math.trunc(a / b) : a % b) + 0;
    case '**':
      return power(a, b);
    default:
      return bits(operator, a, b);
  }
}

function power(base: number, exponent: number): number {
  if (exponent < 0) throw new ArithmeticError('exponent less than 0');
  return Number(BigInt.asIntN(64, exponent > 4096 ? 0n : BigInt(base) ** BigInt(exponent)));
}

/** Beyond 53 bits the sum is taken again in 64. */
function whole(value: number, exactly: () => bigint): number {
  return Number.isSafeInteger(value) ? value : Number(BigInt.asIntN(64, exactly()));
}

function bits(operator: string, a: number, b: number): number {
  const [x, y] = [BigInt(a), BigInt(b)];
  const shift = BigInt.asUintN(6, y);
  if (operator === '<<') return Number(BigInt.asIntN(64, x << shift));
  if (operator === '>>') return Number(x >> shift);
  if (operator === '&') return Number(x & y);
  return Number(operator === '|' ? x | y : x ^ y);
}
