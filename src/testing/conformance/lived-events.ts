// The events of a lived Pod: by text, first time and count.
import { masked } from './text.ts';
import type { Tolerance } from './tracks.ts';

/** A revision of an event, at a second of the run. */
export interface LivedEvent {
  readonly t: number;
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly count?: number;
}

interface Told {
  readonly t: number;
  readonly count: number;
}

/** What differs first between two Pods' events; undefined where nothing does. */
export function eventDifference(
  real: readonly LivedEvent[],
  ours: readonly LivedEvent[],
  end: number,
  tolerance: Tolerance,
): string | undefined {
  const [theirs, mine] = [toldUntil(end, real), toldUntil(end, ours)];
  for (const [text, { t, count }] of theirs) {
    const my = mine.get(text);
    if (!my && end - t < 3 + tolerance(t)) continue;
    if (!my) return `event: the real one told "${text}" at ${t} s, ours never`;
    if (Math.abs(my.t - t) > tolerance(t)) return `event "${text}": the real one first at ${t} s, ours at ${my.t} s`;
    // How often an image was pulled depends on what the node had before.
    if (!text.startsWith('Normal Pulled') && Math.abs(my.count - count) > Math.max(2, count / 4))
      return `event "${text}": the real one ${count} times, ours ${my.count}`;
  }
  for (const [text, { t }] of mine) {
    if (!theirs.has(text) && end - t > 3 + tolerance(t)) return `event: ours told "${text}" at ${t} s, the real one never`;
  }
  return undefined;
}

/** Each text with its first time and highest count. */
function toldUntil(end: number, events: readonly LivedEvent[]): ReadonlyMap<string, Told> {
  const told = new Map<string, Told>();
  for (const event of withoutPulls(events.filter(({ t }) => t <= end))) {
    const text = textOf(event);
    const before = told.get(text);
    told.set(text, { t: before?.t ?? event.t, count: Math.max(before?.count ?? 0, event.count ?? 1) });
  }
  return told;
}

const imageIn = (message: string): string | undefined => /image "([^"]*)"/.exec(message)?.[1];

/** Whether a node had an image already depended on what was recorded before: pulled, and there already, are told as one. */
function withoutPulls(events: readonly LivedEvent[]): readonly LivedEvent[] {
  const had = new Set(events.filter(({ reason }) => reason === 'Pulled').map(({ message }) => imageIn(message)));
  return events
    .filter(({ reason, message }) => reason !== 'Pulling' || !had.has(imageIn(message)))
    .map((event) => (event.reason === 'Pulled' ? { ...event, message: `there is ${imageIn(event.message)}` } : event));
}

function textOf({ type, reason, message }: LivedEvent): string {
  const clean = masked(message)
    .replace(/Image size: \d+ bytes/, 'Image size: <size> bytes')
    .replace(/pod \S+_default\(/, 'pod <pod>_default(')
    .replace(/(Failed to pull image "[^"]*": ).*/, '$1<what the registry said>');
  return `${type} ${reason} ${clean}`;
}
