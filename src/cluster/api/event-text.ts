// How a description tells of an event. Models k8s.io/kubectl/pkg/describe DescribeEvents.
import { age, humanDuration } from './human-duration.ts';
import type { Event } from './types.ts';

/** When it was seen, as of a date: `5s`, or `5s (x3 over 1m)`. */
export function eventAge(event: Event, nowMs: number): string {
  const first = event.eventTime ? humanDuration(nowMs - Date.parse(event.eventTime)) : age(event.firstTimestamp, nowMs);
  if (event.series) return `${age(event.series.lastObservedTime, nowMs)} (x${event.series.count} over ${first})`;
  return (event.count ?? 0) > 1 ? `${age(event.lastTimestamp, nowMs)} (x${event.count} over ${first})` : first;
}

/** What it says, with the part of the object that it is about. */
export function eventText(event: Event): string {
  const text = (event.message ?? '').trim();
  return event.involvedObject.fieldPath ? `${event.involvedObject.fieldPath}: ${text}` : text;
}
