// The pod lifecycle event generator: looks at what the runtime has changed once a second, and right after a sync that succeeded.
// While nothing changes it does not tick: that a look found nothing new is known without looking. Models pkg/kubelet/pleg/generic.go.
import type { Instant, RecordId } from '../../engine/records.ts';
import type { RuntimeContainer } from '../runtime/cri.ts';
import { tickAt } from './clock.ts';
import type { Kubelet } from './parts.ts';
import { containerIn, keyOf } from './pods.ts';
import { emptyPod, type RuntimePod, runtimePodOf } from './runtime-pod.ts';
import { run, type Task, wait } from './tasks.ts';

/** The kubelet's picture of the runtime. */
export interface Pleg {
  /** The picture of a Pod as last looked at. */
  latest(podUid: string): RuntimePod;
  /** What its last change was found by; 0 before the first. */
  causeOf(podUid: string): RecordId;
  /** A picture that was taken after an instant: waits for the next look if need be. Models cache.GetNewerThan. */
  newerThan(podUid: string, after: Instant): Task<RuntimePod>;
  /** Looks at one Pod now, without events. */
  inspect(podUid: string, old: RuntimePod): Task<RuntimePod>;
  /** The runtime says that something about a Pod changed. */
  changed(podUid: string): void;
  /** A sync has succeeded: looks now at what has changed. */
  relist(): void;
  /** The uids of all Pods of which something stands. */
  known(): readonly string[];
  /** What stands when the kubelet starts. */
  start(): Task<void>;
  forget(podUid: string): void;
  reset(): void;
}

const PERIOD_MS = 1000;
const LOG_TAIL_LINES = 80;
const LOG_TAIL_CHARACTERS = 2048;

interface Waiter {
  readonly podUid: string;
  readonly after: Instant;
  readonly resume: () => void;
}

