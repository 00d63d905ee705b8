// RestartAllContainers: one container's end makes all of them start again, in the same sandbox. Models the in-place Pod restart of
// pkg/kubelet/kuberuntime/kuberuntime_manager.go and kubecontainer.ShouldAllContainersRestart.
import type { Pod } from '../api/types.ts';
import type { RuntimeContainer } from '../runtime/cri.ts';
import { killContainer } from './kill.ts';
import { containerKey, type Kubelet } from './parts.ts';
import { keyOf, uidOf } from './pods.ts';
import type { RuntimePod } from './runtime-pod.ts';
import type { Verdict } from './status/conditions.ts';
import type { Task } from './tasks.ts';

const REASON = 'RestartingAllContainers';
const KILLED = 137;

/** Whether a rule of the Pod may ask for it. */
export const mayRestartAll = (pod: Pod): boolean =>
  [...pod.spec.containers, ...(pod.spec.initContainers ?? [])].some((each) =>
    each.restartPolicyRules?.some(({ action }) => action === 'RestartAllContainers'),
  );

/** Kills what runs and removes every container, the one that asked for it last. Answers why it could not, if it could not. */
export function* removeAllContainers(kubelet: Kubelet, pod: Pod, runtime: RuntimePod, source: string): Task<string | undefined> {
  const { host, removed } = kubelet;
  for (const container of runtime.containers.filter((each) => each.state === 'running')) {
    const error = yield* killContainer(kubelet, pod, { container, message: 'killing', reason: 'other', graceS: 0 });
    if (error !== undefined) return error;
  }
  const last = [...runtime.containers].sort((a, b) => Number(a.name === source) - Number(b.name === source));
  const newest = new Set<string>();
  for (const container of runtime.containers) {
    if (newest.has(container.name)) continue;
    newest.add(container.name);
    removed.set(containerKey(uidOf(pod), container.name), ended(container, host.at));
  }
  for (const { id } of last) yield* host.cri({ call: 'RemoveContainer', containerId: id }, keyOf(pod));
  return undefined;
}

/** What is told of a container that was removed while it ran. */
const ended = (container: RuntimeContainer, at: number): RuntimeContainer =>
  container.state === 'exited' ? container : { ...container, state: 'exited', exitCode: KILLED, reason: REASON, finishedAt: at };

/** The waiting state of a container that was removed and has not started again. */
export const RESTARTING_ALL = { reason: REASON, message: 'The container is removed because RestartAllContainers in place' };

/** The condition of a Pod that has such a rule. */
export function allContainersRestarting(pod: Pod, isUnderWay: boolean): readonly Verdict[] {
  if (!mayRestartAll(pod)) return [];
  const type = 'AllContainersRestarting';
  if (!isUnderWay) return [{ type, status: 'False' }];
  return [{ type, status: 'True', reason: 'RestartAllContainersStarted', message: 'container exited with restart policy rule' }];
}
