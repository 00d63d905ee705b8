// Preferred affinity and anti-affinity, of this Pod and of those that are there. Models plugins/interpodaffinity/scoring.go.
import type { NodeInfo } from '../../framework/node-info.ts';
import { MAX_NODE_SCORE, type Scoring } from '../../framework/plugin.ts';
import { type AffinityTerm, type PodInfo, termMatches } from '../../framework/pod-info.ts';
import type { Snapshot } from '../../framework/snapshot.ts';
import { createTopologyCounts } from './topology-counts.ts';

/** What another Pod's required affinity to this one counts for. */
const HARD_POD_AFFINITY_WEIGHT = 1;

/** Adds up the weights of all terms that speak of this Pod or of which it speaks, by topology domain. */
export function preScore(pod: PodInfo, snapshot: Snapshot): Scoring | undefined {
  const { preferred, preferredAnti } = pod.affinity;
  const hasPreferences = preferred.length + preferredAnti.length > 0;
  const counts = createTopologyCounts();
  const count = (terms: readonly AffinityTerm[], other: PodInfo, node: NodeInfo, sign: number, weight?: number): void => {
    for (const term of terms) {
      if (termMatches(term, other, snapshot.namespaceLabels)) counts.add(node, term.topologyKey, sign * (weight ?? term.weight));
    }
  };
  for (const node of hasPreferences ? snapshot.nodes : snapshot.nodesWithAffinity()) {
    for (const existing of node.pods) {
      count(preferred, existing, node, 1);
      count(preferredAnti, existing, node, -1);
      count(existing.affinity.required, pod, node, 1, HARD_POD_AFFINITY_WEIGHT);
      count(existing.affinity.preferred, pod, node, 1);
      count(existing.affinity.preferredAnti, pod, node, -1);
    }
  }
  if (counts.empty) return undefined;
  return {
    score: (node) => counts.sum(node),
    normalise(scores) {
      const lowest = scores.reduce((a, b) => Math.min(a, b));
      const spread = scores.reduce((a, b) => Math.max(a, b)) - lowest;
      return scores.map((score) => (spread > 0 ? Math.trunc(MAX_NODE_SCORE * ((score - lowest) / spread)) : 0));
    },
  };
}
