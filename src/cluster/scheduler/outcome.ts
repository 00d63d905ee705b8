// What follows from a scheduling cycle: a binding, or words about why there is none and room being made for the next try.
// Models bindingCycle and handleSchedulingFailure of pkg/scheduler/schedule_one.go.
import { isStatus } from '../api/request.ts';
import type { ClusterContext } from '../component.ts';
import type { Cache } from './cache/cache.ts';
import type { CycleResult } from './cycle/schedule-pod.ts';
import type { EventRecorder } from './event-recorder.ts';
import type { PodInfo } from './framework/pod-info.ts';
import type { PodWrites } from './pod-writes.ts';
import type { QueuedPod } from './queue/queued-pod.ts';
import type { SchedulingQueue } from './queue/scheduling-queue.ts';

/** What a running scheduler consists of. */
export interface Parts {
  readonly cache: Cache;
  readonly queue: SchedulingQueue;
  readonly events: EventRecorder;
  readonly writes: PodWrites;
  /** Acts upon an answer of the API server, and sees to what is to be done next. */
  answered(context: ClusterContext, act: () => void): void;
}

/** Counts the Pod on its node from now on, and tells the API server. */
export function bind(parts: Parts, context: ClusterContext, queued: QueuedPod, node: string): void {
  const { cache, queue, events, writes } = parts;
  const { info } = queued;
  cache.assume(info, node);
  cache.nominate(info, undefined);
  writes.bind(context, info, node, (later, { code, body }) =>
    parts.answered(later, () => {
      if (isStatus(body) && code >= 400) return bindingFailed(parts, later, queued, body.message ?? '');
      queue.remove(info.uid);
      const note = `Successfully assigned ${info.key} to ${node}`;
      events.record(later, { pod: info.pod, type: 'Normal', reason: 'Scheduled', action: 'Binding', note });
    }),
  );
}

/** The node is free again for others; the Pod is tried again after a backoff. */
function bindingFailed(parts: Parts, context: ClusterContext, queued: QueuedPod, why: string): void {
  const { cache, queue, writes } = parts;
  const { info } = queued;
  if (cache.isAssumed(info.uid)) {
    cache.removePod(info.uid);
    queue.happened({ resource: 'AssignedPod', actions: ['Delete'], before: info.pod }, context.at);
  }
  const message = `running Bind plugin "DefaultBinder": ${why}`;
  queue.giveBack(queued, new Set(), context.at);
  sayFailed(parts, context, info, message);
  writes.unscheduled(context, info, 'SchedulerError', message, undefined);
}

/** Puts the Pod back, says why, and evicts those that stand in its way if that was decided. */
export function giveUp(parts: Parts, context: ClusterContext, queued: QueuedPod, result: CycleResult): void {
  const { info } = queued;
  const { message, rejectors, nominated, victims } = result;
  if (nominated) makeRoom(parts, context, info, nominated, victims);
  if (nominated !== undefined) parts.cache.nominate(info, nominated === '' ? undefined : nominated);
  parts.queue.giveBack(queued, rejectors, context.at);
  sayFailed(parts, context, info, message);
  parts.writes.unscheduled(context, info, 'Unschedulable', message, nominated);
}

function makeRoom(parts: Parts, context: ClusterContext, preemptor: PodInfo, node: string, victims: readonly PodInfo[]): void {
  const { cache, events, writes } = parts;
  for (const victim of victims) {
    writes.evict(context, victim, (later, { code }) => {
      if (code >= 400) return;
      const note = `Preempted by pod ${preemptor.uid} on node ${node}`;
      events.record(later, { pod: victim.pod, type: 'Normal', reason: 'Preempted', action: 'Preempting', note, related: preemptor.pod });
    });
  }
  // Whoever of lower priority was to come there may find a place elsewhere.
  for (const other of cache.snapshot().nominated(node)) {
    if (other.priority >= preemptor.priority) continue;
    cache.nominate(other, undefined);
    writes.clearNomination(context, other);
  }
}

/** Posts FailedScheduling. */
export function sayFailed({ events }: Parts, context: ClusterContext, { pod }: PodInfo, note: string): void {
  events.record(context, { pod, type: 'Warning', reason: 'FailedScheduling', action: 'Scheduling', note });
}
