// The nodes of a cluster: which stand, where they are on the network, and their Node objects, Ready and one hour old.
import type { Node, NodeCondition, Taint } from '../api/types.ts';
import type { Random } from '../../base/prng.ts';
import { VERSION } from '../apiserver/discovery.ts';
import type { ClusterSpec, NodeSpec } from './spec.ts';

/** A node with a kubelet. */
export interface BootNode {
  readonly name: string;
  readonly spec: NodeSpec;
  /** Whether the control plane stands on it. */
  readonly isControlPlane: boolean;
  /** Its own address. */
  readonly hostIp: string;
  /** The range of its Pods' addresses, without the last part: `10.244.1`. */
  readonly podCidr: string;
}

/** An image on a node, as its status lists it. */
export interface NodeImage {
  readonly names: readonly string[];
  readonly sizeBytes: number;
}

const CONTROL_PLANE = 'node-role.kubernetes.io/control-plane';
const PRESETS: Readonly<Record<ClusterSpec['preset'], readonly string[]>> = {
  'three-node': ['control-plane', 'node1', 'node2'],
  minikube: ['minikube'],
  none: [],
};

/** How old everything is that stands at the start. */
export const STANDING_FOR_MS = 3_600_000;

/** The nodes with a kubelet: the preset's, then those that are added. */
export function nodesOf(spec: ClusterSpec): readonly BootNode[] {
  const preset = PRESETS[spec.preset].map((name, i) => presetNode(name, spec.preset === 'three-node' && i === 0));
  return [...preset, ...spec.nodes].map((node, i) => ({
    name: node.name,
    spec: node,
    isControlPlane: i === 0 && spec.preset !== 'none',
    // Room for some 60,000 nodes on either network.
    hostIp: `172.${18 + ((i + 2) >> 16)}.${((i + 2) >> 8) & 255}.${(i + 2) & 255}`,
    podCidr: `10.${244 + (i >> 8)}.${i & 255}`,
  }));
}

function presetNode(name: string, isTainted: boolean): NodeSpec {
  const taints = isTainted ? [{ key: CONTROL_PLANE, effect: 'NoSchedule' }] : [];
  return { name, cpu: '2', memory: '4Gi', pods: 110, labels: {}, taints, images: [] };
}

/** The Node object, as a kubelet that has run for an hour keeps it. `now`: the date of instant 0. */
export function nodeObject(node: BootNode, now: number, images: readonly NodeImage[], random: Random): Node {
  const { name, spec, hostIp, podCidr, isControlPlane } = node;
  const resources = {
    cpu: spec.cpu,
    'ephemeral-storage': '50Gi',
    'hugepages-1Gi': '0',
    'hugepages-2Mi': '0',
    memory: spec.memory,
    pods: String(spec.pods),
  };
  const born = timeText(now - STANDING_FOR_MS);
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      creationTimestamp: born,
      labels: { ...standardLabels(name), ...(isControlPlane && CONTROL_PLANE_LABELS), ...spec.labels },
      annotations: { 'node.alpha.kubernetes.io/ttl': '0', 'volumes.kubernetes.io/controller-managed-attach-detach': 'true' },
    },
    spec: {
      podCIDR: `${podCidr}.0/24`,
      podCIDRs: [`${podCidr}.0/24`],
      ...(spec.taints.length > 0 && { taints: spec.taints as readonly Taint[] }),
    },
    status: {
      capacity: resources,
      allocatable: resources,
      conditions: healthy(born, timeText(now)),
      addresses: [
        { type: 'InternalIP', address: hostIp },
        { type: 'Hostname', address: name },
      ],
      daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
      nodeInfo: nodeInfo(random),
      ...(images.length > 0 && { images }),
    },
  };
}

const CONTROL_PLANE_LABELS = { [CONTROL_PLANE]: '', 'node.kubernetes.io/exclude-from-external-load-balancers': '' };

const standardLabels = (name: string): Readonly<Record<string, string>> => ({
  'beta.kubernetes.io/arch': 'amd64',
  'beta.kubernetes.io/os': 'linux',
  'kubernetes.io/arch': 'amd64',
  'kubernetes.io/hostname': name,
  'kubernetes.io/os': 'linux',
});

/** Conditions of a node on which nothing is wrong. */
function healthy(since: string, now: string): NodeCondition[] {
  const condition = (type: string, status: string, reason: string, message: string): NodeCondition => ({
    type,
    status,
    lastHeartbeatTime: now,
    lastTransitionTime: since,
    reason,
    message,
  });
  return [
    condition('MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'),
    condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'),
    condition('PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'),
    condition('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'),
  ];
}

const HEX = '0123456789abcdef';

function nodeInfo(random: Random): NonNullable<Node['status']>['nodeInfo'] {
  const uuid = (): string => [8, 4, 4, 4, 12].map((length) => random.text(length, HEX)).join('-');
  return {
    machineID: random.text(32, HEX),
    systemUUID: uuid(),
    bootID: uuid(),
    kernelVersion: '6.12.48',
    osImage: 'Debian GNU/Linux 13 (trixie)',
    containerRuntimeVersion: 'containerd://2.2.0',
    kubeletVersion: VERSION.gitVersion,
    kubeProxyVersion: '',
    operatingSystem: 'linux',
    architecture: 'amd64',
  };
}

/** A date as the API writes it. */
export const timeText = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
