// Connections: those that a container's programs make, and those that come to the programs that listen.
import { assert } from '../../base/assert.ts';
import type { RecordId } from '../../engine/records.ts';
import type { HttpRequest, HttpResponse, NetAnswerMessage, NetDialMessage } from '../messages.ts';
import { NETWORK } from '../names.ts';
import { note } from '../notes.ts';
import { type Container, type Dialled, type NetworkSpace, podKey, type RuntimeNode, type Sandbox } from './node.ts';

/** Whether an address is the machine's own loopback device. */
export const isLoopback = (ip: string): boolean => ip.startsWith('127.') || ip === '::1' || ip === '0.0.0.0';
/** Over the loopback device. */
const LOOPBACK_MS = 1;

/** A program dials: within its own network namespace over the loopback device, elsewhere as its keeper has it. */
export function dialFrom(node: RuntimeNode, container: Container, id: number, ip: string, port: number, http: HttpRequest | undefined) {
  const { sandbox } = container;
  const finish = (answer: Dialled) => {
    if (container.state !== 'running') return;
    container.machine?.dialled(id, answer);
    container.machine?.step();
  };
  if (!isLoopback(ip) && ip !== sandbox.ip) return node.keeper.dial(node, container, { ip, port, http }, finish);
  node.later(LOOPBACK_MS, () => {
    const { network } = sandbox;
    noteConnection(node, container, network, { ip, port });
    connectTo(node, network, port, isLoopback(ip) ? '127.0.0.1' : sandbox.ip, http, finish);
  });
}

/** Notes that a program has found somebody, or nobody, at a port within reach. */
export function noteConnection(
  node: RuntimeNode,
  from: Container,
  network: NetworkSpace,
  { ip, port }: { readonly ip: string; readonly port: number },
) {
  const { keeper } = node;
  const found = network.ports.get(port);
  const server = found?.machine ? keeper.rowKey(node, found) : null;
  const outcome = server === null ? 'refused' : 'connected';
  const data = { from: keeper.rowKey(node, from), to: `${ip}:${port}`, server, outcome } as const;
  node.context().because(note(node.context(), 'connection', keeper.subject(from.sandbox), data, 'all'));
}

/** A program asks for the address of a name. */
export function resolveFrom(node: RuntimeNode, container: Container, id: number, name: string) {
  node.keeper.resolve(node, container, name, (ip) => {
    if (container.state !== 'running') return;
    container.machine?.resolved(id, ip);
    container.machine?.step();
  });
}

/** The full names to try, in order. Models resolv.conf(5): `search` and `ndots`. No name server of the cluster: nothing can be found. */
export function candidates(resolvConf: string, name: string): readonly string[] {
  const search = (/^search\s+(.*)$/m.exec(resolvConf)?.[1] ?? '').split(/\s+/).filter((domain) => domain !== '');
  const ndots = Number(/^options\s.*\bndots:(\d+)/m.exec(resolvConf)?.[1] ?? 1);
  if (name.endsWith('.')) return [name.slice(0, -1)];
  const inDomains = search.map((domain) => `${name}.${domain}`);
  return name.split('.').length - 1 >= ndots ? [name, ...inDomains] : [...inDomains, name];
}

/** The network has answered a dial of this node's containers. */
export function dialAnswered(node: RuntimeNode, answer: NetAnswerMessage) {
  const asked = node.outgoing;
  const finish = asked.dials.get(answer.id);
  asked.dials.delete(answer.id);
  finish?.(answer);
}

/** The network has answered a look-up of this node's containers. */
export function nameAnswered(node: RuntimeNode, id: number, ip: string | undefined) {
  const asked = node.outgoing;
  const finish = asked.names.get(id);
  asked.names.delete(id);
  finish?.(ip);
}

