// Which process goes on when: a queue of those that can, a heap of those whose time is known, and how much a process may do at once.
import { createHeap } from '../../../base/heap.ts';
import type { Instant } from '../../../engine/records.ts';
import type { Waitable } from './descriptor.ts';
import type { Process } from './process.ts';

/** Queue and timers of one machine. */
export interface ProcessQueue {
  /** Puts a process at the end of the queue; it is asked again what it waits for. */
  ready(process: Process): void;
  next(): Process | undefined;
  /** Lets a process wait for something. */
  waitFor(process: Process, on: Waitable<Process>): void;
  /** Everything that waits for this may go on. */
  wake(on: Waitable<Process>): void;
  /** Wakes a process at an instant. */
  at(process: Process, at: Instant): void;
  /** A process waits no longer, for anything. */
  forget(process: Process): void;
  /** Puts those whose time has come into the queue. */
  due(now: Instant): void;
  /** When the next one's time comes. */
  earliest(): Instant | undefined;
  readonly idle: boolean;
}

interface Timer {
  readonly at: Instant;
  readonly sequence: number;
  readonly process: Process;
}

/** An empty queue. */
export function createQueue(): ProcessQueue {
  const queue: Process[] = [];
  let head = 0;
  let sequence = 0;
  const timers = createHeap<Timer>((a, b) => a.at < b.at || (a.at === b.at && a.sequence < b.sequence));
  const isVoid = (timer: Timer): boolean => timer.process.timer !== timer.sequence;
  const forget = (process: Process): void => {
    process.timer = 0;
    for (const on of process.waitsOn) on.waiting.delete(process);
    process.waitsOn.clear();
  };
  const ready = (process: Process): void => {
    if (process.state === 'ready' || process.state === 'zombie') return;
    forget(process);
    process.state = 'ready';
    queue.push(process);
  };
  return {
    ready,
    forget,
    next() {
      const process = queue[head];
      head += 1;
      if (head > 64 && head * 2 > queue.length) {
        queue.splice(0, head);
        head = 0;
      }
      if (process === undefined) {
        queue.length = 0;
        head = 0;
      }
      return process;
    },
    waitFor(process, on) {
      on.waiting.add(process);
      process.waitsOn.add(on);
    },
    wake(on) {
      for (const process of [...on.waiting]) ready(process);
    },
    at(process, at) {
      sequence += 1;
      process.timer = sequence;
      timers.push({ at, sequence, process });
    },
    due(now) {
      for (let timer = timers.peek(); timer && (timer.at <= now || isVoid(timer)); timer = timers.peek()) {
        timers.pop();
        if (!isVoid(timer)) ready(timer.process);
      }
    },
    earliest() {
      for (let timer = timers.peek(); timer && isVoid(timer); timer = timers.peek()) timers.pop();
      return timers.peek()?.at;
    },
    get idle() {
      return head >= queue.length;
    },
  };
}
