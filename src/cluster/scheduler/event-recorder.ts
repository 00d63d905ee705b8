// The scheduler's events: of the events.k8s.io kind, whose repeats become a series. Models k8s.io/client-go/tools/events.
import { RESOURCES, apiPath, podKey } from '../api/resources.ts';
import type { ApiClient } from '../api/client.ts';
import { must } from '../../base/assert.ts';
import type { Instant } from '../../engine/records.ts';
import type { Event, ObjectReference, Pod } from '../api/types.ts';
import type { ClusterContext } from '../component.ts';

/** An event of a Pod. */
export interface PodEvent {
  readonly pod: Pod;
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly action: string;
  readonly note: string;
  /** Another Pod that it is about. */
  readonly related?: Pod;
}

/** Posts events. */
export interface EventRecorder {
  record(context: ClusterContext, event: PodEvent): void;
  /** Ends the series in which nothing has happened for 6 minutes: their last counts are written. */
  finish(context: ClusterContext): void;
  /** When the next series may have to be ended. */
  nextFinishAt(): Instant | undefined;
}

const CONTROLLER = 'default-scheduler';
const INSTANCE = 'default-scheduler-control-plane';
const MAX_NOTE_BYTES = 1024;
const CUT = ' ...';
const FINISH_MS = 360_000;
const EVENTS = must(
  RESOURCES.find(({ resource }) => resource === 'events'),
  'events are served',
);

interface Cached {
  readonly path: string;
  readonly subject: string;
  readonly postedAt: Instant;
  count: number;
  lastAt: Instant;
}

/** A recorder with nothing remembered. `startAtMs` is the date of instant 0. */
export function createEventRecorder(client: ApiClient, startAtMs: number): EventRecorder {
  /** The oldest first. */
  const cache = new Map<string, Cached>();
  /** Those whose last count has not been written. */
  const open = new Map<string, Cached>();
  let posted = 0;
  const microTime = (at: Instant): string => new Date(startAtMs + at).toISOString().replace('Z', '000Z');
  const writeSeries = (context: ClusterContext, { path, subject, count, lastAt }: Cached): void =>
    client.request(
      context,
      {
        method: 'PATCH',
        path,
        contentType: 'application/strategic-merge-patch+json',
        body: { series: { count, lastObservedTime: microTime(lastAt) } },
      },
      { level: 'all', label: 'PATCH events', subject },
      () => {},
    );
  const forgetOld = (at: Instant): void => {
    for (const [key, known] of cache) {
      if (at - known.postedAt <= FINISH_MS) break;
      if (at - known.lastAt > FINISH_MS && !open.has(key)) cache.delete(key);
    }
  };
  return {
    record(context, event) {
      const { pod, type, reason, action, note, related } = event;
      const involvedObject = referenceTo(pod);
      const key = JSON.stringify([type, action, reason, involvedObject, related && referenceTo(related)]);
      const known = cache.get(key);
      if (known && context.at - known.lastAt <= FINISH_MS) {
        known.count += 1;
        known.lastAt = context.at;
        // The first repeat makes it a series; further ones are counted here, and written when it ends.
        if (known.count === 2) writeSeries(context, known);
        else open.set(key, known);
        return;
      }
      forgetOld(context.at);
      posted += 1;
      const { name } = pod.metadata;
      const namespace = pod.metadata.namespace ?? 'default';
      const nanos = BigInt(startAtMs + context.at) * 1_000_000n + BigInt(posted % 1_000_000);
      const body: Event = {
        apiVersion: 'v1',
        kind: 'Event',
        metadata: { name: `${name}.${nanos.toString(16)}`, namespace },
        involvedObject,
        reason,
        message: truncated(note),
        type,
        action,
        eventTime: microTime(context.at),
        reportingComponent: CONTROLLER,
        reportingInstance: INSTANCE,
        ...(related && { related: referenceTo(related) }),
      };
      const subject = podKey(namespace, name);
      cache.set(key, { path: apiPath(EVENTS, namespace, body.metadata.name), subject, postedAt: context.at, count: 1, lastAt: context.at });
      client.request(
        context,
        { method: 'POST', path: apiPath(EVENTS, namespace), body },
        { level: 'all', label: 'POST events', subject },
        () => {},
      );
    },
    finish(context) {
      for (const [key, known] of open) {
        if (context.at - known.lastAt < FINISH_MS) continue;
        writeSeries(context, known);
        open.delete(key);
        cache.delete(key);
      }
    },
    nextFinishAt() {
      let next: Instant | undefined;
      for (const { lastAt } of open.values()) next = Math.min(next ?? Number.MAX_SAFE_INTEGER, lastAt + FINISH_MS);
      return next;
    },
  };
}

function referenceTo({ metadata }: Pod): ObjectReference {
  const { namespace, name, uid, resourceVersion } = metadata;
  return {
    kind: 'Pod',
    ...(namespace !== undefined && { namespace }),
    name,
    ...(uid !== undefined && { uid }),
    apiVersion: 'v1',
    ...(resourceVersion !== undefined && { resourceVersion }),
  };
}

/** Cut to what an event's note may hold. Models truncateMessage; the texts are ASCII, so characters are bytes. */
const truncated = (note: string): string => (note.length <= MAX_NOTE_BYTES ? note : note.slice(0, MAX_NOTE_BYTES - CUT.length) + CUT);
