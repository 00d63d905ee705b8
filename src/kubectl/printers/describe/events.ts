// The events at the foot of a description. Models k8s.io/kubectl/pkg/describe DescribeEvents.
import { eventAge, eventText } from '../../../cluster/api/event-text.ts';
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
    out.line(1, [event.type, event.reason, eventAge(event, nowMs), source, eventText(event)].join('\t'));
  }
}
