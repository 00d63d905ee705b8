// What `kubectl get pods` says of a Pod in READY, STATUS and RESTARTS.
import { humanDuration } from '../../api/human-duration.ts';
import type { Container, ContainerStateTerminated, ContainerStatus, Pod } from '../../api/types.ts';

/** The three columns as values. `lastRestartAt`: milliseconds since 1970 of the last restart, where a container has restarted. */
export interface PodColumns {
  readonly ready: number;
  readonly total: number;
  readonly status: string;
  readonly restarts: number;
  readonly lastRestartAt?: number;
}

/** Reads a Pod's READY, STATUS and RESTARTS. Models pkg/printers/internalversion/printers.go printPod. */
export function podStatus(pod: Pod): PodColumns {
  const init = readInitContainers(pod);
  const conditions = pod.status.conditions ?? [];
  let reason = init.reason ?? basicReason(pod);
  let { ready, restarts, lastRestartAt } = init;
  if (!init.initializing || conditions.some((condition) => condition.type === 'Initialized' && condition.status === 'True')) {
    const regular = readContainers(pod, reason);
    reason = regular.reason;
    ready += regular.ready;
    restarts = init.sidecarRestarts + regular.restarts;
    lastRestartAt = latest(init.sidecarRestartAt, regular.lastRestartAt);
  }
  const total = pod.spec.containers.length + (pod.spec.initContainers ?? []).filter(isSidecar).length;
  const columns = { ready, total, status: withDeletion(pod, reason), restarts };
  return lastRestartAt === undefined ? columns : { ...columns, lastRestartAt };
}

/** The RESTARTS column: `3 (20s ago)`. */
export function restartsText(columns: PodColumns, nowMs: number): string {
  if (columns.restarts === 0 || columns.lastRestartAt === undefined) return String(columns.restarts);
  return `${columns.restarts} (${humanDuration(nowMs - columns.lastRestartAt)} ago)`;
}

const isSidecar = (container: Container): boolean => container.restartPolicy === 'Always';

function basicReason(pod: Pod): string {
  const gated = (pod.status.conditions ?? []).some((c) => c.type === 'PodScheduled' && c.reason === 'SchedulingGated');
  return gated ? 'SchedulingGated' : pod.status.reason || (pod.status.phase ?? '');
}

interface InitRead {
  readonly reason?: string;
  readonly initializing: boolean;
  readonly ready: number;
  readonly restarts: number;
  readonly lastRestartAt: number | undefined;
  readonly sidecarRestarts: number;
  readonly sidecarRestartAt: number | undefined;
}

/** Walks the init containers up to the first that is not done. */
function readInitContainers(pod: Pod): InitRead {
  const sidecars = new Set((pod.spec.initContainers ?? []).filter(isSidecar).map((container) => container.name));
  let [ready, restarts, sidecarRestarts] = [0, 0, 0];
  let lastRestartAt: number | undefined;
  let sidecarRestartAt: number | undefined;
  const statuses = pod.status.initContainerStatuses ?? [];
  for (const [index, status] of statuses.entries()) {
    restarts += status.restartCount;
    lastRestartAt = latest(lastRestartAt, finishedAt(status));
    if (sidecars.has(status.name)) {
      sidecarRestarts += status.restartCount;
      sidecarRestartAt = latest(sidecarRestartAt, finishedAt(status));
    }
    const terminated = status.state?.terminated;
    if (terminated?.exitCode === 0) continue;
    if (sidecars.has(status.name) && status.started) {
      if (status.ready) ready += 1;
      continue;
    }
    const reason = initReason(status, index, (pod.spec.initContainers ?? []).length);
    return { reason, initializing: true, ready, restarts, lastRestartAt, sidecarRestarts, sidecarRestartAt };
  }
  return { initializing: false, ready, restarts, lastRestartAt, sidecarRestarts, sidecarRestartAt };
}

function initReason(status: ContainerStatus, index: number, count: number): string {
  const { terminated, waiting } = status.state ?? {};
  if (terminated) return `Init:${endReason(terminated)}`;
  if (waiting?.reason && waiting.reason !== 'PodInitializing') return `Init:${waiting.reason}`;
  return `Init:${index}/${count}`;
}

const endReason = (terminated: ContainerStateTerminated): string =>
  terminated.reason || (terminated.signal ? `Signal:${terminated.signal}` : `ExitCode:${terminated.exitCode}`);

/** Walks the containers from the last to the first, so that the first one's reason is the one that stays. */
function readContainers(pod: Pod, before: string) {
  let [reason, errorReason, ready, restarts, hasRunning] = [before, '', 0, 0, false];
  let lastRestartAt: number | undefined;
  for (const status of (pod.status.containerStatuses ?? []).toReversed()) {
    restarts += status.restartCount;
    lastRestartAt = latest(lastRestartAt, finishedAt(status));
    const { waiting, terminated, running } = status.state ?? {};
    if (waiting?.reason) reason = waiting.reason;
    else if (terminated) {
      reason = endReason(terminated);
      if (terminated.exitCode !== 0) errorReason = reason;
    } else if (status.ready && running) {
      hasRunning = true;
      ready += 1;
    }
  }
  if (reason === 'Completed') {
    const isReady = (pod.status.conditions ?? []).some((condition) => condition.type === 'Ready' && condition.status === 'True');
    if (hasRunning && isReady) reason = 'Running';
    else if (errorReason !== '') reason = errorReason;
    else if (hasRunning) reason = 'NotReady';
  }
  return { reason, ready, restarts, lastRestartAt };
}

function withDeletion(pod: Pod, reason: string): string {
  if (pod.metadata.deletionTimestamp === undefined) return reason;
  if (pod.status.reason === 'NodeLost') return 'Unknown';
  return pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed' ? reason : 'Terminating';
}

function finishedAt(status: ContainerStatus): number | undefined {
  const at = status.lastState?.terminated?.finishedAt;
  return at === undefined || at === null ? undefined : Date.parse(at);
}

function latest(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined) return b;
  return b === undefined || b < a ? a : b;
}
