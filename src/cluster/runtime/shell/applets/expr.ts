// expr. Models busybox coreutils/expr.c.
import type { Sys } from '../../process/program.ts';
import { compareText } from '../../../../base/order.ts';
import { compileRegex } from '../regex.ts';
import { type Applets, complain, print, type Running } from './applet.ts';

class Mistake extends Error {}

interface Parser {
  readonly words: readonly string[];
  at: number;
}

const isNumber = (text: string): boolean => /^-?\d+$/.test(text);
const isFalse = (text: string): boolean => text === '' || (isNumber(text) && Number(text) === 0);

function number(text: string): number {
  if (!isNumber(text)) throw new Mistake('non-numeric argument');
  return Number(text);
}

const levels: readonly (readonly string[])[] = [['|'], ['&'], ['<', '<=', '=', '==', '!=', '>=', '>'], ['+', '-'], ['*', '/', '%'], [':']];

function parse(parser: Parser, level: number): string {
  const operators = levels[level];
  if (!operators) return primary(parser);
  let left = parse(parser, level + 1);
  for (let operator = parser.words[parser.at]; operator !== undefined && operators.includes(operator); operator = parser.words[parser.at]) {
    parser.at += 1;
    left = apply(operator, left, parse(parser, level + 1));
  }
  return left;
}

function apply(operator: string, a: string, b: string): string {
  switch (operator) {
    case '|':
      return isFalse(a) ? (isFalse(b) ? '0' : b) : a;
    case '&':
      return isFalse(a) || isFalse(b) ? '0' : a;
    case '+':
      return String(number(a) + number(b));
    case '-':
      return String(number(a) - number(b));
    case '*':
      return String(number(a) * number(b));
    case '/':
    case '%':
      if (number(b) === 0) throw new Mistake('division by zero');
      return String((operator === '/' ? Math.trunc(number(a) / number(b)) : number(a) % number(b)) + 0);
    case ':':
      return match(a, b);
    default: {
      const order = isNumber(a) && isNumber(b) ? Number(a) - Number(b) : compareText(a, b);
      const holds = {
        '<': order < 0,
        '<=': order <= 0,
        '=': order === 0,
        '==': order === 0,
        '!=': order !== 0,
        '>=': order >= 0,
        '>': order > 0,
      };
      return Object.entries(holds).some(([name, yes]) => name === operator && yes) ? '1' : '0';
    }
  }
}

/** A basic expression, at the start of the text: its group, or how long it is. */
function match(text: string, pattern: string): string {
  const found = compileRegex(`^\\(${pattern}\\)`, false, false)?.exec(text);
  const groups = /\\\(/.test(pattern);
  if (!found) return groups ? '' : '0';
  return groups ? (found[2] ?? '') : String(found[0].length);
}

function primary(parser: Parser): string {
  const word = parser.words[parser.at];
  if (word === undefined) throw new Mistake('syntax error');
  parser.at += 1;
  const next = (): string => primary(parser);
  if (word === '(') {
    const value = parse(parser, 0);
    if (parser.words[parser.at] !== ')') throw new Mistake('syntax error');
    parser.at += 1;
    return value;
  }
  const more = parser.words.length > parser.at;
  if (word === 'length' && more) return String([...next()].length);
  if (word === 'match' && more) return match(next(), next());
  if (word === 'index' && more) {
    const text = next();
    const chars = next();
    return String([...text].findIndex((char) => chars.includes(char)) + 1);
  }
  if (word === 'substr' && more) {
    const text = next();
    const [from, length] = [number(next()), number(next())];
    return from < 1 || length < 1 ? '' : text.slice(from - 1, from - 1 + length);
  }
  return word;
}

function* expr(sys: Sys): Running {
  const parser: Parser = { words: sys.argv.slice(1), at: 0 };
  try {
    if (parser.words.length === 0) throw new Mistake('too few arguments');
    const value = parse(parser, 0);
    if (parser.at < parser.words.length) throw new Mistake('syntax error');
    yield* print(`${value}\n`);
    return Number(isFalse(value));
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    yield* complain(sys, error.message);
    return 2;
  }
}

const applets: Applets = () => ({ expr });
export default applets;
