// Whether a container that has ended is started again. Models pkg/api/v1/pod/util.go and pkg/kubelet/container/helpers.go.
import type { Container, ContainerRestartRule, Pod } from '../api/types.ts';
import { newestOf, type RuntimePod } from './runtime-pod.ts';

/** Whether the Pod's policy starts a container again that has failed. Models shouldRestartOnFailure. */
export const restartsOnFailure = (pod: Pod): boolean => pod.spec.restartPolicy !== 'Never';

/** The first rule of the container that speaks of an exit code. Models podutil.FindMatchingContainerRestartRule. */
export function matchingRule(container: Container, exitCode: number): ContainerRestartRule | undefined {
  return (container.restartPolicyRules ?? []).find((rule) => {
    const { operator, values = [] } = rule.exitCodes ?? { operator: '' };
    if (operator === 'In') return values.includes(exitCode);
    return operator === 'NotIn' && !values.includes(exitCode);
  });
}

/** Whether a container that ended with this code is to be started again. Models podutil.ContainerShouldRestart. */
export function shouldRestart(container: Container, pod: Pod, exitCode: number): boolean {
  if (container.restartPolicy !== undefined && container.restartPolicy !== '') {
    const rule = matchingRule(container, exitCode);
    if (rule?.action === 'Restart' || rule?.action === 'RestartAllContainers') return true;
    return container.restartPolicy === 'Always' || (container.restartPolicy === 'OnFailure' && exitCode !== 0);
  }
  return pod.spec.restartPolicy === 'Always' || (pod.spec.restartPolicy === 'OnFailure' && exitCode !== 0);
}

/** Whether a container that a probe is about to have killed comes back: rules say nothing of that. Models restartOnProbeFailure. */
export function restartsAfterKill(container: Container, pod: Pod): boolean {
  if (container.restartPolicy !== undefined && container.restartPolicy !== '') return container.restartPolicy !== 'Never';
  return restartsOnFailure(pod);
}

/** Whether a container is to be started (again) now. Models kubecontainer.ShouldContainerBeRestarted. */
export function shouldBeRestarted(container: Container, pod: Pod, runtime: RuntimePod): boolean {
  if (pod.metadata.deletionTimestamp !== undefined) return false;
  const status = newestOf(runtime, container.name);
  if (!status || status.state === 'created') return true;
  if (status.state === 'running') return false;
  return shouldRestart(container, pod, status.exitCode ?? 0);
}

/** The container whose end asks that all containers of the Pod start again, if one does. Models ShouldAllContainersRestart. */
export function restartsAll(pod: Pod, runtime: RuntimePod): string | undefined {
  for (const container of [...(pod.spec.initContainers ?? []), ...pod.spec.containers]) {
    const status = newestOf(runtime, container.name);
    if (status?.state !== 'exited' || container.restartPolicy === undefined) continue;
    if (matchingRule(container, status.exitCode ?? 0)?.action === 'RestartAllContainers') return container.name;
  }
  return undefined;
}
