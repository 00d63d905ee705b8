// kube-scheduler: one Pod at a time it takes from its queue, finds a node, says so by a binding, and goes on while that is on its way.
// Models pkg/scheduler/schedule_one.go.
import type { Instant } from '../../engine/records.ts';
import type { WakeId } from '../../engine/run.ts';
import { createApiClient } from '../api/client.ts';
import { isStatus } from '../api/request.ts';
import { podKey } from '../api/resources.ts';
import type { ClusterComponent, ClusterContext } from '../component.ts';
import type { WakeMessage } from '../messages.ts';
import { SCHEDULER } from '../names.ts';
import { note } from '../notes.ts';
import { createCache } from './cache/cache.ts';
import { PLUGINS } from './catalog.ts';
import { type CycleResult, schedulePod } from './cycle/schedule-pod.ts';
import { createVerdicts } from './cycle/verdicts.ts';
import { createEventRecorder } from './event-recorder.ts';
import type { PodInfo } from './framework/pod-info.ts';
import { type Profile, profileOf } from './framework/profile.ts';
import { startInformers } from './informers.ts';
import { createPodWrites } from './pod-writes.ts';
import type { Place, QueuedPod } from './queue/queued-pod.ts';
import { createSchedulingQueue } from './queue/scheduling-queue.ts';

/** How long a scheduling cycle takes. */
const CYCLE_MS = 2;

/** What a scheduler needs to know from outside. */
export interface SchedulerOptions {
  /** The date of instant 0, in milliseconds since 1970. */
  readonly startAtMs: Instant;
}

/** The process between a start and a crash: all that it knows is gone with it. */
interface Life {
  readonly number: number;
  wake(context: ClusterContext, message: WakeMessage): void;
}

/** A scheduler with the default profile. */
export function createScheduler({ startAtMs }: SchedulerOptions): ClusterComponent {
  const client = createApiClient('kube-scheduler');
  const profile = profileOf(PLUGINS);
  let lives = 0;
  let life: Life | undefined;
  const start = (context: ClusterContext): void => {
    lives += 1;
    life = startLife(context, client, profile, startAtMs, lives);
  };
  return {
    name: SCHEDULER,
    handle(context, { body }) {
      if (body.type === 'start') return start(context);
      if (body.type === 'fault') {
        if (body.kind === 'scheduler-up' && !life) start(context);
        if (body.kind === 'scheduler-down') {
          life = undefined;
          client.reset();
        }
        return;
      }
      if (!life) return;
      if (body.type === 'wake') {
        if (body.value === life.number) life.wake(context, body);
        return;
      }
      client.handle(context, body);
    },
  };
}

