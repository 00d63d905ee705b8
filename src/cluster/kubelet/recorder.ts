// The kubelet's events: repeats raise a count, many alike are merged, a flood is dropped. Models k8s.io/client-go/tools/record.
import type { Instant } from '../../engine/records.ts';
import type { Event, ObjectReference, Pod } from '../api/types.ts';
import { nodeKey } from '../api/resources.ts';
import { timeOf } from './clock.ts';
import type { Host } from './host.ts';
import { type ContainerIn, fieldPathOf, keyOf, namespaceOf } from './pods.ts';

/** Writes events. */
export interface Recorder {
  /** An event of a Pod, or of one of its containers. */
  pod(pod: Pod, type: EventType, reason: string, message: string, of?: ContainerIn): void;
  /** An event of this node. */
  node(uid: string, type: EventType, reason: string, message: string): void;
  reset(): void;
}
/** What an event's type may be. */
export type EventType = 'Normal' | 'Warning';

const MOST_ALIKE = 10;
const ALIKE_WITHIN_MS = 600_000;
const BURST = 25;
const REFILL_MS = 300_000;

interface Alike {
  readonly messages: Set<string>;
  lastAt: Instant;
}
interface Seen {
  count: number;
  readonly name: string;
  readonly firstAt: Instant;
}
interface Bucket {
  tokens: number;
  at: Instant;
}

/** A recorder with nothing remembered. */
export function createRecorder(host: Host): Recorder {
  const alike = new Map<string, Alike>();
  const seen = new Map<string, Seen>();
  const buckets = new Map<string, Bucket>();
  let drawn = 0;

  /** A token bucket for each object and type of event. Models EventSourceObjectSpamFilter. */
  const isFlood = (key: string): boolean => {
    const at = host.at;
    const bucket = buckets.get(key) ?? { tokens: BURST, at };
    bucket.tokens = Math.min(BURST, bucket.tokens + (at - bucket.at) / REFILL_MS);
    bucket.at = at;
    buckets.set(key, bucket);
    if (bucket.tokens < 1) return true;
    bucket.tokens -= 1;
    return false;
  };
  /** Past ten different messages of one kind they are told as one. Models EventAggregator.EventAggregate. */
  const aggregate = (key: string, message: string): { readonly key: string; readonly message: string } => {
    const at = host.at;
    let kind = alike.get(key);
    if (!kind || at - kind.lastAt > ALIKE_WITHIN_MS) {
      kind = { messages: new Set(), lastAt: at };
      alike.set(key, kind);
    }
    kind.messages.add(message);
    kind.lastAt = at;
    if (kind.messages.size <= MOST_ALIKE) return { key: `${key}\n${message}`, message };
    kind.messages.delete(kind.messages.values().next().value ?? message);
    return { key, message: `(combined from similar events): ${message}` };
  };
  const record = (involvedObject: ObjectReference, subject: string, type: EventType, reason: string, said: string): void => {
    const { context, at, node, startAtMs } = host;
    const object = `${involvedObject.kind}/${involvedObject.uid}`;
    const { key, message } = aggregate(`${object}/${involvedObject.fieldPath ?? ''}/${type}/${reason}`, said);
    const before = seen.get(key);
    const namespace = involvedObject.namespace ?? 'default';
    const name = involvedObject.name ?? '';
    drawn += 1;
    const entry = before ?? { count: 0, name: eventName(name, startAtMs + at, drawn), firstAt: at };
    entry.count += 1;
    seen.set(key, entry);
    if (isFlood(`${object}/${type}`)) return;
    const shown = { level: 'all', subject } as const;
    const lastTimestamp = timeOf(startAtMs, at);
    const path = `/api/v1/namespaces/${namespace}/events`;
    const post = (): void => {
      const event: Event = {
        apiVersion: 'v1',
        kind: 'Event',
        metadata: { name: entry.name, namespace },
        involvedObject,
        reason,
        message,
        source: { component: 'kubelet', host: node },
        firstTimestamp: timeOf(startAtMs, entry.firstAt),
        lastTimestamp,
        count: entry.count,
        type,
        reportingComponent: 'kubelet',
        reportingInstance: node,
      };
      host.api.request(host.context, { method: 'POST', path, body: event }, { ...shown, label: 'POST events' }, () => undefined);
    };
    if (entry.count === 1) post();
    else {
      const body = { count: entry.count, lastTimestamp, message };
      const contentType = 'application/strategic-merge-patch+json';
      const patch = { method: 'PATCH', path: `${path}/${entry.name}`, body, contentType } as const;
      host.api.request(context, patch, { ...shown, label: 'PATCH events' }, (_inner, response) => {
        // The event was dropped, or its time was up: it is told anew.
        if (response.code === 404) post();
      });
    }
  };
  return {
    pod(pod, type, reason, message, of) {
      const { name, uid, resourceVersion } = pod.metadata;
      const reference: ObjectReference = {
        apiVersion: 'v1',
        kind: 'Pod',
        namespace: namespaceOf(pod),
        name,
        ...(uid === undefined ? {} : { uid }),
        ...(resourceVersion === undefined ? {} : { resourceVersion }),
        ...(of ? { fieldPath: fieldPathOf(of) } : {}),
      };
      record(reference, keyOf(pod), type, reason, message);
    },
    node(uid, type, reason, message) {
      record({ kind: 'Node', name: host.node, uid }, nodeKey(host.node), type, reason, message);
    },
    reset() {
      alike.clear();
      seen.clear();
      buckets.clear();
    },
  };
}

/** `web.18ea0b2250b09bc1`: the name of the object and the nanoseconds of its first time. */
function eventName(object: string, ms: number, drawn: number): string {
  return `${object}.${(BigInt(ms) * 1_000_000n + BigInt(drawn % 1_000_000)).toString(16)}`;
}
