// Images: whether to pull, one pull at a time, and waiting longer after each failure. Models pkg/kubelet/images/image_manager.go.
import type { RecordId } from '../../engine/records.ts';
import { formatDuration } from '../../base/durations.ts';
import type { Pod } from '../api/types.ts';
import { note } from '../notes.ts';
import type { ImageStatus } from '../runtime/cri.ts';
import { type Backoff, createBackoff } from './backoff.ts';
import type { Host } from './host.ts';
import { imageNameProblem } from './image-name.ts';
import { ofContainer } from './notes-of.ts';
import { type ContainerIn, keyOf, uidOf } from './pods.ts';
import type { Recorder } from './recorder.ts';
import type { StartFailure } from './status/container-statuses.ts';
import { type Task, wait } from './tasks.ts';

/** The images of a node, as its kubelet sees to them. */
export interface ImageManager {
  /** Makes sure that a container's image is on the node; answers it, or why it is not. */
  ensure(pod: Pod, of: ContainerIn): Task<ImageStatus | StartFailure>;
  reset(): void;
}

const INITIAL_MS = 10_000;
const MAXIMUM_MS = 300_000;

/** An image manager that has pulled nothing; `pulled` is told of each image that it brings to the node. */
export function createImageManager(host: Host, events: Recorder, pulled: (image: string, status: ImageStatus) => void): ImageManager {
  const newBackoff = (): Backoff => createBackoff(INITIAL_MS, MAXIMUM_MS, 2 * MAXIMUM_MS);
  let backoff = newBackoff();
  const lastErrors = new Map<string, string>();
  const told = new Set<string>();
  /** What told of the last failure of each pull. */
  const failures = new Map<string, RecordId>();
  // serializeImagePulls: whoever is first in this queue pulls.
  let queue: (() => void)[] = [];

  function* pull(pod: Pod, of: ContainerIn, image: string, key: string): Task<ImageStatus | StartFailure> {
    const subject = keyOf(pod);
    const data = { ...ofContainer(host.node, pod, of), image };
    events.pod(pod, 'Normal', 'Pulling', `Pulling image "${image}"`, of);
    host.context.because(note(host.context, 'image-pulling', subject, data, 'story'));
    const askedAt = host.at;
    yield* wait<void>((resume) => {
      const turn = (): void => resume();
      queue.push(turn);
      if (queue[0] === turn) turn();
      return () => leave(turn);
    });
    const startedAt = host.at;
    const answer = yield* host.cri({ call: 'PullImage', image, podUid: uidOf(pod) }, subject);
    queue.shift();
    queue[0]?.();
    if ('error' in answer) {
      const { message } = answer.error;
      events.pod(pod, 'Warning', 'Failed', `Failed to pull image "${image}": ${message}`, of);
      const failed = note(host.context, 'image-failed', subject, { ...data, message }, 'story');
      host.context.because(failed);
      failures.set(key, failed);
      backoff.next(key, host.at, host.at);
      const failure = pullFailure(image, message);
      lastErrors.set(key, `${failure.reason}: ${failure.message}`);
      return failure;
    }
    const status = answer.ok.image ?? (yield* inspect(image, subject));
    if ('id' in status) pulled(image, status);
    const tookMs = host.at - startedAt;
    const took = formatDuration(tookMs);
    const whole = formatDuration(host.at - askedAt);
    const size = 'id' in status ? status.sizeBytes : 0;
    events.pod(
      pod,
      'Normal',
      'Pulled',
      `Successfully pulled image "${image}" in ${took} (${whole} including waiting). Image size: ${size} bytes.`,
      of,
    );
    host.context.because(note(host.context, 'image-pulled', subject, { ...data, tookMs, present: false }, 'story'));
    return status;
  }
  const leave = (turn: () => void): void => {
    const wasFirst = queue[0] === turn;
    queue = queue.filter((each) => each !== turn);
    if (wasFirst) queue[0]?.();
  };
  function* inspect(image: string, subject: string): Task<ImageStatus | StartFailure> {
    const answer = yield* host.cri({ call: 'ImageStatus', image }, subject);
    if ('error' in answer) return { reason: 'ImageInspectError', message: `Failed to inspect image "${image}": ${answer.error.message}` };
    return answer.ok.image ?? { id: '', sizeBytes: 0, user: '', present: false };
  }
  return {
    *ensure(pod, of) {
      const image = of.container.image ?? '';
      const policy = of.container.imagePullPolicy ?? 'IfNotPresent';
      const subject = keyOf(pod);
      const data = { ...ofContainer(host.node, pod, of), image };
      const problem = imageNameProblem(image);
      if (problem !== undefined) {
        const message = `Failed to apply default image tag "${image}": couldn't parse image name "${image}": ${problem}`;
        events.pod(pod, 'Warning', 'InspectFailed', message, of);
        return { reason: 'InvalidImageName', message };
      }
      const status = yield* inspect(image, subject);
      if ('reason' in status) {
        events.pod(pod, 'Warning', 'InspectFailed', status.message, of);
        return status;
      }
      if (policy !== 'Always' && status.present) {
        events.pod(pod, 'Normal', 'Pulled', `Container image "${image}" already present on machine and can be accessed by the pod`, of);
        note(host.context, 'image-pulled', subject, { ...data, tookMs: 0, present: true }, 'api');
        return status;
      }
      if (policy === 'Never') {
        const message = `Container image "${image}" is not present with pull policy of Never`;
        events.pod(pod, 'Warning', 'ErrImageNeverPull', message, of);
        return { reason: 'ErrImageNeverPull', message };
      }
      const key = `${uidOf(pod)}_${image}`;
      if (backoff.isWithinSinceUpdate(key, host.at)) {
        const message = `Back-off pulling image "${image}"`;
        events.pod(pod, 'Normal', 'BackOff', message, of);
        host.context.because(failures.get(key) ?? host.context.cause);
        // The same wait is told once, however often the kubelet looks.
        const level = told.has(key) ? 'all' : 'story';
        host.context.because(note(host.context, 'image-backoff', subject, { ...data, delayMs: backoff.get(key) }, level));
        told.add(key);
        return { reason: 'ImagePullBackOff', message: `${message}: ${lastErrors.get(key) ?? ''}` };
      }
      lastErrors.delete(key);
      told.delete(key);
      return yield* pull(pod, of, image, key);
    },
    reset() {
      backoff = newBackoff();
      lastErrors.clear();
      failures.clear();
      queue = [];
    },
  };
}

/** Two kinds of failure have a reason of their own. Models evalCRIPullErr. */
function pullFailure(image: string, message: string): StartFailure {
  const text = message.replace(/^rpc error: code = \w+ desc = /, '');
  if (text.startsWith('RegistryUnavailable')) {
    const rest = text.slice('RegistryUnavailable'.length);
    return { reason: 'RegistryUnavailable', message: `image pull failed for ${image} because the registry is unavailable${rest}` };
  }
  if (text.startsWith('SignatureValidationFailed')) {
    const rest = text.slice('SignatureValidationFailed'.length);
    return {
      reason: 'SignatureValidationFailed',
      message: `image pull failed for ${image} because the signature validation failed${rest}`,
    };
  }
  return { reason: 'ErrImagePull', message };
}
