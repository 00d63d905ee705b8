// Which Pods a kubelet takes: it looks again at what the scheduler has looked at. Models pkg/kubelet/lifecycle/predicate.go.
import { podRequests } from '../api/pod-resources.ts';
import { milliValue, unitValue } from '../api/quantity.ts';
import type { NodeSelectorTerm, Pod, Taint, Toleration } from '../api/types.ts';
import type { Kubelet } from './parts.ts';
import { isStaticPod, isTerminalPhase, uidOf } from './pods.ts';

/** Why a Pod is turned away: the reason of its status, and the message of its event. */
export interface Rejection {
  readonly reason: string;
  readonly message: string;
}

/** Looks at a new Pod; undefined: it may run here. */
export function rejectionOf(kubelet: Kubelet, pod: Pod): Rejection | undefined {
  const { node } = kubelet.self;
  if (!node) return undefined;
  const others = [...kubelet.pods.values()].filter(
    (each) => uidOf(each) !== uidOf(pod) && !isTerminalPhase(kubelet.statuses.get(uidOf(each))?.phase ?? each.status.phase),
  );
  const scarce = scarceResource(node.status.allocatable ?? {}, pod, others);
  if (scarce) return scarce;
  if (isStaticPod(pod)) return undefined;
  if (!matchesNode(pod, node.metadata.labels ?? {}, node.metadata.name)) {
    return failed('NodeAffinity', "node(s) didn't match Pod's node affinity/selector");
  }
  const ports = hostPortsOf(pod);
  const used = new Set(others.flatMap((each) => [...hostPortsOf(each)]));
  if ([...ports].some((port) => used.has(port))) return failed('NodePorts', "node(s) didn't have free ports for the requested pod ports");
  const untolerated = (node.spec.taints ?? []).some(
    (taint) => taint.effect === 'NoExecute' && !isTolerated(taint, pod.spec.tolerations ?? []),
  );
  if (untolerated) return failed('TaintToleration', "node(s) had taints that the pod didn't tolerate");
  return undefined;
}

const failed = (reason: string, why: string): Rejection => ({ reason, message: `Predicate ${reason} failed: ${why}` });

function scarceResource(allocatable: Readonly<Record<string, string>>, pod: Pod, others: readonly Pod[]): Rejection | undefined {
  const short = (name: string, requested: number, used: number, capacity: number): Rejection => ({
    reason: `OutOf${name}`,
    message: `Node didn't have enough resource: ${name}, requested: ${requested}, used: ${used}, capacity: ${capacity}`,
  });
  const pods = unitValue(allocatable.pods ?? '110');
  if (others.length + 1 > pods) return short('pods', 1, others.length, pods);
  const asked = podRequests(pod.spec);
  for (const [name, amount] of Object.entries(asked)) {
    const measure = name === 'cpu' ? milliValue : unitValue;
    const requested = measure(amount);
    if (requested === 0) continue;
    const capacity = measure(allocatable[name] ?? '0');
    const used = others.reduce((sum, each) => sum + measure(podRequests(each.spec)[name] ?? '0'), 0);
    if (requested + used > capacity) return short(name, requested, used, capacity);
  }
  return undefined;
}

const hostPortsOf = (pod: Pod): Set<string> =>
  new Set(
    pod.spec.containers
      .flatMap((each) => each.ports ?? [])
      .flatMap(({ hostPort, protocol = 'TCP', hostIP = '' }) => (hostPort ? [`${protocol} ${hostIP} ${hostPort}`] : [])),
  );

function isTolerated(taint: Taint, tolerations: readonly Toleration[]): boolean {
  return tolerations.some(({ key = '', operator = 'Equal', value = '', effect = '' }) => {
    if (effect !== '' && effect !== taint.effect) return false;
    if (key === '') return operator === 'Exists';
    return key === taint.key && (operator === 'Exists' || value === (taint.value ?? ''));
  });
}

/** Whether nodeSelector and the required node affinity name this node. */
function matchesNode(pod: Pod, labels: Readonly<Record<string, string>>, name: string): boolean {
  for (const [key, value] of Object.entries(pod.spec.nodeSelector ?? {})) if (labels[key] !== value) return false;
  const terms = pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  return terms === undefined || terms.some((term) => matchesTerm(term, labels, name));
}

function matchesTerm(
  { matchExpressions = [], matchFields = [] }: NodeSelectorTerm,
  labels: Readonly<Record<string, string>>,
  name: string,
): boolean {
  if (matchExpressions.length === 0 && matchFields.length === 0) return false;
  const holds = (found: string | undefined, operator: string, values: readonly string[]): boolean => {
    if (operator === 'Exists') return found !== undefined;
    if (operator === 'DoesNotExist') return found === undefined;
    if (operator === 'NotIn') return found === undefined || !values.includes(found);
    if (found === undefined) return false;
    if (operator === 'In') return values.includes(found);
    return operator === 'Gt' ? Number(found) > Number(values[0]) : Number(found) < Number(values[0]);
  };
  return (
    matchExpressions.every(({ key, operator, values = [] }) => holds(labels[key], operator, values)) &&
    matchFields.every(({ key, operator, values = [] }) => key === 'metadata.name' && holds(name, operator, values))
  );
}
