// What the scheduler knows of the cluster during one cycle. Models pkg/scheduler/backend/cache/snapshot.go.
import type { PersistentVolume, PersistentVolumeClaim, Service, StorageClass } from '../../api/types.ts';
import type { NodeInfo } from './node-info.ts';
import type { PodInfo } from './pod-info.ts';
import type { Labels } from './selectors.ts';

/** An image that some node has. */
export interface ImageState {
  /** As the first node that had it said. */
  readonly sizeBytes: number;
  readonly nodes: number;
}

/** The cluster as one cycle sees it. */
export interface Snapshot {
  /** Every node, in the order in which they are looked at. */
  readonly nodes: readonly NodeInfo[];
  node(name: string): NodeInfo | undefined;
  /** Nodes with a Pod that has any affinity to other Pods. */
  nodesWithAffinity(): readonly NodeInfo[];
  /** Nodes with a Pod that requires others to stay away. */
  nodesWithRequiredAntiAffinity(): readonly NodeInfo[];
  /** An image by its normalised name, if any node has it. */
  image(name: string): ImageState | undefined;
  namespaceLabels(namespace: string): Labels;
  services(namespace: string): readonly Service[];
  claim(namespace: string, name: string): PersistentVolumeClaim | undefined;
  volume(name: string): PersistentVolume | undefined;
  storageClass(name: string): StorageClass | undefined;
  /** Pods that are to come to this node when room has been made for them. */
  nominated(node: string): readonly PodInfo[];
}

/** Whether a Pod has affinity to other Pods of any kind. */
export function hasAffinity({ affinity }: PodInfo): boolean {
  return affinity.required.length + affinity.requiredAnti.length + affinity.preferred.length + affinity.preferredAnti.length > 0;
}

/** Whether a Pod requires others to stay away. */
export const hasRequiredAntiAffinity = ({ affinity }: PodInfo): boolean => affinity.requiredAnti.length > 0;

/** The snapshot with one node in another state: for asking "what if". */
export function withNode(snapshot: Snapshot, changed: NodeInfo): Snapshot {
  const replace = (nodes: readonly NodeInfo[], belongs: (pod: PodInfo) => boolean): NodeInfo[] => {
    const others = nodes.filter((info) => info.name !== changed.name);
    return changed.pods.some(belongs) ? [...others, changed] : others;
  };
  return {
    ...snapshot,
    nodes: snapshot.nodes.map((info) => (info.name === changed.name ? changed : info)),
    node: (name) => (name === changed.name ? changed : snapshot.node(name)),
    nodesWithAffinity: () => replace(snapshot.nodesWithAffinity(), hasAffinity),
    nodesWithRequiredAntiAffinity: () => replace(snapshot.nodesWithRequiredAntiAffinity(), hasRequiredAntiAffinity),
  };
}
