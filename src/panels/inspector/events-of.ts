// The Event objects about an object, as `kubectl describe` lists them.
import { eventAge, eventText } from '../../cluster/api/event-text.ts';
import type { Event } from '../../cluster/api/types.ts';
import type { Instant, RecordId } from '../../engine/records.ts';
import { lastAtStep, type Trace } from '../../engine/trace.ts';
import type { ApiObject } from './scene.ts';

/** One of them. */
export interface EventSight {
  /** Its newest revision, and when that was written. */
  readonly id: RecordId;
  readonly at: Instant;
  readonly isWarning: boolean;
  readonly reason: string;
  /** `5s`, or `5s (x3 over 1m)`. */
  readonly age: string;
  readonly from: string;
  readonly text: string;
}

interface Index {
  read: number;
  readonly byObject: Map<string, string[]>;
}

const EVENTS = '/registry/events/';
/** Every trace is read once, as it grows. */
const INDEXES = new WeakMap<Trace, Index>();

const nameOf = (kind: string | undefined, name: string | undefined): string => `${kind} ${name}`;

function keysAbout(trace: Trace, { kind, metadata }: ApiObject): readonly string[] {
  const index = INDEXES.get(trace) ?? { read: 0, byObject: new Map<string, string[]>() };
  INDEXES.set(trace, index);
  const keys = trace.keysUnder(EVENTS);
  for (; index.read < keys.length; index.read += 1) {
    const key = keys[index.read] ?? '';
    const { involvedObject } = (trace.history(key)[0]?.value as Event | undefined) ?? {};
    if (!involvedObject) continue;
    const about = nameOf(involvedObject.kind, involvedObject.name);
    const known = index.byObject.get(about);
    if (known) known.push(key);
    else index.byObject.set(about, [key]);
  }
  return index.byObject.get(nameOf(kind, metadata.name)) ?? [];
}

/** Those that stand at a step, in the order of their last timestamps. `nowMs`: the date of the playhead. */
export function eventsOf(trace: Trace, step: number, object: ApiObject, nowMs: number): readonly EventSight[] {
  const found = keysAbout(trace, object).flatMap((key) => {
    const rows = trace.history(key);
    const row = rows[lastAtStep(rows, step)];
    const event = row?.value as Event | undefined;
    return row && event && isAbout(event, object) ? [{ row, event }] : [];
  });
  const last = (event: Event): number => (event.lastTimestamp ? Date.parse(event.lastTimestamp) : Number.NEGATIVE_INFINITY);
  return found
    .toSorted((a, b) => (last(a.event) === last(b.event) ? 0 : last(a.event) - last(b.event)))
    .map(({ row, event }) => ({
      id: row.id,
      at: row.at,
      isWarning: event.type === 'Warning',
      reason: event.reason ?? '',
      age: eventAge(event, nowMs),
      from: event.source?.component || event.reportingComponent || '',
      text: eventText(event),
    }));
}

/** A Pod made again under the same name is another Pod. A node is named by its name in place of a uid. */
function isAbout({ involvedObject }: Event, { kind, metadata }: ApiObject): boolean {
  if (kind !== 'Node' && involvedObject.namespace !== metadata.namespace) return false;
  return kind !== 'Pod' || involvedObject.uid === undefined || involvedObject.uid === metadata.uid;
}