/** Where a dial to an address of this node leads: a Pod's own network, or the node's, with its host ports. */
export function networkAt(
  node: RuntimeNode,
  ip: string,
  port: number,
): { readonly network: NetworkSpace; readonly port: number } | undefined {
  if (ip !== node.options.hostIp && !isLoopback(ip)) {
    const sandbox = [...node.sandboxes.values()].find((one) => one.ip === ip && !one.hostNetwork && !one.isTornDown);
    return sandbox && { network: sandbox.network, port };
  }
  for (const sandbox of node.sandboxes.values()) {
    const mapped = sandbox.isTornDown ? undefined : sandbox.hostPorts.find((one) => one.hostPort === port && one.protocol !== 'UDP');
    if (mapped && !sandbox.hostNetwork) return { network: sandbox.network, port: mapped.containerPort };
  }
  return { network: node.hostNetwork, port };
}

/** A connection comes to a network namespace: to whoever listens there. `silent`: it is taken, but its program hangs. */
export function connectTo(
  node: RuntimeNode,
  network: NetworkSpace,
  port: number,
  from: string,
  http: HttpRequest | undefined,
  finish: (answer: Dialled) => void,
  silent: (cause: RecordId) => void = () => {},
) {
  const container = network.ports.get(port);
  const { machine } = container ?? {};
  if (!container || !machine) return finish({ outcome: 'refused' });
  // TCP is answered by the kernel, however its program fares.
  if (!http) {
    connect(node, container, port, from, undefined, () => {});
    return finish({ outcome: 'connected' });
  }
  if (container.app === 'failing') {
    // It answers so because of what made it fail, whoever asks.
    node.context().because(container.appCause);
    return finish({ outcome: 'connected', response: { status: 500, headers: {}, body: 'Internal Server Error\n' } });
  }
  if (container.app === 'hung') silent(container.appCause);
  connect(node, container, port, from, http, (response) => finish(response ? { outcome: 'connected', response } : { outcome: 'reset' }));
}

function connect(
  node: RuntimeNode,
  container: Container,
  port: number,
  from: string,
  http: HttpRequest | undefined,
  done: (response: HttpResponse | undefined) => void,
) {
  const { machine } = container;
  assert(machine, 'who listens runs');
  const asked = node.outgoing;
  asked.lastId += 1;
  const connection = asked.lastId;
  if (http) container.open.set(connection, done);
  const taken = machine.connect(port, connection, from, http, (response) => {
    if (!container.open.delete(connection)) return;
    done(response);
  });
  if (!taken && container.open.delete(connection)) done(undefined);
  machine.step();
}

/** Handles a dial that the network has brought to this node. */
export function dialled(node: RuntimeNode, message: NetDialMessage) {
  const found = networkAt(node, message.ip, message.port);
  const sandbox = [...node.sandboxes.values()].find((one) => one.ip === message.ip && !one.hostNetwork) satisfies Sandbox | undefined;
  const subject = sandbox ? podKey(sandbox) : `/registry/minions/${node.options.node}`;
  const answer = (result: Dialled) => {
    const context = node.context();
    const body: NetAnswerMessage = { type: 'net-answer', id: message.id, ...result };
    const label = result.response ? String(result.response.status) : result.outcome;
    const to = `${message.ip}:${message.port}`;
    const served = note(context, 'packet-served', subject, { from: message.sourceIp, to, outcome: label }, 'api');
    context.because(served);
    context.send(NETWORK, body, { latencyMs: 1, kind: 'packet', level: 'api', label, subject });
  };
  const silent = (cause: RecordId) => {
    const context = node.context();
    const before = context.cause;
    context.because(cause);
    context.signal(NETWORK, { type: 'net-silence', id: message.id });
    context.because(before);
  };
  // Nobody answers for an address that no Pod has: the neighbour is not found, after the kernel's three tries.
  if (!found) node.later(NEIGHBOUR_MS, () => answer({ outcome: 'unreachable' }));
  else connectTo(node, found.network, found.port, message.sourceIp, message.http, answer, silent);
}

const NEIGHBOUR_MS = 3000;
