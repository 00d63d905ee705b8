// The phase of a Pod from its containers' statuses. Models getPhase of pkg/kubelet/kubelet_pods.go.
import type { Container, ContainerStatus, Pod } from '../../api/types.ts';
import { isSidecar } from '../../api/pod-resources.ts';
import { isStaticPod } from '../pods.ts';
import { shouldRestart } from '../restart-policy.ts';

/** What is known when a phase is computed. */
export interface PhaseInput {
  readonly pod: Pod;
  /** Statuses of regular and init containers. */
  readonly statuses: readonly ContainerStatus[];
  /** Whether the Pod is being ended for good: nothing of it will be started again. */
  readonly isTerminal: boolean;
  /** Whether a regular container of it has ever started in this sandbox. */
  readonly hasInitialized: boolean;
}

interface Count {
  pendingInit: number;
  pendingSidecars: number;
  failedForGood: number;
  unknown: number;
  running: number;
  waiting: number;
  stopped: number;
  succeeded: number;
  restartable: number;
}

/** `Pending`, `Running`, `Succeeded` or `Failed`. */
export function phaseOf({ pod, statuses, isTerminal, hasInitialized }: PhaseInput): string {
  const count: Count = {
    pendingInit: 0,
    pendingSidecars: 0,
    failedForGood: 0,
    unknown: 0,
    running: 0,
    waiting: 0,
    stopped: 0,
    succeeded: 0,
    restartable: 0,
  };
  const statusOf = (container: Container) => statuses.find((each) => each.name === container.name);
  for (const container of pod.spec.initContainers ?? []) {
    if (isSidecar(container)) countSidecar(count, statusOf(container));
    else countInit(count, pod, container, statusOf(container));
  }
  for (const container of pod.spec.containers) countRegular(count, pod, container, statusOf(container));

  if (count.failedForGood > 0) return 'Failed';
  if (count.pendingInit > 0 || (count.pendingSidecars > 0 && !hasInitialized) || count.waiting > 0) return 'Pending';
  if (count.running > 0 && count.unknown === 0) return 'Running';
  if (count.running === 0 && count.stopped > 0 && count.unknown === 0) {
    const ended = count.stopped === count.succeeded ? 'Succeeded' : 'Failed';
    if (isTerminal && !isStaticPod(pod)) return ended;
    return count.restartable > 0 ? 'Running' : ended;
  }
  return 'Pending';
}

function countInit(count: Count, pod: Pod, container: Container, status: ContainerStatus | undefined): void {
  const { waiting, terminated } = status?.state ?? {};
  const ended = terminated ?? (waiting ? status?.lastState?.terminated : undefined);
  if (!ended) count.pendingInit += 1;
  else if (ended.exitCode !== 0 && !shouldRestart(container, pod, ended.exitCode)) count.failedForGood += 1;
}

function countSidecar(count: Count, status: ContainerStatus | undefined): void {
  const { running, terminated, waiting } = status?.state ?? {};
  if (!status) count.unknown += 1;
  else if (running) {
    if (status.started !== true) count.pendingSidecars += 1;
    count.running += 1;
  } else if (terminated || (waiting && status.lastState?.terminated)) return;
  else {
    count.pendingSidecars += 1;
    if (waiting) count.waiting += 1;
    else count.unknown += 1;
  }
}

function countRegular(count: Count, pod: Pod, container: Container, status: ContainerStatus | undefined): void {
  const { running, terminated, waiting } = status?.state ?? {};
  const last = waiting ? status?.lastState?.terminated : undefined;
  const ended = terminated ?? last;
  if (running) count.running += 1;
  else if (ended) {
    count.stopped += 1;
    if (terminated?.exitCode === 0) count.succeeded += 1;
    if (shouldRestart(container, pod, ended.exitCode)) count.restartable += 1;
  } else if (waiting) count.waiting += 1;
  else count.unknown += 1;
}
