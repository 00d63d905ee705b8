// The volumes of Pods: set up by a loop of its own, waited for by the sync, tried again later and later where they cannot be.
// Models pkg/kubelet/volumemanager and goroutinemap/exponentialbackoff.
import type { Instant } from '../../../engine/records.ts';
import type { ConfigMap, Pod, Secret, Volume } from '../../api/types.ts';
import { unitValue } from '../../api/quantity.ts';
import type { ObjectSource } from '../environment/environment.ts';
import { keyOf, namespaceOf, uidOf } from '../pods.ts';
import { type Kubelet, nodeIpOf } from '../parts.ts';
import { run, type Running, type Task, wait } from '../tasks.ts';
import { contentOf, type VolumeFiles } from './content.ts';

/** A volume that is there. */
export interface MountedVolume {
  /** The directory that stands for it: the same for every container that mounts it. */
  readonly source: string;
  readonly files?: VolumeFiles;
  readonly sizeBytes?: number;
}

/** The volumes of a kubelet's Pods. */
export interface VolumeManager {
  /** Waits until every volume of a Pod that its containers mount is there; answers why not, after two minutes. */
  waitForMount(pod: Pod): Task<string | undefined>;
  mounted(podUid: string, volume: string): MountedVolume | undefined;
  /** What a Pod's environment and volumes are made of. */
  sourceOf(pod: Pod, podIp: string): ObjectSource;
  forget(podUid: string): void;
  reset(): void;
}

const LOOP_MS = 100;
const POLL_MS = 300;
const WAIT_MS = 123_000;
const RETRY_INITIAL_MS = 500;
const RETRY_MAXIMUM_MS = 122_000;

interface PodVolumes {
  readonly mounted: Map<string, MountedVolume>;
  readonly setups: Running[];
  readonly waiting: Set<() => void>;
}

/** A manager without volumes. */
export function createVolumeManager(kubelet: Kubelet): VolumeManager {
  const { host, events } = kubelet;
  const pods = new Map<string, PodVolumes>();

  function* read<T>(namespace: string, resource: string, name: string, subject: string): Task<T | undefined> {
    const path = `/api/v1/namespaces/${namespace}/${resource}/${name}`;
    const response = yield* host.request({ method: 'GET', path }, { level: 'all', label: `GET ${resource}/${name}`, subject });
    return response.code === 200 ? (response.body as T) : undefined;
  }
  const sourceOf = (pod: Pod, podIp: string): ObjectSource => ({
    pod,
    podIp,
    hostIp: nodeIpOf(kubelet),
    allocatable: kubelet.self.node?.status?.allocatable ?? {},
    services: [...kubelet.services.values()],
    configMap: (name) => read<ConfigMap>(namespaceOf(pod), 'configmaps', name, keyOf(pod)),
    secret: (name) => read<Secret>(namespaceOf(pod), 'secrets', name, keyOf(pod)),
  });
  /** Sets a volume up, again and again until it works. */
  function* setUp(pod: Pod, volume: Volume, volumes: PodVolumes): Task<void> {
    let delayMs = RETRY_INITIAL_MS;
    yield* host.sleep(LOOP_MS);
    for (;;) {
      const content = yield* contentOf(sourceOf(pod, ''), volume);
      if (!content || 'files' in content) {
        volumes.mounted.set(volume.name, { ...mountOf(pod, volume), ...(content ? { files: content.files } : {}) });
        // Each may begin to wait again for what is still missing.
        for (const wake of [...volumes.waiting]) wake();
        return;
      }
      const message = `MountVolume.SetUp failed for volume "${volume.name}" : ${content.error}`;
      events.pod(pod, 'Warning', 'FailedMount', message);
      // The loop that tries again passes every 100 ms.
      yield* host.sleep(Math.ceil(delayMs / LOOP_MS) * LOOP_MS);
      delayMs = Math.min(delayMs * 2, RETRY_MAXIMUM_MS);
    }
  }
  const volumesOf = (pod: Pod): PodVolumes => {
    const uid = uidOf(pod);
    const known = pods.get(uid);
    if (known) return known;
    const made: PodVolumes = { mounted: new Map(), setups: [], waiting: new Set() };
    pods.set(uid, made);
    for (const volume of neededBy(pod)) made.setups.push(run(setUp(pod, volume, made), () => undefined));
    return made;
  };
  const missing = (pod: Pod, volumes: PodVolumes): readonly string[] =>
    neededBy(pod).flatMap(({ name }) => (volumes.mounted.has(name) ? [] : [name]));
  /** Resumes when something was mounted, or at the deadline: answers whether that has come. */
  const change = (volumes: PodVolumes, until: Instant): Task<boolean> =>
    wait<boolean>((resume) => {
      const undo = host.after(until - host.at, () => {
        volumes.waiting.delete(wake);
        resume(true);
      });
      const wake = (): void => {
        volumes.waiting.delete(wake);
        undo();
        resume(false);
      };
      volumes.waiting.add(wake);
      return () => {
        volumes.waiting.delete(wake);
        undo();
      };
    });
  return {
    sourceOf,
    *waitForMount(pod) {
      const volumes = volumesOf(pod);
      const startedAt = host.at;
      while (missing(pod, volumes).length > 0) {
        if (yield* change(volumes, startedAt + WAIT_MS)) return `unmounted volumes=[${missing(pod, volumes).join(' ')}]`;
      }
      // Whoever waits looks every 300 ms.
      const lastMs = (host.at - startedAt) % POLL_MS;
      if (lastMs > 0) yield* host.sleep(POLL_MS - lastMs);
      return undefined;
    },
    mounted: (podUid, volume) => pods.get(podUid)?.mounted.get(volume),
    forget(podUid) {
      for (const each of pods.get(podUid)?.setups ?? []) each.cancel();
      pods.delete(podUid);
    },
    reset() {
      for (const each of pods.values()) for (const setup of each.setups) setup.cancel();
      pods.clear();
    },
  };
}

/** The volumes that a container mounts: others are not set up. */
function neededBy(pod: Pod): readonly Volume[] {
  const { volumes = [], containers, initContainers = [], ephemeralContainers = [] } = pod.spec;
  const used = new Set(
    [...containers, ...initContainers, ...ephemeralContainers].flatMap((each) => each.volumeMounts ?? []).map((each) => each.name),
  );
  return volumes.filter((each) => used.has(each.name));
}

function mountOf(pod: Pod, volume: Volume): MountedVolume {
  const { hostPath, emptyDir, persistentVolumeClaim } = volume;
  if (hostPath) return { source: hostPath.path };
  if (persistentVolumeClaim) return { source: `/var/lib/podscope/claims/${namespaceOf(pod)}/${persistentVolumeClaim.claimName}` };
  const kind = emptyDir
    ? 'empty-dir'
    : volume.configMap
      ? 'configmap'
      : volume.secret
        ? 'secret'
        : volume.downwardAPI
          ? 'downward-api'
          : 'projected';
  const source = `/var/lib/kubelet/pods/${uidOf(pod)}/volumes/kubernetes.io~${kind}/${volume.name}`;
  return emptyDir?.sizeLimit ? { source, sizeBytes: unitValue(emptyDir.sizeLimit) } : { source };
}
