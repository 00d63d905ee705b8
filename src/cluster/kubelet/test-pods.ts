// Pods and what a runtime says of them, for tests.
import type { Container, ContainerStatus, Pod } from '../api/types.ts';
import type { RuntimeContainer, SandboxStatus } from '../runtime/cri.ts';
import type { RuntimePod } from './runtime-pod.ts';

/** A Pod `web` with containers `a`, `b`, ... of nginx, or as given. */
export function pod(spec: Partial<Pod['spec']> = {}, metadata: Partial<Pod['metadata']> = {}): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'default', uid: 'u1', generation: 1, resourceVersion: '1', ...metadata },
    spec: { restartPolicy: 'Always', containers: [container('a')], ...spec },
    status: { phase: 'Pending' },
  };
}

/** A container of nginx. */
export const container = (name: string, more: Partial<Container> = {}): Container => ({ name, image: 'nginx:1.14', ...more });

/** What a container does, as `running`, `exited 1`, `created`. */
export type Doing = 'running' | 'created' | `exited ${number}`;

/** What the runtime says of a container. */
export function said(name: string, doing: Doing, more: Partial<RuntimeContainer> = {}): RuntimeContainer {
  const [state = '', code] = doing.split(' ');
  const exit = code === undefined ? {} : { exitCode: Number(code), reason: code === '0' ? 'Completed' : 'Error', finishedAt: 2000 };
  return {
    id: `${name}-id`,
    sandboxId: 's',
    podUid: 'u1',
    name,
    kind: 'app',
    image: 'nginx:1.14',
    imageId: 'docker.io/library/nginx@sha256:1',
    attempt: 0,
    state: state as RuntimeContainer['state'],
    createdAt: 900,
    ...(state === 'created' ? {} : { startedAt: 1000 }),
    ...exit,
    memoryBytes: 0,
    processes: [],
    ports: [],
    ...more,
  };
}

/** A runtime's picture with one sandbox. */
export function runtime(containers: readonly RuntimeContainer[], sandbox: Partial<SandboxStatus> = {}): RuntimePod {
  const one: SandboxStatus = {
    id: 's',
    podUid: 'u1',
    podName: 'web',
    namespace: 'default',
    attempt: 0,
    state: 'ready',
    ip: '10.244.1.2',
    hostname: 'web',
    createdAt: 500,
    containers,
    ...sandbox,
  };
  return { uid: 'u1', at: 3000, sandboxes: [one], containers, ip: one.ip };
}

/** A status in a state: `running`, `exited 1`, `waiting`, and whether it has a last state. */
export function status(
  name: string,
  doing: Doing | 'waiting' | 'waiting after 1' | 'waiting after 0',
  more: Partial<ContainerStatus> = {},
): ContainerStatus {
  const base = { name, image: 'nginx', imageID: '', ready: false, restartCount: 0, lastState: {} };
  const [state, ...rest] = doing.split(' ');
  if (state === 'running') return { ...base, state: { running: {} }, ready: true, started: true, ...more };
  if (state === 'exited') return { ...base, state: { terminated: { exitCode: Number(rest[0]) } }, ...more };
  const lastState = rest.length > 0 ? { terminated: { exitCode: Number(rest[1]) } } : {};
  return { ...base, state: { waiting: {} }, lastState, ...more };
}
