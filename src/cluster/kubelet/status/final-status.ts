// The last status of a Pod: every container has ended, the phase is final. Models TerminatePod of pkg/kubelet/status/status_manager.go.
import { isSidecar } from '../../api/pod-resources.ts';
import type { ContainerStatus, Pod, PodStatus } from '../../api/types.ts';
import { isStaticPod, isTerminalPhase } from '../pods.ts';

const LOST = {
  reason: 'ContainerStatusUnknown',
  message: 'The container could not be located when the pod was terminated',
  exitCode: 137,
};

/** Makes a status final. */
export function finalStatus(pod: Pod, status: PodStatus): PodStatus {
  const regular = status.containerStatuses ?? [];
  const init = status.initContainerStatuses ?? [];
  const started = init.findLastIndex((each) => each.state?.terminated ?? each.state?.running ?? each.lastState?.terminated);
  return {
    ...status,
    phase: isStaticPod(pod) || isTerminalPhase(status.phase) ? (status.phase ?? 'Pending') : 'Failed',
    ...(init.length > 0 ? { initContainerStatuses: init.map((each, i) => (i <= started ? ended(each) : each)) } : {}),
    containerStatuses: hasPodInitialized(pod, status) ? regular.map(ended) : regular,
  };
}

/** A container of which no end is known is told as failed. */
const ended = (status: ContainerStatus): ContainerStatus =>
  status.state?.terminated ? status : { ...status, state: { terminated: LOST } };

/** Whether a regular container can ever have started. Models hasPodInitialized. */
function hasPodInitialized(pod: Pod, status: PodStatus): boolean {
  const last = pod.spec.initContainers?.at(-1);
  if (!last) return true;
  if ((status.containerStatuses ?? []).some((each) => each.lastState?.terminated || !each.state?.waiting)) return true;
  const ofLast = status.initContainerStatuses?.find((each) => each.name === last.name);
  return isSidecar(last) ? ofLast?.started === true : ofLast?.state?.terminated?.exitCode === 0;
}
