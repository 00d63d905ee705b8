// The events of a trace, as a reader steps through them: all the notes of one step together, at a level of detail.
import type { Level, NoteRecord } from '../engine/records.ts';
import type { Position, Trace } from '../engine/trace.ts';

/** What happened in one step. */
export interface StoryEvent extends Position {
  readonly notes: readonly NoteRecord[];
}

/** The events of one trace, kept up to date as it grows. */
export interface EventIndex {
  at(level: Level): readonly StoryEvent[];
}

const RANK: Readonly<Record<Level, number>> = { story: 0, api: 1, all: 2 };

/** Whether a record of one level is shown at another. */
export const isShownAt = (level: Level, detail: Level): boolean => RANK[level] <= RANK[detail];

/** The events of a trace; reading again after it has grown only reads what is new. */
export function createEventIndex(trace: Trace): EventIndex {
  const lists = new Map<Level, { read: number; events: { t: number; step: number; notes: NoteRecord[] }[] }>();
  return {
    at(level) {
      const list = lists.get(level) ?? { read: 0, events: [] };
      lists.set(level, list);
      for (; list.read < trace.notes.length; list.read += 1) {
        const note = trace.notes[list.read] as NoteRecord;
        if (!isShownAt(note.level, level)) continue;
        const last = list.events.at(-1);
        if (last?.step === note.step) last.notes.push(note);
        else list.events.push({ t: note.at, step: note.step, notes: [note] });
      }
      return list.events;
    },
  };
}

/** How many of these events have happened by a step. */
export function countBy(events: readonly StoryEvent[], step: number): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle] as StoryEvent).step <= step) low = middle + 1;
    else high = middle;
  }
  return low;
}
