// Soft constraints (ScheduleAnyway), a Pod's own or the cluster's defaults. Models plugins/podtopologyspread/scoring.go.
import { naturalLog } from '../../../../base/logarithm.ts';
import type { NodeInfo } from '../../framework/node-info.ts';
import { MAX_NODE_SCORE, type Scoring } from '../../framework/plugin.ts';
import type { PodInfo } from '../../framework/pod-info.ts';
import type { Snapshot } from '../../framework/snapshot.ts';
import { type Constraint, constraintsOf, countPods, defaultConstraints, hasEveryTopology } from './constraints.ts';

const HOSTNAME = 'kubernetes.io/hostname';

/** Whose constraints these are: a node must have all labels that a Pod's own name, and may lack those of the defaults. */
interface Soft {
  readonly constraints: readonly Constraint[];
  takesPart(node: NodeInfo): boolean;
}

function softConstraints(pod: PodInfo, snapshot: Snapshot): Soft {
  if ((pod.pod.spec.topologySpreadConstraints ?? []).length === 0) {
    return { constraints: defaultConstraints(pod, snapshot), takesPart: () => true };
  }
  const constraints = constraintsOf(pod.pod, 'ScheduleAnyway');
  return { constraints, takesPart: ({ labels }) => hasEveryTopology(labels, constraints) };
}

/** How many Pods each domain that a feasible node is in has. Every hostname is a domain of its own, counted where it is scored. */
function countDomains(
  constraint: Constraint,
  { takesPart }: Soft,
  candidates: readonly NodeInfo[],
  pod: PodInfo,
  snapshot: Snapshot,
): Map<string, number> {
  const domains = new Map<string, number>();
  if (constraint.topologyKey === HOSTNAME) return domains;
  for (const { labels } of candidates) domains.set(labels[constraint.topologyKey] ?? '', 0);
  for (const node of snapshot.nodes) {
    if (!takesPart(node) || !constraint.includes(node.node)) continue;
    const domain = node.labels[constraint.topologyKey] ?? '';
    const count = domains.get(domain);
    if (count !== undefined) domains.set(domain, count + countPods(node, constraint, pod.namespace));
  }
  return domains;
}

/** The fewer Pods in a node's domains, the better; the more domains there are, the more each Pod counts. */
export function preScore(pod: PodInfo, snapshot: Snapshot, feasible: readonly NodeInfo[]): Scoring | undefined {
  const soft = softConstraints(pod, snapshot);
  if (soft.constraints.length === 0) return undefined;
  const candidates = feasible.filter(soft.takesPart);
  const counted = soft.constraints.map((constraint) => {
    const domains = countDomains(constraint, soft, candidates, pod, snapshot);
    const size = constraint.topologyKey === HOSTNAME ? candidates.length : domains.size;
    return { constraint, domains, weight: naturalLog(size + 2) };
  });
  return {
    score(node) {
      if (!soft.takesPart(node)) return 0;
      let score = 0;
      for (const { constraint, domains, weight } of counted) {
        const domain = node.labels[constraint.topologyKey];
        if (domain === undefined) continue;
        const local = constraint.topologyKey === HOSTNAME;
        const count = local ? countPods(node, constraint, pod.namespace) : (domains.get(domain) ?? 0);
        score += count * weight + (constraint.maxSkew - 1);
      }
      return Math.round(score);
    },
    normalise: (scores) =>
      normalise(
        scores,
        feasible.map((node) => soft.takesPart(node)),
      ),
  };
}

/** The lowest raw score comes out highest; nodes that take no part get nothing. */
function normalise(scores: readonly number[], takesPart: readonly boolean[]): readonly number[] {
  const valid = scores.filter((_, i) => takesPart[i]);
  const lowest = valid.reduce((a, b) => Math.min(a, b), Number.MAX_SAFE_INTEGER);
  const highest = valid.reduce((a, b) => Math.max(a, b), 0);
  return scores.map((score, i) => {
    if (!takesPart[i]) return 0;
    return highest === 0 ? MAX_NODE_SCORE : Math.trunc((MAX_NODE_SCORE * (highest + lowest - score)) / highest);
  });
}
