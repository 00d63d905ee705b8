// Stopping containers and Pods. Models killContainer and killPodWithSyncResult of pkg/kubelet/kuberuntime, and
// kuberuntime_termination_order.go.
import { isSidecar } from '../api/pod-resources.ts';
import type { LifecycleHandler, Pod } from '../api/types.ts';
import { note } from '../notes.ts';
import type { RuntimeContainer } from '../runtime/cri.ts';
import type { KillReason } from './actions/kill-reason.ts';
import { runHook } from './hooks.ts';
import { ofContainer } from './notes-of.ts';
import type { Kubelet } from './parts.ts';
import { type ContainerIn, containerIn, keyOf } from './pods.ts';
import { type RuntimePod, runningIn } from './runtime-pod.ts';
import { all, run, type Task, wait, within } from './tasks.ts';

const LEAST_GRACE_S = 2;

/** How a container is killed. */
export interface Killing {
  readonly container: RuntimeContainer;
  /** Empty: `Stopping container <name>`. */
  readonly message: string;
  readonly reason: KillReason;
  /** Seconds; wins over what the Pod says. */
  readonly graceS?: number;
  readonly order?: TerminationOrder;
}

/** Stops a container: preStop hook, its turn, then the signal. Answers why containerd could not, if it could not. */
export function* killContainer(kubelet: Kubelet, pod: Pod, killing: Killing): Task<string | undefined> {
  const { host, events } = kubelet;
  const { container, order } = killing;
  const of = containerIn(pod, container.name);
  let graceS = killing.graceS ?? graceOf(pod, container.name, killing.reason);
  const message = killing.message === '' ? `Stopping container ${container.name}` : killing.message;
  if (of) {
    events.pod(pod, 'Normal', 'Killing', message, of);
    const data = { ...ofContainer(host.node, pod, of), why: message, graceMs: graceS * 1000 };
    host.context.because(note(host.context, 'container-killing', keyOf(pod), data, 'story'));
    const { preStop } = of.container.lifecycle ?? {};
    if (preStop && graceS > 0) {
      const startedAt = host.at;
      yield* preStopHook(kubelet, pod, of, container.id, preStop, graceS);
      graceS -= Math.floor((host.at - startedAt) / 1000);
    }
  }
  if (order && graceS > 0) {
    const startedAt = host.at;
    yield* within(order.turnOf(container.name), host.sleep(graceS * 1000));
    graceS -= Math.floor((host.at - startedAt) / 1000);
  }
  const timeoutMs = Math.max(graceS, LEAST_GRACE_S) * 1000;
  const answer = yield* host.cri({ call: 'StopContainer', containerId: container.id, timeoutMs }, keyOf(pod), container.name);
  order?.ended(container.name);
  return 'error' in answer && answer.error.code !== 'NotFound' ? answer.error.message : undefined;
}

/** Runs a preStop hook for at most the grace. One that takes longer goes on, and fails when its container dies under it. */
function preStopHook(kubelet: Kubelet, pod: Pod, of: ContainerIn, id: string, hook: LifecycleHandler, graceS: number): Task<void> {
  return wait<void>((resume) => {
    const undo = kubelet.host.after(graceS * 1000, () => resume());
    run(runHook(kubelet, pod, of, id, hook), (failed) => {
      if (failed !== undefined) kubelet.events.pod(pod, 'Warning', 'FailedPreStopHook', 'PreStopHook failed', of);
      undo();
      resume();
    });
    return undo;
  });
}

/** The grace that a container has, in seconds. Models setTerminationGracePeriod. */
export function graceOf(pod: Pod, name: string, reason: KillReason): number {
  const { deletionGracePeriodSeconds } = pod.metadata;
  if (deletionGracePeriodSeconds !== undefined) return deletionGracePeriodSeconds;
  const container = containerIn(pod, name)?.container;
  const probe = reason === 'liveness' ? container?.livenessProbe : reason === 'startup' ? container?.startupProbe : undefined;
  return probe?.terminationGracePeriodSeconds ?? pod.spec.terminationGracePeriodSeconds ?? LEAST_GRACE_S;
}

/** Stops every running container, then the sandboxes. Answers why it could not, if it could not. Models killPodWithSyncResult. */
export function* killPod(kubelet: Kubelet, pod: Pod, runtime: RuntimePod, graceS?: number): Task<string | undefined> {
  const running = runningIn(runtime);
  const hasSidecars = (pod.spec.initContainers ?? []).some(isSidecar);
  const order = hasSidecars ? createTerminationOrder(pod, running) : undefined;
  const killed = yield* all(
    running.map((container) =>
      killContainer(kubelet, pod, {
        container,
        message: '',
        reason: 'other',
        ...(graceS === undefined ? {} : { graceS }),
        ...(order ? { order } : {}),
      }),
    ),
  );
  for (const sandbox of runtime.sandboxes) {
    if (sandbox.state !== 'ready' && sandbox !== runtime.sandboxes[0]) continue;
    yield* kubelet.host.cri({ call: 'StopPodSandbox', sandboxId: sandbox.id }, keyOf(pod));
  }
  return killed.find((each) => each !== undefined);
}

/** Who waits for whom when a Pod with sidecars ends: sidecars for the regular containers, and for the sidecars after them. */
export interface TerminationOrder {
  turnOf(name: string): Task<void>;
  ended(name: string): void;
}

/** The order for the containers that run. */
export function createTerminationOrder(pod: Pod, running: readonly RuntimeContainer[]): TerminationOrder {
  const left = new Set(running.map((each) => each.name));
  const regular = pod.spec.containers.map((each) => each.name);
  const init = pod.spec.initContainers ?? [];
  const waiting: { readonly for: readonly string[]; readonly go: () => void }[] = [];
  const isOver = (names: readonly string[]): boolean => names.every((name) => !left.has(name));
  return {
    turnOf(name) {
      const i = init.findIndex((each) => each.name === name);
      const before =
        i < 0
          ? []
          : [
              ...regular,
              ...init
                .slice(i + 1)
                .filter(isSidecar)
                .map((each) => each.name),
            ];
      return wait<void>((resume) => {
        if (isOver(before)) resume();
        else waiting.push({ for: before, go: () => resume() });
        return undefined;
      });
    },
    ended(name) {
      left.delete(name);
      for (const each of waiting) if (isOver(each.for)) each.go();
    },
  };
}
