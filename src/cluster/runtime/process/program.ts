// What a program is and what it can ask of the machine it runs on. A program is a generator: it yields when it must wait (or has used
// some CPU) and is handed the answer when the machine steps it again. Everything that never waits is a plain call.
import type { Random } from '../../../base/prng.ts';
import type { Instant } from '../../../engine/records.ts';
import type { HttpRequest, HttpResponse } from '../../messages.ts';

/** A signal, without SIG: `TERM`, `KILL`, `INT`, `HUP`, `QUIT`, `USR1`, `CHLD`, ... */
export type Signal = string;

/** What a program waits for. */
export type Ask =
  /** Uses CPU: interpreted steps of 10 µs each. A million without any other ask parks the process as busy. */
  | { readonly ask: 'steps'; readonly count: number }
  | { readonly ask: 'sleep'; readonly ms: number }
  /** Text from a descriptor: what is there, at most `max` characters, up to a newline if `line`; `''` at its end, and at `until`. */
  | { readonly ask: 'read'; readonly fd: number; readonly max?: number; readonly line?: boolean; readonly until?: Instant }
  /** Text to a descriptor; waits while a pipe is full (64 kB). Into a closed pipe: SIGPIPE, or the error EPIPE where that is ignored. */
  | { readonly ask: 'write'; readonly fd: number; readonly text: string }
  /** Until a child (any, where none is named) has ended. */
  | { readonly ask: 'wait'; readonly pid?: number }
  /** Until a connection comes to a socket that listens. */
  | { readonly ask: 'accept'; readonly port: number }
  /** A TCP connection, with an HTTP exchange over it if there is one. `host` is a name or an address. */
  | { readonly ask: 'dial'; readonly host: string; readonly port: number; readonly http?: HttpRequest; readonly timeoutMs?: number }
  /** The address of a name, from /etc/hosts or the cluster's DNS. */
  | { readonly ask: 'resolve'; readonly host: string }
  /** Until a signal that is caught comes. */
  | { readonly ask: 'pause' }
  /** Of programs that only the learner's terminal has (kubectl): a question that the terminal answers. */
  | { readonly ask: 'host'; readonly question: unknown };

/** What comes back. `signal`: a caught signal came first; what was asked for did not happen (ask again to go on). */
export interface Answer {
  readonly signal?: Signal;
  /** Of read, resolve. */
  readonly text?: string;
  /** Of wait. */
  readonly child?: { readonly pid: number; readonly exitCode: number; readonly signal?: Signal };
  /** Of accept. */
  readonly connection?: Connection;
  /** Of dial. */
  readonly dialled?: {
    readonly outcome: 'connected' | 'refused' | 'unreachable' | 'reset' | 'timeout' | 'unresolved';
    readonly response?: HttpResponse;
    readonly ip?: string;
  };
  /** An errno name where the ask failed: `EPIPE`, `ECHILD`, `EBADF`, `EISDIR`. */
  readonly error?: string;
  /** Of host: whatever the terminal answers. */
  readonly value?: unknown;
}

/** A connection that was accepted. Of TCP alone (a probe that only connects), `http` is absent. */
export interface Connection {
  readonly from: string;
  readonly http?: HttpRequest;
  /** Answers the request; without it the peer waits until its time is up. */
  respond(response: HttpResponse): void;
}

/** A program: answers its exit code. */
export type Program = (sys: Sys) => Generator<Ask, number, Answer>;

/** How a child is started. Descriptors not named are inherited. */
export interface Spawning {
  readonly argv: readonly string[];
  readonly env?: ReadonlyMap<string, string>;
  readonly cwd?: string;
  /** fd in the child -> fd here (or 'null' for /dev/null). */
  readonly fds?: ReadonlyMap<number, number | 'null'>;
  /** Signals that the child ignores from the start. */
  readonly ignore?: readonly Signal[];
}

