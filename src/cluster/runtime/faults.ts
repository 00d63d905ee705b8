// What breaks on a node: containers and sandboxes that are killed, memory that grows, programs that hang, a node that goes down.
import { unitValue } from '../api/quantity.ts';
import type { FaultMessage } from '../messages.ts';
import { checkMemory } from './kills.ts';
import { type Container, FIRST_SESSION, memoryOf, type RuntimeNode, type Sandbox, writeSandbox } from './node.ts';
import { endSandbox } from './sandboxes.ts';
import { signalOf } from './signals.ts';

/** Strikes a node's runtime; a fault of a Pod that is not here does nothing. */
export function strike(node: RuntimeNode, fault: FaultMessage) {
  if (fault.kind === 'registry-down' || fault.kind === 'registry-up') {
    node.isRegistryDown = fault.kind === 'registry-down';
    node.registryCause = node.context().cause;
    return;
  }
  if (fault.kind === 'kubelet-down' || fault.kind === 'kubelet-up') return kubeletTurned(node, fault.kind === 'kubelet-up');
  if (fault.kind === 'kill-sandbox') {
    for (const sandbox of sandboxesOf(node, fault.pod)) if (sandbox.state === 'ready') endSandbox(node, sandbox);
    return;
  }
  for (const container of containersOf(node, fault)) strikeContainer(node, container, fault);
}

/** Its process is one of the node's: whoever looks there sees whether it runs. */
export function kubeletTurned(node: RuntimeNode, runs: boolean) {
  const { at } = node.context();
  if (!runs) node.kubeletStoppedAt ??= at;
  else if (node.kubeletStoppedAt !== undefined) {
    node.kubeletStoppedAt = undefined;
    node.kubeletStartedAt = at;
  }
}

function strikeContainer(node: RuntimeNode, container: Container, fault: FaultMessage) {
  switch (fault.kind) {
    case 'kill-container':
      container.machine?.signal(container.pid, fault.signal === undefined ? 'KILL' : signalOf(fault.signal));
      container.machine?.step();
      return;
    case 'memory':
      container.extraBytes = Math.max(0, unitValue(fault.to ?? '0') - (memoryOf(container) - container.extraBytes));
      node.dirty.add(container);
      checkMemory(node, container);
      return;
    case 'app-hang':
      return setApp(node, container, 'hung');
    case 'app-fail':
      return setApp(node, container, 'failing');
    case 'app-heal':
      return setApp(node, container, 'well');
    default:
  }
}

function setApp(node: RuntimeNode, container: Container, app: Container['app']) {
  container.app = app;
  container.appCause = node.context().cause;
  container.machine?.hang(FIRST_SESSION, app === 'hung');
  container.machine?.step();
  node.dirty.add(container);
}

function sandboxesOf(node: RuntimeNode, pod: string | undefined): readonly Sandbox[] {
  const [first = '', second] = (pod ?? '').split('/');
  const [namespace, name] = second === undefined ? ['default', first] : [first, second];
  return [...node.sandboxes.values()].filter(({ pod: of }) => of.name === name && of.namespace === namespace);
}

function containersOf(node: RuntimeNode, fault: FaultMessage): readonly Container[] {
  const sandboxes = sandboxesOf(node, fault.pod);
  return [...node.containers.values()].filter(
    ({ sandbox, config, state }) =>
      state === 'running' && sandboxes.includes(sandbox) && (fault.container === undefined || config.name === fault.container),
  );
}

/** The power goes: every process has gone, and nothing is told to anybody. containerd finds that out when it comes up again. */
export function powerOff(node: RuntimeNode) {
  for (const container of node.containers.values()) {
    if (container.state !== 'running') continue;
    Object.assign(container, { state: 'exited', finishedAt: node.context().at, exitCode: 255, reason: 'Unknown' });
    for (const [port, owner] of container.sandbox.network.ports) if (owner === container) container.sandbox.network.ports.delete(port);
    container.machine = undefined;
    container.sessions.clear();
    container.open.clear();
    container.wakes.clear();
    container.onEnd.clear();
    container.onLog.clear();
    node.dirty.add(container);
  }
  for (const sandbox of node.sandboxes.values()) {
    if (sandbox.state !== 'ready') continue;
    sandbox.state = 'notready';
    writeSandbox(node, sandbox);
  }
}
