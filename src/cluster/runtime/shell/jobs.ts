// Jobs: what a shell has started and not yet seen end.
import type { Signal } from '../process/program.ts';
import { ask, type Running, type Shell, write } from './state.ts';

/** A pipeline of processes. */
export interface Job {
  readonly id: number;
  readonly processes: { readonly pid: number; exitCode: number | undefined; signal: Signal | undefined }[];
  readonly background: boolean;
  /** Somebody has waited for it: its place may be given away. */
  waited: boolean;
  /** What `jobs` shows. */
  readonly text: string;
}

/** A new job of these processes. */
export function addJob(shell: Shell, pids: readonly number[], background: boolean, text: string): Job {
  for (const held of [...shell.jobs]) if (held.waited && isDone(held)) removeJob(shell, held);
  const used = shell.jobs.map(({ id }) => id);
  let id = 1;
  while (used.includes(id)) id += 1;
  const job: Job = { id, processes: pids.map((pid) => ({ pid, exitCode: undefined, signal: undefined })), background, waited: false, text };
  shell.jobs.push(job);
  return job;
}

/** Forgets a job. */
export function removeJob(shell: Shell, job: Job): void {
  const index = shell.jobs.indexOf(job);
  if (index >= 0) shell.jobs.splice(index, 1);
}

/** Whether all its processes have ended. */
export function isDone(job: Job): boolean {
  return job.processes.every(({ exitCode }) => exitCode !== undefined);
}

/** The status of a job that is done: its last process's, or with `pipefail` the last that failed. */
export function jobStatus(shell: Shell, job: Job): number {
  const codes = job.processes.map(({ exitCode }) => exitCode ?? 0);
  if (shell.options.pipefail) return codes.findLast((code) => code !== 0) ?? 0;
  return codes.at(-1) ?? 0;
}

/** What a signal that ended a process is called. */
export function signalText(signal: Signal): string {
  return descriptions[signal] ?? `Unknown signal`;
}

const descriptions: Readonly<Record<Signal, string>> = {
  HUP: 'Hangup',
  INT: 'Interrupt',
  QUIT: 'Quit',
  ILL: 'Illegal instruction',
  TRAP: 'Trace/breakpoint trap',
  ABRT: 'Aborted',
  BUS: 'Bus error',
  FPE: 'Floating point exception',
  KILL: 'Killed',
  USR1: 'User defined signal 1',
  SEGV: 'Segmentation fault',
  USR2: 'User defined signal 2',
  PIPE: 'Broken pipe',
  ALRM: 'Alarm clock',
  TERM: 'Terminated',
};

/** Waits for one more child and notes its end. Undefined where there is none. Models dowait of ash. */
export function* waitOne(shell: Shell, watched: Job | undefined): Running<boolean> {
  const answer = yield* ask(shell, { ask: 'wait' });
  const { child } = answer;
  if (!child) return false;
  yield* noteEnd(shell, child, watched);
  return true;
}

/** Notes a child's end; of the job that the shell waits for, it says which signal killed it. */
export function* noteEnd(
  shell: Shell,
  child: { readonly pid: number; readonly exitCode: number; readonly signal?: Signal },
  watched: Job | undefined,
): Running<void> {
  for (const job of shell.jobs) {
    const process = job.processes.find(({ pid, exitCode }) => pid === child.pid && exitCode === undefined);
    if (!process) continue;
    process.exitCode = child.exitCode;
    process.signal = child.signal;
    const { signal } = child;
    if (job === watched && signal !== undefined && signal !== 'INT' && signal !== 'PIPE') yield* write(shell, 2, `${signalText(signal)}\n`);
    return;
  }
}

/** Waits until a job in the foreground is done. Traps wait with it. */
export function* waitForJob(shell: Shell, job: Job): Running {
  while (!isDone(job)) if (!(yield* waitOne(shell, job))) break;
  const status = jobStatus(shell, job);
  removeJob(shell, job);
  return status;
}

/** The job that `%1`, `%%`, `%+`, `%-`, `%name` or a pid means. */
export function findJob(shell: Shell, text: string): Job | undefined {
  const jobs = shell.jobs.filter(({ background }) => background);
  if (!text.startsWith('%')) return jobs.find(({ processes }) => processes.some(({ pid }) => pid === Number(text)));
  const name = text.slice(1);
  if (name === '' || name === '%' || name === '+') return jobs.at(-1);
  if (name === '-') return jobs.at(-2) ?? jobs.at(-1);
  if (/^\d+$/.test(name)) return jobs.find(({ id }) => id === Number(name));
  return jobs.find((job) => job.text.startsWith(name));
}
