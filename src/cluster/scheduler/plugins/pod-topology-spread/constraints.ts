// A Pod's topology spread constraints, ready to be counted with. Models plugins/podtopologyspread/common.go.
import type { Node, Pod, TopologySpreadConstraint } from '../../../api/types.ts';
import { matchesRequiredNodeAffinity } from '../../framework/node-affinity.ts';
import type { NodeInfo } from '../../framework/node-info.ts';
import type { PodInfo } from '../../framework/pod-info.ts';
import { hasLabels, isEmptySelector, type Labels, labelSelector, type Selector } from '../../framework/selectors.ts';
import type { Snapshot } from '../../framework/snapshot.ts';
import { toleratesAll } from '../../framework/taints.ts';

/** A constraint, ready to be counted with. */
export interface Constraint {
  readonly topologyKey: string;
  readonly maxSkew: number;
  readonly minDomains: number;
  readonly selector: Selector;
  /** An empty selector counts no Pod, though it matches them all. */
  readonly countsNone: boolean;
  /** Whether Pods on this node count at all. */
  includes(node: Node): boolean;
}

type Action = 'DoNotSchedule' | 'ScheduleAnyway';

/** The Pod's constraints of one kind. */
export function constraintsOf(pod: Pod, action: Action): readonly Constraint[] {
  const all = pod.spec.topologySpreadConstraints ?? [];
  return all.filter(({ whenUnsatisfiable }) => whenUnsatisfiable === action).map((constraint) => constraintOf(constraint, pod));
}

function constraintOf(constraint: TopologySpreadConstraint, pod: Pod): Constraint {
  const { topologyKey, maxSkew, minDomains = 1, nodeAffinityPolicy = 'Honor', nodeTaintsPolicy = 'Ignore' } = constraint;
  const labels = pod.metadata.labels ?? {};
  const keys = (constraint.matchLabelKeys ?? []).filter((key) => labels[key] !== undefined);
  const own = labelSelector(constraint.labelSelector);
  return {
    topologyKey,
    maxSkew,
    minDomains,
    selector: keys.length === 0 ? own : (other) => own(other) && keys.every((key) => other[key] === labels[key]),
    countsNone: keys.length === 0 && isEmptySelector(constraint.labelSelector),
    includes: (node) =>
      (nodeAffinityPolicy !== 'Honor' || matchesRequiredNodeAffinity(pod, node)) &&
      (nodeTaintsPolicy !== 'Honor' || toleratesAll(node.spec.taints, pod.spec.tolerations)),
  };
}

/** What spreads Pods of a Service that say nothing themselves. Models systemDefaultConstraints. */
const DEFAULTS = [
  { topologyKey: 'kubernetes.io/hostname', maxSkew: 3 },
  { topologyKey: 'topology.kubernetes.io/zone', maxSkew: 5 },
];

/** The cluster's default constraints for a Pod that Services select; for any other Pod, none. Models buildDefaultConstraints. */
export function defaultConstraints(pod: PodInfo, snapshot: Snapshot): readonly Constraint[] {
  const labels = pod.pod.metadata.labels ?? {};
  const wanted: Record<string, string> = {};
  for (const { spec } of snapshot.services(pod.namespace)) {
    if (spec?.selector && hasLabels(labels, spec.selector)) Object.assign(wanted, spec.selector);
  }
  if (Object.keys(wanted).length === 0) return [];
  return DEFAULTS.map((constraint) => ({
    ...constraint,
    minDomains: 1,
    selector: (other) => hasLabels(other, wanted),
    countsNone: false,
    includes: (node) => matchesRequiredNodeAffinity(pod.pod, node),
  }));
}

/** Whether a node has a label for every constraint. */
export const hasEveryTopology = (labels: Labels, constraints: readonly Constraint[]): boolean =>
  constraints.every(({ topologyKey }) => labels[topologyKey] !== undefined);

/** How many Pods of a namespace on a node the constraint speaks of; those that are being deleted do not count. */
export function countPods(node: NodeInfo, constraint: Constraint, namespace: string): number {
  if (constraint.countsNone) return 0;
  let count = 0;
  for (const other of node.pods) {
    if (other.namespace !== namespace || other.pod.metadata.deletionTimestamp !== undefined) continue;
    if (constraint.selector(other.pod.metadata.labels ?? {})) count += 1;
  }
  return count;
}
