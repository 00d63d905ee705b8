// What is to be done to bring a Pod to its spec. Models computePodActions of pkg/kubelet/kuberuntime/kuberuntime_manager.go.
import type { Container, EphemeralContainer, Pod } from '../../api/types.ts';
import type { RuntimeContainer } from '../../runtime/cri.ts';
import { restartsAfterKill, restartsAll, restartsOnFailure, shouldBeRestarted } from '../restart-policy.ts';
import { newestOf, type RuntimePod } from '../runtime-pod.ts';
import { initActions } from './init-actions.ts';
import { hasChanged, type Kill, type KillReason, type ProbeVerdicts } from './kill-reason.ts';

/** What a sync of the runtime does, in this order. */
export interface PodActions {
  /** Stop every container and the sandbox first. */
  readonly killPod: boolean;
  readonly createSandbox: boolean;
  /** The sandbox that is replaced; empty where there is none. */
  readonly sandboxId: string;
  readonly attempt: number;
  /** The container whose end asks that all of them be removed, to start again; empty where none does. */
  readonly restartAllFor: string;
  readonly kill: readonly Kill[];
  readonly startEphemeral: readonly EphemeralContainer[];
  readonly startInit: readonly Container[];
  readonly start: readonly Container[];
}

/** Computes the actions. `resized`: containers that must start again to be given other resources. */
export function podActions(pod: Pod, runtime: RuntimePod, probes: ProbeVerdicts, resized: ReadonlySet<string> = new Set()): PodActions {
  const sandbox = sandboxChange(pod, runtime);
  const none: PodActions = {
    killPod: sandbox.isNeeded,
    createSandbox: sandbox.isNeeded,
    sandboxId: sandbox.id,
    attempt: sandbox.attempt,
    restartAllFor: '',
    kill: [],
    startEphemeral: [],
    startInit: [],
    start: [],
  };
  if (sandbox.isNeeded) return withNewSandbox(pod, runtime, none);

  const restartAllFor = pod.metadata.deletionTimestamp === undefined ? restartsAll(pod, runtime) : undefined;
  if (restartAllFor !== undefined) return { ...none, restartAllFor };
  const startEphemeral = (pod.spec.ephemeralContainers ?? []).filter((each) => !newestOf(runtime, each.name));
  const init = initActions(pod, runtime, probes);
  const base = { ...none, startEphemeral, startInit: init.start, kill: init.kill, killPod: init.killPod };
  if (init.killPod || !init.isDone) return base;

  const kill: Kill[] = [...init.kill];
  const start: Container[] = [];
  let kept = 0;
  for (const container of pod.spec.containers) {
    const status = newestOf(runtime, container.name);
    if (status?.state !== 'running') {
      if (shouldBeRestarted(container, pod, runtime)) start.push(container);
      continue;
    }
    const why = reasonToKill(container, status, probes, resized.has(container.name));
    if (!why) {
      kept += 1;
      continue;
    }
    const isRestarted = why.always || restartsAfterKill(container, pod);
    if (isRestarted) start.push(container);
    kill.push({ container: status, message: isRestarted ? `${why.message}, will be restarted` : why.message, reason: why.reason });
  }
  // Nothing is left to do: sidecars must not keep the Pod alive.
  if (kept === 0 && start.length === 0) return { ...base, killPod: true, startInit: [], kill };
  return { ...base, kill, start };
}

interface WhyKill {
  readonly message: string;
  readonly reason: KillReason;
  /** A changed definition is started whatever the policy. */
  readonly always: boolean;
}

function reasonToKill(container: Container, status: RuntimeContainer, probes: ProbeVerdicts, isResized: boolean): WhyKill | undefined {
  if (hasChanged(container, status)) return { message: `Container ${container.name} definition changed`, reason: 'other', always: true };
  if (probes.liveness(status.id) === 'failure')
    return { message: `Container ${container.name} failed liveness probe`, reason: 'liveness', always: false };
  if (probes.startup(status.id) === 'failure')
    return { message: `Container ${container.name} failed startup probe`, reason: 'startup', always: false };
  if (isResized) return { message: `Container ${container.name} resize requires restart`, reason: 'other', always: true };
  return undefined;
}

/** Whether a sandbox must be made. Models runtimeutil.PodSandboxChanged. */
function sandboxChange(pod: Pod, runtime: RuntimePod): { readonly isNeeded: boolean; readonly attempt: number; readonly id: string } {
  const [newest] = runtime.sandboxes;
  if (!newest) return { isNeeded: true, attempt: 0, id: '' };
  const ready = runtime.sandboxes.filter((each) => each.state === 'ready').length;
  if (ready > 1 || newest.state !== 'ready') return { isNeeded: true, attempt: newest.attempt + 1, id: newest.id };
  if (pod.spec.hostNetwork !== true && newest.ip === '') return { isNeeded: true, attempt: newest.attempt + 1, id: newest.id };
  return { isNeeded: false, attempt: newest.attempt, id: newest.id };
}

function withNewSandbox(pod: Pod, runtime: RuntimePod, none: PodActions): PodActions {
  if (!restartsAnything(pod) && none.attempt !== 0 && runtime.containers.length > 0) return { ...none, createSandbox: false };
  const start = pod.spec.containers.filter((container) => {
    const status = newestOf(runtime, container.name);
    return !(pod.spec.restartPolicy === 'OnFailure' && status?.state === 'exited' && status.exitCode === 0);
  });
  if (start.length === 0 && pod.spec.containers.some((each) => newestOf(runtime, each.name))) return { ...none, createSandbox: false };
  const [first] = pod.spec.initContainers ?? [];
  return first ? { ...none, startInit: [first] } : { ...none, start };
}

/** Whether any container may be started again: a Pod that never restarts is not given a second sandbox. */
const restartsAnything = (pod: Pod): boolean =>
  restartsOnFailure(pod) || pod.spec.containers.some((each) => each.restartPolicy !== undefined && each.restartPolicy !== 'Never');
