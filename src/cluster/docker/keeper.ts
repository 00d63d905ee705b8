// dockerd as the keeper of its containers: notes are about containers, for there are no Pods, and what is outside is the bridge docker0.
import { note } from '../notes.ts';
import { connectTo, networkAt, noteConnection } from '../runtime/dials.ts';
import { containerRow, type Keeper } from '../runtime/node.ts';
import type { DockerEngine } from './engine.ts';
import { rowOf } from './engine.ts';
import { DOCKER_BRIDGE, DOCKER_CONTAINERS } from './row.ts';

/** From one container to another over the bridge. */
const BRIDGE_MS = 1;
/** Until the kernel has given up looking for a neighbour. */
const NEIGHBOUR_MS = 3000;
/** Until the laptop's name server has said that it knows no such name. */
const NAME_MS = 12;

/** A keeper; the engine that it is part of is asked for when something happens. */
export function createDockerKeeper(engine: () => DockerEngine): Keeper {
  const keyOf = (id: string): string => DOCKER_CONTAINERS + id;
  const nameOf = (id: string): string => engine().containers.get(id)?.name ?? id;
  return {
    subject: ({ id }) => keyOf(id),
    started(node, { id, sandbox }) {
      const image = engine().containers.get(id)?.image ?? '';
      return note(node.context(), 'docker-container-started', keyOf(id), { id, container: nameOf(id), image, ip: sandbox.ip }, 'story');
    },
    exited(node, container) {
      const { id, sandbox, exitCode = 0 } = container;
      if (engine().containers.get(id)?.namespaces.net === id && sandbox.ip !== '') node.addresses.release(sandbox.ip);
      sandbox.isTornDown = true;
      return note(node.context(), 'docker-container-exited', keyOf(id), { id, container: nameOf(id), exitCode }, 'story');
    },
    // The exit tells of it: docker keeps no other record.
    outOfMemory() {},
    systemOutOfMemory() {},
    busy() {},
    changed() {},
    rowKey: (_node, { id }) => keyOf(id),
    row(container) {
      const one = engine().containers.get(container.id);
      const row = containerRow(container);
      return one ? rowOf(one, row) : row;
    },
    logKey: (_node, { id }) => `/docker/logs/${id}`,
    dial(node, from, { ip, port, http }, finish) {
      // What is not on the bridge is behind the laptop's own network: no answer ever comes from there.
      if (!ip.startsWith(`${DOCKER_BRIDGE.range}.`)) return;
      const found = networkAt(node, ip, port);
      if (!found) return void node.later(NEIGHBOUR_MS, () => finish({ outcome: 'unreachable' }));
      node.later(BRIDGE_MS, () => {
        noteConnection(node, from, found.network, { ip, port: found.port });
        connectTo(node, found.network, found.port, from.sandbox.ip, http, finish);
      });
    },
    // The default bridge knows no containers' names.
    resolve: (node, _from, _name, finish) => void node.later(NAME_MS, () => finish(undefined)),
  };
}
