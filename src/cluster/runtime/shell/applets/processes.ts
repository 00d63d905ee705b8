// ps, kill, killall, pidof, pgrep, pkill, top, timeout, nohup, time, watch, which.
import type { ProcessInfo, Program, Sys } from '../../process/program.ts';
import { signalOf } from '../../process/process.ts';
import { sendSignals } from '../builtins/processes.ts';
import { dateText } from '../date-text.ts';
import { findOnPath } from '../external.ts';
import { errnoText } from '../redirect.ts';
import { type Applets, complain, nameOf, print, readOptions, type Running, type Style } from './applet.ts';
import { durationOf, runProgram } from './basic.ts';
import { runChild } from './find.ts';
import { usage } from './usage.ts';

const stateLetters = { running: 'R', sleeping: 'S', busy: 'R', zombie: 'Z' } as const;

/** The name of a process: what it was called as, without its path. */
function shortName({ argv }: ProcessInfo): string {
  const first = argv[0] ?? '';
  return first.slice(first.lastIndexOf('/') + 1);
}

function shownCommand(process: ProcessInfo): string {
  return process.state === 'zombie' ? `[${shortName(process)}]` : process.command;
}

function* busyboxPs(sys: Sys): Running {
  const options = readOptions(sys, 'o:TlaxuewfA');
  const wanted = options.value('o')?.split(',');
  if (wanted) return yield* columnsPs(sys, wanted);
  yield* print('PID   USER     TIME  COMMAND\n');
  for (const process of sys.processes())
    yield* print(
      `${String(process.pid).padStart(5)} ${process.user.padEnd(8)}  0:00 ${process.state === 'zombie' ? `[${shortName(process)}]` : process.command}\n`,
    );
  return 0;
}

function columnOf(name: string, process: ProcessInfo): string {
  switch (name) {
    case 'pid':
      return String(process.pid);
    case 'ppid':
      return String(process.ppid);
    case 'user':
      return process.user;
    case 'stat':
    case 'state':
      return stateLetters[process.state];
    case 'comm':
      return shortName(process);
    case 'args':
    case 'cmd':
    case 'command':
      return shownCommand(process);
    default:
      return '0';
  }
}

function* columnsPs(sys: Sys, names: readonly string[]): Running {
  const titles = names.map((name) => (name === 'args' || name === 'cmd' ? 'COMMAND' : name.toUpperCase()));
  const rows = sys.processes().map((process) => names.map((name) => columnOf(name, process)));
  const widths = names.map((_, i) => Math.max(5, ...[titles, ...rows].map((row) => row[i]?.length ?? 0)));
  for (const row of [titles, ...rows])
    yield* print(`${row.map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 5))).join(' ')}\n`);
  return 0;
}

function* gnuPs(sys: Sys): Running {
  const words = sys.argv.slice(1);
  const format = words[words.findIndex((word) => word === '-o' || word === '-eo') + 1];
  if (words.some((word) => word === '-o' || word === '-eo') && format !== undefined) return yield* columnsPs(sys, format.split(','));
  const started = (process: ProcessInfo): string => dateText(sys.epochMs + process.startedAt, '%H:%M');
  const all = sys.processes();
  if (words.some((word) => /^-?[a-z]*u/.test(word))) {
    yield* print('USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n');
    for (const process of all)
      yield* print(
        `${process.user.padEnd(8)} ${String(process.pid).padStart(7)}  0.0  0.0   4364  3200 ?        ${stateLetters[process.state].padEnd(4)} ${started(process)}   0:00 ${shownCommand(process)}\n`,
      );
  } else if (words.some((word) => word.includes('f'))) {
    yield* print('UID          PID    PPID  C STIME TTY          TIME CMD\n');
    for (const process of all)
      yield* print(
        `${process.user.padEnd(8)} ${String(process.pid).padStart(7)} ${String(process.ppid).padStart(7)}  0 ${started(process)} ?        00:00:00 ${shownCommand(process)}\n`,
      );
  } else {
    yield* print('    PID TTY          TIME CMD\n');
    const mine = words.some((word) => /[eAax]/.test(word))
      ? all
      : all.filter(({ pid, ppid }) => pid === sys.pid || pid === sys.ppid || ppid === sys.ppid);
    for (const process of mine) yield* print(`${String(process.pid).padStart(7)} ?        00:00:00 ${shortName(process)}\n`);
  }
  return 0;
}

