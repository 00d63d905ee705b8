// One process: what it is, what it waits for, and what signals do to it.
import type { Instant } from '../../../engine/records.ts';
import type { Description, Waitable } from './descriptor.ts';
import type { Answer, Ask, Connection, ProcessInfo, Program, Signal, Sys } from './program.ts';

/** A descriptor's target in this machine. */
export type Descriptor = Description<Process>;

/** A process of a machine. */
export interface Process {
  readonly pid: number;
  /** 0 for a process that was started from outside. */
  ppid: number;
  readonly session: number;
  argv: readonly string[];
  env: Map<string, string>;
  cwd: string;
  umask: number;
  sys: Sys | undefined;
  program: Program;
  running: Generator<Ask, number, Answer> | undefined;
  readonly fds: Map<number, Descriptor>;
  /** What it has asked for and not been given. */
  ask: Ask | undefined;
  /** An answer that it gets once the time has passed that its CPU use took. */
  held: Answer | undefined;
  /** An answer that came from outside (a dial, a name, the terminal). */
  answer: Answer | undefined;
  /** The id under which the host knows what it waits for. */
  request: number | undefined;
  /** When its time is up: of a sleep, of used CPU, of a dial with a time limit. */
  until: Instant | undefined;
  readonly waitsOn: Set<Waitable<Process>>;
  state: 'ready' | 'waiting' | 'computing' | 'busy' | 'zombie';
  stopped: boolean;
  /** Its program is stuck and takes no turn, and no signal that it would handle itself. */
  stuck: boolean;
  /** A signal that it sent to itself and that ends it at its next ask. */
  doomed: Signal | undefined;
  readonly dispositions: Map<Signal, 'ignore' | 'catch'>;
  readonly pending: Signal[];
  readonly children: Map<number, Process>;
  /** Wakes a parent that waits for its children. */
  readonly childWaiters: Waitable<Process>;
  exit: { readonly exitCode: number; readonly signal: Signal | undefined; readonly order: number } | undefined;
  /** CPU that it has used and not yet waited for, in microseconds. */
  debtUs: number;
  stepsSinceWait: number;
  memoryBytes: number;
  burnsCores: number;
  readonly ports: Set<number>;
  readonly backlog: Map<number, Connection[]>;
  /** Connections that it has not answered, by the host's id. */
  readonly connections: Set<number>;
  readonly startedAt: Instant;
  /** Of a timer: an older one is void. */
  timer: number;
}

/** Signal numbers of Linux. */
export const signalNumbers: Readonly<Record<Signal, number>> = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  ILL: 4,
  TRAP: 5,
  ABRT: 6,
  BUS: 7,
  FPE: 8,
  KILL: 9,
  USR1: 10,
  SEGV: 11,
  USR2: 12,
  PIPE: 13,
  ALRM: 14,
  TERM: 15,
  STKFLT: 16,
  CHLD: 17,
  CONT: 18,
  STOP: 19,
  TSTP: 20,
  TTIN: 21,
  TTOU: 22,
  URG: 23,
  XCPU: 24,
  XFSZ: 25,
  VTALRM: 26,
  PROF: 27,
  WINCH: 28,
  POLL: 29,
  PWR: 30,
  SYS: 31,
};

const names = new Map(Object.entries(signalNumbers).map(([name, number]) => [number, name]));

/** The signal that a name (with or without SIG, any case) or a number means; undefined for none. */
export function signalOf(text: string): Signal | undefined {
  if (/^\d+$/.test(text)) return names.get(Number(text));
  const name = text.toUpperCase().replace(/^SIG/, '');
  return signalNumbers[name] === undefined ? undefined : name;
}

/** What a signal does where nothing else is said. */
export function defaultAction(signal: Signal): 'end' | 'stop' | 'continue' | 'nothing' {
  if (signal === 'CHLD' || signal === 'URG' || signal === 'WINCH') return 'nothing';
  if (signal === 'CONT') return 'continue';
  return signal === 'STOP' || signal === 'TSTP' || signal === 'TTIN' || signal === 'TTOU' ? 'stop' : 'end';
}

/** The line of ps that a process is. */
export function infoOf(process: Process, user: string): ProcessInfo {
  const { pid, ppid, argv, startedAt } = process;
  const state = process.state === 'busy' || process.state === 'zombie' ? process.state : stateOf(process);
  return { pid, ppid, user, command: argv.join(' '), argv, state, startedAt };
}

function stateOf(process: Process): 'running' | 'sleeping' {
  return process.state === 'ready' || process.state === 'computing' || process.burnsCores > 0 ? 'running' : 'sleeping';
}
