// Answers what a process has asked for, or says that it must wait.
import type { ProcessQueue } from './scheduler.ts';
import type { MachineHost } from './machine-interface.ts';
import type { Answer, Ask } from './program.ts';
import type { Process } from './process.ts';

/** What answering needs of the machine. */
export interface AskContext {
  readonly host: MachineHost;
  readonly queue: ProcessQueue;
  /** Microseconds of simulated time that one interpreted step takes. */
  stepUs(): number;
  /** Registers a request to the host; its answer comes to this process. */
  request(process: Process): number;
  reap(parent: Process, child: Process): void;
  raise(process: Process, signal: string): void;
  hostsFile(name: string): string | undefined;
}

/** A process that used this much CPU must let the time pass that it took. */
const quantumUs = 10_000;
/** So many steps without waiting for anything are taken as a loop for ever. */
const busySteps = 1_000_000;
const plain: Answer = Object.freeze({});

/** Tries to answer `process.ask`. Undefined: not yet; the process has been put where its waking will find it. */
export function answerAsk(context: AskContext, process: Process, ask: Ask): Answer | undefined {
  const signal = ask.ask === 'write' ? undefined : process.pending.shift();
  if (signal !== undefined) {
    process.until = undefined;
    process.answer = undefined;
    process.request = undefined;
    process.stepsSinceWait = 0;
    return { signal };
  }
  if (ask.ask === 'steps') return steps(context, process, ask.count);
  if (process.until === undefined && process.request === undefined) charge(context, process, 1);
  process.stepsSinceWait = 0;
  switch (ask.ask) {
    case 'sleep':
      return sleep(context, process, ask.ms);
    case 'read':
      return read(context, process, ask);
    case 'write':
      return write(context, process, ask);
    case 'wait':
      return wait(context, process, ask.pid);
    case 'accept':
      return accept(context, process, ask.port);
    case 'dial':
      return dial(context, process, ask);
    case 'resolve':
      return resolve(context, process, ask.host);
    case 'pause':
      process.state = 'waiting';
      return undefined;
    case 'host':
      return askHost(context, process, ask.question);
  }
}

function charge(context: AskContext, process: Process, count: number): void {
  process.debtUs += count * context.stepUs();
}

function steps(context: AskContext, process: Process, count: number): Answer | undefined {
  process.stepsSinceWait += count;
  charge(context, process, count);
  if (process.stepsSinceWait < busySteps) return plain;
  process.state = 'busy';
  context.host.busy(process.pid);
  return undefined;
}

/** Whether a process has used a quantum since it last waited. */
export function owesTime(process: Process): boolean {
  return process.debtUs >= quantumUs;
}

/** Lets a time pass, and with it the CPU time that is still owed. */
export function sleepFor(context: AskContext, process: Process, ms: number, state: 'waiting' | 'computing'): undefined {
  const owed = Math.floor(process.debtUs / 1000);
  process.debtUs -= owed * 1000;
  process.until = context.host.at() + Math.round(ms) + owed;
  process.state = state;
  context.queue.at(process, process.until);
  return undefined;
}

function sleep(context: AskContext, process: Process, ms: number): Answer | undefined {
  if (process.until !== undefined) {
    if (context.host.at() < process.until) return again(context, process);
    process.until = undefined;
    return plain;
  }
  // Timers of 64 bits hold; a sleep for ever sets none.
  if (!(ms < 1e15)) {
    process.state = 'waiting';
    return undefined;
  }
  return sleepFor(context, process, Math.max(0, ms), 'waiting');
}

/** Woken before its time (by CONT): back to waiting. */
function again(context: AskContext, process: Process): undefined {
  process.state = 'waiting';
  if (process.until !== undefined) context.queue.at(process, process.until);
  return undefined;
}

function read(context: AskContext, process: Process, ask: Ask & { ask: 'read' }): Answer | undefined {
  const from = process.fds.get(ask.fd);
  if (!from) return { error: 'EBADF' };
  const text = from.read(ask.max ?? 65536, ask.line ?? false);
  if (text === undefined) {
    if (ask.until !== undefined && context.host.at() >= ask.until) return { text: '' };
    process.state = 'waiting';
    context.queue.waitFor(process, from);
    if (ask.until !== undefined) context.queue.at(process, Math.ceil(ask.until));
    return undefined;
  }
  return typeof text === 'string' ? { text } : text;
}

