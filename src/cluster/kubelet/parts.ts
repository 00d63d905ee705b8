// The parts of a kubelet, as they know each other.
import type { RecordId } from '../../engine/records.ts';
import type { Node, Pod, Service } from '../api/types.ts';
import type { Backoff } from './backoff.ts';
import type { Host } from './host.ts';
import type { RuntimeContainer } from '../runtime/cri.ts';
import type { ImageManager } from './images.ts';
import type { NodeStatusUpdater } from './node-status.ts';
import type { Pleg } from './pleg.ts';
import type { PodWorkers } from './pod-worker.ts';
import type { ProbeManager } from './probes/manager.ts';
import type { Recorder } from './recorder.ts';
import type { StartFailure } from './status/container-statuses.ts';
import type { StatusManager } from './status/status-manager.ts';
import type { StaticPods } from './static-pods.ts';
import type { VolumeManager } from './volumes/manager.ts';
import type { Allocation } from './resize.ts';
import type { Syncs } from './sync-pod.ts';

/** A kubelet's parts. */
export interface Kubelet {
  readonly host: Host;
  readonly events: Recorder;
  readonly images: ImageManager;
  readonly nodeStatus: NodeStatusUpdater;
  readonly pleg: Pleg;
  readonly probes: ProbeManager;
  readonly statuses: StatusManager;
  readonly volumes: VolumeManager;
  readonly workers: PodWorkers;
  readonly statics: StaticPods;
  readonly allocation: Allocation;
  /** Delays of restarts, by Pod and container. Models kubeGenericRuntimeManager.backOff. */
  readonly crashes: Backoff;
  /** Why the last start of a container failed, by Pod and container. Models reasonCache. */
  readonly failures: Map<string, StartFailure>;
  /** By container id: what said that it runs. */
  readonly starts: Map<string, RecordId>;
  /** Containers that were removed so that all start again, as they ended, by Pod and container. */
  readonly removed: Map<string, RuntimeContainer>;
  /** The Pods that this kubelet knows, as its sources have them (not mirrors), by uid. Models pod.Manager. */
  readonly pods: Map<string, Pod>;
  /** Mirror Pods, by full name. */
  readonly mirrors: Map<string, Pod>;
  /** Services, for the environment of containers. */
  readonly services: Map<string, Service>;
  readonly syncs: Syncs;
  /** Pods that something inside the kubelet has ended, by uid: what their status says. */
  readonly evictions: Map<string, { readonly reason: string; readonly message: string }>;
  /** A worker has nothing left to do. */
  finished(pod: Pod): void;
  /** Rows for the figures that stand now. */
  readonly rows: Set<string>;
  /** Until when each back-off row says that its container waits. */
  readonly waits: Map<string, number>;
  readonly self: Self;
}

/** What the kubelet knows of its own node. */
export interface Self {
  node: Node | undefined;
  startedAt: number;
  /** When the sync loop's ticker ticks: milliseconds past a whole second. */
  syncPhase: number;
}

/** The address of this node. */
export const nodeIpOf = (kubelet: Kubelet): string =>
  kubelet.self.node?.status?.addresses?.find((each) => each.type === 'InternalIP')?.address ?? '';

/** The key of what is remembered of a container. */
export const containerKey = (podUid: string, container: string): string => `${podUid}/${container}`;
