// Events as a table. Models pkg/printers/internalversion/printers.go printEvent.
import { age, humanDuration } from '../../api/human-duration.ts';
import type { Event } from '../../api/types.ts';
import { column, type TableKind, wideColumn } from './table-kind.ts';

/** The table of Events. */
export const eventTable: TableKind<Event> = {
  columns: [
    column('Last Seen'),
    column('Type'),
    column('Reason'),
    column('Object'),
    wideColumn('Subobject'),
    wideColumn('Source'),
    column('Message'),
    wideColumn('First Seen'),
    wideColumn('Count', 'integer'),
    wideColumn('Name'),
  ],
  cells(event, nowMs) {
    const { involvedObject: about } = event;
    const kind = (about.kind ?? '').toLowerCase();
    const eventAge = event.eventTime ? humanDuration(nowMs - Date.parse(event.eventTime)) : '<unknown>';
    const first = event.firstTimestamp ? age(event.firstTimestamp, nowMs) : eventAge;
    const last = event.series ? age(event.series.lastObservedTime, nowMs) : event.lastTimestamp ? age(event.lastTimestamp, nowMs) : first;
    const count = event.series?.count ?? event.count ?? 0;
    return [
      last,
      event.type ?? '',
      event.reason ?? '',
      about.name ? `${kind}/${about.name}` : kind,
      about.fieldPath ?? '',
      source(event),
      (event.message ?? '').trim(),
      first,
      count === 0 ? 1 : count,
      event.metadata.name,
    ];
  },
};

function source(event: Event): string {
  const component = event.source?.component || event.reportingComponent || '';
  const host = event.source?.host || event.reportingInstance || '';
  return host ? `${component}, ${host}` : component;
}
