// A machine: one container's user space (or the learner's terminal), with its processes, files and descriptors, as whoever runs it
// (containerd, a terminal) sees it. The machine knows no engine: time and wake-ups come from its host.
import type { Random } from '../../../base/prng.ts';
import type { Instant } from '../../../engine/records.ts';
import type { HttpRequest, HttpResponse } from '../../messages.ts';
import type { Files, ProcessInfo, Program, Signal } from './program.ts';

/** What a machine needs of whoever runs it. */
export interface MachineHost {
  at(): Instant;
  readonly epochMs: number;
  random(purpose: string): Random;
  /** Ask to be stepped (`machine.step()`) at an instant. */
  wakeAt(at: Instant): void;
  /** Text on a descriptor of a session (see `Session`). */
  output(session: number, fd: 1 | 2, text: string): void;
  /** A session's first process has ended (or was killed by `signal`). */
  ended(session: number, exitCode: number, signal: Signal | undefined): void;
  /** The Pod's network: whether a port is free, who listens. */
  listen(port: number): boolean;
  unlisten(port: number): void;
  /** Starts a dial; the host answers with `machine.dialled(id, ...)`, or not at all. */
  dial(id: number, ip: string, port: number, http: HttpRequest | undefined): void;
  /** Starts a name look-up; the host answers with `machine.resolved(id, ...)`. */
  resolve(id: number, name: string): void;
  /** A program asked the host (kubectl in a terminal); the host answers with `machine.answered(id, ...)`. */
  ask(id: number, pid: number, question: unknown): void;
  /** The processes, their memory or their ports changed: time to write a row. */
  changed(): void;
  /** A process has taken a million steps without waiting and is parked. */
  busy(pid: number): void;
  /** Said before the machine kills its processes because they hold more memory than `memoryLimitBytes` (cgroup v2, memory.oom.group). */
  outOfMemory?(): void;
  /** The process that held an unanswered connection has ended: its peer sees a reset. */
  reset?(connectionId: number): void;
}

/** Numbers processes and knows them all: one for a container, or one for all containers of a Pod that shares it (pause is process 1). */
export interface PidNamespace {
  /** The next free process id. */
  take(): number;
  /** The processes of the other machines of this namespace (pause included), for ps. */
  others(): readonly ProcessInfo[];
  /** A signal to a process of another machine of this namespace. ESRCH where there is none. */
  kill(pid: number, signal: Signal): { readonly error?: string };
}

/** What a machine is made of. */
export interface MachineSpec {
  readonly hostname: string;
  readonly addresses: readonly string[];
  readonly files: Files;
  readonly user: { readonly uid: number; readonly name: string };
  /** The program that a path leads to: images put programs at paths (`/bin/sh`, `/usr/sbin/nginx`). */
  program(path: string): Program | undefined;
  /** Cores it may use; interpreted steps take 10 µs of one core at 1, longer below. Undefined: no limit. */
  readonly cpuLimit?: number;
  readonly memoryLimitBytes?: number;
  /** A process namespace that this machine shares with others: its first process is not process 1, and is not protected from TERM. */
  readonly pids?: PidNamespace;
}

/** A process started from outside, with its standard streams: process 1, an exec, a probe. */
export interface SessionSpec {
  readonly argv: readonly string[];
  readonly env: ReadonlyMap<string, string>;
  readonly cwd: string;
  /** `null`: /dev/null. `open`: text comes through `input`. */
  readonly stdin: 'null' | 'open';
  readonly tty: boolean;
  /** Of a terminal: what is written on descriptor 2 comes to the host as 2 and not as 1. */
  readonly stderrApart?: boolean;
}

/** Whether a process could be started; `ENOENT`, `EACCES` or `EISDIR` where not, for the OCI runtime's text. */
export type Started = { readonly session: number; readonly pid: number } | { readonly error: string };

/** A running machine. Sessions are numbered from 1 (process 1). */
export interface Machine {
  start(spec: SessionSpec): Started;
  /** Steps every process that can go on now. */
  step(): void;
  input(session: number, text: string): void;
  /** Takes back what was typed into a session and nobody has read. */
  takeInput(session: number): string;
  /** Whether a process waits for what is typed into a session. */
  isRead(session: number): boolean;
  /** The end of a session's standard input (Ctrl-D, a closed stream). */
  closeInput(session: number): void;
  /** Ctrl-C and the like on a session's terminal: to its foreground processes. */
  interrupt(session: number, signal: Signal): void;
  /** From outside its PID namespace (the kubelet, a fault): KILL always works, and process 1 is only protected from what it has not caught. */
  signal(pid: number, signal: Signal): void;
  /** The programs of a session get stuck, as in a deadlock, or go on where they were. Other sessions, and KILL, are not touched. */
  hang(session: number, isStuck: boolean): void;
  /** Ends everything at once, as when process 1 has died. */
  killAll(): void;
  connect(
    port: number,
    connectionId: number,
    from: string,
    http: HttpRequest | undefined,
    respond: (response: HttpResponse) => void,
  ): boolean;
  dialled(
    id: number,
    answer: { readonly outcome: 'connected' | 'refused' | 'unreachable' | 'reset'; readonly response?: HttpResponse },
  ): void;
  resolved(id: number, ip: string | undefined): void;
  answered(id: number, value: unknown): void;
  processes(): readonly ProcessInfo[];
  memoryBytes(): number;
  readonly files: Files;
}
