// tail: the end of files, and what comes after. Models busybox coreutils/tail.c.
import type { Program, Sys } from '../../process/program.ts';
import { errnoText } from '../redirect.ts';
import { type Applets, complain, linesOf, nameOf, pathOf, print, readAll, readOptions, type Running, type Style } from './applet.ts';

/** A file that is followed. */
interface Followed {
  readonly name: string;
  readonly path: string;
  fd: number | undefined;
  /** Which file it was, to notice that another took its name. */
  length: number;
}

/** `-5` and `+5` as options of their own, not as what follows one. */
const shortCount = (word: string, index: number, all: readonly string[]): string => {
  if (index === 0 || !/^[-+]\d+$/.test(word) || /^-[nc]$/.test(all[index - 1] ?? '')) return word;
  return `-n${word.startsWith('+') ? word : word.slice(1)}`;
};

function tail(style: Style): Program {
  return function* run(sys) {
    const argv = sys.argv.map(shortCount);
    const options = readOptions({ ...sys, argv, cwd: sys.cwd }, 'n:c:fFqvs:', { lines: 'n', bytes: 'c', follow: 'f', retry: 'F' });
    const follow = options.has('f') || options.has('F');
    const names = options.operands.length === 0 ? ['-'] : options.operands;
    const headed = (names.length > 1 && !options.has('q')) || options.has('v');
    const files: Followed[] = [];
    let status = 0;
    let shown = 0;
    for (const name of names) {
      const file: Followed = { name, path: pathOf(sys, name), fd: 0, length: 0 };
      const opened = name === '-' ? { fd: 0 } : sys.open(name, 'read');
      if ('error' in opened) {
        status = 1;
        yield* complain(
          sys,
          style === 'busybox'
            ? `can't open '${name}': ${errnoText(opened.error)}`
            : `cannot open '${name}' for reading: ${errnoText(opened.error)}`,
        );
        file.fd = undefined;
        if (options.has('F')) files.push(file);
        continue;
      }
      file.fd = opened.fd;
      if (isEndless(sys, file.path)) yield* hoard(sys);
      if (headed) yield* print(`${shown > 0 ? '\n' : ''}==> ${name === '-' ? 'standard input' : name} <==\n`);
      shown += 1;
      const text = yield* readAll(opened.fd);
      file.length = text.length;
      yield* print(
        options.value('c') === undefined ? lastLines(text, options.value('n') ?? '10') : lastBytes(text, options.value('c') ?? '0'),
      );
      files.push(file);
    }
    if (files.length === 0) {
      if (style === 'busybox') yield* complain(sys, 'no files');
      return 1;
    }
    if (!follow) return status;
    return yield* followAll(sys, files, options.has('F'), headed, Number(options.value('s') ?? 1) * 1000);
  };
}

function lastLines(text: string, count: string): string {
  const lines = linesOf(text);
  if (count.startsWith('+')) return lines.slice(Math.max(0, Number(count) - 1)).join('');
  const wanted = Math.abs(Number(count));
  return wanted === 0 ? '' : lines.slice(-wanted).join('');
}

function lastBytes(text: string, count: string): string {
  if (count.startsWith('+')) return text.slice(Math.max(0, Number(count) - 1));
  const wanted = Math.abs(Number(count));
  return wanted === 0 ? '' : text.slice(-wanted);
}

const isEndless = (sys: Sys, path: string): boolean => path === '/dev/zero' && sys.files.stat(path) !== undefined;

/** /dev/zero has no line: what was read is kept, until no memory is left. */
function* hoard(sys: Sys): Running<void> {
  for (let held = 0; ; held += 5 * 1024 * 1024) {
    sys.allocate(held);
    yield { ask: 'sleep', ms: 100 };
  }
}

function* followAll(sys: Sys, files: readonly Followed[], retry: boolean, headed: boolean, periodMs: number): Running {
  if (!retry && files.every(({ path }) => path === '/dev/null')) {
    // Nothing will ever come.
    for (;;) yield { ask: 'pause' };
  }
  let last = files.at(-1);
  for (;;) {
    yield { ask: 'sleep', ms: periodMs };
    for (const file of files) {
      if (retry) yield* lookAgain(sys, file);
      if (file.fd === undefined) continue;
      const text = yield* readAll(file.fd);
      file.length += text.length;
      if (text === '') continue;
      if (headed && last !== file) yield* print(`\n==> ${file.name} <==\n`);
      last = file;
      const { error } = yield { ask: 'write', fd: 1, text };
      if (error !== undefined) return 1;
    }
  }
}

/** Whether the name still leads to the file that is open. */
function* lookAgain(sys: Sys, file: Followed): Running<void> {
  const stat = sys.files.stat(file.path);
  const say = (text: string): Running<void> => write(`${nameOf(sys)}: ${text}\n`);
  if ('error' in stat) {
    if (file.fd === undefined) return;
    sys.close(file.fd);
    file.fd = undefined;
    yield* say(`${file.name} has been replaced or removed`);
    return;
  }
  if (file.fd === undefined) {
    const opened = sys.open(file.path, 'read');
    if ('error' in opened) return;
    file.fd = opened.fd;
    file.length = 0;
    yield* say(`${file.name} has appeared; following end of new file`);
  } else if (sizeOf(sys, file.path) < file.length) {
    sys.close(file.fd);
    const opened = sys.open(file.path, 'read');
    file.fd = 'fd' in opened ? opened.fd : undefined;
    file.length = 0;
  }
}

function sizeOf(sys: Sys, path: string): number {
  const read = sys.files.read(path);
  return 'text' in read ? read.text.length : 0;
}

function* write(text: string): Running<void> {
  yield { ask: 'write', fd: 2, text };
}

const applets: Applets = (style) => ({ tail: tail(style) });
export default applets;
