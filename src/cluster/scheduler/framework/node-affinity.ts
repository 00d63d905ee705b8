// What a Pod requires of its node's labels: NodeAffinity filters with it, PodTopologySpread counts with it.
import type { Node, Pod } from '../../api/types.ts';
import { hasLabels, matchesNodeTerm } from './selectors.ts';

/** Whether a node has what the Pod's nodeSelector and required node affinity ask for. Models component-helpers GetRequiredNodeAffinity. */
export function matchesRequiredNodeAffinity(pod: Pod, node: Node): boolean {
  const { nodeSelector, affinity } = pod.spec;
  if (nodeSelector && !hasLabels(node.metadata.labels ?? {}, nodeSelector)) return false;
  const required = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return required === undefined || required.nodeSelectorTerms.some((term) => matchesNodeTerm(term, node));
}
