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

/** A whole number of 64 bits: a bigint where a number would not hold it. */
export type Whole = number | bigint;

type Evaluate = (variables: Variables, depth: number) => Whole;

const known = new Map<string, Evaluate>();

/** The value of an expression; an empty one is 0. */
export function evaluateArithmetic(text: string, variables: Variables, depth = 0): Whole {
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
        return (v, d) => store(v, name.text, operate('+', lookUp(v, name.text, d), operator === '++' ? 1 : -1));
      }
      at += 1;
      return unary();
    }
    if (operator !== '-' && operator !== '+' && operator !== '!' && operator !== '~') return postfix();
    at += 1;
    const operand = unary();
    if (operator === '-') return (v, d) => operate('-', 0, operand(v, d));
    if (operator === '+') return operand;
    return operator === '!' ? (v, d) => (operand(v, d) === 0 ? 1 : 0) : (v, d) => operate('-', -1, operand(v, d));
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
      store(v, name, operate('+', value, operator === '++' ? 1 : -1));
      return value;
    };
  };

  const whole = comma();
  return tokens[at]?.kind === 'end' ? whole : fail();
}

function numberOf(text: string): Whole {
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
  if (/^0[xX]/.test(text)) return shrink(BigInt(text));
  if (!text.startsWith('0')) return text.length < 16 ? Number(text) : saturated(BigInt(text));
  if (/[89]/.test(text)) throw new ArithmeticError('arithmetic syntax error');
  return shrink(BigInt(`0o${text.slice(1) || '0'}`));
}

/** The number that a text of plain digits is; undefined for all that needs the parser. */
function plainNumber(text: string): number | undefined {
  const { length } = text;
  if (length > 15) return undefined;
  let value = 0;
  for (let i = 0; i < length; i += 1) {
    const digit = text.charCodeAt(i) - 48;
    // Signs, blanks and octal zeros are left to the parser.
    if (digit < 0 || digit > 9 || (digit === 0 && i === 0 && length > 1)) return undefined;
    value = value * 10 + digit;
  }
  return value;
}

/** A variable's value is an expression itself. */
function lookUp(variables: Variables, name: string, depth: number): Whole {
  const text = variables.get(name);
  if (text === undefined || text === '') return 0;
  const plain = plainNumber(text);
  if (plain !== undefined) return plain;
  if (depth > 30) throw new ArithmeticError('expression recursion loop detected');
  return evaluateArithmetic(text, variables, depth + 1);
}

function store(variables: Variables, name: string, value: Whole): Whole {
  variables.set(name, String(value));
  return value;
}

/** Back to a number where it fits, wrapped to 64 bits. */
function shrink(value: bigint): Whole {
  const wrapped = BigInt.asIntN(64, value);
  const number = Number(wrapped);
  return Number.isSafeInteger(number) ? number : wrapped;
}

/** A written number that is too large is the largest. */
function saturated(value: bigint): Whole {
  const most = (1n << 63n) - 1n;
  return shrink(value > most ? most : value);
}

function operate(operator: string, a: Whole, b: Whole): Whole {
  if (typeof a === 'number' && typeof b === 'number') {
    const quick = operateNumbers(operator, a, b);
    if (quick !== undefined) return quick;
  }
  return shrink(operateBig(operator, BigInt(a), BigInt(b)));
}

/** The common cases; undefined where 64 bits are needed. */
function operateNumbers(operator: string, a: number, b: number): number | undefined {
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
      return safe(a + b);
    case '-':
      return safe(a - b);
    case '*':
      return safe(a * b + 0);
    case '/':
    case '%':
      if (b === 0) throw new ArithmeticError('divide by zero');
      return (operator === '/' ? Math.trunc(a / b) : a % b) + 0;
    default:
      return undefined;
  }
}

const safe = (value: number): number | undefined => (Number.isSafeInteger(value) ? value : undefined);

function operateBig(operator: string, a: bigint, b: bigint): bigint {
  const yes = (holds: boolean): bigint => (holds ? 1n : 0n);
  switch (operator) {
    case '==':
      return yes(a === b);
    case '!=':
      return yes(a !== b);
    case '<':
      return yes(a < b);
    case '>':
      return yes(a > b);
    case '<=':
      return yes(a <= b);
    case '>=':
      return yes(a >= b);
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
    case '%':
      if (b === 0n) throw new ArithmeticError('divide by zero');
      return operator === '/' ? a / b : a % b;
    case '**':
      if (b < 0n) throw new ArithmeticError('exponent less than 0');
      return b > 4096n ? 0n : a ** b;
    case '<<':
      return a << BigInt.asUintN(6, b);
    case '>>':
      return a >> BigInt.asUintN(6, b);
    case '&':
      return a & b;
    case '|':
      return a | b;
    default:
      return a ^ b;
  }
}
