// Hard constraints (DoNotSchedule). Models plugins/podtopologyspread/filtering.go.
import type { PreFiltered } from '../../framework/plugin.ts';
import type { PodInfo } from '../../framework/pod-info.ts';
import type { Snapshot } from '../../framework/snapshot.ts';
import { SUCCESS, unresolvable, unschedulable } from '../../framework/status.ts';
import { type Constraint, constraintsOf, countPods, hasEveryTopology } from './constraints.ts';

const REJECTED = unschedulable("node(s) didn't match pod topology spread constraints");
const NO_LABEL = unresolvable("node(s) didn't match pod topology spread constraints (missing required label)");

/** How many Pods each domain of a constraint has. */
type Domains = Map<string, number>;

function countDomains(constraint: Constraint, all: readonly Constraint[], pod: PodInfo, snapshot: Snapshot): Domains {
  const domains: Domains = new Map();
  for (const node of snapshot.nodes) {
    if (!hasEveryTopology(node.labels, all) || !constraint.includes(node.node)) continue;
    const domain = node.labels[constraint.topologyKey] ?? '';
    domains.set(domain, (domains.get(domain) ?? 0) + countPods(node, constraint, pod.namespace));
  }
  return domains;
}

function fewestIn(domains: Domains, minDomains: number): number {
  if (domains.size < minDomains) return 0;
  let fewest = Number.MAX_SAFE_INTEGER;
  for (const count of domains.values()) fewest = Math.min(fewest, count);
  return fewest;
}

/** Counts the Pods of every domain; a node is refused where one more there would lean more than maxSkew over the emptiest. */
export function preFilter(pod: PodInfo, snapshot: Snapshot): PreFiltered {
  const constraints = constraintsOf(pod.pod, 'DoNotSchedule');
  if (constraints.length === 0) return undefined;
  const counted = constraints.map((constraint) => {
    const domains = countDomains(constraint, constraints, pod, snapshot);
    const self = constraint.selector(pod.pod.metadata.labels ?? {}) ? 1 : 0;
    return { constraint, domains, self, fewest: fewestIn(domains, constraint.minDomains) };
  });
  return {
    filter({ labels }) {
      for (const { constraint, domains, self, fewest } of counted) {
        const domain = labels[constraint.topologyKey];
        if (domain === undefined) return NO_LABEL;
        if ((domains.get(domain) ?? 0) + self - fewest > constraint.maxSkew) return REJECTED;
      }
      return SUCCESS;
    },
  };
}