function write(context: AskContext, process: Process, ask: Ask & { ask: 'write' }): Answer | undefined {
  const to = process.fds.get(ask.fd);
  if (!to) return { error: 'EBADF' };
  if (ask.text === '') return plain;
  // Long texts take the time that copying takes: 1 µs for 100 characters.
  if (process.answer === undefined) process.debtUs += ask.text.length >> 7;
  let rest = process.answer?.text ?? ask.text;
  process.answer = undefined;
  while (rest !== '') {
    const taken = to.write(rest);
    if (typeof taken === 'object' && 'until' in taken) {
      process.answer = { text: rest };
      process.state = 'waiting';
      context.queue.at(process, taken.until);
      return undefined;
    }
    if (typeof taken === 'object') {
      if (taken.error !== 'EPIPE' || process.dispositions.get('PIPE') === 'ignore') return taken;
      context.raise(process, 'PIPE');
      return taken;
    }
    rest = rest.slice(taken);
    if (taken > 0) continue;
    process.answer = { text: rest };
    process.state = 'waiting';
    context.queue.waitFor(process, to);
    return undefined;
  }
  return plain;
}

function wait(context: AskContext, process: Process, pid: number | undefined): Answer | undefined {
  let found: Process | undefined;
  for (const child of process.children.values()) {
    if (!child.exit || (pid !== undefined && child.pid !== pid)) continue;
    if (!found || child.exit.order < (found.exit?.order ?? 0)) found = child;
  }
  if (found?.exit) {
    context.reap(process, found);
    const { exitCode, signal } = found.exit;
    return { child: signal === undefined ? { pid: found.pid, exitCode } : { pid: found.pid, exitCode, signal } };
  }
  if (pid === undefined ? process.children.size === 0 : !process.children.has(pid)) return { error: 'ECHILD' };
  process.state = 'waiting';
  context.queue.waitFor(process, process.childWaiters);
  return undefined;
}

function accept(_context: AskContext, process: Process, port: number): Answer | undefined {
  const backlog = process.backlog.get(port);
  if (!backlog) return { error: 'EINVAL' };
  const connection = backlog.shift();
  if (connection) return { connection };
  process.state = 'waiting';
  return undefined;
}

const address = /^\d+\.\d+\.\d+\.\d+$/;

/** Hands over an answer that came from outside; a request that has none yet waits. */
function fromOutside(process: Process): Answer | undefined {
  const { answer } = process;
  if (answer) {
    process.answer = undefined;
    process.request = undefined;
    process.until = undefined;
  } else process.state = 'waiting';
  return answer;
}

function dial(context: AskContext, process: Process, ask: Ask & { ask: 'dial' }): Answer | undefined {
  const { host } = context;
  if (process.request !== undefined) {
    const resolvedTo = process.answer?.text;
    if (process.answer && !process.answer.dialled) return dialAt(context, process, ask, resolvedTo);
    const answer = fromOutside(process);
    if (answer || process.until === undefined) return answer;
    if (host.at() < process.until) return again(context, process);
    process.request = undefined;
    process.until = undefined;
    return { dialled: { outcome: 'timeout' } };
  }
  if (ask.timeoutMs !== undefined) {
    process.until = host.at() + Math.round(ask.timeoutMs);
    context.queue.at(process, process.until);
  }
  const ip = address.test(ask.host) ? ask.host : context.hostsFile(ask.host);
  if (ip !== undefined) return dialAt(context, process, ask, ip);
  process.state = 'waiting';
  process.request = context.request(process);
  host.resolve(process.request, ask.host);
  return process.answer ? dial(context, process, ask) : undefined;
}

function dialAt(context: AskContext, process: Process, ask: Ask & { ask: 'dial' }, ip: string | undefined): Answer | undefined {
  process.answer = undefined;
  if (ip === undefined) {
    process.request = undefined;
    process.until = undefined;
    return { dialled: { outcome: 'unresolved' } };
  }
  process.state = 'waiting';
  process.request = context.request(process);
  if (process.until !== undefined) context.queue.at(process, process.until);
  context.host.dial(process.request, ip, ask.port, ask.http);
  return process.answer ? fromOutside(process) : undefined;
}

function resolve(context: AskContext, process: Process, name: string): Answer | undefined {
  if (process.request !== undefined) return fromOutside(process);
  const known = address.test(name) ? name : context.hostsFile(name);
  if (known !== undefined) return { text: known };
  process.state = 'waiting';
  process.request = context.request(process);
  context.host.resolve(process.request, name);
  return process.answer ? fromOutside(process) : undefined;
}

function askHost(context: AskContext, process: Process, question: unknown): Answer | undefined {
  if (process.request !== undefined) return fromOutside(process);
  process.state = 'waiting';
  process.request = context.request(process);
  context.host.ask(process.request, process.pid, question);
  return process.answer ? fromOutside(process) : undefined;
}
