// The probe workers of a kubelet's Pods, and what they have found. Models pkg/kubelet/prober/prober_manager.go.
import { isSidecar } from '../../api/pod-resources.ts';
import type { ContainerStatus, Pod } from '../../api/types.ts';
import type { ProbeVerdict, ProbeVerdicts } from '../actions/kill-reason.ts';
import type { Kubelet } from '../parts.ts';
import { containersOf, uidOf } from '../pods.ts';
import type { ProbeStates } from '../status/pod-status.ts';
import { createProbeWorker, type ProbeWorker } from './worker.ts';

/** Which probe of a container. */
export type ProbeKind = 'liveness' | 'readiness' | 'startup';

/** The probes of a kubelet. */
export interface ProbeManager {
  /** Starts a worker for each probe that has none yet. */
  add(pod: Pod): void;
  stopLivenessAndStartup(pod: Pod): void;
  remove(podUid: string): void;
  /** The Pod's status was set: whoever had nothing to do may have. */
  statusSet(podUid: string): void;
  /** What a probe has found of a container; tells the Pod's worker where that is news. */
  set(kind: ProbeKind, podUid: string, containerId: string, verdict: ProbeVerdict): void;
  clear(kind: ProbeKind, containerId: string): void;
  readonly verdicts: ProbeVerdicts;
  readonly states: ProbeStates;
  reset(): void;
}

const KINDS: readonly ProbeKind[] = ['liveness', 'readiness', 'startup'];
const idIn = (status: ContainerStatus): string => (status.containerID ?? '').replace(/^containerd:\/\//, '');

/** A manager without workers. */
export function createProbeManager(kubelet: Kubelet): ProbeManager {
  const workers = new Map<string, ProbeWorker>();
  const results = {
    liveness: new Map<string, ProbeVerdict>(),
    readiness: new Map<string, ProbeVerdict>(),
    startup: new Map<string, ProbeVerdict>(),
  };
  const keyOf = (podUid: string, container: string, kind: ProbeKind): string => `${podUid}/${container}/${kind}`;
  const drop = (key: string): void => {
    workers.get(key)?.stop();
    workers.delete(key);
  };
  /** The keys of each Pod's workers. */
  const byPod = new Map<string, readonly string[]>();
  const of = (podUid: string): readonly string[] => byPod.get(podUid) ?? [];
  return {
    add(pod) {
      const uid = uidOf(pod);
      for (const { container, kind } of containersOf(pod)) {
        if (kind === 'ephemeral' || (kind === 'init' && !isSidecar(container))) continue;
        for (const probe of KINDS) {
          const spec = container[`${probe}Probe`];
          const key = keyOf(uid, container.name, probe);
          if (!spec || workers.has(key)) continue;
          workers.set(key, createProbeWorker(kubelet, { podUid: uid, name: container.name, kind: probe, spec }));
          byPod.set(uid, [...of(uid), key]);
          workers.get(key)?.start();
        }
      }
    },
    stopLivenessAndStartup(pod) {
      const uid = uidOf(pod);
      for (const { container } of containersOf(pod)) {
        drop(keyOf(uid, container.name, 'liveness'));
        drop(keyOf(uid, container.name, 'startup'));
      }
    },
    remove(podUid) {
      for (const key of of(podUid)) drop(key);
      byPod.delete(podUid);
    },
    statusSet(podUid) {
      for (const key of of(podUid)) workers.get(key)?.awake();
    },
    set(kind, podUid, containerId, verdict) {
      if (results[kind].get(containerId) === verdict) return;
      results[kind].set(containerId, verdict);
      if (kind === 'readiness') kubelet.statuses.setReadiness(podUid, containerId, verdict === 'success');
      if (kind !== 'liveness' || verdict === 'failure') kubelet.workers.update(podUid, 'sync');
    },
    clear(kind, containerId) {
      results[kind].delete(containerId);
    },
    verdicts: {
      liveness: (containerId) => results.liveness.get(containerId),
      startup: (containerId) => results.startup.get(containerId),
    },
    states: {
      isStarted(pod, status) {
        if (!status.state?.running) return false;
        const found = results.startup.get(idIn(status));
        if (found !== undefined) return found === 'success';
        return !workers.has(keyOf(uidOf(pod), status.name, 'startup'));
      },
      isReady(pod, status) {
        if (!status.state?.running) return false;
        if (results.readiness.get(idIn(status)) === 'success') return true;
        const worker = workers.get(keyOf(uidOf(pod), status.name, 'readiness'));
        worker?.trigger();
        return worker === undefined;
      },
    },
    reset() {
      for (const worker of workers.values()) worker.stop();
      workers.clear();
      byPod.clear();
      for (const kind of KINDS) results[kind].clear();
    },
  };
}
