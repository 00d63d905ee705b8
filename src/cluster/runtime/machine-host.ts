// What a container's machine is given: time, chance, its Pod's network, and somewhere to write.
import type { Signal } from './process/program.ts';
import type { MachineHost } from './process/machine-interface.ts';
import { checkMemory, outOfMemory } from './kills.ts';
import { dialFrom, resolveFrom } from './dials.ts';
import { type Container, FIRST_SESSION, type RuntimeNode } from './node.ts';

/** A container's machine host; `ended` is told of the end of process 1. */
export function createMachineHost(
  node: RuntimeNode,
  container: Container,
  ended: (exitCode: number, signal: Signal | undefined) => void,
): MachineHost {
  const { sandbox } = container;
  return {
    at: () => node.context().at,
    epochMs: node.options.startAtMs,
    random: (purpose) => node.context().random(purpose, container.id),
    wakeAt(at) {
      if (container.wakes.has(at)) return;
      container.wakes.add(at);
      node.later(at - node.context().at, () => {
        container.wakes.delete(at);
        if (container.state === 'running') container.machine?.step();
      });
    },
    output(session, fd, text) {
      if (session === FIRST_SESSION) writeLog(node, container, text, fd);
      else container.sessions.get(session)?.output(fd, text);
    },
    ended(session, exitCode, signal) {
      if (session === FIRST_SESSION) return ended(exitCode, signal);
      const handler = container.sessions.get(session);
      container.sessions.delete(session);
      handler?.ended(exitCode);
    },
    listen(port) {
      if (sandbox.network.ports.has(port)) return false;
      sandbox.network.ports.set(port, container);
      node.dirty.add(container);
      return true;
    },
    unlisten(port) {
      if (sandbox.network.ports.get(port) === container) sandbox.network.ports.delete(port);
      node.dirty.add(container);
    },
    dial: (id, ip, port, http) => dialFrom(node, container, id, ip, port, http),
    resolve: (id, name) => resolveFrom(node, container, id, name),
    ask: (id) => container.machine?.answered(id, undefined),
    changed() {
      node.dirty.add(container);
      if (container.extraBytes > 0) checkMemory(node, container);
    },
    busy() {
      node.keeper.busy(node, container);
    },
    outOfMemory() {
      outOfMemory(node, container, 'limit');
    },
    reset(connection) {
      const answer = container.open.get(connection);
      container.open.delete(connection);
      answer?.(undefined);
    },
  };
}

function writeLog(node: RuntimeNode, container: Container, text: string, fd: 1 | 2) {
  container.log.append(node.context().at, text);
  container.pendingLog += text;
  node.dirty.add(container);
  for (const follow of container.onLog) follow(text, fd);
}
