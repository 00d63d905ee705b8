// true, false, echo, printf, test, sleep, yes, seq, pwd, env, printenv: programs that need no files.
import { echoText } from '../escapes.ts';
import { formatText } from '../printf.ts';
import { errnoText } from '../redirect.ts';
import { judge } from '../test-expression.ts';
import type { Program, Sys } from '../../process/program.ts';
import { type Applets, complain, print, type Running, splitOnce, type Style } from './applet.ts';
import { usage } from './usage.ts';

function* echo(sys: Sys): Running {
  yield* print(echoText(sys.argv.slice(1)));
  return 0;
}

function* printf(sys: Sys): Running {
  const { pieces, status } = formatText(sys.argv.slice(1));
  for (const { fd, text } of pieces) {
    if (fd === 1) yield* print(text);
    else yield* complain(sys, text);
  }
  return status;
}

function test(closing: string | undefined): Program {
  return function* run(sys) {
    const words = sys.argv.slice(1);
    if (closing !== undefined && words.pop() !== closing) {
      yield* complain(sys, `missing ${closing}`);
      return 2;
    }
    const verdict = judge({ files: sys.files, cwd: sys.cwd, uid: sys.user.uid, isTty: sys.isTty, patterns: closing === ']]' }, words);
    if (typeof verdict === 'boolean') return Number(!verdict);
    yield* complain(sys, verdict.error);
    return 2;
  };
}

const units: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86400 };

/** A duration as sleep and timeout read it, in seconds. */
export function durationOf(text: string): number | undefined {
  if (/^inf(inity)?$/i.test(text)) return Number.POSITIVE_INFINITY;
  const match = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(text);
  return match ? Number(match[1]) * (units[match[2] ?? ''] ?? 1) : undefined;
}

function sleep(style: Style): Program {
  return function* run(sys) {
    const words = sys.argv.slice(1);
    if (words.length === 0) {
      if (style === 'gnu') yield* complain(sys, "missing operand\nTry 'sleep --help' for more information.");
      else
        yield {
          ask: 'write',
          fd: 2,
          text: 'BusyBox v1.35.0 multi-call binary.\n\nUsage: sleep [N]...\n\nPause for a time equal to the total of the args given, where each arg can\nhave an optional suffix of (s)econds, (m)inutes, (h)ours, or (d)ays\n',
        };
      return 1;
    }
    let seconds = 0;
    for (const word of words) {
      const duration = durationOf(word);
      if (duration === undefined) {
        yield* complain(
          sys,
          style === 'busybox' ? `invalid number '${word}'` : `invalid time interval '${word}'\nTry 'sleep --help' for more information.`,
        );
        return 1;
      }
      seconds += duration;
    }
    yield { ask: 'sleep', ms: seconds * 1000 };
    return 0;
  };
}

function* yes(sys: Sys): Running {
  const line = `${sys.argv.length > 1 ? sys.argv.slice(1).join(' ') : 'y'}\n`;
  const block = line.repeat(Math.max(1, Math.floor(4096 / line.length)));
  for (;;) {
    const { error } = yield { ask: 'write', fd: 1, text: block };
    if (error === undefined) continue;
    yield* complain(sys, `write error: ${errnoText(error)}`);
    return 1;
  }
}

const seq = (style: Style): Program =>
  function* seq(sys) {
    const words = sys.argv.slice(1);
    let separator = '\n';
    let wide = false;
    while (words[0] === '-s' || words[0] === '-w') {
      if (words.shift() === '-s') separator = words.shift() ?? '';
      else wide = true;
    }
    const numbers = words.map(Number);
    const bad = words.find((word) => word === '' || Number.isNaN(Number(word)));
    if (bad !== undefined || words.length === 0) {
      if (style === 'busybox' || bad === undefined) return yield* usage(sys, style, '[-w] [-s SEP] [FIRST [INC]] LAST');
      yield* complain(sys, `invalid floating point argument: '${bad}'\nTry 'seq --help' for more information.`);
      return 1;
    }
    const [first, step, end] = [words.length > 1 ? (numbers[0] ?? 1) : 1, words.length > 2 ? (numbers[1] ?? 1) : 1, numbers.at(-1) ?? 0];
    const digits = Math.max(...words.map((word) => (splitOnce(word, '.')[1] ?? '').length));
    const width = wide ? Math.max(...words.map((word) => word.length)) : 0;
    let block = '';
    for (let i = 0; step !== 0 && (step > 0 ? first + i * step <= end : first + i * step >= end); i += 1) {
      block += `${i === 0 ? '' : separator}${(first + i * step).toFixed(digits).padStart(width, '0')}`;
      if (block.length < 4096) continue;
      yield* print(block);
      block = '';
    }
    yield* print(block === '' ? '' : `${block}\n`);
    return 0;
  };

function* env(sys: Sys): Running {
  const words = sys.argv.slice(1);
  const variables = new Map(sys.env);
  while (words[0] !== undefined) {
    const [name, value] = splitOnce(words[0], '=');
    if (words[0] === '-i' || words[0] === '-') variables.clear();
    else if (words[0] === '-u') variables.delete(words[1] ?? '');
    else if (value !== undefined) variables.set(name, value);
    else break;
    words.splice(0, words[0] === '-u' ? 2 : 1);
  }
  if (words.length === 0) {
    yield* print([...variables].map(([name, value]) => `${name}=${value}\n`).join(''));
    return 0;
  }
  return yield* runProgram(sys, words, variables);
}

/** Becomes another program; what a wrapper answers where it cannot. */
export function* runProgram(sys: Sys, argv: readonly string[], variables: ReadonlyMap<string, string>): Running {
  const name = nameOfWrapper(sys);
  const program = sys.exec({ argv, env: variables });
  if (!('error' in program)) return yield* program(sys);
  yield {
    ask: 'write',
    fd: 2,
    text: `${name}: can't execute '${argv[0]}': ${errnoText(program.error === 'EISDIR' ? 'EACCES' : program.error)}\n`,
  };
  return program.error === 'ENOENT' ? 127 : 126;
}

const nameOfWrapper = (sys: Sys): string => (sys.argv[0] ?? '').replace(/^.*\//, '');

function* printenv(sys: Sys): Running {
  const names = sys.argv.slice(1);
  if (names.length === 0) {
    yield* print([...sys.env].map(([name, value]) => `${name}=${value}\n`).join(''));
    return 0;
  }
  let status = 0;
  for (const name of names) {
    const value = sys.env.get(name);
    if (value === undefined) status = 1;
    else yield* print(`${value}\n`);
  }
  return status;
}

const applets: Applets = (style) => ({
  true: function* yes() {
    yield { ask: 'steps', count: 1 };
    return 0;
  },
  false: function* no() {
    yield { ask: 'steps', count: 1 };
    return 1;
  },
  echo,
  printf,
  test: test(undefined),
  '[': test(']'),
  '[[': test(']]'),
  sleep: sleep(style),
  usleep: function* usleep(sys) {
    yield { ask: 'sleep', ms: Number(sys.argv[1] ?? 0) / 1000 };
    return 0;
  },
  yes,
  seq: seq(style),
  env,
  printenv,
  pwd: function* pwd(sys) {
    yield* print(`${sys.cwd}\n`);
    return 0;
  },
});
export default applets;
