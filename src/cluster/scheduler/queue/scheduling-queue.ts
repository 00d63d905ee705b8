// The Pods that wait: those to be tried next, those that wait out a backoff, those that nobody expects to fit until something happens,
// and those that are gated. Models pkg/scheduler/backend/queue/scheduling_queue.go.
import { createHeap } from '../../../base/heap.ts';
import type { Instant } from '../../../engine/records.ts';
import type { PodInfo } from '../framework/pod-info.ts';
import type { Profile } from '../framework/profile.ts';
import { type ClusterEvent, ownChange, ruleMatches } from '../framework/requeue.ts';
import { backoffMs, comesBefore, type Place, type QueuedPod } from './queued-pod.ts';

/** The Pods that wait. */
export interface SchedulingQueue {
  /** A Pod without a node, new or changed. */
  set(info: PodInfo, at: Instant): void;
  remove(uid: string): void;
  has(uid: string): boolean;
  /** Whether there is a Pod to be tried now. */
  readonly ready: boolean;
  /** Takes the Pod to be tried next. */
  pop(): QueuedPod | undefined;
  /** Gives back a Pod that could not be scheduled; no rejectors: something went wrong. */
  giveBack(pod: QueuedPod, rejectors: ReadonlySet<string>, at: Instant): void;
  /** Something happened in the cluster: brings back the Pods for which it may help. */
  happened(event: ClusterEvent, at: Instant): void;
  /** Moves the Pods whose time has come. */
  flush(at: Instant): void;
  /** When a Pod's time comes next. */
  nextFlushAt(): Instant | undefined;
}

/** How the queue tells of moves, and of time. */
export interface QueueHost {
  readonly profile: Profile;
  /** When the scheduler started: it looks for Pods left over every 30 s from then. */
  readonly startedAt: Instant;
  /** The date of instant 0 in milliseconds: backoffs end on whole seconds. */
  readonly startAtMs: number;
  moved(pod: QueuedPod, to: Exclude<Place, 'attempting' | 'gone'>): void;
}

/** How long a Pod stays unschedulable at most, whatever happens. */
const MAX_UNSCHEDULABLE_MS = 300_000;
const LEFTOVER_LOOK_MS = 30_000;

interface Entry {
  readonly pod: QueuedPod;
  readonly moves: number;
}

