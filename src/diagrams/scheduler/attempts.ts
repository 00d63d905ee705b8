// The attempts of a trace by Pod, read once: a trace only grows, so each call reads what has come since the last one.
import type { NoteRecord } from '../../engine/records.ts';
import type { Trace } from '../../engine/trace.ts';
import type { Notes } from '../../cluster/notes.ts';

/** One attempt of the scheduler, as it was noted. */
export interface AttemptNote extends NoteRecord {
  readonly data: Notes['scheduling-attempt'];
}

/** A move of a Pod from one queue to another. */
export interface QueueNote extends NoteRecord {
  readonly data: Notes['pod-queued'];
}

/** Attempts and queue moves by the key of their Pod. */
export interface AttemptIndex {
  attempts(pod: string): readonly AttemptNote[];
  moves(pod: string): readonly QueueNote[];
  /** The last attempt of every Pod, by the key of the Pod, in the order of first attempts. */
  all(): ReadonlyMap<string, readonly AttemptNote[]>;
}

/** An index of a trace. */
export function createAttemptIndex(trace: Trace): AttemptIndex {
  const attempts = new Map<string, AttemptNote[]>();
  const moves = new Map<string, QueueNote[]>();
  let read = 0;
  const add = <T>(lists: Map<string, T[]>, key: string, item: T): void => {
    const list = lists.get(key);
    if (list) list.push(item);
    else lists.set(key, [item]);
  };
  const readOn = (): void => {
    for (; read < trace.notes.length; read += 1) {
      const note = trace.notes[read] as NoteRecord;
      if (note.name === 'scheduling-attempt') add(attempts, note.subject, note as AttemptNote);
      else if (note.name === 'pod-queued') add(moves, note.subject, note as QueueNote);
    }
  };
  return {
    attempts(pod) {
      readOn();
      return attempts.get(pod) ?? [];
    },
    moves(pod) {
      readOn();
      return moves.get(pod) ?? [];
    },
    all() {
      readOn();
      return attempts;
    },
  };
}
