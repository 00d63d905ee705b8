// The events of the story as dots on the axis. Events that would touch share a dot. Read on as the story grows: a frame adds a few.
import type { RecordId } from '../../engine/records.ts';
import type { StoryEvent } from '../../session/events.ts';
import type { Axis } from './axis.ts';

/** One dot: the first of its events. */
export interface Dot {
  readonly x: number;
  readonly at: number;
  readonly step: number;
  readonly record: RecordId;
}

const APART = 8;

/** Lays events on an axis; each call takes in what has come since the last. */
export function createDots(axis: Axis): (events: readonly StoryEvent[]) => readonly Dot[] {
  const dots: Dot[] = [];
  let read = 0;
  return (events) => {
    for (; read < events.length; read += 1) {
      const event = events[read];
      const note = event?.notes[0];
      if (!event || !note) continue;
      const x = axis.x(event.t);
      if (x - (dots.at(-1)?.x ?? Number.NEGATIVE_INFINITY) >= APART) dots.push({ x, at: event.t, step: event.step, record: note.id });
    }
    return dots;
  };
}
