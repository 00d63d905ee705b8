// Sandboxes: the pause container with the Pod's namespaces and its address.
import { note } from '../notes.ts';
import type { CriCall } from './cri.ts';
import { type Reply, removeContainer } from './containers.ts';
import { killContainer } from './kills.ts';
import { newId, podKey, type RuntimeNode, type Sandbox, writeSandbox } from './node.ts';
import { createPidSpace, NODE_PROCESSES, PAUSE } from './pid-space.ts';
import { hostsFile, removeVolumes } from './root-files.ts';

/** Of a Pod in the node's process namespace. */
const FIRST_HOST_PID = 2000;

/** What a sandbox is made from. */
export type SandboxConfig = Omit<Extract<CriCall, { call: 'RunPodSandbox' }>, 'call'>;

/** The network namespace, the pause container and the CNI plugins, together. */
const RUN_MS = 125;
const STOP_MS = 75;

/** Handles RunPodSandbox. */
export function runSandbox(node: RuntimeNode, config: SandboxConfig, reply: Reply) {
  const id = newId(node.context(), 'sandbox', `${config.pod.uid}/${config.attempt}`);
  node.later(node.around(RUN_MS, 15), () => {
    const ip = config.hostNetwork ? node.options.hostIp : node.addresses.take();
    if (ip === undefined) {
      const range = node.options.podCidr;
      const message = `rpc error: code = Unknown desc = failed to setup network for sandbox "${id}": plugin type="bridge" failed (add): failed to allocate for range 0: no IP addresses available in range set: ${range}.1-${range}.254`;
      return reply({ error: { code: 'Unknown', message } });
    }
    const sandbox = addSandbox(node, config, id, ip);
    const { name, namespace } = config.pod;
    const ready = note(
      node.context(),
      'sandbox-ready',
      podKey(sandbox),
      { namespace, pod: name, node: node.options.node, ip, sandbox: id },
      'story',
    );
    node.context().because(ready);
    node.keeper.changed(node, sandbox);
    reply({ ok: { sandboxId: id } });
  });
}

/** Puts a sandbox in place. */
export function addSandbox(node: RuntimeNode, config: SandboxConfig, id: string, ip: string): Sandbox {
  const { hostname, hostNetwork, attempt, resolvConf, hostPorts } = config;
  const sandbox: Sandbox = {
    id,
    pod: config.pod,
    attempt,
    hostname,
    hostNetwork,
    ip,
    createdAt: node.context().at,
    hosts: hostsFile({ ip, hostname, hostNetwork }, config.hostAliases),
    resolvConf,
    hostPorts,
    network: hostNetwork ? node.hostNetwork : { ports: new Map() },
    pids: config.hostPid
      ? createPidSpace(FIRST_HOST_PID, NODE_PROCESSES)
      : config.sharePid
        ? createPidSpace(PAUSE.length + 1, PAUSE)
        : undefined,
    endsWithPause: config.sharePid && !config.hostPid,
    state: 'ready',
    isTornDown: false,
  };
  node.sandboxes.set(id, sandbox);
  writeSandbox(node, sandbox);
  return sandbox;
}

const containersOf = (node: RuntimeNode, sandbox: Sandbox) =>
  [...node.containers.values()].filter((container) => container.sandbox === sandbox);

/** Handles StopPodSandbox: kills what still runs, takes the network down, stops pause. */
export function stopSandbox(node: RuntimeNode, id: string, reply: Reply) {
  const sandbox = node.sandboxes.get(id);
  if (!sandbox || (sandbox.isTornDown && sandbox.state === 'notready')) return reply({ ok: {} });
  for (const container of containersOf(node, sandbox)) killContainer(node, container);
  node.later(node.around(STOP_MS, 20), () => {
    tearDown(node, sandbox);
    endSandbox(node, sandbox);
    reply({ ok: {} });
  });
}

function tearDown(node: RuntimeNode, sandbox: Sandbox) {
  if (!sandbox.isTornDown && !sandbox.hostNetwork) node.addresses.release(sandbox.ip);
  sandbox.isTornDown = true;
}

/** pause has ended: the sandbox is no longer ready. Its network stays until it is torn down. */
export function endSandbox(node: RuntimeNode, sandbox: Sandbox) {
  if (sandbox.state === 'notready') return;
  sandbox.state = 'notready';
  // pause was process 1 of the namespace: the kernel kills all that is in it.
  if (sandbox.endsWithPause) for (const container of containersOf(node, sandbox)) killContainer(node, container);
  writeSandbox(node, sandbox);
  const { name, namespace } = sandbox.pod;
  note(node.context(), 'sandbox-stopped', podKey(sandbox), { namespace, pod: name, node: node.options.node, sandbox: sandbox.id }, 'story');
  node.keeper.changed(node, sandbox);
}

/** Handles RemovePodSandbox, with its containers; with a Pod's last sandbox its volumes go. */
export function removeSandbox(node: RuntimeNode, id: string, reply: Reply) {
  const sandbox = node.sandboxes.get(id);
  if (!sandbox) return reply({ ok: {} });
  for (const container of containersOf(node, sandbox)) removeContainer(node, container);
  tearDown(node, sandbox);
  endSandbox(node, sandbox);
  node.sandboxes.delete(id);
  writeSandbox(node, sandbox);
  const { uid } = sandbox.pod;
  if (![...node.sandboxes.values()].some((other) => other.pod.uid === uid)) {
    removeVolumes(node, uid);
  }
  reply({ ok: {} });
}
