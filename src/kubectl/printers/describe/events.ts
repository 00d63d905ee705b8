// The events at the foot of a description. Models k8s.io/kubectl/pkg/describe DescribeEvents.
import { age, humanDuration } from '../../../cluster/api/human-duration.ts';
import type { Event } from '../../../cluster/api/types.ts';
import type { DescribeWriter } from './writer.ts';

/** Writes the table of events, in the order of their last timestamps (those of the newer API have none and come first). */
export function describeEvents(out: DescribeWriter, events: readonly Event[], nowMs: number): void {
  if (events.length === 0) {
    out.line(0, 'Events:\t<none>');
    return;
  }
  out.flush();
  out.line(0, 'Events:');
  out.line(0, '  Type\tReason\tAge\tFrom\tMessage');
  out.line(1, '----\t------\t----\t----\t-------');
  const last = (event: Event) => (event.lastTimestamp ? Date.parse(event.lastTimestamp) : Number.NEGATIVE_INFINITY);
  const sorted = events.toSorted((a, b) => (last(a) === last(b) ? 0 : last(a) - last(b)));
  for (const event of sorted) {
    const source = event.source?.component || event.reportingComponent || '';
    out.line(1, [event.type, event.reason, interval(event, nowMs), source, messageOf(event)].join('\t'));
  }
}

function interval(event: Event, nowMs: number): string {
  const first = event.eventTime ? humanDuration(nowMs - Date.parse(event.eventTime)) : age(event.firstTimestamp, nowMs);
  if (event.series) return `${age(event.series.lastObservedTime, nowMs)} (x${event.series.count} over ${first})`;
  return (event.count ?? 0) > 1 ? `${age(event.lastTimestamp, nowMs)} (x${event.count} over ${first})` : first;
}

function messageOf(event: Event): string {
  const text = (event.message ?? '').trim();
  return event.involvedObject.fieldPath ? `${event.involvedObject.fieldPath}: ${text}` : text;
}
