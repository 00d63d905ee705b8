// Containers of a Docker Engine: started, stopped, killed, removed. Models moby daemon/{start,stop,kill,delete}.go.
import { removeContainer, runProcess, stopContainer } from '../runtime/containers.ts';
import { killContainer } from '../runtime/kills.ts';
import { newId } from '../runtime/node.ts';
import { signalOf } from '../runtime/signals.ts';
import type { DockerContainer, DockerEngine } from './engine.ts';
import { badRequest, conflict, type DockerRefusal, internal } from './refusal.ts';

/** Network, cgroup and process 1, together. */
const START_MS = 240;
const START_SPREAD_MS = 40;

/** Starts a container that has been made; `done` is told why it could not. */
export function start(engine: DockerEngine, one: DockerContainer, done: (refusal: DockerRefusal | undefined) => void) {
  const { node } = engine;
  const { container } = one;
  if (container.state === 'running') return done(undefined);
  node.later(node.around(START_MS, START_SPREAD_MS), () => {
    const taken = one.published.find(({ hostPort }) => isPublished(engine, hostPort, one));
    if (taken) {
      const endpoint = newId(node.context(), 'docker-endpoint', container.id);
      return done(
        internal(
          `failed to set up container networking: driver failed programming external connectivity on endpoint ${one.name} (${endpoint}): Bind for 0.0.0.0:${taken.hostPort} failed: port is already allocated`,
        ),
      );
    }
    const message = runProcess(node, container);
    if (message === undefined) return done(undefined);
    tearDown(engine, one);
    done(badRequest(`${message.replace('failed to create containerd task', 'failed to create task for container')}: unknown`));
  });
}

/** Whether another running container has this port of the laptop. */
function isPublished({ containers }: DockerEngine, hostPort: number, but: DockerContainer): boolean {
  return [...containers.values()].some(
    (one) => one !== but && one.container.state === 'running' && one.published.some((port) => port.hostPort === hostPort),
  );
}

function tearDown({ node }: DockerEngine, { container, namespaces }: DockerContainer): void {
  const { sandbox } = container;
  if (!sandbox.isTornDown && namespaces.net === container.id && sandbox.ip !== '') node.addresses.release(sandbox.ip);
  sandbox.isTornDown = true;
}

/** The image's stop signal, and KILL when the time is up. */
export function stop({ node }: DockerEngine, { container }: DockerContainer, timeoutMs: number, done: () => void): void {
  stopContainer(node, container, timeoutMs, done);
}

/** Sends a signal to process 1: a name with or without SIG, or a number. */
export function kill({ node }: DockerEngine, one: DockerContainer, signal: string) {
  const { container } = one;
  if (container.state !== 'running') throw conflict(`cannot kill container: ${one.name}: container ${container.id} is not running`);
  const name = /^\d+$/.test(signal) ? signalOf(Number(signal)) : signal.toUpperCase().replace(/^SIG/, '');
  if (name === 'KILL') return killContainer(node, container);
  container.machine?.signal(container.pid, name);
  container.machine?.step();
}

/** Removes a container: one that runs only by force. */
export function remove(engine: DockerEngine, one: DockerContainer, isForced: boolean, done: () => void) {
  const { node } = engine;
  const { container } = one;
  const forget = (): void => {
    tearDown(engine, one);
    removeContainer(node, container);
    engine.containers.delete(container.id);
    node.sandboxes.delete(container.id);
    done();
  };
  if (container.state !== 'running') return forget();
  if (!isForced) {
    throw conflict(`cannot remove container "${one.name}": container is running: stop the container before removing or force remove`);
  }
  container.onEnd.add(forget);
  killContainer(node, container);
}
