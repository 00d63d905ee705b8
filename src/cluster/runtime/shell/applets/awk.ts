// awk: the program over its files. What it can do stands in ../awk/.
import type { Program, Sys } from '../../process/program.ts';
import { parseAwk } from '../awk/parse.ts';
import { type AwkRun, createAwk } from '../awk/run.ts';
import { AwkMistake } from '../awk/syntax.ts';
import { readEscapes } from '../escapes.ts';
import { type Applets, complain, pathOf, print, readOptions, type Running, splitOnce, type Style } from './applet.ts';
import { openPlain } from './text.ts';
import { usage } from './usage.ts';

function awk(style: Style): Program {
  return function* run(sys) {
    const options = readOptions(sys, 'v:F:f:e:', {}, false);
    const operands = [...options.operands];
    let source = options.values('e').join('\n');
    for (const file of options.values('f')) {
      const read = sys.files.read(pathOf(sys, file));
      if ('text' in read) source += `\n${read.text}`;
    }
    if (options.values('e').length === 0 && options.values('f').length === 0) {
      const first = operands.shift();
      if (first === undefined) return yield* usage(sys, style, '[OPTIONS] [AWK_PROGRAM] [FILE]...');
      source = first;
    }
    try {
      const random = sys.random(`awk/${sys.pid}`);
      const program = createAwk(parseAwk(source), {
        environment: sys.env,
        nowMs: () => sys.epochMs + sys.at(),
        random: () => random.uint32() / 4294967296,
      });
      const separator = options.value('F');
      if (separator !== undefined) program.set('FS', separator === 't' ? '\t' : readEscapes(separator, false).text);
      for (const assignment of options.values('v')) {
        const [name, value = ''] = splitOnce(assignment, '=');
        program.set(name, readEscapes(value, false).text);
      }
      return yield* runProgram(sys, program, operands);
    } catch (error) {
      if (!(error instanceof AwkMistake)) throw error;
      yield* complain(sys, `cmd. line:1: ${error.message}`);
      return 1;
    }
  };
}

function* flush(sys: Sys, program: AwkRun): Running<boolean> {
  for (const { path, append, text } of program.take()) {
    if (path === '' || path === '/dev/stdout') {
      const { error } = yield { ask: 'write', fd: 1, text };
      if (error !== undefined) return false;
    } else if (path === '/dev/stderr') yield { ask: 'write', fd: 2, text };
    else sys.files.write(pathOf(sys, path), text, append);
  }
  return true;
}

function* runProgram(sys: Sys, program: AwkRun, operands: readonly string[]): Running {
  program.begin();
  yield* flush(sys, program);
  let status = 0;
  const files = operands.filter((word) => !/^[A-Za-z_]\w*=/.test(word));
  for (const word of operands) if (/^[A-Za-z_]\w*=/.test(word)) program.set(...(splitOnce(word, '=') as [string, string]));
  if (program.wantsRecords && program.exited === undefined)
    for (const file of files.length === 0 ? ['-'] : files) {
      const fd = yield* openPlain(sys, file);
      if (fd === undefined) status = 1;
      else yield* feed(sys, program, fd, file === '-' ? '' : file);
      if (program.exited !== undefined) break;
    }
  program.finish();
  yield* flush(sys, program);
  yield* print('');
  return program.exited ?? status;
}

/** Gives the records of a file to the program, as they come. */
function* feed(sys: Sys, program: AwkRun, fd: number, name: string): Running<void> {
  let rest = '';
  let first = true;
  for (;;) {
    const { text } = yield { ask: 'read', fd };
    const ended = text === undefined || text === '';
    rest += text ?? '';
    const separator = program.recordSeparator === '' ? '\n\n' : program.recordSeparator;
    const pieces = rest.split(separator);
    rest = pieces.pop() ?? '';
    if (ended && rest !== '' && rest !== '\n') pieces.push(separator === '\n' ? rest : rest.replace(/\n$/, ''));
    for (const piece of pieces) {
      program.record(piece, name, first);
      first = false;
      if (program.exited !== undefined) break;
    }
    if (!(yield* flush(sys, program)) || ended || program.exited !== undefined) return;
  }
}

const applets: Applets = (style) => ({ awk: awk(style) });
export default applets;
