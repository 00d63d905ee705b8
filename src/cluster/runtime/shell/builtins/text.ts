// Builtins that print, read and test: echo, printf, test, read.
import { echoText } from '../escapes.ts';
import { formatText } from '../printf.ts';
import { getVariable, isName, type Running, setVariable, type Shell, ShellError, write } from '../state.ts';
import { errnoText } from '../redirect.ts';
import { judge } from '../test-expression.ts';
import type { Builtin, Quick } from './kinds.ts';

function* echo(shell: Shell, args: readonly string[]): Running {
  return yield* print(shell, echoText(args, shell.dialect.name === 'dash'));
}

/** Prints; an output that takes nothing is an error. */
function* print(shell: Shell, text: string): Running {
  const error = yield* write(shell, 1, text);
  if (error === undefined) return 0;
  yield* write(shell, 2, `${shell.name}: write error: ${errnoText(error)}\n`);
  return 1;
}

function* printf(shell: Shell, args: readonly string[]): Running {
  const printed = formatText(args[0] === '--' ? args.slice(1) : args);
  let status = printed.status;
  for (const { fd, text: piece } of printed.pieces) {
    if (fd === 2) yield* write(shell, 2, `${shell.name}: ${piece}\n`);
    else status = (yield* print(shell, piece)) || status;
  }
  return status;
}

function test(closing: string | undefined) {
  return (shell: Shell, args: readonly string[]): Quick => {
    if (closing !== undefined && args.at(-1) !== closing) return { status: 2, error: `${shell.name}: missing ${closing}\n` };
    const words = closing === undefined ? args : args.slice(0, -1);
    const { sys } = shell;
    const verdict = judge(
      { files: sys.files, cwd: sys.cwd, uid: sys.user.uid, isTty: (fd) => sys.isTty(fd), patterns: closing === ']]' },
      words,
    );
    return typeof verdict === 'boolean' ? Number(!verdict) : { status: 2, error: `${shell.name}: ${verdict.error}\n` };
  };
}

interface ReadOptions {
  raw: boolean;
  prompt: string;
  limit: number;
  timeoutMs: number | undefined;
  fd: number;
  delimiter: string;
}

function readOptions(args: readonly string[]): { readonly options: ReadOptions; readonly names: readonly string[] } {
  const options: ReadOptions = { raw: false, prompt: '', limit: 0, timeoutMs: undefined, fd: 0, delimiter: '\n' };
  let i = 0;
  for (; i < args.length; i += 1) {
    const word = args[i] ?? '';
    if (!/^-./.test(word)) break;
    if (word === '--') {
      i += 1;
      break;
    }
    for (let at = 1; at < word.length; at += 1) {
      const letter = word.charAt(at);
      if (letter === 'r') options.raw = true;
      else if ('ntpud'.includes(letter)) {
        const value = at + 1 < word.length ? word.slice(at + 1) : (args[(i += 1)] ?? '');
        setReadOption(options, letter, value);
        break;
      } else if (letter !== 's') throw new ShellError(`illegal option -${letter}`);
    }
  }
  return { options, names: args.slice(i) };
}

function setReadOption(options: ReadOptions, letter: string, value: string): void {
  if (letter === 'n') options.limit = Number(value);
  else if (letter === 't') options.timeoutMs = Number(value) * 1000;
  else if (letter === 'p') options.prompt = value;
  else if (letter === 'u') options.fd = Number(value);
  else options.delimiter = value.charAt(0) === '' ? '\0' : value.charAt(0);
}

function* read(shell: Shell, args: readonly string[]): Running {
  const { options, names } = readOptions(args);
  for (const name of names) if (!isName(name)) throw new ShellError(`${name}: bad variable name`);
  if (options.prompt !== '' && shell.sys.isTty(options.fd)) yield* write(shell, 2, options.prompt);
  const line = yield* readLine(shell, options);
  assignFields(shell, line.text, line.escaped, names.length === 0 ? ['REPLY'] : names, names.length === 0);
  return line.ended ? 0 : 1;
}

/** A line with the places of characters that a backslash keeps from being separators. */
interface Line {
  readonly text: string;
  readonly escaped: ReadonlySet<number>;
  readonly ended: boolean;
}

function* readLine(shell: Shell, options: ReadOptions): Running<Line> {
  const escaped = new Set<number>();
  let text = '';
  let backslash = false;
  const deadline = options.timeoutMs === undefined ? undefined : shell.sys.at() + options.timeoutMs;
  for (;;) {
    const byChar = options.limit > 0 || options.delimiter !== '\n';
    const answer = yield {
      ask: 'read',
      fd: options.fd,
      line: true,
      ...(byChar && { max: 1 }),
      ...(deadline !== undefined && { until: deadline }),
    };
    if (answer.signal !== undefined) {
      shell.pending.push(answer.signal);
      return { text, escaped, ended: false };
    }
    if (answer.text === undefined || answer.text === '') return { text, escaped, ended: false };
    for (const char of answer.text) {
      if (backslash) {
        backslash = false;
        if (char === '\n') continue;
        escaped.add(text.length);
        text += char;
      } else if (char === '\\' && !options.raw) backslash = true;
      else if (char === options.delimiter) return { text, escaped, ended: true };
      else if (char !== '\0') text += char;
      if (options.limit > 0 && text.length >= options.limit) return { text, escaped, ended: true };
    }
  }
}

/** Cuts a line into fields by $IFS; the last name takes what is left. */
function assignFields(shell: Shell, text: string, escaped: ReadonlySet<number>, names: readonly string[], whole: boolean): void {
  const separators = whole ? '' : (getVariable(shell, 'IFS') ?? ' \t\n');
  const isSeparator = (i: number): boolean => !escaped.has(i) && i < text.length && separators.includes(text.charAt(i));
  const isSpace = (i: number): boolean => isSeparator(i) && /[ \t\n]/.test(text.charAt(i));
  let at = 0;
  while (isSpace(at)) at += 1;
  for (const [index, name] of names.entries()) {
    if (index === names.length - 1) {
      setVariable(shell, name, lastField(text, at, isSpace, isSeparator));
      return;
    }
    const start = at;
    while (at < text.length && !isSeparator(at)) at += 1;
    setVariable(shell, name, text.slice(start, at));
    while (isSpace(at)) at += 1;
    if (isSeparator(at)) {
      at += 1;
      while (isSpace(at)) at += 1;
    }
  }
}

/** What is left, without white space at its end; a single separator at the end of a single field goes too. */
function lastField(text: string, from: number, isSpace: (i: number) => boolean, isSeparator: (i: number) => boolean): string {
  let end = text.length;
  while (end > from && isSpace(end - 1)) end -= 1;
  if (end > from && isSeparator(end - 1)) {
    let only = true;
    for (let i = from; i < end - 1; i += 1) if (isSeparator(i)) only = false;
    if (only) end -= 1;
  }
  return text.slice(from, end);
}

/** The builtins of this file. */
export const text: Readonly<Record<string, Builtin>> = {
  echo: { slow: echo },
  printf: { slow: printf },
  test: { quick: test(undefined) },
  '[': { quick: test(']') },
  '[[': { quick: test(']]') },
  read: { slow: read },
};
