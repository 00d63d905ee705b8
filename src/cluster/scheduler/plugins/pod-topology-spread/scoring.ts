// Soft constraints (ScheduleAnyway). Models plugins/podtopologyspread/scoring.go.
import { naturalLog } from '../../../../base/logarithm.ts';
import type { NodeInfo } from '../../framework/node-info.ts';
import { MAX_NODE_SCORE, type Scoring } from '../../framework/plugin.ts';
import type { PodInfo } from '../../framework/pod-info.ts';
import type { Snapshot } from '../../framework/snapshot.ts';
import { type Constraint, constraintsOf, countPods, hasEveryTopology } from './constraints.ts';

const HOSTNAME = 'kubernetes.io/hostname';

/** How many Pods each domain that a feasible node is in has. Every hostname is a domain of its own, counted where it is scored. */
function countDomains(
  constraint: Constraint,
  all: readonly Constraint[],
  candidates: readonly NodeInfo[],
  pod: PodInfo,
  snapshot: Snapshot,
): Map<string, number> {
  const domains = new Map<string, number>();
  if (constraint.topologyKey === HOSTNAME) return domains;
  for (const { labels } of candidates) domains.set(labels[constraint.topologyKey] ?? '', 0);
  for (const node of snapshot.nodes) {
    if (!hasEveryTopology(node.labels, all) || !constraint.includes(node.node)) continue;
    const domain = node.labels[constraint.topologyKey] ?? '';
    const count = domains.get(domain);
    if (count !== undefined) domains.set(domain, count + countPods(node, constraint, pod.namespace));
  }
  return domains;
}

/** The fewer Pods in a node's domains, the better; the more domains there are, the more each Pod counts. */
export function preScore(pod: PodInfo, snapshot: Snapshot, feasible: readonly NodeInfo[]): Scoring | undefined {
  const constraints = constraintsOf(pod.pod, 'ScheduleAnyway');
  if (constraints.length === 0) return undefined;
  const candidates = feasible.filter(({ labels }) => hasEveryTopology(labels, constraints));
  const counted = constraints.map((constraint) => {
    const domains = countDomains(constraint, constraints, candidates, pod, snapshot);
    const size = constraint.topologyKey === HOSTNAME ? candidates.length : domains.size;
    return { constraint, domains, weight: naturalLog(size + 2) };
  });
  return {
    score(node) {
      if (!hasEveryTopology(node.labels, constraints)) return 0;
      let score = 0;
      for (const { constraint, domains, weight } of counted) {
        const local = constraint.topologyKey === HOSTNAME;
        const count = local ? countPods(node, constraint, pod.namespace) : (domains.get(node.labels[constraint.topologyKey] ?? '') ?? 0);
        score += count * weight + (constraint.maxSkew - 1);
      }
      return Math.round(score);
    },
    normalise(scores) {
      const valid = scores.filter((_, i) => hasEveryTopology(feasible[i]?.labels ?? {}, constraints));
      const lowest = valid.reduce((a, b) => Math.min(a, b), Number.MAX_SAFE_INTEGER);
      const highest = valid.reduce((a, b) => Math.max(a, b), 0);
      return scores.map((score, i) => {
        if (!hasEveryTopology(feasible[i]?.labels ?? {}, constraints)) return 0;
        return highest === 0 ? MAX_NODE_SCORE : Math.trunc((MAX_NODE_SCORE * (highest + lowest - score)) / highest);
      });
    },
  };
}
