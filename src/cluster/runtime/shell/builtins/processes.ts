// Builtins about processes: wait, jobs, kill, trap.
import { signalNumbers, signalOf } from '../../process/process.ts';
import { findJob, isDone, type Job, jobStatus, noteEnd, removeJob, signalText, waitForJob } from '../jobs.ts';
import { type Running, type Shell, ShellError, write } from '../state.ts';
import { singleQuoted } from '../trace-text.ts';
import { compareText } from '../../../../base/order.ts';
import type { Builtin, Quick } from './kinds.ts';

/** Waits for one child; a signal with a trap ends the wait: its number plus 128. */
function* waitChild(shell: Shell, watched: Job | undefined): Running<number | 'none' | undefined> {
  const held = shell.pending[0];
  if (held !== undefined) return 128 + (signalNumbers[held] ?? 0);
  const answer = yield { ask: 'wait' };
  if (answer.signal !== undefined) {
    shell.pending.push(answer.signal);
    return 128 + (signalNumbers[answer.signal] ?? 0);
  }
  if (!answer.child) return 'none';
  yield* noteEnd(shell, answer.child, watched);
  return undefined;
}

function* wait(shell: Shell, args: readonly string[]): Running {
  const words = args.filter((word) => word !== '--' && word !== '-n');
  if (words.length === 0) {
    while (shell.jobs.some((job) => !isDone(job))) {
      const ended = yield* waitChild(shell, undefined);
      if (typeof ended === 'number') return ended;
      if (ended === 'none' || args[0] === '-n') break;
    }
    if (args[0] !== '-n') for (const job of shell.jobs) job.waited = true;
    return 0;
  }
  let status = 0;
  for (const word of words) {
    if (!/^(%.*|\d+)$/.test(word)) throw new ShellError(`Illegal number: ${word}`);
    const job = findJob(shell, word);
    if (!job && word.startsWith('%')) throw new ShellError(`${word}: no such job`);
    if (!job) {
      status = 127;
      continue;
    }
    while (!isDone(job)) {
      const ended = yield* waitChild(shell, job);
      if (typeof ended === 'number') return ended;
      if (ended === 'none') return 127;
    }
    job.waited = true;
    status = jobStatus(shell, job);
  }
  return status;
}

function stateText(job: Job): string {
  if (!isDone(job)) return 'Running';
  const { exitCode, signal } = job.processes.at(-1) ?? { exitCode: 0, signal: undefined };
  if (signal !== undefined) return signalText(signal);
  return exitCode === 0 ? 'Done' : `Done(${exitCode})`;
}

function* jobs(shell: Shell, args: readonly string[]): Running {
  const listed = shell.jobs.filter(({ background }) => background);
  // What has ended is noticed before it is shown.
  if (!args.includes('-p') && !shell.isSubshell) yield* reap(shell);
  for (const [index, job] of listed.entries()) {
    const pid = job.processes[0]?.pid ?? 0;
    const sign = index === listed.length - 1 ? '+' : index === listed.length - 2 ? '-' : ' ';
    const line = args.includes('-p')
      ? `${pid}\n`
      : `[${job.id}]${sign}  ${args.includes('-l') ? `${pid} ` : ''}${stateText(job).padEnd(args.includes('-l') ? 21 : 27)}${job.text}\n`;
    yield* write(shell, 1, line);
    if (isDone(job) && !args.includes('-p')) removeJob(shell, job);
  }
  return 0;
}

/** Notes the children that have ended, without waiting. */
export function* reap(shell: Shell): Running<void> {
  while (shell.jobs.some((job) => !isDone(job))) {
    const ended = shell.sys.processes().some(({ ppid, state }) => ppid === shell.sys.pid && state === 'zombie');
    if (!ended || (yield* waitChild(shell, undefined)) !== undefined) return;
  }
}

function* foreground(shell: Shell, [word]: readonly string[]): Running {
  const job = findJob(shell, word ?? '%%');
  if (!job) throw new ShellError(word === undefined ? 'No current job' : `${word}: no such job`);
  if (!shell.interactive) throw new ShellError('job (null) not created under job control');
  if (job.text !== '') yield* write(shell, 1, `${job.text}\n`);
  for (const { pid } of job.processes) shell.sys.kill(pid, 'CONT');
  return yield* waitForJob(shell, job);
}

function background(shell: Shell, [word]: readonly string[]): Quick {
  const job = findJob(shell, word ?? '%%');
  if (!job) throw new ShellError(word === undefined ? 'No current job' : `${word}: no such job`);
  if (!shell.interactive) throw new ShellError('job (null) not created under job control');
  for (const { pid } of job.processes) shell.sys.kill(pid, 'CONT');
  return 0;
}