function startLife(
  context: ClusterContext,
  client: ReturnType<typeof createApiClient>,
  profile: Profile,
  startAtMs: number,
  number: number,
): Life {
  /** Of the step that is being handled: the queue notes its moves through it. */
  let now = context;
  const moved = (pod: QueuedPod, to: Exclude<Place, 'attempting' | 'gone'>): void => {
    const { namespace, pod: object } = pod.info;
    const { name } = object.metadata;
    pod.cause = note(now, 'pod-queued', podKey(namespace, name), { namespace, pod: name, queue: to }, 'api');
  };
  const cache = createCache();
  const queue = createSchedulingQueue({ profile, startedAt: context.at, startAtMs, moved });
  const verdicts = createVerdicts(profile);
  const events = createEventRecorder(client, startAtMs);
  const writes = createPodWrites(client, startAtMs);
  let startAt = 0;
  let cycling = false;
  let flushing: { readonly wake: WakeId; readonly at: Instant } | undefined;

  /** Sees to it that the next thing to do will be done; with nothing waiting, nothing ticks. */
  const pump = (context: ClusterContext): void => {
    if (!cycling && informers.synced() && queue.ready) {
      cycling = true;
      context.wake(CYCLE_MS, { type: 'wake', wake: 'cycle', value: number });
    }
    const [flushAt, finishAt] = [queue.nextFlushAt(), events.nextFinishAt()];
    const at = flushAt === undefined || finishAt === undefined ? (flushAt ?? finishAt) : Math.min(flushAt, finishAt);
    if (flushing && flushing.at === at) return;
    if (flushing) context.cancel(flushing.wake);
    const inMs = at === undefined ? 0 : Math.max(at - context.at, 0);
    flushing = at === undefined ? undefined : { at, wake: context.wake(inMs, { type: 'wake', wake: 'flush', value: number }) };
  };

  const cycle = (context: ClusterContext): void => {
    const queued = queue.pop();
    if (!queued) return;
    context.because(queued.cause);
    const { info } = queued;
    const { metadata } = info.pod;
    if (metadata.deletionTimestamp !== undefined) {
      queue.remove(info.uid);
      failedEvent(context, info, `skip schedule deleting pod: ${info.key}`);
      return;
    }
    const random = (purpose: string) => context.random(purpose, info.key);
    const snapshot = cache.snapshot();
    const result = schedulePod({ profile, verdicts, snapshot, pod: info, startAt, random });
    if (snapshot.nodes.length > 0) startAt = (startAt + result.looked) % snapshot.nodes.length;
    context.because(noteAttempt(context, queued, result));
    if (result.chosen === null) couldNot(context, queued, result);
    else bind(context, queued, result.chosen);
  };

  const bind = (context: ClusterContext, queued: QueuedPod, node: string): void => {
    const { info } = queued;
    cache.assume(info, node);
    cache.nominate(info, undefined);
    writes.bind(context, info, node, (later, response) => {
      now = later;
      if (isStatus(response.body) && response.code >= 400) bindingFailed(later, queued, response.body.message ?? '');
      else {
        queue.remove(info.uid);
        const text = `Successfully assigned ${info.key} to ${node}`;
        events.record(later, { pod: info.pod, type: 'Normal', reason: 'Scheduled', action: 'Binding', note: text });
      }
      pump(later);
    });
  };

  const bindingFailed = (context: ClusterContext, queued: QueuedPod, why: string): void => {
    const { info } = queued;
    if (cache.isAssumed(info.uid)) {
      cache.removePod(info.uid);
      queue.happened({ resource: 'AssignedPod', actions: ['Delete'], before: info.pod }, context.at);
    }
    const message = `running Bind plugin "DefaultBinder": ${why}`;
    queue.giveBack(queued, new Set(), context.at);
    failedEvent(context, info, message);
    writes.unscheduled(context, info, 'SchedulerError', message, undefined);
  };

  const couldNot = (context: ClusterContext, queued: QueuedPod, { message, rejectors, nominated, victims }: CycleResult): void => {
    const { info } = queued;
    if (nominated) makeRoom(context, info, nominated, victims);
    if (nominated !== undefined) cache.nominate(info, nominated === '' ? undefined : nominated);
    queue.giveBack(queued, rejectors, context.at);
    failedEvent(context, info, message);
    writes.unscheduled(context, info, 'Unschedulable', message, nominated);
  };

  const makeRoom = (context: ClusterContext, preemptor: PodInfo, node: string, victims: readonly PodInfo[]): void => {
    for (const victim of victims) {
      writes.evict(context, victim, (later, response) => {
        if (response.code >= 400) return;
        const text = `Preempted by pod ${preemptor.uid} on node ${node}`;
        const event = {
          pod: victim.pod,
          type: 'Normal',
          reason: 'Preempted',
          action: 'Preempting',
          note: text,
          related: preemptor.pod,
        } as const;
        events.record(later, event);
      });
    }
    // Whoever of lower priority was to come there may find a place elsewhere.
    for (const other of cache.snapshot().nominated(node)) {
      if (other.priority >= preemptor.priority) continue;
      cache.nominate(other, undefined);
      writes.clearNomination(context, other);
    }
  };

  const failedEvent = (context: ClusterContext, { pod }: PodInfo, text: string): void =>
    events.record(context, { pod, type: 'Warning', reason: 'FailedScheduling', action: 'Scheduling', note: text });

  const informers = startInformers(
    context,
    client,
    cache,
    queue,
    (later) => {
      now = later;
    },
    pump,
  );
  return {
    number,
    wake(context, { wake }) {
      now = context;
      if (wake === 'cycle') {
        cycling = false;
        cycle(context);
      } else {
        flushing = undefined;
        queue.flush(context.at);
        events.finish(context);
      }
      pump(context);
    },
  };
}

function noteAttempt(context: ClusterContext, { info, attempts }: QueuedPod, result: CycleResult): number {
  const { namespace, pod } = info;
  const { name } = pod.metadata;
  return note(
    context,
    'scheduling-attempt',
    podKey(namespace, name),
    {
      namespace,
      pod: name,
      attempt: attempts,
      nodes: result.nodes,
      chosen: result.chosen,
      nominated: result.nominated || null,
      victims: result.victims.map(({ key }) => key),
      message: result.message,
    },
    'story',
  );
}
