// Events that a controller posts. Models k8s.io/client-go/tools/record.
import type { ApiClient } from '../api/client.ts';
import type { Event, ObjectReference } from '../api/types.ts';
import type { ClusterContext } from '../component.ts';
import { microTime } from '../api/node-lease.ts';

/** What an Event says. */
export interface Said {
  readonly about: ObjectReference;
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
}

/** Posts an Event in the name of a component. `now`: the date, in milliseconds. */
export function postEvent(
  client: ApiClient,
  context: ClusterContext,
  component: string,
  now: number,
  { about, type, reason, message }: Said,
): void {
  const namespace = about.namespace || 'default';
  const time = `${microTime(now).slice(0, 19)}Z`;
  // A name has the instant in nanoseconds: what is posted in the same millisecond differs in the last digits.
  const nanos = BigInt(now) * 1_000_000n + BigInt(context.random('event', `${component}/${about.name ?? ''}`).below(1_000_000));
  const event: Event = {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${about.name ?? ''}.${nanos.toString(16)}`, namespace },
    involvedObject: about,
    type,
    reason,
    message,
    source: { component },
    firstTimestamp: time,
    lastTimestamp: time,
    count: 1,
    reportingComponent: component,
  };
  const path = `/api/v1/namespaces/${namespace}/events`;
  client.request(context, { method: 'POST', path, body: event }, { level: 'all', label: `POST events ${reason}` }, () => undefined);
}

/** What an Event is about. */
export function referenceTo(
  kind: string,
  object: {
    readonly metadata: { readonly name: string; readonly namespace?: string; readonly uid?: string; readonly resourceVersion?: string };
  },
): ObjectReference {
  const { name, namespace, uid, resourceVersion } = object.metadata;
  return {
    apiVersion: 'v1',
    kind,
    name,
    ...(namespace !== undefined && { namespace }),
    ...(uid !== undefined && { uid }),
    ...(resourceVersion !== undefined && { resourceVersion }),
  };
}
