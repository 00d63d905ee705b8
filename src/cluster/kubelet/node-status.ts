// What a kubelet says of its node: that it lives (its Lease), its conditions, the images that it has. Nothing is sent while nothing
// changes: the renewals themselves are counted, not sent. Models pkg/kubelet/kubelet_node_status.go and nodestatus/setters.go.
import { LEASE_NAMESPACE, microTime } from '../api/node-lease.ts';
import { nodeKey } from '../api/resources.ts';
import type { ContainerImage, NodeCondition } from '../api/types.ts';
import type { ImageStatus } from '../runtime/cri.ts';
import { tickAt, timeOf } from './clock.ts';
import { canonicalImage } from './image-name.ts';
import type { Kubelet } from './parts.ts';
import { run, type Task } from './tasks.ts';

/** The status of a node. */
export interface NodeStatusUpdater {
  /** The kubelet has come up again: its Lease, and its status, at once. */
  back(): void;
  /** The Node was seen: what others have written of it is put right at the next update. */
  seen(): void;
  /** An image was pulled. */
  pulled(image: string, status: ImageStatus): void;
}

const UPDATE_MS = 10_000;
const MOST_IMAGES = 50;

interface Healthy {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
  /** The event that tells that it has become so. */
  readonly event: string;
}
const HEALTHY: readonly Healthy[] = [
  {
    type: 'MemoryPressure',
    status: 'False',
    reason: 'KubeletHasSufficientMemory',
    message: 'kubelet has sufficient memory available',
    event: 'NodeHasSufficientMemory',
  },
  {
    type: 'DiskPressure',
    status: 'False',
    reason: 'KubeletHasNoDiskPressure',
    message: 'kubelet has no disk pressure',
    event: 'NodeHasNoDiskPressure',
  },
  {
    type: 'PIDPressure',
    status: 'False',
    reason: 'KubeletHasSufficientPID',
    message: 'kubelet has sufficient PID available',
    event: 'NodeHasSufficientPID',
  },
  { type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status', event: 'NodeReady' },
];

/** The status of a kubelet's node. */
export function createNodeStatusUpdater(kubelet: Kubelet): NodeStatusUpdater {
  const { host, self } = kubelet;
  const pulls = new Map<string, ContainerImage>();
  let isDue = false;
  let mustTell = false;

  /** What differs from the Node as it stands. */
  const changes = (): Readonly<Record<string, unknown>> | undefined => {
    const { node } = self;
    if (!node) return undefined;
    const now = timeOf(host.startAtMs, host.at);
    const conditions = HEALTHY.flatMap(({ event: _event, ...healthy }): NodeCondition[] => {
      const before = node.status.conditions?.find(({ type }) => type === healthy.type);
      if (before?.status === healthy.status && before.reason === healthy.reason && !mustTell) return [];
      const lastTransitionTime = before?.status === healthy.status ? (before.lastTransitionTime ?? now) : now;
      return [{ ...healthy, lastHeartbeatTime: now, lastTransitionTime }];
    });
    const known = node.status.images ?? [];
    const added = [...pulls.values()].filter(({ names = [] }) => !known.some((each) => each.names?.some((name) => names.includes(name))));
    const images = [...known, ...added].sort((a, b) => (b.sizeBytes ?? 0) - (a.sizeBytes ?? 0)).slice(0, MOST_IMAGES);
    if (conditions.length === 0 && added.length === 0) return undefined;
    return { ...(conditions.length > 0 ? { conditions } : {}), ...(added.length > 0 ? { images } : {}) };
  };
  function* update(): Task<void> {
    const status = changes();
    if (!status) return;
    mustTell = false;
    for (const { type, status: healthy, event } of HEALTHY) {
      const before = self.node?.status.conditions?.find((each) => each.type === type);
      if (before && before.status !== healthy) say(event, `Node ${host.node} status is now: ${event}`);
    }
    const path = `/api/v1/nodes/${host.node}/status`;
    const contentType = 'application/strategic-merge-patch+json';
    const shown = { level: 'api', label: `PATCH nodes/${host.node}/status`, subject: nodeKey(host.node) } as const;
    yield* host.request({ method: 'PATCH', path, body: { status }, contentType }, shown);
  }
  const say = (reason: string, message: string): void =>
    kubelet.events.node(self.node?.metadata.uid ?? host.node, 'Normal', reason, message);
  const atNextUpdate = (): void => {
    if (isDue || !changes()) return;
    isDue = true;
    const at = tickAt(self.syncPhase, UPDATE_MS, host.at + 1);
    host.after(at - host.at, () => {
      isDue = false;
      run(update(), () => undefined);
    });
  };
  function* renew(): Task<void> {
    const path = `/apis/coordination.k8s.io/v1/namespaces/${LEASE_NAMESPACE}/leases/${host.node}`;
    const body = { spec: { holderIdentity: host.node, renewTime: microTime(host.startAtMs + host.at) } };
    const shown = { level: 'all', label: `PATCH leases/${host.node}`, subject: nodeKey(host.node) } as const;
    yield* host.request({ method: 'PATCH', path, body, contentType: 'application/merge-patch+json' }, shown);
  }
  return {
    back() {
      say('Starting', 'Starting kubelet.');
      run(renew(), () => undefined);
      mustTell = true;
      run(update(), () => undefined);
    },
    seen: atNextUpdate,
    pulled(image, { id, sizeBytes }) {
      const names = [id, canonicalImage(image)].filter((each) => each !== '');
      pulls.set(canonicalImage(image), { names, sizeBytes });
      atNextUpdate();
    },
  };
}
