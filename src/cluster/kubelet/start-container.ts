// Starting one container: back-off, image, create, start, postStart. Models startContainer and doBackOff of pkg/kubelet/kuberuntime.
import { formatDuration } from '../../base/durations.ts';
import type { Instant, RecordId } from '../../engine/records.ts';
import type { Pod } from '../api/types.ts';
import { note } from '../notes.ts';
import { canonicalImage } from './image-name.ts';
import { containerConfig } from './container-config.ts';
import { runHook } from './hooks.ts';
import { killContainer } from './kill.ts';
import { ofContainer } from './notes-of.ts';
import { containerKey, type Kubelet } from './parts.ts';
import { type ContainerIn, formatPod, keyOf, uidOf } from './pods.ts';
import { newestOf, type RuntimePod } from './runtime-pod.ts';
import type { StartFailure } from './status/container-statuses.ts';
import type { Task } from './tasks.ts';

/** Why a container was not started; `retryAt` where only time stands in the way. */
export interface NotStarted extends StartFailure {
  readonly retryAt?: Instant;
  /** The note that tells of it. */
  readonly cause: RecordId;
}

/** Starts a container; undefined where it runs. */
export function* startContainer(
  kubelet: Kubelet,
  pod: Pod,
  of: ContainerIn,
  runtime: RuntimePod,
  sandboxId: string,
  podIp: string,
): Task<NotStarted | undefined> {
  const { host, failures } = kubelet;
  const key = containerKey(uidOf(pod), of.container.name);
  const waiting = inBackOff(kubelet, pod, of, runtime);
  const failure: NotStarted | StartFailure | undefined = waiting ?? (yield* create(kubelet, pod, of, runtime, sandboxId, podIp));
  if (!failure) {
    failures.delete(key);
    return undefined;
  }
  const data = { ...ofContainer(host.node, pod, of), reason: failure.reason, message: failure.message };
  const cause = waiting?.cause ?? note(host.context, 'container-failed', keyOf(pod), data, 'story');
  failures.set(key, { ...failure, cause });
  return { ...failure, cause };
}

/** The row of a container's back-off: what a figure counts down. */
export const backoffRow = (node: string, podUid: string, container: string): string => `/run/${node}/backoffs/${podUid}/${container}`;

/** Whether a container that ended must wait before its next start. Each start doubles the wait for the one after. */
function inBackOff(kubelet: Kubelet, pod: Pod, of: ContainerIn, runtime: RuntimePod): NotStarted | undefined {
  const { host, crashes, events } = kubelet;
  const { name, image = '' } = of.container;
  const row = backoffRow(host.node, uidOf(pod), name);
  const ended = runtime.containers.find((each) => each.name === name && each.state === 'exited');
  if (!ended) return undefined;
  const endedAt = ended.finishedAt ?? ended.createdAt;
  const key = `${formatPod(pod)}/${name}/${canonicalImage(image)}/${JSON.stringify(of.container.resources ?? {})}`;
  if (!crashes.isWithinSince(key, endedAt, host.at)) {
    crashes.next(key, endedAt, host.at);
    kubelet.waits.delete(row);
    if (kubelet.rows.delete(row)) host.context.write(row, undefined);
    return undefined;
  }
  const delayMs = crashes.get(key);
  const message = `Back-off restarting failed container ${name} in pod ${formatPod(pod)}`;
  events.pod(pod, 'Warning', 'BackOff', message, of);
  const restarts = (newestOf(runtime, name)?.attempt ?? 0) + 1;
  // The same wait is told once, however often the kubelet looks.
  const until = endedAt + delayMs;
  const isNews = kubelet.waits.get(row) !== until;
  const data = { ...ofContainer(host.node, pod, of), delayMs, restarts };
  const cause = note(host.context, 'container-backoff', keyOf(pod), data, isNews ? 'story' : 'all');
  if (isNews) host.context.write(row, { until, delayMs, restarts });
  kubelet.rows.add(row);
  kubelet.waits.set(row, until);
  const waiting = `back-off ${formatDuration(delayMs)} restarting failed container=${name} pod=${formatPod(pod)}`;
  return { reason: 'CrashLoopBackOff', message: waiting, retryAt: until, cause };
}

/** Brings the image, makes the container, starts it, runs its postStart hook. */
function* create(
  kubelet: Kubelet,
  pod: Pod,
  of: ContainerIn,
  runtime: RuntimePod,
  sandboxId: string,
  podIp: string,
): Task<StartFailure | undefined> {
  const { host, events } = kubelet;
  const subject = keyOf(pod);
  const failed = (reason: string, message: string): StartFailure => {
    events.pod(pod, 'Warning', 'Failed', `Error: ${message}`, of);
    return { reason, message };
  };
  const image = yield* kubelet.images.ensure(pod, of);
  if ('reason' in image) {
    events.pod(pod, 'Warning', 'Failed', `Error: ${image.reason}`, of);
    return image;
  }
  const attempt = attemptOf(kubelet, pod, of, runtime);
  const config = yield* containerConfig(kubelet, pod, of, runtime, podIp, image, attempt);
  if ('error' in config) return failed('CreateContainerConfigError', config.error);
  const created = yield* host.cri({ call: 'CreateContainer', sandboxId, config }, subject, of.container.name);
  if ('error' in created) return failed('CreateContainerError', created.error.message);
  const containerId = created.ok.containerId ?? '';
  events.pod(pod, 'Normal', 'Created', 'Container created', of);
  const data = { ...ofContainer(host.node, pod, of), id: containerId, attempt };
  note(host.context, 'container-created', subject, data, 'api');
  const started = yield* host.cri({ call: 'StartContainer', containerId }, subject, of.container.name);
  if ('error' in started) return failed('RunContainerError', started.error.message);
  kubelet.starts.set(containerId, host.context.cause);
  events.pod(pod, 'Normal', 'Started', 'Container started', of);
  const { postStart } = of.container.lifecycle ?? {};
  if (!postStart) return undefined;
  const message = yield* runHook(kubelet, pod, of, containerId, postStart);
  if (message === undefined) return undefined;
  events.pod(pod, 'Warning', 'FailedPostStartHook', 'PostStartHook failed', of);
  const container = { ...emptyContainer(of, containerId, sandboxId, uidOf(pod)), attempt };
  yield* killContainer(kubelet, pod, { container, message: 'FailedPostStartHook', reason: 'hook' });
  return { reason: 'PostStartHookError', message };
}

/** The restart count of the container that comes next. */
function attemptOf(kubelet: Kubelet, pod: Pod, of: ContainerIn, runtime: RuntimePod): number {
  const newest = newestOf(runtime, of.container.name);
  if (newest) return newest.attempt + 1;
  const removed = kubelet.removed.get(containerKey(uidOf(pod), of.container.name));
  if (removed) return removed.attempt + 1;
  // Its last instance was removed from the runtime: the status remembers.
  const status = kubelet.statuses.get(uidOf(pod));
  const known = [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? [])].find(
    (each) => each.name === of.container.name,
  );
  return known?.lastState?.terminated || known?.state?.terminated ? known.restartCount + 1 : 0;
}

/** A container that has just been made, as far as stopping it needs to know. */
const emptyContainer = ({ container, kind }: ContainerIn, id: string, sandboxId: string, podUid: string) => ({
  id,
  sandboxId,
  podUid,
  name: container.name,
  kind,
  image: container.image ?? '',
  imageId: '',
  attempt: 0,
  state: 'running' as const,
  createdAt: 0,
  memoryBytes: 0,
  processes: [],
  ports: [],
});
