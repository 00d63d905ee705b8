// A node with the Pods on it, added up. A NodeInfo never changes: adding a Pod makes another, so that a cycle sees one state of a node.
// Models pkg/scheduler/framework/types.go NodeInfo.
import { unitValue } from '../../api/quantity.ts';
import type { Node } from '../../api/types.ts';
import type { PodInfo } from './pod-info.ts';
import { addResources, NO_RESOURCES, type Resources, resourcesOf, subtractResources } from './resources.ts';

/** A node and what its Pods take of it. */
export interface NodeInfo {
  readonly name: string;
  readonly node: Node;
  readonly labels: Readonly<Record<string, string>>;
  readonly allocatable: Resources;
  readonly allowedPods: number;
  readonly pods: readonly PodInfo[];
  readonly requested: Resources;
  /** As `requested`, with defaults for containers that ask for nothing: for NodeResourcesFit's score. */
  readonly requestedForScore: Resources;
}

/** A node with the Pods on it. */
export function nodeInfoOf(node: Node, pods: readonly PodInfo[]): NodeInfo {
  const { allocatable = {} } = node.status;
  return {
    name: node.metadata.name,
    node,
    // Without a prototype: a label may be called `constructor`.
    labels: Object.assign(Object.create(null), node.metadata.labels),
    allocatable: resourcesOf(allocatable),
    allowedPods: unitValue(allocatable.pods ?? '0'),
    pods,
    requested: pods.reduce((total, pod) => addResources(total, pod.requests), NO_RESOURCES),
    requestedForScore: pods.reduce((total, pod) => addResources(total, pod.requestsForScore), NO_RESOURCES),
  };
}

/** The node with one more Pod. */
export const withPod = (info: NodeInfo, pod: PodInfo): NodeInfo => ({
  ...info,
  pods: [...info.pods, pod],
  requested: addResources(info.requested, pod.requests),
  requestedForScore: addResources(info.requestedForScore, pod.requestsForScore),
});

/** The node without the Pod of this uid. */
export function withoutPod(info: NodeInfo, uid: string): NodeInfo {
  const gone = info.pods.find((pod) => pod.uid === uid);
  if (!gone) return info;
  return {
    ...info,
    pods: info.pods.filter((pod) => pod !== gone),
    requested: subtractResources(info.requested, gone.requests),
    requestedForScore: subtractResources(info.requestedForScore, gone.requestsForScore),
  };
}
