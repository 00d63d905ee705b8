// The status of a Pod as the kubelet sees it. Models generateAPIPodStatus of pkg/kubelet/kubelet_pods.go.
import type { Container, ContainerStatus, Pod, PodCondition, PodStatus, ResourceRequirements } from '../../api/types.ts';
import type { RuntimeContainer } from '../../runtime/cri.ts';
import { isStaticPod, isTerminalPhase } from '../pods.ts';
import { allContainersRestarting } from '../restart-all.ts';
import { restartsAll } from '../restart-policy.ts';
import type { RuntimePod } from '../runtime-pod.ts';
import { containersReady, initialized, isKubeletCondition, podReady, readyToStartContainers, type Verdict } from './conditions.ts';
import { containerStatuses, type StartFailure } from './container-statuses.ts';
import { phaseOf } from './phase.ts';

/** What the probes say of a container; it may also be a moment at which a readiness probe runs at once. */
export interface ProbeStates {
  isStarted(pod: Pod, status: ContainerStatus): boolean;
  isReady(pod: Pod, status: ContainerStatus): boolean;
}

/** What a status is made of. */
export interface PodStatusInput {
  readonly pod: Pod;
  readonly runtime: RuntimePod;
  /** The status last computed, or the API's. */
  readonly old: PodStatus;
  /** Whether the Pod's containers have all been stopped for good. */
  readonly isTerminal: boolean;
  readonly startAtMs: number;
  readonly hostIp: string;
  readonly probes: ProbeStates;
  /** Something inside the kubelet wants the Pod ended: a deadline, an eviction. */
  readonly evicted: { readonly reason: string; readonly message: string } | undefined;
  /** Conditions of a resize, without times. */
  readonly resize: readonly Verdict[];
  failureOf(container: string): StartFailure | undefined;
  removedOf(container: string): RuntimeContainer | undefined;
  resourcesOf(container: Container): ResourceRequirements;
}

/** Computes the status. Times of conditions are not there yet: the status manager knows what changed. */
export function podStatusOf(input: PodStatusInput): PodStatus {
  const { pod, runtime, old, probes } = input;
  const { initContainers = [], containers, ephemeralContainers = [] } = pod.spec;
  const ofInit = containerStatuses(input, initContainers, old.initContainerStatuses ?? [], true);
  const ofRegular = containerStatuses(input, containers, old.containerStatuses ?? [], false);
  const ofEphemeral = containerStatuses(input, ephemeralContainers, old.ephemeralContainerStatuses ?? [], false);
  const hasInitialized = containers.some((each) => runtime.containers.some(({ name, state }) => name === each.name && state !== 'created'));

  // The phase looks at `started` of sidecars, which the probes know.
  const started = ofInit.map((status) => withInitProbes(pod, status, probes));
  const phase = finalPhase(input, phaseOf({ pod, statuses: [...ofRegular, ...started], isTerminal: input.isTerminal, hasInitialized }));
  const regular = ofRegular.map((status) => withProbes(pod, status, probes));
  const statuses = [...started, ...regular];
  const told = reasonOf(input, phase);
  return {
    ...observed(pod, old),
    phase,
    ...told,
    conditions: conditionsOf(input, statuses, phase),
    ...addressesOf(input),
    ...(started.length > 0 ? { initContainerStatuses: started } : {}),
    containerStatuses: regular,
    ...(ofEphemeral.length > 0 ? { ephemeralContainerStatuses: ofEphemeral } : {}),
    ...(pod.status.qosClass === undefined ? {} : { qosClass: pod.status.qosClass }),
    resources: pod.spec.resources ?? {},
  };
}

/** A manifest on the node has no generation that anybody counts. */
function observed(pod: Pod, old: PodStatus): Pick<PodStatus, 'observedGeneration'> {
  const observedGeneration = isStaticPod(pod) ? old.observedGeneration : (pod.metadata.generation ?? 1);
  return observedGeneration === undefined ? {} : { observedGeneration };
}

/** A phase that has been told to be final stays; what ends the Pod from inside makes it Failed. */
function finalPhase({ pod, old, evicted }: PodStatusInput, computed: string): string {
  if (isTerminalPhase(pod.status.phase)) return pod.status.phase ?? computed;
  if (evicted) return 'Failed';
  if (!isTerminalPhase(computed) && isTerminalPhase(old.phase)) return old.phase ?? computed;
  return computed;
}

function reasonOf({ old, evicted, pod }: PodStatusInput, phase: string): Pick<PodStatus, 'reason' | 'message'> {
  if (evicted) return evicted;
  if (phase !== old.phase) return {};
  const reason = old.reason ?? pod.status.reason;
  const message = old.message ?? pod.status.message;
  return { ...(reason ? { reason } : {}), ...(message ? { message } : {}) };
}

function withProbes(pod: Pod, status: ContainerStatus, probes: ProbeStates): ContainerStatus {
  const started = probes.isStarted(pod, status);
  return { ...status, started, ready: started && probes.isReady(pod, status) };
}

function withInitProbes(pod: Pod, status: ContainerStatus, probes: ProbeStates): ContainerStatus {
  const container = pod.spec.initContainers?.find((each) => each.name === status.name);
  if (container?.restartPolicy === 'Always') return withProbes(pod, status, probes);
  return { ...status, started: probes.isStarted(pod, status), ready: status.state?.terminated?.exitCode === 0 };
}

function conditionsOf(input: PodStatusInput, statuses: readonly ContainerStatus[], phase: string): PodCondition[] {
  const { pod, runtime, resize } = input;
  const foreign = (pod.status.conditions ?? []).filter((each) => !isKubeletCondition(each.type));
  const ofContainers = containersReady(pod, statuses, phase);
  const missing = pod.spec.containers.some(({ name }) => input.removedOf(name) && !runtime.containers.some((each) => each.name === name));
  const isRestartingAll = missing || restartsAll(pod, runtime) !== undefined;
  const own: readonly Verdict[] = [
    ...resize,
    ...allContainersRestarting(pod, isRestartingAll),
    readyToStartContainers(pod, runtime),
    initialized(pod, statuses, phase),
    podReady(pod, ofContainers, foreign),
    ofContainers,
    { type: 'PodScheduled', status: 'True' },
  ];
  return [...foreign, ...own];
}

function addressesOf({ pod, runtime, hostIp }: PodStatusInput): Pick<PodStatus, 'hostIP' | 'hostIPs' | 'podIP' | 'podIPs'> {
  const ip = pod.spec.hostNetwork === true ? hostIp : runtime.ip;
  return {
    ...(hostIp === '' ? {} : { hostIP: hostIp, hostIPs: [{ ip: hostIp }] }),
    ...(ip === '' ? {} : { podIP: ip, podIPs: [{ ip }] }),
  };
}
