// cat, tac, tee, head.
import type { Program, Sys } from '../../process/program.ts';
import {
  type Applets,
  complain,
  eachLine,
  linesOf,
  openInput,
  print,
  readAll,
  readInputs,
  readOptions,
  type Running,
  type Style,
} from './applet.ts';

function cat(style: Style): Program {
  return function* run(sys) {
    const options = readOptions(sys, 'nbevtAu');
    const numbered = options.has('n') || options.has('b');
    let status = 0;
    let line = 0;
    let partial = false;
    for (const path of options.operands.length === 0 ? ['-'] : options.operands) {
      const fd = yield* openInput(sys, path, style);
      if (fd === undefined) {
        status = 1;
        continue;
      }
      for (;;) {
        const answer = yield { ask: 'read', fd };
        if (answer.text === undefined || answer.text === '') break;
        let { text } = answer;
        if (numbered)
          text = linesOf(text)
            .map((piece) => {
              const begins = !partial;
              partial = !piece.endsWith('\n');
              if (!begins || (options.has('b') && piece === '\n')) return piece;
              line += 1;
              return `${String(line).padStart(6)}\t${piece}`;
            })
            .join('');
        if (options.has('e') || options.has('A')) text = text.replaceAll('\n', '$\n');
        if (options.has('t') || options.has('A')) text = text.replaceAll('\t', '^I');
        const written = yield { ask: 'write', fd: 1, text };
        if (written.error !== undefined) return 1;
      }
      if (fd > 2) sys.close(fd);
    }
    return status;
  };
}

function* tee(sys: Sys): Running {
  const options = readOptions(sys, 'ai');
  let status = 0;
  const outs: number[] = [];
  for (const path of options.operands) {
    const opened = sys.open(path, options.has('a') ? 'append' : 'write');
    if ('fd' in opened) outs.push(opened.fd);
    else {
      status = 1;
      yield* complain(sys, `${path}: ${opened.error === 'EISDIR' ? 'Is a directory' : 'No such file or directory'}`);
    }
  }
  for (;;) {
    const { text } = yield { ask: 'read', fd: 0 };
    if (text === undefined || text === '') return status;
    yield* print(text);
    for (const fd of outs) yield { ask: 'write', fd, text };
  }
}

/** `-5` as `-n 5`. */
function withShortCount(sys: Sys): Sys {
  const argv = sys.argv.map((word, index, all) =>
    index > 0 && /^-\d+$/.test(word) && !/^-[nc]$/.test(all[index - 1] ?? '') ? `-n${word.slice(1)}` : word,
  );
  return {
    ...sys,
    argv,
    get cwd() {
      return sys.cwd;
    },
  };
}

function head(style: Style): Program {
  return function* run(sys) {
    const options = readOptions(withShortCount(sys), 'n:c:qv', { lines: 'n', bytes: 'c' });
    const many = (options.operands.length > 1 && !options.has('q')) || options.has('v');
    let status = 0;
    for (const [index, path] of (options.operands.length === 0 ? ['-'] : options.operands).entries()) {
      const fd = yield* openInput(sys, path, style);
      if (fd === undefined) {
        status = 1;
        continue;
      }
      if (many) yield* print(`${index > 0 ? '\n' : ''}==> ${path === '-' ? 'standard input' : path} <==\n`);
      const bytes = options.value('c');
      if (bytes !== undefined) yield* print((yield* readAll(fd)).slice(0, Number(bytes)));
      else yield* headLines(fd, Number(options.value('n') ?? 10));
      if (fd > 2) sys.close(fd);
    }
    return status;
  };
}

function* headLines(fd: number, count: number): Running<void> {
  if (count < 0) {
    const lines = linesOf(yield* readAll(fd));
    yield* print(lines.slice(0, count).join(''));
    return;
  }
  let left = count;
  if (left === 0) return;
  let broken = false;
  yield* eachLine(fd, function* take(line) {
    const { error } = yield { ask: 'write', fd: 1, text: `${line}\n` };
    broken = error !== undefined;
    left -= 1;
    return left > 0 && !broken;
  });
}

const applets: Applets = (style) => ({
  cat: cat(style),
  tee,
  head: head(style),
  tac: function* tac(sys) {
    const { texts, failed } = yield* readInputs(sys, sys.argv.slice(1), style);
    for (const text of texts) yield* print(linesOf(text).reverse().join(''));
    return Number(failed);
  },
});
export default applets;