/** A generator whose looks fall `phase` milliseconds after a whole second. */
export function createPleg(kubelet: Kubelet, phase: number): Pleg {
  const { host } = kubelet;
  const cache = new Map<string, RuntimePod>();
  /** Pods that changed since they were last looked at, with what said so. */
  const dirty = new Map<string, RecordId>();
  const tails = new Map<string, string>();
  const causes = new Map<string, RecordId>();
  /** Pods about which the runtime is being asked, with whoever waits for the answer. */
  const asking = new Map<string, (() => void)[]>();
  let waiters: Waiter[] = [];
  let nextAt: Instant | undefined;
  let lastAt: Instant = Number.NEGATIVE_INFINITY;

  const latest = (podUid: string): RuntimePod => cache.get(podUid) ?? emptyPod(podUid, host.at);
  const schedule = (): void => {
    const at = tickAt(phase, PERIOD_MS, host.at + 1);
    if (nextAt !== undefined && nextAt <= at && nextAt > host.at) return;
    nextAt = at;
    host.after(at - host.at, () => {
      if (nextAt === at) look();
    });
  };
  /** A look at everything: only what changed has to be asked for. */
  const look = (): void => {
    nextAt = undefined;
    const at = host.at;
    lastAt = at;
    const asked = [...dirty];
    dirty.clear();
    const due = waiters;
    waiters = due.filter((each) => each.after >= at);
    const ready = due.filter((each) => each.after < at);
    for (const each of ready) if (!asked.some(([podUid]) => podUid === each.podUid)) each.resume();
    for (const [podUid, cause] of asked) {
      host.context.because(cause);
      const ours = ready.filter((each) => each.podUid === podUid).map((each) => each.resume);
      asking.set(podUid, [...(asking.get(podUid) ?? []), ...ours]);
      run(ask(podUid, cache.get(podUid)), (next) => {
        const before = cache.get(podUid);
        cache.set(podUid, next);
        causes.set(podUid, host.context.cause);
        // Whoever waits for a picture goes on before the events are told: a sync that is pending is not told of them any more.
        const resumed = asking.get(podUid) ?? [];
        asking.delete(podUid);
        for (const resume of resumed) resume();
        tell(podUid, before, next);
      });
    }
    if (waiters.length > 0) schedule();
  };
  function* ask(podUid: string, old: RuntimePod | undefined): Task<RuntimePod> {
    const at = host.at;
    const pod = kubelet.pods.get(podUid);
    const answer = yield* host.cri({ call: 'PodStatus', podUid }, pod && keyOf(pod));
    if ('error' in answer) return old ?? emptyPod(podUid, at);
    const next = runtimePodOf(podUid, at, answer.ok.pods ?? [], old);
    const containers: RuntimeContainer[] = [];
    for (const each of next.containers) containers.push(yield* withLogTail(each));
    return { ...next, containers };
  }
  /** A container that failed without a termination message tells the end of its log, if it is so asked. Models readLastStringFromContainerLogs. */
  function* withLogTail(container: RuntimeContainer): Task<RuntimeContainer> {
    const pod = kubelet.pods.get(container.podUid);
    const policy = pod && containerIn(pod, container.name)?.container.terminationMessagePolicy;
    const isMute = (container.terminationMessage ?? '') === '';
    if (container.state !== 'exited' || container.exitCode === 0 || !isMute || policy !== 'FallbackToLogsOnError') return container;
    let tail = tails.get(container.id);
    if (tail === undefined) {
      const answer = yield* host.cri({
        call: 'ContainerLogs',
        containerId: container.id,
        follow: false,
        tailLines: LOG_TAIL_LINES,
        timestamps: false,
      });
      tail = 'ok' in answer ? (answer.ok.text ?? '').slice(-LOG_TAIL_CHARACTERS) : '';
      tails.set(container.id, tail);
    }
    return { ...container, terminationMessage: tail };
  }
  /** Starts and ends are told to the Pod's worker. */
  const tell = (podUid: string, before: RuntimePod | undefined, next: RuntimePod): void => {
    const was = statesOf(before);
    let isWorthy = false;
    const now = statesOf(next);
    for (const [id, state] of now) if (was.get(id) !== state && state !== 'created') isWorthy = true;
    for (const [id, state] of was) if (state === 'running' && !now.has(id)) isWorthy = true;
    for (const each of next.containers) {
      if (each.state === 'exited' && was.get(each.id) === 'running') prune(next, each);
    }
    if (isWorthy) kubelet.workers.update(podUid, 'sync');
  };
  /** Of dead containers of a name two are kept: the state and the last state. */
  const prune = (next: RuntimePod, died: RuntimeContainer): void => {
    const old = next.containers.filter((each) => each.name === died.name).slice(2);
    for (const { id } of old) run(host.cri({ call: 'RemoveContainer', containerId: id }), () => undefined);
  };
  const lastTick = (): Instant => Math.max(lastAt, tickAt(phase, PERIOD_MS, host.at - PERIOD_MS + 1));
  return {
    latest,
    causeOf: (podUid) => causes.get(podUid) ?? 0,
    *newerThan(podUid, after) {
      const inFlight = asking.get(podUid);
      if (inFlight) {
        yield* wait<void>((resume) => {
          inFlight.push(() => resume());
          return undefined;
        });
      }
      const known = cache.get(podUid);
      const seenAt = Math.max(known?.at ?? Number.NEGATIVE_INFINITY, lastTick());
      if (seenAt <= after) {
        yield* wait<void>((resume) => {
          const waiter: Waiter = { podUid, after, resume: () => resume() };
          waiters.push(waiter);
          schedule();
          return () => {
            waiters = waiters.filter((each) => each !== waiter);
          };
        });
      }
      return latest(podUid);
    },
    inspect: (podUid, old) => ask(podUid, old),
    changed(podUid) {
      dirty.set(podUid, host.context.cause);
      schedule();
    },
    relist() {
      if (dirty.size > 0) look();
      else lastAt = host.at;
    },
    *start() {
      const answer = yield* host.cri({ call: 'PodStatus' });
      const found = 'ok' in answer ? (answer.ok.pods ?? []) : [];
      for (const podUid of new Set(found.map((each) => each.podUid))) cache.set(podUid, runtimePodOf(podUid, host.at, found, undefined));
      lastAt = host.at;
    },
    known: () => [...cache.keys()],
    forget(podUid) {
      cache.delete(podUid);
      causes.delete(podUid);
      asking.delete(podUid);
      dirty.delete(podUid);
    },
    reset() {
      cache.clear();
      causes.clear();
      dirty.clear();
      asking.clear();
      waiters = [];
      nextAt = undefined;
      lastAt = Number.NEGATIVE_INFINITY;
    },
  };
}

function statesOf(pod: RuntimePod | undefined): Map<string, string> {
  const states = new Map<string, string>();
  for (const { id, state } of pod?.sandboxes ?? []) states.set(id, state === 'ready' ? 'running' : 'exited');
  for (const { id, state } of pod?.containers ?? []) states.set(id, state);
  return states;
}
