// The conditions that a kubelet writes. Models pkg/kubelet/status/generate.go.
import type { Container, ContainerStatus, Pod, PodCondition } from '../../api/types.ts';
import { isSidecar } from '../../api/pod-resources.ts';
import type { RuntimePod } from '../runtime-pod.ts';

/** A condition before its times are known. */
export type Verdict = Pick<PodCondition, 'type' | 'status' | 'reason' | 'message'>;

const OWNED: readonly string[] = [
  'PodResizePending',
  'PodResizeInProgress',
  'PodReadyToStartContainers',
  'Initialized',
  'Ready',
  'ContainersReady',
  'PodScheduled',
  'AllContainersRestarting',
];
/** Whether the kubelet alone writes conditions of this type. Models kubetypes.PodConditionByKubelet. */
export const isKubeletCondition = (type: string): boolean => OWNED.includes(type);

const verdict = (type: string, isTrue: boolean, reason?: string, message?: string): Verdict => ({
  type,
  status: isTrue ? 'True' : 'False',
  ...(reason === undefined ? {} : { reason }),
  ...(message === undefined ? {} : { message }),
});

/** Whether the network of the Pod is there: a sandbox that is ready, with an address. */
export function readyToStartContainers(pod: Pod, runtime: RuntimePod): Verdict {
  const newest = runtime.sandboxes[0];
  const isReady = newest?.state === 'ready' && (pod.spec.hostNetwork === true || newest.ip !== '');
  return verdict('PodReadyToStartContainers', isReady);
}

/** Whether the init containers are done. */
export function initialized(pod: Pod, statuses: readonly ContainerStatus[], phase: string): Verdict {
  const unknown: string[] = [];
  const incomplete: string[] = [];
  for (const container of pod.spec.initContainers ?? []) {
    const status = statuses.find((each) => each.name === container.name);
    if (!status) unknown.push(container.name);
    else if (!(isSidecar(container) ? status.started === true : status.ready)) incomplete.push(container.name);
  }
  if (phase === 'Succeeded' && unknown.length === 0) return verdict('Initialized', true, 'PodCompleted');
  if (hasRegularStarted(pod, statuses)) return verdict('Initialized', true);
  return fromLists('Initialized', 'ContainersNotInitialized', unknown, 'incomplete', incomplete);
}

/** Whether a regular container has ever started. Models kubecontainer.HasAnyRegularContainerStarted. */
function hasRegularStarted(pod: Pod, statuses: readonly ContainerStatus[]): boolean {
  return pod.spec.containers.some((container) => {
    const status = statuses.find((each) => each.name === container.name);
    return Boolean(status?.state?.running ?? status?.state?.terminated ?? status?.lastState?.terminated);
  });
}

/** Whether every container that counts (sidecars and regular ones) is ready. */
export function containersReady(pod: Pod, statuses: readonly ContainerStatus[], phase: string): Verdict {
  const counted: readonly Container[] = [...(pod.spec.initContainers ?? []).filter(isSidecar), ...pod.spec.containers];
  const unknown: string[] = [];
  const unready: string[] = [];
  for (const { name } of counted) {
    const status = statuses.find((each) => each.name === name);
    if (!status) unknown.push(name);
    else if (!status.ready) unready.push(name);
  }
  if (phase === 'Succeeded' && unknown.length === 0) return verdict('ContainersReady', false, 'PodCompleted');
  if (phase === 'Failed') return verdict('ContainersReady', false, 'PodFailed');
  return fromLists('ContainersReady', 'ContainersNotReady', unknown, 'unready', unready);
}

function fromLists(type: string, reason: string, unknown: readonly string[], word: string, other: readonly string[]): Verdict {
  const said = [
    ...(unknown.length > 0 ? [`containers with unknown status: [${unknown.join(' ')}]`] : []),
    ...(other.length > 0 ? [`containers with ${word} status: [${other.join(' ')}]`] : []),
  ];
  return said.length === 0 ? verdict(type, true) : verdict(type, false, reason, said.join(', '));
}

/** Whether the Pod takes traffic: its containers are ready, and so say the readiness gates. `conditions`: those that others wrote. */
export function podReady(pod: Pod, ofContainers: Verdict, conditions: readonly PodCondition[]): Verdict {
  if (ofContainers.status !== 'True') return { ...ofContainers, type: 'Ready' };
  const said: string[] = [];
  for (const { conditionType } of pod.spec.readinessGates ?? []) {
    const found = conditions.find((each) => each.type === conditionType);
    if (!found) said.push(`corresponding condition of pod readiness gate "${conditionType}" does not exist.`);
    else if (found.status !== 'True') said.push(`the status of pod readiness gate "${conditionType}" is not "True", but ${found.status}`);
  }
  return said.length === 0 ? verdict('Ready', true) : verdict('Ready', false, 'ReadinessGatesNotReady', said.join(', '));
}