/** What a program can do without waiting. */
export interface Sys {
  readonly pid: number;
  readonly ppid: number;
  readonly argv: readonly string[];
  readonly env: Map<string, string>;
  cwd: string;
  /** Permissions that new files do not get. */
  umask: number;
  readonly files: Files;
  /** Simulated time now. */
  at(): Instant;
  /** The date that `at` 0 stands for, in milliseconds since 1970. */
  readonly epochMs: number;
  readonly hostname: string;
  readonly user: { readonly uid: number; readonly name: string };
  random(purpose: string): Random;
  /** Starts a program found by path or in $PATH; an errno name (ENOENT, EACCES, EISDIR, ENOEXEC) where it cannot. */
  spawn(spawning: Spawning): { readonly pid: number } | { readonly error: string };
  /** Starts a copy of this process that goes on in `body` (a subshell); -1 where no more processes may be (EAGAIN). */
  fork(body: Program, fds?: Spawning['fds']): number;
  /** Becomes another program: what the caller must `return yield*`. Undefined where it cannot be found. */
  exec(spawning: Spawning): Program | { readonly error: string };
  open(path: string, mode: 'read' | 'write' | 'append'): { readonly fd: number } | { readonly error: string };
  pipe(): { readonly read: number; readonly write: number };
  /** Makes `to` lead where `from` does; a negative `to` takes a free number from 10 on, which is answered. */
  dup(from: number, to: number): { readonly error?: string; readonly fd?: number };
  close(fd: number): void;
  isTty(fd: number): boolean;
  isOpen(fd: number): boolean;
  kill(pid: number, signal: Signal): { readonly error?: string };
  /** What happens when a signal comes. Process 1 ignores what it has not caught, but for KILL from outside. */
  onSignal(signal: Signal, disposition: 'default' | 'ignore' | 'catch'): void;
  /** Takes a caught signal that has come and that no answer has told yet. */
  takeSignal(): Signal | undefined;
  /** What became of a signal before: a shell does not trap what its parent ignores. */
  disposition(signal: Signal): 'default' | 'ignore' | 'catch';
  /** Listens on a TCP port of the Pod's network; EADDRINUSE where another process of the Pod does. */
  listen(port: number): { readonly error?: string };
  unlisten(port: number): void;
  processes(): readonly ProcessInfo[];
  /** Memory that this process holds, in bytes; growing past the container's limit ends it with KILL (OOM). */
  allocate(bytes: number): void;
  /** CPU cores that this process keeps busy while it sleeps. */
  burn(cores: number): void;
  /** The Pod's own addresses, as `hostname -i` prints them. */
  readonly addresses: readonly string[];
}

/** A line of ps. */
export interface ProcessInfo {
  readonly pid: number;
  readonly ppid: number;
  readonly user: string;
  readonly command: string;
  readonly argv: readonly string[];
  readonly state: 'running' | 'sleeping' | 'busy' | 'zombie';
  readonly startedAt: Instant;
}

/** What a path leads to. */
export interface FileStat {
  readonly kind: 'file' | 'directory' | 'link' | 'device' | 'pipe';
  readonly size: number;
  /** Permission bits: 0o755. */
  readonly mode: number;
  readonly modifiedAt: Instant;
  readonly target?: string;
  /** Whose it is; 0 where nothing is said. */
  readonly uid?: number;
}

/** A file that stays reachable through a descriptor, even after its name is gone. Offsets count UTF-16 units. */
export interface OpenFile {
  length(): number;
  read(from: number, max: number): string;
  /** Writes over what stands at an offset; at the end from `length()` on. */
  write(from: number, text: string): { readonly error?: string };
  /** Equal for two openings of one file. */
  readonly identity: object;
}

/** A line of df and mount. */
export interface MountInfo {
  readonly path: string;
  readonly readOnly: boolean;
  readonly limitBytes: number;
  readonly usedBytes: number;
}

/** A file system. Paths are absolute; errors are errno names. Directories that two containers mount are the same tree. */
export interface Files {
  read(path: string): { readonly text: string } | { readonly error: string };
  write(path: string, text: string, append?: boolean): { readonly error?: string };
  stat(path: string, followLinks?: boolean): FileStat | { readonly error: string };
  list(path: string): { readonly names: readonly string[] } | { readonly error: string };
  mkdir(path: string): { readonly error?: string };
  remove(path: string): { readonly error?: string };
  rename(from: string, to: string): { readonly error?: string };
  link(target: string, path: string): { readonly error?: string };
  chmod(path: string, mode: number): { readonly error?: string };
  /** Makes a file where none is, and sets when it was last changed: now, or `at`. */
  touch(path: string, at?: Instant): { readonly error?: string };
  /** For descriptors; `write` empties the file. */
  open(path: string, mode: 'read' | 'write' | 'append'): { readonly file: OpenFile } | { readonly error: string };
  mounts(): readonly MountInfo[];
  /** The path with every link followed; undefined where nothing stands there. */
  realPath(path: string): string | undefined;
}
