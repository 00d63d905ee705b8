// kube-scheduler: one Pod at a time it takes from its queue, finds a node, says so by a binding, and goes on while that is on its way.
// Models pkg/scheduler/schedule_one.go.
import type { Instant } from '../../engine/records.ts';
import type { WakeId } from '../../engine/run.ts';
import { createApiClient } from '../api/client.ts';
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
import { type Profile, profileOf } from './framework/profile.ts';
import { startInformers } from './informers.ts';
import { bind, giveUp, type Parts, sayFailed } from './outcome.ts';
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
        const runs = body.kind === 'scheduler-up';
        if (runs === (life !== undefined)) return;
        context.because(note(context, 'component-runs', '', { component: SCHEDULER, runs }, 'api'));
        if (runs) start(context);
        else {
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
  const parts: Parts = {
    cache,
    queue,
    events,
    writes,
    answered: (later, act) => {
      now = later;
      act();
      pump(later);
    },
  };
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
      sayFailed(parts, context, info, `skip schedule deleting pod: ${info.key}`);
      return;
    }
    const random = (purpose: string) => context.random(purpose, info.key);
    const snapshot = cache.snapshot();
    const result = schedulePod({ profile, verdicts, snapshot, pod: info, startAt, random });
    if (snapshot.nodes.length > 0) startAt = (startAt + result.looked) % snapshot.nodes.length;
    context.because(noteAttempt(context, queued, result));
    if (result.chosen === null) giveUp(parts, context, queued, result);
    else bind(parts, context, queued, result.chosen);
  };

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
