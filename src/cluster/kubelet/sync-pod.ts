// The three kinds of work on a Pod: keeping it as its spec says, ending it, and cleaning up after it.
// Models SyncPod, SyncTerminatingPod and SyncTerminatedPod of pkg/kubelet/kubelet.go.
import type { RecordId } from '../../engine/records.ts';
import type { Pod, PodStatus } from '../api/types.ts';
import { note } from '../notes.ts';
import { deadlineOf } from './deadline.ts';
import { killPod } from './kill.ts';
import { ofPod } from './notes-of.ts';
import { containerKey, type Kubelet, nodeIpOf } from './parts.ts';
import { isStaticPod, isTerminalPhase, keyOf, uidOf } from './pods.ts';
import type { RuntimePod } from './runtime-pod.ts';
import { type SyncResult, syncRuntime } from './runtime-sync.ts';
import { podStatusOf } from './status/pod-status.ts';
import type { Task } from './tasks.ts';

/** How a sync ended. */
export interface Synced extends SyncResult {
  /** The Pod has come to its end by itself. */
  readonly isTerminal?: boolean;
}

/** The work on Pods. */
export interface Syncs {
  sync(pod: Pod, runtime: RuntimePod, interrupted: <T>(task: Task<T>) => Task<T | undefined>): Task<Synced>;
  /** Stops everything; `graceS` seconds at most. */
  terminate(pod: Pod, runtime: RuntimePod, graceS: number): Task<SyncResult>;
  /** Everything has stopped: the last status, the volumes. */
  cleanUp(pod: Pod, runtime: RuntimePod): Task<void>;
  /** The network of the Pod is there: told at once, before images are pulled. */
  sandboxReady(pod: Pod, ip: string): void;
}

const UNMOUNT_MS = 100;

/** The work of a kubelet. */
export function createSyncs(kubelet: Kubelet): Syncs {
  const { host, statuses, probes } = kubelet;

  const statusOf = (pod: Pod, runtime: RuntimePod, isTerminal: boolean): PodStatus => {
    const uid = uidOf(pod);
    const old = statuses.get(uid) ?? pod.status;
    const evicted = kubelet.evictions.get(uid) ?? pastDeadline(pod, old);
    return podStatusOf({
      pod,
      runtime,
      old,
      isTerminal,
      startAtMs: host.startAtMs,
      hostIp: nodeIpOf(kubelet),
      probes: probes.states,
      evicted,
      resize: kubelet.allocation.conditionsOf(pod),
      failureOf: (container) => kubelet.failures.get(containerKey(uid, container)),
      removedOf: (container) => kubelet.removed.get(containerKey(uid, container)),
      resourcesOf: (container) => kubelet.allocation.resourcesOf(pod, container),
    });
  };
  /** Past its deadline a Pod is told so at every status. Models active_deadline.go. */
  const pastDeadline = (pod: Pod, old: PodStatus): { readonly reason: string; readonly message: string } | undefined => {
    const deadline = deadlineOf(pod, old, host.startAtMs);
    if (deadline === undefined || host.at < deadline) return undefined;
    const reason = 'DeadlineExceeded';
    const message = 'Pod was active on the node longer than the specified deadline';
    kubelet.events.pod(pod, 'Normal', reason, message);
    return { reason, message };
  };
  /** The failed start that a status tells for the first time. */
  const failureIn = (pod: Pod, status: PodStatus): RecordId | undefined => {
    const uid = uidOf(pod);
    const told = new Set(reasonsIn(statuses.get(uid) ?? pod.status));
    const failures = reasonsIn(status).flatMap((each) => {
      const failure = told.has(each) ? undefined : kubelet.failures.get(containerKey(uid, each.slice(0, each.indexOf(' '))));
      return failure?.cause !== undefined && each.endsWith(` ${failure.reason}`) ? [failure.cause] : [];
    });
    return failures.length > 0 ? Math.max(...failures) : undefined;
  };
  return {
    *sync(pod, runtime, interrupted) {
      const status = statusOf(pod, runtime, false);
      const { cause } = host.context;
      host.context.because(failureIn(pod, status) ?? cause);
      statuses.set(pod, status);
      host.context.because(cause);
      if (isTerminalPhase(status.phase)) return { isTerminal: true };
      if (isStaticPod(pod)) kubelet.statics.reconcileMirror(pod);
      const unmounted = yield* interrupted(waitForVolumes(kubelet, pod));
      if (unmounted === undefined) return { error: 'interrupted' };
      if (unmounted !== '') return { error: unmounted };
      probes.add(pod);
      return yield* syncRuntime(kubelet, pod, runtime);
    },
    *terminate(pod, runtime, graceS) {
      statuses.set(pod, statusOf(pod, runtime, false));
      const running = runtime.containers.some((each) => each.state === 'running');
      if (running) {
        const said = note(host.context, 'pod-terminating', keyOf(pod), { ...ofPod(pod), graceMs: graceS * 1000 }, 'story');
        host.context.because(said);
      }
      probes.stopLivenessAndStartup(pod);
      const error = yield* killPod(kubelet, pod, runtime, graceS);
      if (error !== undefined) {
        kubelet.events.pod(pod, 'Warning', 'FailedKillPod', `error killing pod: ${error}`);
        return { error };
      }
      probes.remove(uidOf(pod));
      const stopped = yield* kubelet.pleg.inspect(uidOf(pod), runtime);
      kubelet.workers.markStopped(uidOf(pod));
      statuses.set(pod, statusOf(pod, stopped, true));
      return {};
    },
    *cleanUp(pod, runtime) {
      statuses.set(pod, statusOf(pod, runtime, true));
      if ((pod.spec.volumes ?? []).length > 0) yield* host.sleep(UNMOUNT_MS);
      kubelet.volumes.forget(uidOf(pod));
      for (const row of [...kubelet.rows].filter((each) => each.includes(`/${uidOf(pod)}/`))) {
        kubelet.rows.delete(row);
        host.context.write(row, undefined);
      }
      statuses.terminate(pod);
    },
    sandboxReady(pod) {
      const status = statuses.get(uidOf(pod)) ?? pod.status;
      const conditions = (status.conditions ?? []).map((each) =>
        each.type === 'PodReadyToStartContainers' ? { ...each, status: 'True' } : each,
      );
      statuses.set(pod, { ...status, conditions });
    },
  };
}

/** The containers that wait, with the reason: `app CrashLoopBackOff`. */
const reasonsIn = ({ initContainerStatuses = [], containerStatuses = [] }: PodStatus): readonly string[] =>
  [...initContainerStatuses, ...containerStatuses].flatMap(({ name, state }) =>
    state?.waiting?.reason === undefined ? [] : [`${name} ${state.waiting.reason}`],
  );

/** Empty: every volume is there; else why not. */
function* waitForVolumes(kubelet: Kubelet, pod: Pod): Task<string> {
  return (yield* kubelet.volumes.waitForMount(pod)) ?? '';
}
