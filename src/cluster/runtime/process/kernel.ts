// What the parts of a machine share, and the bookkeeping of descriptors.
import type { Instant } from '../../../engine/records.ts';
import type { MachineHost, MachineSpec } from './machine-interface.ts';
import type { Descriptor, Process } from './process.ts';
import type { ProcessInfo, Program, Signal } from './program.ts';
import type { Found } from './program-search.ts';
import type { ProcessQueue } from './scheduler.ts';

/** A machine from within. */
export interface Kernel {
  readonly host: MachineHost;
  readonly spec: MachineSpec;
  readonly queue: ProcessQueue;
  readonly table: Map<number, Process>;
  readonly bootedAt: Instant;
  changed(): void;
  processes(): readonly ProcessInfo[];
  canStart(from: Process): boolean;
  /** A new process, child of another, not yet in the queue. */
  start(from: Process, program: Program, argv: readonly string[]): Process;
  finish(process: Process, exitCode: number, signal: Signal | undefined): void;
  find(argv: readonly string[], env: ReadonlyMap<string, string>, cwd: string): Found;
  /** A process now holds this much memory. */
  hold(process: Process, bytes: number): void;
  isMain(process: Process): boolean;
}

/** Puts a description under a number; what stood there is closed. */
export function setDescriptor(process: Process, fd: number, to: Descriptor): void {
  to.references += 1;
  closeDescriptor(process, fd);
  process.fds.set(fd, to);
}

/** Closes a number. */
export function closeDescriptor(process: Process, fd: number): void {
  const held = process.fds.get(fd);
  if (!held) return;
  process.fds.delete(fd);
  held.references -= 1;
  if (held.references === 0) held.closed();
}

/** Closes all. */
export function closeAll(process: Process): void {
  for (const fd of [...process.fds.keys()]) closeDescriptor(process, fd);
}

/** A child has its parent's descriptors. */
export function inherit(from: Process, to: Process): void {
  for (const [fd, description] of from.fds) {
    description.references += 1;
    to.fds.set(fd, description);
  }
}