function* kill(sys: Sys): Running {
  const answer = sendSignals((pid, signal) => sys.kill(pid, signal), sys.argv.slice(1), nameOf(sys));
  if (typeof answer === 'number') return answer;
  if (answer.out !== undefined) yield* print(answer.out);
  if (answer.error !== undefined) yield { ask: 'write', fd: 2, text: answer.error };
  return answer.status;
}

/** Processes by name, without the one that asks. */
function named(sys: Sys, name: string): readonly ProcessInfo[] {
  return sys.processes().filter((process) => process.pid !== sys.pid && process.state !== 'zombie' && shortName(process) === name);
}

function* killall(sys: Sys): Running {
  const words = sys.argv.slice(1);
  const option = words.find((word) => /^-\w/.test(word));
  const signal = option === undefined || option === '-q' ? 'TERM' : (signalOf(option.slice(option === '-s' ? 2 : 1)) ?? 'TERM');
  let status = 0;
  for (const name of words.filter((word) => !word.startsWith('-'))) {
    const found = named(sys, name);
    for (const { pid } of found) sys.kill(pid, signal);
    if (found.length > 0) continue;
    status = 1;
    if (option !== '-q') yield* complain(sys, `${name}: no process killed`);
  }
  return status;
}

function* pidof(sys: Sys): Running {
  const options = readOptions(sys, 'so:');
  const pids = options.operands.flatMap((name) => named(sys, name).map(({ pid }) => pid)).sort((a, b) => b - a);
  const shown = options.has('s') ? pids.slice(0, 1) : pids;
  yield* print(shown.length > 0 ? `${shown.join(' ')}\n` : '');
  return Number(shown.length === 0);
}

function pgrep(kills: boolean): Program {
  return function* run(sys) {
    const words = sys.argv.slice(1);
    const option = kills ? words.find((word) => signalOf(word.slice(1)) !== undefined && word.startsWith('-')) : undefined;
    const options = readOptions({ ...sys, argv: [nameOf(sys), ...words.filter((word) => word !== option)] }, 'flaxvnouP:');
    const [pattern = ''] = options.operands;
    let expression: RegExp;
    try {
      expression = new RegExp(options.has('x') ? `^(${pattern})$` : pattern);
    } catch {
      return 2;
    }
    const found = sys
      .processes()
      .filter((process) => process.pid !== sys.pid && expression.test(options.has('f') ? process.command : shortName(process)));
    for (const process of found) {
      if (kills) sys.kill(process.pid, option === undefined ? 'TERM' : (signalOf(option.slice(1)) ?? 'TERM'));
      else yield* print(`${process.pid}${options.has('l') ? ` ${shortName(process)}` : options.has('a') ? ` ${process.command}` : ''}\n`);
    }
    return Number(found.length === 0);
  };
}

function* top(sys: Sys): Running {
  const options = readOptions(sys, 'bn:d:H');
  const rounds = options.value('n') === undefined ? Number.POSITIVE_INFINITY : Number(options.value('n'));
  const period = Number(options.value('d') ?? 5) * 1000;
  for (let round = 0; round < rounds; round += 1) {
    if (round > 0) yield { ask: 'sleep', ms: period };
    const all = sys.processes();
    const running = all.filter(({ state }) => state === 'running' || state === 'busy');
    const share = (process: ProcessInfo): number => (process.state === 'busy' ? Math.floor(100 / running.length) : 0);
    const lines = all.map(
      (process) =>
        `${String(process.pid).padStart(5)} ${String(process.ppid).padStart(5)} ${process.user.padEnd(8)} ${stateLetters[process.state]}     4364   0%   ${String(share(process)).padStart(2)}% ${process.command}\n`,
    );
    yield* print(
      `Mem: 2048000K used, 6144000K free\nLoad average: ${running.length.toFixed(2)} 0.01 0.05 ${running.length}/${all.length} ${all.at(-1)?.pid ?? 1}\n  PID  PPID USER     STAT   VSZ %VSZ %CPU COMMAND\n${lines.join('')}`,
    );
  }
  return 0;
}

