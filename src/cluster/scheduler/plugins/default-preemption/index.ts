// DefaultPreemption: makes room for a Pod by evicting Pods of lower priority. Models plugins/defaultpreemption and framework/preemption.
// PodDisruptionBudgets are not looked at: no candidate violates one.
import type { NodeInfo } from '../../framework/node-info.ts';
import { withoutPod, withPod } from '../../framework/node-info.ts';
import type { FailedCycle, Plugin, PostFiltered } from '../../framework/plugin.ts';
import type { PodInfo } from '../../framework/pod-info.ts';
import { fitErrorMessage } from '../../framework/fit-error.ts';
import { type Status, SUCCESS, unresolvable, unschedulable } from '../../framework/status.ts';
import { byImportance, type Candidate, chooseCandidate } from './candidates.ts';

const NO_VICTIMS = unresolvable('No preemption victims found for incoming pod');
const NOT_HELPFUL = unresolvable('Preemption is not helpful for scheduling');
const NEVER = 'not eligible due to preemptionPolicy=Never.';
const TERMINATING = 'not eligible due to a terminating pod on the nominated node.';
/** At least this many nodes are tried, and at least a tenth of them. */
const MIN_CANDIDATES = 100;

const isBeingPreempted = ({ pod }: PodInfo): boolean =>
  pod.metadata.deletionTimestamp !== undefined &&
  (pod.status.conditions ?? []).some(
    (one) => one.type === 'DisruptionTarget' && one.status === 'True' && one.reason === 'PreemptionByScheduler',
  );

/** Why this Pod may not preempt others, if so. Models PodEligibleToPreemptOthers. */
function ineligible({ pod, snapshot, statusOf }: FailedCycle): string | undefined {
  if (pod.pod.spec.preemptionPolicy === 'Never') return NEVER;
  const { nominatedNodeName } = pod.pod.status;
  const nominated = nominatedNodeName ? snapshot.node(nominatedNodeName) : undefined;
  if (!nominated || statusOf(nominated.name).code === 'UnschedulableAndUnresolvable') return undefined;
  return nominated.pods.some((other) => other.priority < pod.priority && isBeingPreempted(other)) ? TERMINATING : undefined;
}

/** The Pods that must go from a node, or why that would not help. Models SelectVictimsOnNode. */
function selectVictims(failed: FailedCycle, node: NodeInfo): Candidate | Status {
  const lower = byImportance(node.pods.filter((other) => other.priority < failed.pod.priority));
  if (lower.length === 0) return NO_VICTIMS;
  let left = lower.reduce((info, pod) => withoutPod(info, pod.uid), node);
  const emptied = failed.filterAgain(left);
  if (emptied.code !== 'Success') return emptied;
  const victims: PodInfo[] = [];
  for (const pod of lower) {
    const kept = withPod(left, pod);
    if (failed.filterAgain(kept).code === 'Success') left = kept;
    else victims.push(pod);
  }
  return { node: node.name, victims };
}

function preempt(failed: FailedCycle): PostFiltered {
  const why = ineligible(failed);
  if (why !== undefined) return { status: unschedulable(why) };
  const { snapshot } = failed;
  const open = snapshot.nodes.filter(({ name }) => failed.statusOf(name).code === 'Unschedulable');
  const wanted = Math.max(Math.trunc(open.length / 10), MIN_CANDIDATES);
  const offset = open.length > wanted ? failed.random.below(open.length) : 0;
  const candidates: Candidate[] = [];
  const statuses = new Map<string, Status>();
  for (const node of [...open.slice(offset), ...open.slice(0, offset)]) {
    if (candidates.length >= wanted) break;
    const found = selectVictims(failed, node);
    if ('victims' in found) candidates.push(found);
    else statuses.set(node.name, found);
  }
  const best = chooseCandidate(candidates);
  if (best) return { status: SUCCESS, nominated: best.node, victims: best.victims };
  const reasons = snapshot.nodes.map(({ name }) => statuses.get(name) ?? NOT_HELPFUL);
  return { status: unschedulable(fitErrorMessage({ allNodes: snapshot.nodes.length, statuses: reasons })), nominated: '' };
}

const plugin: Plugin = {
  name: 'DefaultPreemption',
  order: 14,
  postFilter(failed) {
    const { status, ...rest } = preempt(failed);
    return { ...rest, status: { ...status, reasons: status.reasons.map((reason) => `preemption: ${reason}`) } };
  },
};
export default plugin;
