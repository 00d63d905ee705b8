// Which init containers are started or killed. Models computeInitContainerActions of pkg/kubelet/kuberuntime/kuberuntime_container.go.
import type { Container, Pod } from '../../api/types.ts';
import type { RuntimeContainer } from '../../runtime/cri.ts';
import { isSidecar } from '../../api/pod-resources.ts';
import { shouldRestart } from '../restart-policy.ts';
import { newestOf, type RuntimePod } from '../runtime-pod.ts';
import { hasChanged, type Kill, type ProbeVerdicts } from './kill-reason.ts';

/** What initialization asks for. */
export interface InitActions {
  /** Whether every init container has done its part, so that regular containers may start. */
  readonly isDone: boolean;
  /** An init container failed for good. */
  readonly killPod: boolean;
  /** In the order of the spec. */
  readonly start: readonly Container[];
  readonly kill: readonly Kill[];
}

const FAILED: InitActions = { isDone: false, killPod: true, start: [], kill: [] };

/** Computes what initialization asks for. It looks from the last init container back, as completed ones may have been removed. */
export function initActions(pod: Pod, runtime: RuntimePod, probes: ProbeVerdicts): InitActions {
  const init = pod.spec.initContainers ?? [];
  if (init.length === 0) return { isDone: true, killPod: false, start: [], kill: [] };
  let isDone = hasRegularContainer(pod, runtime);
  let isPast = isDone;
  const start = new Set<number>();
  const kill: Kill[] = [];
  const proceed = (i: number): void => {
    if (i === init.length - 1) isDone = true;
    else start.add(i + 1);
  };
  for (let i = init.length - 1; i >= 0; i -= 1) {
    const container = init[i];
    if (!container) continue;
    const status = newestOf(runtime, container.name);
    if (!status) {
      if (isPast && isSidecar(container)) start.add(i);
      continue;
    }
    if (isPast && !isSidecar(container)) continue;
    if (status.state === 'created') start.add(i);
    else if (status.state === 'running') {
      const verdict = runningSidecar(container, status, probes);
      if (verdict.kill) {
        kill.push(verdict.kill);
        start.add(i);
      }
      if (verdict.hasStarted && !isPast) proceed(i);
    } else if (isSidecar(container)) start.add(i);
    else if (hasFailed(status)) {
      if (!shouldRestart(container, pod, status.exitCode === 0 ? 137 : (status.exitCode ?? 0))) return FAILED;
      start.add(i);
    } else proceed(i);
    isPast = true;
  }
  if (!isPast) start.add(0);
  return { isDone, killPod: false, start: [...start].sort((a, b) => a - b).flatMap((i) => init[i] ?? []), kill };
}

/** Whether a regular container stands in this sandbox: then initialization lies behind. */
const hasRegularContainer = (pod: Pod, runtime: RuntimePod): boolean =>
  pod.spec.containers.some((each) => {
    const status = newestOf(runtime, each.name);
    // One that has ended counts only where it belongs to the sandbox that stands, not to one before it.
    return status !== undefined && (status.state !== 'exited' || status.sandboxId === runtime.sandboxes[0]?.id);
  });

const hasFailed = (status: RuntimeContainer): boolean => status.exitCode !== 0 || status.reason === 'OOMKilled';

interface SidecarVerdict {
  readonly hasStarted: boolean;
  readonly kill?: Kill;
}

/** Of an init container that runs: whether those after it may start, and whether it must go. */
function runningSidecar(container: Container, status: RuntimeContainer, probes: ProbeVerdicts): SidecarVerdict {
  if (!isSidecar(container)) return { hasStarted: false };
  const killed = (why: string, reason: Kill['reason']): Kill => ({
    container: status,
    message: `Init container ${container.name} ${why}`,
    reason,
  });
  if (hasChanged(container, status)) return { hasStarted: false, kill: killed('definition changed', 'other') };
  if (container.startupProbe) {
    const startup = probes.startup(status.id);
    if (startup === 'failure') return { hasStarted: false, kill: killed('failed startup probe', 'startup') };
    if (startup !== 'success') return { hasStarted: false };
  }
  if (container.livenessProbe && probes.liveness(status.id) === 'failure') {
    return { hasStarted: true, kill: killed('failed liveness probe', 'liveness') };
  }
  return { hasStarted: true };
}