function timeout(style: Style): Program {
  return function* run(sys) {
    const options = readOptions(sys, 's:k:fvp', { signal: 's', 'kill-after': 'k' }, false);
    const [duration, ...argv] = options.operands;
    if (duration === undefined || argv.length === 0)
      return yield* usage(sys, style, '[-s SIG] [-k KILL_SECS] SECS PROG ARGS', style === 'busybox' ? 1 : 125);
    const seconds = durationOf(duration);
    const signal = signalOf(options.value('s') ?? 'TERM');
    if (seconds === undefined || signal === undefined) {
      yield* complain(sys, `invalid ${seconds === undefined ? `number '${duration}'` : `signal '${options.value('s')}'`}`);
      return style === 'busybox' ? 1 : 125;
    }
    if (style === 'busybox') return yield* guarded(sys, argv, seconds, signal, options.value('k'));
    const child = sys.spawn({ argv });
    if ('error' in child) {
      yield* complain(sys, `failed to run command '${argv[0]}': ${errnoText(child.error)}`);
      return child.error === 'ENOENT' ? 127 : 126;
    }
    const guard = sys.fork(function* guard(own) {
      if (seconds > 0) {
        yield { ask: 'sleep', ms: seconds * 1000 };
        own.kill(child.pid, signal);
        const after = options.value('k');
        if (after === undefined) return 0;
        yield { ask: 'sleep', ms: (durationOf(after) ?? 0) * 1000 };
        own.kill(child.pid, 'KILL');
      }
      return 0;
    });
    sys.onSignal('TERM', 'catch');
    for (;;) {
      const answer = yield { ask: 'wait', pid: child.pid };
      if (answer.signal !== undefined) sys.kill(child.pid, answer.signal);
      if (!answer.child) continue;
      sys.kill(guard, 'KILL');
      const { exitCode, signal: ended } = answer.child;
      if (ended !== undefined) return ended === 'KILL' ? 137 : 124;
      return exitCode;
    }
  };
}

/** busybox's timeout becomes the program itself; a child that nobody waits for holds the watch. */
function* guarded(sys: Sys, argv: readonly string[], seconds: number, signal: string, after: string | undefined): Running {
  const { pid } = sys;
  sys.fork(function* watch(own) {
    const gone = (): boolean => own.kill(pid, '0').error !== undefined || own.ppid !== pid;
    function* waitFor(limit: number): Running<boolean> {
      for (let left = limit; left > 0 && !gone(); left -= 1) yield { ask: 'sleep', ms: Math.min(1, left) * 1000 };
      return !gone();
    }
    if (seconds === 0 || !(yield* waitFor(seconds))) return 0;
    own.kill(pid, signal);
    if (after !== undefined && (yield* waitFor(durationOf(after) ?? 0))) own.kill(pid, 'KILL');
    return 0;
  });
  return yield* runProgram(sys, argv, sys.env);
}

function* time(sys: Sys): Running {
  const argv = sys.argv.slice(1).filter((word, i) => !(i === 0 && word === '-p'));
  const from = sys.at();
  const status = argv.length === 0 ? 0 : yield* runChild(sys, argv);
  const seconds = (sys.at() - from) / 1000;
  const plain = sys.argv[1] === '-p';
  const text = `${Math.floor(seconds / 60)}m ${(seconds % 60).toFixed(2)}s`;
  const report = plain ? `real ${seconds.toFixed(2)}\nuser 0.00\nsys 0.00\n` : `real\t${text}\nuser\t0m 0.00s\nsys\t0m 0.00s\n`;
  yield { ask: 'write', fd: 2, text: report };
  return status;
}

function* watch(sys: Sys): Running {
  const options = readOptions(sys, 'n:td', {}, false);
  const period = Number(options.value('n') ?? 2) * 1000;
  for (;;) {
    if (!options.has('t'))
      yield* print(`Every ${(period / 1000).toFixed(1)}s: ${options.operands.join(' ')}  ${dateText(sys.epochMs + sys.at(), '%F %T')}\n\n`);
    yield* runChild(sys, ['sh', '-c', options.operands.join(' ')]);
    yield { ask: 'sleep', ms: period };
  }
}

function* which(sys: Sys): Running {
  const options = readOptions(sys, 'a');
  let status = 0;
  for (const name of options.operands) {
    const path = findOnPath(sys, name, sys.env.get('PATH') ?? '');
    if (path === undefined) status = 1;
    else yield* print(`${path}\n`);
  }
  return status;
}

const applets: Applets = (style) => ({
  ps: style === 'busybox' ? busyboxPs : gnuPs,
  kill,
  killall,
  pidof,
  pgrep: pgrep(false),
  pkill: pgrep(true),
  top,
  timeout: timeout(style),
  time,
  watch,
  which,
  nohup: function* nohup(sys) {
    sys.onSignal('HUP', 'ignore');
    return yield* runProgram(sys, sys.argv.slice(1), sys.env);
  },
  nice: function* nice(sys) {
    return yield* runProgram(sys, sys.argv.slice(sys.argv[1] === '-n' ? 3 : 1), sys.env);
  },
  setsid: function* setsid(sys) {
    return yield* runProgram(sys, sys.argv.slice(1), sys.env);
  },
});
export default applets;
