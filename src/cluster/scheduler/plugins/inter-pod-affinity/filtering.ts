// Required affinity and anti-affinity. Models plugins/interpodaffinity/filtering.go.
import type { NodeInfo } from '../../framework/node-info.ts';
import type { PreFiltered } from '../../framework/plugin.ts';
import { type AffinityTerm, type PodInfo, termMatches } from '../../framework/pod-info.ts';
import type { Snapshot } from '../../framework/snapshot.ts';
import { SUCCESS, unresolvable, unschedulable } from '../../framework/status.ts';
import { createTopologyCounts, type TopologyCounts } from './topology-counts.ts';

const NO_AFFINITY = unresolvable("node(s) didn't match pod affinity rules");
const ANTI_AFFINITY = unschedulable("node(s) didn't match pod anti-affinity rules");
const EXISTING_ANTI_AFFINITY = unschedulable("node(s) didn't satisfy existing pods anti-affinity rules");

/** Where the Pods that are there keep this one away. */
function existingAntiAffinity(pod: PodInfo, snapshot: Snapshot): TopologyCounts {
  const counts = createTopologyCounts();
  for (const node of snapshot.nodesWithRequiredAntiAffinity()) {
    for (const existing of node.pods) {
      for (const term of existing.affinity.requiredAnti) {
        if (termMatches(term, pod, snapshot.namespaceLabels)) counts.add(node, term.topologyKey, 1);
      }
    }
  }
  return counts;
}

const matchesAll = (terms: readonly AffinityTerm[], other: PodInfo, snapshot: Snapshot): boolean =>
  terms.length > 0 && terms.every((term) => termMatches(term, other, snapshot.namespaceLabels));

/** Where the Pods stand that this one wants to be with: those that all of its terms match. */
function wantedCompany(pod: PodInfo, snapshot: Snapshot): TopologyCounts {
  const counts = createTopologyCounts();
  const terms = pod.affinity.required;
  if (terms.length === 0) return counts;
  for (const node of snapshot.nodes) {
    for (const existing of node.pods) {
      if (matchesAll(terms, existing, snapshot)) for (const { topologyKey } of terms) counts.add(node, topologyKey, 1);
    }
  }
  return counts;
}

/** Where the Pods stand that this one keeps away from. */
function unwantedCompany(pod: PodInfo, snapshot: Snapshot): TopologyCounts {
  const counts = createTopologyCounts();
  const terms = pod.affinity.requiredAnti;
  if (terms.length === 0) return counts;
  for (const node of snapshot.nodes) {
    for (const existing of node.pods) {
      for (const term of terms) if (termMatches(term, existing, snapshot.namespaceLabels)) counts.add(node, term.topologyKey, 1);
    }
  }
  return counts;
}

/** Counts who stands where; refuses nodes without the company that the Pod requires, or with company that either side forbids. */
export function preFilter(pod: PodInfo, snapshot: Snapshot): PreFiltered {
  const { required, requiredAnti } = pod.affinity;
  const existing = existingAntiAffinity(pod, snapshot);
  if (existing.empty && required.length === 0 && requiredAnti.length === 0) return undefined;
  const wanted = wantedCompany(pod, snapshot);
  const unwanted = unwantedCompany(pod, snapshot);
  // The first of a group that wants to be together would otherwise wait for itself.
  const isFirst = wanted.empty && matchesAll(required, pod, snapshot);
  const hasCompany = (node: NodeInfo): boolean =>
    required.every(({ topologyKey }) => node.labels[topologyKey] !== undefined && (isFirst || wanted.of(node, topologyKey) > 0));
  return {
    filter(node) {
      if (!hasCompany(node)) return NO_AFFINITY;
      if (requiredAnti.some(({ topologyKey }) => unwanted.of(node, topologyKey) > 0)) return ANTI_AFFINITY;
      return existing.sum(node) > 0 ? EXISTING_ANTI_AFFINITY : SUCCESS;
    },
  };
}
