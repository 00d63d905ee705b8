// The Pod network: brings connections to the node that owns an address, and answers names. Services are addresses with endpoints
// behind them, as kube-proxy and CoreDNS know them from the API server.
import type { ClusterComponent, ClusterContext } from '../component.ts';
import type { ClusterMessage, FaultMessage, NetAnswerMessage, NetDialMessage } from '../messages.ts';
import { latencyBetween, NETWORK, nodeIn, runtimeOf } from '../names.ts';
import { createServices } from './services.ts';

/** A node as the network knows it. */
export interface NetworkNode {
  readonly name: string;
  /** Its own address. */
  readonly ip: string;
  /** The range of its Pods' addresses, without the last part: `10.244.1`. */
  readonly podCidr: string;
}

/** What a network is made of. */
export interface NetworkOptions {
  readonly nodes: readonly NetworkNode[];
}

/** Who asked, and under which number there. */
interface Asker {
  readonly from: string;
  readonly id: number;
}

/** The network between nodes. */
export function createNetwork({ nodes }: NetworkOptions): ClusterComponent {
  const services = createServices();
  const down = new Set<string>();
  const askers = new Map<number, Asker>();
  let lastId = 0;

  const ownerOf = (ip: string, from: string): NetworkNode | undefined => {
    // A kubelet's own loopback address is its node's.
    if (ip.startsWith('127.')) return nodes.find((node) => node.name === nodeIn(from));
    return nodes.find((node) => node.ip === ip || ip.startsWith(`${node.podCidr}.`));
  };

  const answer = (context: ClusterContext, asker: Asker, result: Omit<NetAnswerMessage, 'type' | 'id'>) => {
    const label = result.response ? String(result.response.status) : result.outcome;
    const body: NetAnswerMessage = {
      type: 'net-answer',
      id: asker.id,
      outcome: result.outcome,
      ...(result.response && { response: result.response }),
    };
    context.send(asker.from, body, { latencyMs: latencyBetween(NETWORK, asker.from), kind: 'packet', level: 'api', label });
  };

  const dial = (context: ClusterContext, from: string, message: NetDialMessage) => {
    const asker = { from, id: message.id };
    const target = services.route(context, message.ip, message.port);
    if (target === 'refused') return answer(context, asker, { outcome: 'refused' });
    const { ip, port } = target ?? message;
    const owner = ownerOf(ip, from);
    // Nobody answers from an address outside the cluster, or from a node that is down: the dialler waits in vain.
    if (!owner || down.has(owner.name)) return;
    lastId += 1;
    askers.set(lastId, asker);
    const { http } = message;
    const label = http ? `${http.method} ${http.path}` : `connect :${port}`;
    const to = runtimeOf(owner.name);
    context.send(to, { ...message, id: lastId, ip, port }, { latencyMs: 1, kind: 'packet', level: 'api', label });
  };

  const answered = (context: ClusterContext, message: NetAnswerMessage) => {
    const asker = askers.get(message.id);
    askers.delete(message.id);
    if (asker) answer(context, asker, message);
  };

  const struck = (fault: FaultMessage) => {
    if (fault.node === undefined) return;
    if (fault.kind === 'node-down') down.add(fault.node);
    if (fault.kind === 'node-up') down.delete(fault.node);
  };

  const receive = (context: ClusterContext, from: string, body: ClusterMessage) => {
    if (services.handle(context, body)) return;
    switch (body.type) {
      case 'start':
        return services.start(context);
      case 'net-dial':
        return dial(context, from, body);
      case 'net-answer':
        return answered(context, body);
      case 'net-silence': {
        const asker = askers.get(body.id);
        if (asker) context.signal(asker.from, { type: 'net-silence', id: asker.id });
        return;
      }
      case 'net-resolve': {
        const ip = body.names.map((name) => services.resolve(name)).find((found) => found !== undefined);
        const message = { type: 'net-resolved', id: body.id, ...(ip !== undefined && { ip }) } as const;
        const sending = { latencyMs: latencyBetween(NETWORK, from), kind: 'packet', level: 'all', label: ip ?? 'NXDOMAIN' } as const;
        context.send(from, message, sending);
        return;
      }
      case 'fault':
        return struck(body);
      default:
    }
  };
  return {
    name: NETWORK,
    handle: (context, { from, body }) => receive(context, from, body),
  };
}