/** `kill -l`. */
function listSignals(words: readonly string[]): string {
  if (words.length === 0)
    return Object.entries(signalNumbers)
      .map(([name, number]) => `${String(number).padStart(2)}) ${name}\n`)
      .join('');
  return words
    .map((word) => {
      const signal = /^\d+$/.test(word) ? signalOf(String(Number(word) & 127)) : signalOf(word);
      return `${/^\d+$/.test(word) ? (signal ?? word) : (signalNumbers[signal ?? ''] ?? word)}\n`;
    })
    .join('');
}

/** Sends signals; the same for the builtin and the program. `targets` turns `%1` into pids. */
export function sendSignals(
  kill: (pid: number, signal: string) => { readonly error?: string },
  args: readonly string[],
  name: string,
  targets: (word: string) => readonly string[] = (word) => [word],
): Quick {
  const [option = ''] = args;
  let words = args;
  let signal = 'TERM';
  if (option === '-l' || option === '-L') return { status: 0, out: listSignals(args.slice(1)) };
  if (/^-[^-]/.test(option)) {
    const named = option === '-s' || option === '-n' ? (args[1] ?? '') : option.slice(1);
    words = args.slice(option === '-s' || option === '-n' ? 2 : 1);
    const known = named === '0' ? '0' : signalOf(named);
    if (known === undefined) return { status: 1, error: `${name}: bad signal name '${named}'\n` };
    signal = known;
  }
  if (words[0] === '--') words = words.slice(1);
  if (words.length === 0) return { status: 1, error: `${name}: you need to specify whom to kill\n` };
  let error = '';
  for (const word of words.flatMap(targets)) {
    if (!/^-?\d+$/.test(word)) error += `${name}: invalid number '${word}'\n`;
    else if (kill(Number(word), signal).error !== undefined) error += `${name}: can't kill pid ${word}: No such process\n`;
  }
  return error === '' ? 0 : { status: 1, error };
}

function* kill(shell: Shell, args: readonly string[]): Running {
  const answer = sendSignals(
    (pid, signal) => shell.sys.kill(pid, signal),
    args,
    shell.name,
    (word) => {
      if (!word.startsWith('%')) return [word];
      const job = findJob(shell, word);
      if (!job) throw new ShellError(`${word}: no such job`);
      return job.processes.map(({ pid }) => String(pid));
    },
  );
  // A signal to the shell itself arrives here.
  const ask = yield { ask: 'steps', count: 1 };
  if (ask.signal !== undefined) shell.pending.push(ask.signal);
  if (typeof answer === 'number') return answer;
  if (answer.out !== undefined) yield* write(shell, 1, answer.out);
  if (answer.error !== undefined) yield* write(shell, 2, answer.error);
  return answer.status;
}

function trapListing(shell: Shell): string {
  const order = (signal: string): number => (signal === 'EXIT' ? 0 : (signalNumbers[signal] ?? 99));
  return [...(shell.shownTraps ?? shell.traps)]
    .sort(([a], [b]) => order(a) - order(b) || compareText(a, b))
    .map(([signal, action]) => `trap -- ${singleQuoted(action)} ${signal}\n`)
    .join('');
}

function trap(shell: Shell, args: readonly string[]): Quick {
  const words = args[0] === '--' ? args.slice(1) : args;
  if (words.length === 0 || words[0] === '-p') return { status: 0, out: trapListing(shell) };
  if (words[0] === '-l') {
    if (shell.dialect.name !== 'bash') throw new ShellError('illegal option -l');
    return { status: 0, out: listSignals([]) };
  }
  const [first = ''] = words;
  const resets = words.length === 1 || /^\d+$/.test(first);
  const action = resets ? '-' : first;
  let error = '';
  for (const word of resets ? words : words.slice(1)) {
    if (resets && word === '-') continue;
    const signal = word === '0' || word.toUpperCase() === 'EXIT' ? 'EXIT' : signalOf(word);
    if (signal === undefined) {
      error += `${shell.dialect.prefix(shell)}${word}: invalid signal specification\n`;
      continue;
    }
    setTrap(shell, signal, action);
  }
  return error === '' ? 0 : { status: 1, error };
}

function setTrap(shell: Shell, signal: string, action: string): void {
  const { sys } = shell;
  // What was ignored when the shell began stays ignored.
  if (signal !== 'EXIT' && !shell.traps.has(signal) && !shell.interactive && sys.disposition(signal) === 'ignore') return;
  if (action === '-') shell.traps.delete(signal);
  else shell.traps.set(signal, action);
  if (signal === 'EXIT' || signal === 'KILL' || signal === 'STOP') return;
  const kept = shell.interactive && signal === 'INT';
  sys.onSignal(signal, action === '-' ? (kept ? 'catch' : 'default') : action === '' ? 'ignore' : 'catch');
}

/** The builtins of this file. */
export const processes: Readonly<Record<string, Builtin>> = {
  wait: { slow: wait },
  jobs: { slow: jobs },
  fg: { slow: foreground },
  bg: { quick: background },
  kill: { slow: kill },
  trap: { quick: trap, special: true },
};
