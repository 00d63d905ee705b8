// What a signal does to a process.
import type { Kernel } from './kernel.ts';
import type { Process } from './process.ts';
import { defaultAction, signalNumbers } from './process.ts';
import type { Signal } from './program.ts';

/** Delivers a signal. `outside`: from another process namespace (the node), from where KILL ends even process 1. */
export function deliver(kernel: Kernel, process: Process, signal: Signal, outside: boolean): void {
  if (process.exit) return;
  const disposition = signal === 'KILL' || signal === 'STOP' ? undefined : process.dispositions.get(signal);
  if (disposition === 'ignore') return;
  if (disposition === 'catch') {
    if (!process.pending.includes(signal)) process.pending.push(signal);
    if (process.state === 'waiting' || process.state === 'busy') kernel.queue.ready(process);
    return;
  }
  const action = defaultAction(signal);
  if (action === 'nothing') return;
  if (action === 'continue') {
    if (process.stopped) {
      process.stopped = false;
      kernel.queue.ready(process);
    }
    return;
  }
  // Process 1 of a namespace has no default actions, but for KILL and STOP from outside of it.
  if (process.pid === 1 && !(outside && (signal === 'KILL' || signal === 'STOP'))) return;
  if (action === 'stop') process.stopped = true;
  else kernel.finish(process, 128 + (signalNumbers[signal] ?? 0), signal);
}
