// test, `[` and `[[`. Models busybox coreutils/test.c.
import { absolutePath } from '../process/paths.ts';
import type { Files, FileStat } from '../process/program.ts';
import { compileRegex } from './regex.ts';
import { compilePattern } from './pattern.ts';

/** What a test looks at. */
export interface TestContext {
  readonly files: Files;
  readonly cwd: string;
  readonly uid: number;
  isTty(fd: number): boolean;
  /** `[[`: the right side of `=` is a pattern. */
  readonly patterns: boolean;
}

/** True, false, or what is wrong with the expression. */
export type Verdict = boolean | { readonly error: string };

class Mistake extends Error {}

const unary = new Set('-b -c -d -e -f -g -h -k -L -n -N -O -G -p -r -s -S -t -u -w -x -z'.split(' '));
const binary = new Set(['=', '==', '!=', '=~', '<', '>', '-eq', '-ne', '-lt', '-le', '-gt', '-ge', '-nt', '-ot', '-ef']);

/** Judges an expression. */
export function judge(context: TestContext, words: readonly string[]): Verdict {
  try {
    return judgeWords(context, words);
  } catch (error) {
    if (error instanceof Mistake) return { error: error.message };
    throw error;
  }
}

/** Short expressions are decided by their length first, as POSIX has it. */
function judgeWords(context: TestContext, words: readonly string[]): boolean {
  const [a = '', b = '', c = ''] = words;
  if (words.length === 0) return false;
  if (words.length === 1) return a !== '';
  if (words.length === 2 && a === '!') return b === '';
  if (words.length === 3 && binary.has(b)) return compare(context, a, b, c);
  if (words.length === 4 && a === '!' && binary.has(c)) return !compare(context, b, c, words[3] ?? '');
  const parser = { at: 0 };
  const verdict = parseOr(context, words, parser);
  if (parser.at < words.length) throw new Mistake(`${words[parser.at]}: unknown operand`);
  return verdict;
}

interface Parser {
  at: number;
}

function parseOr(context: TestContext, words: readonly string[], parser: Parser): boolean {
  let verdict = parseAnd(context, words, parser);
  while (words[parser.at] === '-o') {
    parser.at += 1;
    verdict = parseAnd(context, words, parser) || verdict;
  }
  return verdict;
}

function parseAnd(context: TestContext, words: readonly string[], parser: Parser): boolean {
  let verdict = parseNot(context, words, parser);
  while (words[parser.at] === '-a') {
    parser.at += 1;
    verdict = parseNot(context, words, parser) && verdict;
  }
  return verdict;
}

function parseNot(context: TestContext, words: readonly string[], parser: Parser): boolean {
  if (words[parser.at] === '!' && !binary.has(words[parser.at + 1] ?? '')) {
    parser.at += 1;
    return !parseNot(context, words, parser);
  }
  return parsePrimary(context, words, parser);
}

function parsePrimary(context: TestContext, words: readonly string[], parser: Parser): boolean {
  const word = words[parser.at];
  if (word === undefined) throw new Mistake('argument expected');
  const operator = words[parser.at + 1] ?? '';
  if (word === '(' && !binary.has(operator)) {
    parser.at += 1;
    const verdict = parseOr(context, words, parser);
    if (words[parser.at] !== ')') throw new Mistake('closing paren expected');
    parser.at += 1;
    return verdict;
  }
  if (binary.has(operator) && words[parser.at + 2] === undefined) throw new Mistake(`${operator}: argument expected`);
  if (binary.has(operator)) {
    parser.at += 3;
    return compare(context, word, operator, words[parser.at - 1] ?? '');
  }
  if (unary.has(word) && words[parser.at + 1] !== undefined) {
    parser.at += 2;
    return examine(context, word, words[parser.at - 1] ?? '');
  }
  parser.at += 1;
  return word !== '';
}

function compare(context: TestContext, a: string, operator: string, b: string): boolean {
  switch (operator) {
    case '=':
    case '==':
      return context.patterns ? compilePattern(b).matches(a) : a === b;
    case '!=':
      return context.patterns ? !compilePattern(b).matches(a) : a !== b;
    case '=~':
      return compileRegex(b, true, false)?.test(a) ?? false;
    case '<':
      return a < b;
    case '>':
      return a > b;
    case '-nt':
    case '-ot':
    case '-ef':
      return compareFiles(context, a, operator, b);
    default:
      return compareNumbers(number(a), operator, number(b));
  }
}

function number(text: string): number {
  if (/^\s*[-+]?\d+\s*$/.test(text)) return Number(text);
  throw new Mistake(text === '' ? 'bad number' : `${text}: bad number`);
}

function compareNumbers(a: number, operator: string, b: number): boolean {
  if (operator === '-eq') return a === b;
  if (operator === '-ne') return a !== b;
  if (operator === '-lt') return a < b;
  if (operator === '-le') return a <= b;
  return operator === '-gt' ? a > b : a >= b;
}

function statOf(context: TestContext, path: string, follow = true): FileStat | undefined {
  if (path === '') return undefined;
  const stat = context.files.stat(absolutePath(path, context.cwd), follow);
  return 'kind' in stat ? stat : undefined;
}

function compareFiles(context: TestContext, a: string, operator: string, b: string): boolean {
  const [x, y] = [statOf(context, a), statOf(context, b)];
  if (operator === '-ef')
    return x !== undefined && context.files.realPath(absolutePath(a, context.cwd)) === context.files.realPath(absolutePath(b, context.cwd));
  const [p, q] = [x?.modifiedAt ?? Number.NEGATIVE_INFINITY, y?.modifiedAt ?? Number.NEGATIVE_INFINITY];
  return operator === '-nt' ? p > q : p < q;
}

function examine(context: TestContext, operator: string, operand: string): boolean {
  if (operator === '-n') return operand !== '';
  if (operator === '-z') return operand === '';
  if (operator === '-t') return context.isTty(number(operand));
  const stat = statOf(context, operand, operator !== '-h' && operator !== '-L');
  if (!stat) return false;
  switch (operator) {
    case '-d':
      return stat.kind === 'directory';
    case '-f':
      return stat.kind === 'file';
    case '-h':
    case '-L':
      return stat.kind === 'link';
    case '-p':
      return stat.kind === 'pipe';
    case '-c':
      return stat.kind === 'device';
    case '-b':
    case '-S':
    case '-g':
    case '-u':
    case '-k':
      return false;
    case '-s':
      return stat.size > 0;
    case '-x':
      return (stat.mode & (context.uid === 0 ? 0o111 : 0o001)) !== 0;
    case '-w':
      return context.uid === 0 || (stat.uid === context.uid ? stat.mode & 0o200 : stat.mode & 0o002) !== 0;
    case '-r':
      return context.uid === 0 || (stat.uid === context.uid ? stat.mode & 0o400 : stat.mode & 0o004) !== 0;
    default:
      return true;
  }
}