/** An empty queue. */
export function createSchedulingQueue({ profile, startedAt, startAtMs, moved }: QueueHost): SchedulingQueue {
  const pods = new Map<string, QueuedPod>();
  const active = createHeap<Entry>((a, b) => (a.pod === b.pod ? a.moves < b.moves : comesBefore(a.pod, b.pod)));
  const backoff = new Map<string, QueuedPod>();
  /** The longest waiting first, as everyone enters at the end. */
  const unschedulable = new Map<string, QueuedPod>();
  let sequence = 0;

  /** Backoffs end in whole-second windows of the date. */
  const backoffEndsAt = (pod: QueuedPod): Instant => {
    const end = startAtMs + pod.sinceAt + backoffMs(pod);
    return Math.floor(end / 1000) * 1000 - startAtMs;
  };
  /** When the first backoff ends, as long as none came or went. */
  let firstEnd: { readonly at: Instant | undefined } | undefined;
  const firstBackoffEnd = (): Instant | undefined => {
    if (firstEnd) return firstEnd.at;
    let at: Instant | undefined;
    for (const pod of backoff.values()) at = Math.min(at ?? Number.MAX_SAFE_INTEGER, backoffEndsAt(pod));
    firstEnd = { at };
    return at;
  };
  const leave = (pod: QueuedPod): void => {
    pod.moves += 1;
    if (backoff.delete(pod.info.uid)) firstEnd = undefined;
    unschedulable.delete(pod.info.uid);
  };
  const move = (pod: QueuedPod, to: Exclude<Place, 'attempting' | 'gone'>): void => {
    leave(pod);
    pod.place = to;
    if (to === 'active') active.push({ pod, moves: pod.moves });
    if (to === 'backoff') {
      backoff.set(pod.info.uid, pod);
      firstEnd = undefined;
    }
    if (to === 'unschedulable') unschedulable.set(pod.info.uid, pod);
    moved(pod, to);
  };
  const gateOf = ({ info }: QueuedPod): string | undefined =>
    profile.preEnqueue.find((plugin) => plugin.preEnqueue?.(info.pod).code !== 'Success')?.name;
  /** Lets a Pod in, unless a plugin keeps it out. */
  const enter = (pod: QueuedPod, to: 'active' | 'backoff'): void => {
    const gate = gateOf(pod);
    if (gate !== undefined) pod.rejectors = new Set([gate]);
    if (gate === undefined) move(pod, to);
    else if (pod.place !== 'gated') move(pod, 'gated');
  };
  const requeue = (pod: QueuedPod, at: Instant): void => enter(pod, backoffEndsAt(pod) > at ? 'backoff' : 'active');
  const isWorthRequeuing = (pod: QueuedPod, event: ClusterEvent): boolean =>
    profile.plugins.some(
      ({ name, requeue: rules = [] }) => pod.rejectors.has(name) && rules.some((rule) => ruleMatches(rule, event, pod.info.pod)),
    );
  const firstActive = (): QueuedPod | undefined => {
    for (let entry = active.peek(); entry; entry = active.peek()) {
      if (entry.pod.moves === entry.moves) return entry.pod;
      active.pop();
    }
    return undefined;
  };
  /** With nothing else to do, the scheduler does not wait for a backoff to end, except after an error. */
  const firstBackoff = (): QueuedPod | undefined => {
    let first: QueuedPod | undefined;
    for (const pod of backoff.values()) {
      if (pod.errorCount > 0) continue;
      const [mine, best] = [backoffEndsAt(pod), first ? backoffEndsAt(first) : 0];
      if (!first || mine < best || (mine === best && comesBefore(pod, first))) first = pod;
    }
    return first;
  };
  const update = (pod: QueuedPod, info: PodInfo, at: Instant): void => {
    const actions = ownChange(pod.info.pod, info.pod);
    pod.info = info;
    if (pod.place === 'gated') enter(pod, 'active');
    else if (pod.place === 'unschedulable' && actions.length > 0 && isWorthRequeuing(pod, { resource: 'Own', actions })) requeue(pod, at);
  };

  return {
    set(info, at) {
      const known = pods.get(info.uid);
      if (known) return update(known, info, at);
      sequence += 1;
      const pod: QueuedPod = {
        info,
        place: 'gone',
        moves: 0,
        attempts: 0,
        unschedulableCount: 0,
        errorCount: 0,
        sinceAt: at,
        sequence,
        rejectors: new Set(),
        cause: 0,
      };
      pods.set(info.uid, pod);
      enter(pod, 'active');
    },
    remove(uid) {
      const pod = pods.get(uid);
      if (!pod) return;
      leave(pod);
      pod.place = 'gone';
      pods.delete(uid);
    },
    has: (uid) => pods.has(uid),
    get ready() {
      if (firstActive()) return true;
      for (const pod of backoff.values()) if (pod.errorCount === 0) return true;
      return false;
    },
    pop() {
      const pod = firstActive() ?? firstBackoff();
      if (!pod) return undefined;
      leave(pod);
      pod.place = 'attempting';
      pod.attempts += 1;
      return pod;
    },
    giveBack(pod, rejectors, at) {
      if (pods.get(pod.info.uid) !== pod) return;
      pod.sinceAt = at;
      pod.rejectors = rejectors;
      if (rejectors.size === 0) {
        pod.errorCount += 1;
        enter(pod, 'backoff');
        return;
      }
      pod.errorCount = 0;
      pod.unschedulableCount += 1;
      move(pod, 'unschedulable');
    },
    happened(event, at) {
      for (const pod of [...unschedulable.values()]) if (isWorthRequeuing(pod, event)) requeue(pod, at);
    },
    flush(at) {
      for (const pod of [...backoff.values()]) if (backoffEndsAt(pod) <= at) enter(pod, 'active');
      for (const pod of [...unschedulable.values()]) {
        if (leftoverAt(pod, startedAt) > at) break;
        requeue(pod, at);
      }
    },
    nextFlushAt() {
      const next = firstBackoffEnd();
      for (const pod of unschedulable.values()) return Math.min(next ?? Number.MAX_SAFE_INTEGER, leftoverAt(pod, startedAt));
      return next;
    },
  };
}

/** The look, every 30 s, at which a Pod has been left over for more than 5 minutes. */
function leftoverAt({ sinceAt }: QueuedPod, startedAt: Instant): Instant {
  const looks = Math.floor((sinceAt + MAX_UNSCHEDULABLE_MS - startedAt) / LEFTOVER_LOOK_MS) + 1;
  return startedAt + looks * LEFTOVER_LOOK_MS;
}
