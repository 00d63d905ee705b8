// The Event that a row of `kubectl get events` was printed from.
import type { Event } from '../../cluster/api/types.ts';
import type { RecordId } from '../../engine/records.ts';
import { lastAtStep, type Trace } from '../../engine/trace.ts';
import { containerSelection, nodeSelection, podSelection } from '../../session/cursor.ts';
import type { EventRow } from './links.ts';

const EVENTS = '/registry/events/';

/** What a click on a row selects and picks. */
export interface FoundEvent {
  readonly selection: string;
  readonly record: RecordId;
}

/** The Event of a row that was printed by a record, as it stands at a step; undefined where there is none, or it is gone. */
export function findEvent(trace: Trace, row: EventRow, printedBy: RecordId, step: number): FoundEvent | undefined {
  const printed = trace.record(printedBy);
  if (!printed) return undefined;
  const alike = trace.keysUnder(EVENTS).flatMap((key) => {
    const rows = trace.history(key);
    const then = rows[lastAtStep(rows, printed.step)];
    const event = then?.value as Event | undefined;
    if (!then || !event || event.reason !== row.reason || event.message !== row.message || aboutOf(event) !== row.about) return [];
    const offMs = row.ageMs === undefined ? 0 : Math.abs(printed.at - then.at - row.ageMs);
    return [{ event, offMs, now: rows[lastAtStep(rows, step)] }];
  });
  // Ages are printed in whole seconds: of those that fit one as well as another, the rows stand in the order of the Events.
  const least = Math.min(...alike.map(({ offMs }) => offMs));
  const fitting = alike.filter(({ offMs }) => offMs - least < 1000);
  const found = fitting[row.nth] ?? fitting[0];
  if (!found?.now?.value) return undefined;
  return { selection: subjectOf(found.event, row.about), record: found.now.id };
}

function aboutOf({ involvedObject: { kind, namespace = '', name = '' } }: Event): string {
  return kind === 'Node' ? nodeSelection(name) : podSelection(namespace, name);
}

/** `spec.containers{app}` is about a container. */
function subjectOf({ involvedObject }: Event, about: string): string {
  const container = /\{(.+)\}$/.exec(involvedObject.fieldPath ?? '')?.[1];
  return container === undefined ? about : containerSelection(about, container);
}
