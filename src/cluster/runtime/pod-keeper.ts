// A node's kubelet as the keeper of its containers: notes are about Pods, rows are of the node, and what is outside is the Pod network.
import type { NetDialMessage } from '../messages.ts';
import { kubeletOf, latencyBetween, NETWORK } from '../names.ts';
import { note } from '../notes.ts';
import { turnComponent } from './control-plane.ts';
import { candidates } from './dials.ts';
import { containerRow, type Keeper, memoryOf, ofContainer, podKey } from './node.ts';

/** The keeper of every node of a cluster. */
export const POD_KEEPER: Keeper = {
  subject: podKey,
  started(node, container) {
    const data = { ...ofContainer(node, container), id: container.id, attempt: container.config.attempt };
    const started = note(node.context(), 'container-started', podKey(container.sandbox), data, 'story');
    turnComponent(node, container, true);
    return started;
  },
  exited(node, container) {
    const { id, exitCode = 0, reason = '' } = container;
    const data = { ...ofContainer(node, container), id, exitCode, reason };
    const exited = note(node.context(), 'container-exited', podKey(container.sandbox), data, 'story');
    turnComponent(node, container, false);
    return exited;
  },
  outOfMemory(node, container, of) {
    const mostBytes = of === 'limit' ? (container.memoryLimitBytes ?? 0) : node.options.memoryBytes;
    const data = { ...ofContainer(node, container), id: container.id, of, heldBytes: memoryOf(container), mostBytes };
    node.context().because(note(node.context(), 'out-of-memory', podKey(container.sandbox), data, 'story'));
  },
  // The kubelet reads of it in the kernel's log.
  systemOutOfMemory: (node, victim) => void node.context().signal(kubeletOf(node.options.node), { type: 'system-oom', ...victim }),
  busy(node, container) {
    note(node.context(), 'process-busy', podKey(container.sandbox), { ...ofContainer(node, container), id: container.id }, 'api');
  },
  // The kubelet has something to look at, without delay.
  changed: (node, { pod }) => void node.context().signal(kubeletOf(node.options.node), { type: 'runtime-changed', podUid: pod.uid }),
  rowKey: ({ options }, { id }) => `/run/${options.node}/containers/${id}`,
  row: containerRow,
  logKey: ({ options }, { id }) => `/run/${options.node}/logs/${id}`,
  dial(node, { sandbox }, { ip, port, http }, finish) {
    const asked = node.outgoing;
    asked.lastId += 1;
    asked.dials.set(asked.lastId, finish);
    const message: NetDialMessage = { type: 'net-dial', id: asked.lastId, sourceIp: sandbox.ip, ip, port, ...(http && { http }) };
    const label = http ? `${http.method} ${http.path}` : `connect :${port}`;
    const latencyMs = latencyBetween(node.self, NETWORK);
    node.context().send(NETWORK, message, { latencyMs, kind: 'packet', level: 'api', label, subject: podKey(sandbox) });
  },
  resolve(node, { sandbox }, name, finish) {
    const asked = node.outgoing;
    asked.lastId += 1;
    asked.names.set(asked.lastId, finish);
    const message = { type: 'net-resolve', id: asked.lastId, names: candidates(sandbox.resolvConf, name) } as const;
    const sending = { latencyMs: latencyBetween(node.self, NETWORK), kind: 'packet', level: 'all', label: `DNS ${name}` } as const;
    node.context().send(NETWORK, message, { ...sending, subject: podKey(sandbox) });
  },
};
