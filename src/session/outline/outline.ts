// What stands in the cluster, as a tree to be read and walked: nodes, their Pods, the Pods' containers; Pods without a node beside them.
import type { Node, Pod } from '../../cluster/api/types.ts';
import { SCHEDULER, kubeletOf } from '../../cluster/names.ts';
import type { Trace } from '../../engine/trace.ts';
import { containerSelection } from '../cursor.ts';
import type { Cell, PodMark, PodMarker } from '../pod-marks.ts';
import { stoppedParts } from '../stopped.ts';

/** One thing of the tree. `id` is what `session.select` takes, where the thing can be selected. */
export type OutlineItem = NodeItem | GroupItem | PodItem | ContainerItem;

/** A node. */
export interface NodeItem {
  readonly kind: 'node';
  readonly id: string;
  readonly name: string;
  readonly isControlPlane: boolean;
  readonly ready: string;
  /** Taints that keep Pods away. */
  readonly taints: number;
  readonly isStopped: boolean;
  readonly children: readonly (PodItem | GroupItem)[];
}

/** Pods that stand together: those without a node, or those of kube-system. It is no object and cannot be selected. */
export interface GroupItem {
  readonly kind: 'waiting' | 'system';
  readonly id: string;
  readonly children: readonly PodItem[];
}

/** A Pod. */
export interface PodItem {
  readonly kind: 'pod';
  readonly id: string;
  readonly pod: PodMark;
  /** Whether a fault has stopped what runs in it. */
  readonly isStopped: boolean;
  readonly children: readonly ContainerItem[];
}

/** A container of a Pod, in start order. */
export interface ContainerItem {
  readonly kind: 'container';
  readonly id: string;
  readonly pod: PodMark;
  readonly cell: Cell;
  readonly children: readonly never[];
}

const SYSTEM = 'kube-system';

/** Whether a node is one of the control plane. */
const isControlPlane = (node: Node): boolean => 'node-role.kubernetes.io/control-plane' in (node.metadata.labels ?? {});

/** The tree as of a step: first what people made, the Pods without a node before the nodes. */
export function outlineAt(trace: Trace, step: number, marker: PodMarker): readonly (NodeItem | GroupItem)[] {
  const stopped = stoppedParts(trace, step);
  const waiting: PodItem[] = [];
  const onNode = new Map<string, PodItem[]>();
  for (const [key, value] of trace.rowsUnder('/registry/pods/', step)) {
    const pod = marker.mark(trace, step, key, value as Pod);
    const item = podItem(pod, stopped);
    const place = pod.node === undefined ? waiting : (onNode.get(pod.node) ?? []);
    place.push(item);
    if (pod.node !== undefined) onNode.set(pod.node, place);
  }
  const nodes = trace.rowsUnder('/registry/minions/', step).map(([key, value]) => {
    const node = value as Node;
    return nodeItem(key, node, onNode.get(node.metadata.name) ?? [], stopped.has(kubeletOf(node.metadata.name)));
  });
  return [...(waiting.length > 0 ? [{ kind: 'waiting', id: 'waiting', children: waiting } as const] : []), ...nodes];
}

function nodeItem(id: string, node: Node, pods: readonly PodItem[], isStopped: boolean): NodeItem {
  const system = pods.filter(({ pod }) => pod.namespace === SYSTEM);
  const group: readonly GroupItem[] = system.length > 0 ? [{ kind: 'system', id: `${id}#system`, children: system }] : [];
  return {
    kind: 'node',
    id,
    name: node.metadata.name,
    isControlPlane: isControlPlane(node),
    ready: node.status.conditions?.find(({ type }) => type === 'Ready')?.status ?? 'Unknown',
    taints: (node.spec.taints ?? []).filter(({ effect }) => effect !== 'PreferNoSchedule').length,
    isStopped,
    children: [...pods.filter(({ pod }) => pod.namespace !== SYSTEM), ...group],
  };
}

function podItem(pod: PodMark, stopped: ReadonlySet<string>): PodItem {
  const isScheduler = pod.namespace === SYSTEM && pod.name.startsWith('kube-scheduler-');
  return {
    kind: 'pod',
    id: pod.key,
    pod,
    isStopped: isScheduler && stopped.has(SCHEDULER),
    children: pod.cells.map((cell) => ({ kind: 'container', id: containerSelection(pod.key, cell.name), pod, cell, children: [] })),
  };
}

/** Every Pod that people made, in the order of the tree. */
export function podsOf(outline: readonly (NodeItem | GroupItem)[]): readonly PodItem[] {
  return outline.flatMap(({ children }) =>
    children.flatMap((child) => (child.kind === 'pod' && child.pod.namespace !== SYSTEM ? [child] : [])),
  );
}
