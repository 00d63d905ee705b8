// The parts of a kubelet, put together.
import type { Pod } from '../api/types.ts';
import { createBackoff } from './backoff.ts';
import { createImageManager } from './images.ts';
import { createPleg } from './pleg.ts';
import { createPodWorkers } from './pod-worker.ts';
import { createProbeManager } from './probes/manager.ts';
import { createRecorder } from './recorder.ts';
import { createAllocation } from './resize.ts';
import { createStaticPods } from './static-pods.ts';
import { createStatusManager } from './status/status-manager.ts';
import { createSyncs } from './sync-pod.ts';
import { createVolumeManager } from './volumes/manager.ts';
import type { Host } from './host.ts';
import { createNodeStatusUpdater } from './node-status.ts';
import type { Kubelet, Self } from './parts.ts';

const CRASH_INITIAL_MS = 10_000;
const CRASH_MAXIMUM_MS = 300_000;
const CRASH_FORGOTTEN_MS = 600_000;

/** Puts the parts together: each is handed the whole, which is complete before anything happens. `disk`: the folder of manifests. */
export function assemble(host: Host, self: Self, plegPhase: number, disk: Map<string, Pod>, finished: (pod: Pod) => void): Kubelet {
  const events = createRecorder(host);
  const kubelet: Partial<Kubelet> & Pick<Kubelet, 'host'> = {
    host,
    events,
    images: createImageManager(host, events, (image, status) => kubelet.nodeStatus?.pulled(image, status)),
    crashes: createBackoff(CRASH_INITIAL_MS, CRASH_MAXIMUM_MS, CRASH_FORGOTTEN_MS),
    failures: new Map(),
    starts: new Map(),
    removed: new Map(),
    pods: new Map(),
    mirrors: new Map(),
    services: new Map(),
    evictions: new Map(),
    rows: new Set(),
    waits: new Map(),
    self,
    finished,
  };
  const whole = kubelet as Kubelet;
  const parts: readonly (() => Partial<Kubelet>)[] = [
    () => ({ pleg: createPleg(whole, plegPhase) }),
    () => ({ probes: createProbeManager(whole) }),
    () => ({ statuses: createStatusManager(whole) }),
    () => ({ volumes: createVolumeManager(whole) }),
    () => ({ workers: createPodWorkers(whole) }),
    () => ({ statics: createStaticPods(whole, disk) }),
    () => ({ allocation: createAllocation(whole) }),
    () => ({ syncs: createSyncs(whole) }),
    () => ({ nodeStatus: createNodeStatusUpdater(whole) }),
  ];
  for (const part of parts) Object.assign(whole, part());
  return whole;
}
