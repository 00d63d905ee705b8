// What the programs of an image share: printing, reading, options, and the words of the two families.
import { absolutePath } from '../../process/paths.ts';
import type { Answer, Ask, Program, Sys } from '../../process/program.ts';
import { errnoText } from '../redirect.ts';

/** Whose words a program uses: busybox's, or those of the GNU tools. */
export type Style = 'busybox' | 'gnu';

/** A running program. */
export type Running<T = number> = Generator<Ask, T, Answer>;

/** Programs by name, in a style. */
export type Applets = (style: Style) => Readonly<Record<string, Program>>;

/** Prints to standard output. */
export function* print(text: string): Running<void> {
  if (text !== '') yield { ask: 'write', fd: 1, text };
}

/** Prints a line to standard error, with the program's name before it. */
export function* complain(sys: Sys, text: string): Running<void> {
  yield { ask: 'write', fd: 2, text: `${nameOf(sys)}: ${text}\n` };
}

/** The name under which a program was called. */
export function nameOf(sys: Sys): string {
  const first = sys.argv[0] ?? '';
  return first.slice(first.lastIndexOf('/') + 1);
}

/** Everything that a descriptor gives. */
export function* readAll(fd: number): Running<string> {
  let text = '';
  for (;;) {
    const answer = yield { ask: 'read', fd };
    if (answer.text === undefined || answer.text === '') return text;
    text += answer.text;
    // A program that collects without end runs out of memory.
    if (text.length > 32 * 1024 * 1024) return text;
  }
}

/** A path as the process sees it. */
export function pathOf(sys: Sys, path: string): string {
  return absolutePath(path, sys.cwd);
}

/** Opens a file for reading, `-` being standard input; complains in the words of its style. */
export function* openInput(sys: Sys, path: string, style: Style): Running<number | undefined> {
  if (path === '-') return 0;
  const opened = sys.open(path, 'read');
  if ('fd' in opened) return opened.fd;
  if (opened.error === 'EISDIR') yield* complain(sys, style === 'busybox' ? 'read error: Is a directory' : `${path}: Is a directory`);
  else
    yield* complain(sys, style === 'busybox' ? `can't open '${path}': ${errnoText(opened.error)}` : `${path}: ${errnoText(opened.error)}`);
  return undefined;
}

/** The text of every file named (standard input where none is), as they come; `failed` tells of those that could not be read. */
export function* readInputs(
  sys: Sys,
  paths: readonly string[],
  style: Style,
): Running<{ readonly texts: readonly string[]; readonly failed: boolean }> {
  const texts: string[] = [];
  let failed = false;
  for (const path of paths.length === 0 ? ['-'] : paths) {
    const fd = yield* openInput(sys, path, style);
    if (fd === undefined) failed = true;
    else {
      texts.push(yield* readAll(fd));
      if (fd > 2) sys.close(fd);
    }
  }
  return { texts, failed };
}

/** Lines with their newlines; the last may have none. */
export function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Handles a text line by line as it comes, so that pipes flow. `take` answers false when it wants no more. */
export function* eachLine(fd: number, take: (line: string) => Running<boolean>): Running<void> {
  let rest = '';
  for (;;) {
    const answer = yield { ask: 'read', fd };
    if (answer.text === undefined || answer.text === '') break;
    rest += answer.text;
    let at = 0;
    for (let cut = rest.indexOf('\n'); cut >= 0; cut = rest.indexOf('\n', at)) {
      const more = yield* take(rest.slice(at, cut));
      if (!more) return;
      at = cut + 1;
    }
    rest = rest.slice(at);
  }
  if (rest !== '') yield* take(rest);
}

/** Options and operands of a command line. */
export interface Options {
  has(letter: string): boolean;
  /** The last value given. */
  value(letter: string): string | undefined;
  values(letter: string): readonly string[];
  readonly operands: readonly string[];
  /** An option that is none: its letter. */
  readonly invalid: string | undefined;
}

/** Reads options as getopt does: a letter with a colon takes a value. Long options are given as `name=letter`. */
export function readOptions(sys: Sys, letters: string, long: Readonly<Record<string, string>> = {}, permute = true): Options {
  const given = new Map<string, string[]>();
  const operands: string[] = [];
  let invalid: string | undefined;
  const args = sys.argv.slice(1);
  const add = (letter: string, value: string): void => {
    given.set(letter, [...(given.get(letter) ?? []), value]);
  };
  while (args.length > 0) {
    const word = args.shift() ?? '';
    if (word === '--') {
      operands.push(...args);
      break;
    }
    if (word.startsWith('--')) {
      const [name = '', value] = splitOnce(word.slice(2), '=');
      const letter = long[name];
      if (letter === undefined) invalid ??= name;
      else if (letters.includes(`${letter}:`)) add(letter, value ?? args.shift() ?? '');
      else add(letter, '');
    } else if (/^-./.test(word)) {
      for (let i = 1; i < word.length; i += 1) {
        const letter = word.charAt(i);
        const at = letters.indexOf(letter);
        if (at < 0 || letter === ':') invalid ??= letter;
        else if (letters.charAt(at + 1) === ':') {
          add(letter, i + 1 < word.length ? word.slice(i + 1) : (args.shift() ?? ''));
          break;
        } else add(letter, '');
      }
    } else {
      operands.push(word);
      if (!permute) {
        operands.push(...args);
        break;
      }
    }
  }
  return {
    has: (letter) => given.has(letter),
    value: (letter) => given.get(letter)?.at(-1),
    values: (letter) => given.get(letter) ?? [],
    operands,
    invalid,
  };
}

/** The two sides of the first separator. */
export function splitOnce(text: string, separator: string): readonly [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}

/** Says which option there is not, as getopt does. */
export function* invalidOption(sys: Sys, options: Options, style: Style, status = 1): Running {
  const option = options.invalid ?? '';
  const busybox = option.length > 1 ? `unrecognized option '--${option}'` : `invalid option -- '${option}'`;
  yield* complain(sys, style === 'busybox' ? busybox : `${busybox}\nTry '${nameOf(sys)} --help' for more information.`);
  return status;
}
