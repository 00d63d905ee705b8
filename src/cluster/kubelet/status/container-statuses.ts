// The statuses of a Pod's containers from what the runtime says and what failed. Models convertToAPIContainerStatuses of
// pkg/kubelet/kubelet_pods.go.
import type { RecordId } from '../../../engine/records.ts';
import { compareText } from '../../../base/order.ts';
import type { Container, ContainerState, ContainerStatus, Pod, ResourceRequirements } from '../../api/types.ts';
import type { RuntimeContainer } from '../../runtime/cri.ts';
import { timeOf } from '../clock.ts';
import { canonicalImage } from '../image-name.ts';
import { isSidecar } from '../../api/pod-resources.ts';
import { RESTARTING_ALL } from '../restart-all.ts';
import { shouldBeRestarted } from '../restart-policy.ts';
import { newestOf, type RuntimePod } from '../runtime-pod.ts';

/** Why the last try to start a container failed: the waiting reason and its message. */
export interface StartFailure {
  readonly reason: string;
  readonly message: string;
  /** The note that told of it. */
  readonly cause?: RecordId;
}

/** What the statuses are made of. */
export interface StatusSource {
  readonly pod: Pod;
  readonly runtime: RuntimePod;
  readonly startAtMs: number;
  failureOf(container: string): StartFailure | undefined;
  /** The last instance of a container, if it was removed so that all start again. */
  removedOf(container: string): RuntimeContainer | undefined;
  /** The resources that a container has been given, where they are not its spec's. */
  resourcesOf(container: Container): ResourceRequirements;
}

const UNKNOWN_EXIT = 137;

/** Statuses of init containers (in the spec's order), or of regular or ephemeral ones (by name). */
export function containerStatuses(
  source: StatusSource,
  containers: readonly Container[],
  old: readonly ContainerStatus[],
  isInit: boolean,
): ContainerStatus[] {
  const hasInit = (source.pod.spec.initContainers ?? []).length > 0;
  const statuses = containers.map((container) => {
    const before = old.find((each) => each.name === container.name);
    const said = source.runtime.containers.filter((each) => each.name === container.name);
    const [newest, previous] = said;
    const base = newest ? fromRuntime(source, container, newest) : withoutRuntime(source, container, before, hasInit, isInit);
    const removed = source.removedOf(container.name);
    const earlier = previous ?? (newest && removed?.attempt === newest.attempt - 1 ? removed : undefined);
    const last = earlier ? { lastState: stateOf(earlier, source.startAtMs) } : {};
    return waitingWhereItFailed(source, container, { ...base, ...last }, isInit);
  });
  return isInit ? statuses : statuses.sort((a, b) => compareText(a.name, b.name));
}

/** A container that could not be started waits, with the reason. */
function waitingWhereItFailed(source: StatusSource, container: Container, status: ContainerStatus, isInit: boolean): ContainerStatus {
  const { pod, runtime } = source;
  const newest = newestOf(runtime, container.name);
  if (isInit && !isSidecar(container) && newest?.state === 'exited' && newest.exitCode === 0) return status;
  if (!shouldBeRestarted(container, pod, runtime)) return status;
  const failure = source.failureOf(container.name);
  if (!failure) return status;
  const { reason, message } = failure;
  const lastState = status.state?.terminated ? status.state : status.lastState;
  return { ...status, ...(lastState ? { lastState } : {}), state: { waiting: { reason, ...(message === '' ? {} : { message }) } } };
}

/** What is said of a container of which the runtime knows nothing. */
function withoutRuntime(
  source: StatusSource,
  container: Container,
  before: ContainerStatus | undefined,
  hasInit: boolean,
  isInit: boolean,
): ContainerStatus {
  const removed = source.removedOf(container.name);
  if (before && removed)
    return { ...before, state: { waiting: RESTARTING_ALL }, lastState: stateOf(removed, source.startAtMs), restartCount: removed.attempt };
  if (before?.state?.terminated) return before;
  const status: ContainerStatus = {
    name: container.name,
    state: { waiting: { reason: hasInit ? 'PodInitializing' : 'ContainerCreating' } },
    lastState: before?.lastState ?? {},
    ready: false,
    restartCount: before?.restartCount ?? 0,
    image: container.image ?? '',
    imageID: '',
    ...mountsOf(container),
  };
  if (isInit && !isSidecar(container) && hasInitializedBefore(source.pod)) {
    const message = 'Unable to get init container status from container runtime and pod has been initialized, treat it as exited normally';
    return { ...status, state: { terminated: { exitCode: 0, reason: 'Completed', message } } };
  }
  if (!before?.state?.running) return status;
  // It ran when last seen, and is gone: it must have ended, nobody knows how.
  const message = 'The container could not be located when the pod was deleted.  The container used to be Running';
  const terminated = { exitCode: UNKNOWN_EXIT, reason: 'ContainerStatusUnknown', message };
  return { ...status, lastState: { terminated }, restartCount: status.restartCount + (source.pod.metadata.deletionTimestamp ? 0 : 1) };
}

const hasInitializedBefore = (pod: Pod): boolean =>
  pod.status.conditions?.some((each) => each.type === 'Initialized' && each.status === 'True') ?? false;

function fromRuntime(source: StatusSource, container: Container, said: RuntimeContainer): ContainerStatus {
  const resources = source.resourcesOf(container);
  const { runAsUser, runAsGroup } = { ...source.pod.spec.securityContext, ...container.securityContext };
  const uid = runAsUser ?? 0;
  const gid = runAsGroup ?? 0;
  return {
    name: container.name,
    state: stateOf(said, source.startAtMs),
    lastState: {},
    ready: false,
    restartCount: said.attempt,
    image: canonicalImage(said.image),
    imageID: said.imageId,
    containerID: `containerd://${said.id}`,
    ...(resources.requests ? { allocatedResources: resources.requests } : {}),
    resources,
    ...mountsOf(container),
    user: { linux: { uid, gid, supplementalGroups: [gid] } },
  };
}

function mountsOf(container: Container): Pick<ContainerStatus, 'volumeMounts'> {
  const mounts = container.volumeMounts ?? [];
  if (mounts.length === 0) return {};
  return {
    volumeMounts: mounts.map(({ name, mountPath, readOnly }) => ({
      name,
      mountPath,
      ...(readOnly ? { readOnly, recursiveReadOnly: 'Disabled' } : {}),
    })),
  };
}

const EPOCH = '1970-01-01T00:00:00Z';

/** `waiting`, `running` or `terminated`. Models convertContainerStatus. */
export function stateOf(said: RuntimeContainer, startAtMs: number): ContainerState {
  const startedAt = said.startedAt === undefined ? EPOCH : timeOf(startAtMs, said.startedAt);
  if (said.state === 'running') return { running: { startedAt } };
  if (said.state === 'created') return { waiting: {} };
  const message = [said.message, said.terminationMessage].filter((each) => each !== undefined && each !== '').join(': ');
  return {
    terminated: {
      exitCode: said.exitCode ?? 0,
      ...(said.reason ? { reason: said.reason } : {}),
      ...(message === '' ? {} : { message }),
      startedAt,
      finishedAt: said.finishedAt === undefined ? EPOCH : timeOf(startAtMs, said.finishedAt),
      containerID: `containerd://${said.id}`,
    },
  };
}
