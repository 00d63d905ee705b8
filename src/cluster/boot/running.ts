// Pods that already run at instant 0: their full status, and what the runtime of their node is told of them.
import type { Random } from '../../base/prng.ts';
import type { Container, ContainerStatus, Pod, PodCondition, PodSpec, PodStatus } from '../api/types.ts';
import { canonicalPodStatus } from '../apiserver/canonical.ts';
import type { Stored } from '../apiserver/cache.ts';
import { milliValue, unitValue } from '../api/quantity.ts';
import { oomScoreAdjust } from '../kubelet/oom-score.ts';
import type { ContainerConfig } from '../runtime/cri.ts';
import type { Registry } from '../runtime/images/registry.ts';
import type { StandingPod } from '../runtime/standing.ts';
import { type BootNode, STANDING_FOR_MS, timeText } from './nodes.ts';

/** Where a Pod runs. */
export interface Place {
  readonly node: BootNode;
  /** The Pod's address; the node's own on the host's network. */
  readonly ip: string;
  /** The date of instant 0. */
  readonly now: number;
  readonly registry: Registry;
  readonly random: Random;
}

/** A Pod as it stands after an hour, and its half in the runtime. */
export function running(pod: Stored & Pod, place: Place): { readonly pod: Stored & Pod; readonly standing: StandingPod } {
  const { node, ip, now, registry, random } = place;
  const since = timeText(now - STANDING_FOR_MS);
  const ids = pod.spec.containers.map(() => random.text(64, '0123456789abcdef'));
  const sandboxId = random.text(64, '0123456789abcdef');
  const status: PodStatus = {
    observedGeneration: pod.metadata.generation ?? 1,
    phase: 'Running',
    conditions: CONDITIONS.map((type) => conditionOf(type, pod.metadata.generation ?? 1, since)),
    hostIP: node.hostIp,
    hostIPs: [{ ip: node.hostIp }],
    podIP: ip,
    podIPs: [{ ip }],
    startTime: since,
    containerStatuses: pod.spec.containers.map((container, i) => statusOf(container, ids[i] ?? '', since, registry)),
    qosClass: pod.status.qosClass ?? 'BestEffort',
    resources: pod.spec.resources ?? {},
  };
  const { name, namespace = '', uid = '' } = pod.metadata;
  const standing: StandingPod = {
    sandbox: {
      pod: { uid, name, namespace },
      attempt: 0,
      hostname: pod.spec.hostNetwork ? node.name : name,
      hostNetwork: pod.spec.hostNetwork ?? false,
      hostPid: false,
      sharePid: false,
      hostAliases: [],
      resolvConf: '',
      hostPorts: [],
    },
    ip,
    sandboxId,
    containers: pod.spec.containers.map((container, i) => ({
      config: configOf(pod.spec, container, unitValue(node.spec.memory)),
      id: ids[i] ?? '',
    })),
  };
  return { pod: { ...pod, status: canonicalPodStatus(status) }, standing };
}

const CONDITIONS = ['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled'];

const conditionOf = (type: string, observedGeneration: number, lastTransitionTime: string): PodCondition => ({
  type,
  observedGeneration,
  status: 'True',
  lastTransitionTime,
});

function statusOf(container: Container, id: string, startedAt: string, registry: Registry): ContainerStatus {
  const resolved = registry.resolve(container.image ?? '');
  const { requests } = container.resources ?? {};
  return {
    name: container.name,
    state: { running: { startedAt } },
    lastState: {},
    ready: true,
    restartCount: 0,
    image: container.image ?? '',
    imageID: 'image' in resolved ? resolved.image.id : '',
    containerID: `containerd://${id}`,
    started: true,
    ...(requests && { allocatedResources: requests }),
    resources: container.resources ?? {},
    ...(container.volumeMounts && {
      volumeMounts: container.volumeMounts.map(({ name, mountPath, readOnly }) => ({
        name,
        mountPath,
        ...(readOnly && { readOnly, recursiveReadOnly: 'Disabled' }),
      })),
    }),
    user: { linux: { uid: 0, gid: 0, supplementalGroups: [0] } },
  };
}

function configOf(spec: PodSpec, container: Container, capacityBytes: number): ContainerConfig {
  const { name, image = '', command, args, resources = {}, terminationMessagePath = '/dev/termination-log' } = container;
  const { requests, limits } = resources;
  return {
    name,
    kind: 'app',
    image,
    ...(command && { command }),
    ...(args && { args }),
    env: [],
    mounts: [],
    attempt: 0,
    stdin: false,
    tty: false,
    ...(requests?.cpu && { cpuRequestMilli: milliValue(requests.cpu) }),
    ...(limits?.cpu && { cpuLimitMilli: milliValue(limits.cpu) }),
    ...(limits?.memory && { memoryLimitBytes: unitValue(limits.memory) }),
    oomScoreAdj: oomScoreAdjust(spec, container, capacityBytes),
    terminationMessagePath,
  };
}
