// Answers what programs on the learner's computer ask of it: requests to the API server, and what comes over the streams they open.
import type { ApiResponse, StreamData } from '../../cluster/api/request.ts';
import type { ClusterContext } from '../../cluster/component.ts';
import type { ClusterMessage } from '../../cluster/messages.ts';
import { API_SERVER, latencyBetween, runtimeOf } from '../../cluster/names.ts';
import type { KubectlAnswer, KubectlAsk, LocalConnection } from '../../kubectl/ask.ts';
import type { WakeId } from '../../engine/run.ts';

/** The asks that the computer answers (the others are the process's own business). */
export type HostAsk =
  | Extract<KubectlAsk, { ask: 'next' | 'send' | 'close' }>
  /** `to`: the component that is asked, where it is not the API server. */
  | (Extract<KubectlAsk, { ask: 'request' }> & { readonly to?: string })
  | LoginAsk;
/** A shell on a node, or a command there; answered with a stream, or after a while with nothing. */
export interface LoginAsk {
  readonly ask: 'login';
  readonly node: string;
  readonly command: string;
  readonly tty: boolean;
}
/** Gives a process its answer. */
export type Reply = (answer: KubectlAnswer) => void;

/** The open requests and streams of every process. */
export interface HostAsks {
  ask(context: ClusterContext, pid: number, ask: HostAsk, reply: Reply): void;
  /** Takes an answer, a piece of a stream or the end of a wait; false where it is none of ours. */
  handle(context: ClusterContext, body: ClusterMessage): boolean;
  /** Something was typed for a process that reads the terminal itself; false where it does not. */
  typed(context: ClusterContext, pid: number, text: string): boolean;
  /** A connection to a port on which this process listens. */
  connected(context: ClusterContext, pid: number, connection: LocalConnection): void;
  /** The latest of these processes that reads the terminal itself, and how. */
  readerOf(pids: readonly number[]): { readonly pid: number; readonly how: 'raw' | 'line' } | undefined;
  /** Forgets every process that is no longer there, and closes its streams. */
  keep(context: ClusterContext, pids: ReadonlySet<number>): void;
}

/** How long TCP tries to connect: six times, each twice as long as the one before. */
const LOGIN_TIMEOUT_MS = 127_000;

type NextAsk = Extract<HostAsk, { ask: 'next' }>;

interface Client {
  readonly streams: Set<string>;
  readonly pieces: { readonly stream: string; readonly data: StreamData }[];
  readonly typed: string[];
  readonly connections: LocalConnection[];
  waiting: { readonly ask: NextAsk; readonly reply: Reply; readonly timer: WakeId | undefined; readonly id: number } | undefined;
  readsTerminal: 'raw' | 'line' | undefined;
}

/** Nothing open yet. The wake-ups it asks for carry `wake: 'host-ask'` or `'host-send'`. */
export function createHostAsks(): HostAsks {
  const clients = new Map<number, Client>();
  const requests = new Map<number, { readonly pid: number; readonly reply: Reply; readonly peer: string; readonly timer?: WakeId }>();
  /** Of each open stream, whose process it is, over which terminal it was opened (the other side knows it by that), and to whom. */
  const owners = new Map<string, { readonly pid: number; readonly terminal: string; readonly peer: string }>();
  let lastId = 0;

  const clientOf = (pid: number): Client => {
    const known = clients.get(pid);
    if (known) return known;
    const made: Client = { streams: new Set(), pieces: [], typed: [], connections: [], waiting: undefined, readsTerminal: undefined };
    clients.set(pid, made);
    return made;
  };
  /** The terminal that opened a stream sends into it, whichever of them is acting now. */
  const send = (context: ClusterContext, stream: string, data: StreamData): void => {
    const { terminal = context.self, peer = API_SERVER } = owners.get(stream) ?? {};
    if (terminal === context.self) sendPiece(context, peer, stream, data);
    else context.signal(terminal, { type: 'wake', wake: 'host-send', key: `${peer} ${stream}`, value: data });
  };
  const close = (context: ClusterContext, stream: string): void => {
    if (!owners.has(stream)) return;
    clients.get(owners.get(stream)?.pid ?? -1)?.streams.delete(stream);
    send(context, stream, { end: {} });
    owners.delete(stream);
  };
  const serve = (context: ClusterContext, client: Client): void => {
    const { waiting } = client;
    if (!waiting) return;
    const answer = takeNext(client, waiting.ask);
    if (!answer) return;
    client.waiting = undefined;
    if (waiting.timer !== undefined) context.cancel(waiting.timer);
    waiting.reply(answer);
  };
  const request = (context: ClusterContext, pid: number, asking: Extract<HostAsk, { ask: 'request' }>, reply: Reply) => {
    const { request: asked, shown, to = API_SERVER } = asking;
    lastId += 1;
    requests.set(lastId, { pid, reply, peer: to });
    const sending = { latencyMs: latencyBetween(context.self, to), kind: 'request', ...shown } as const;
    context.send(to, { type: 'request', id: lastId, request: asked }, sending);
  };
  const login = (context: ClusterContext, pid: number, { node, command, tty }: LoginAsk, reply: Reply) => {
    lastId += 1;
    const peer = runtimeOf(node);
    const id = lastId;
    const sending = { latencyMs: latencyBetween(context.self, peer), kind: 'request', level: 'api', label: `ssh ${node}` } as const;
    context.send(peer, { type: 'login', id, command, tty }, sending);
    const timer = context.wake(LOGIN_TIMEOUT_MS, { type: 'wake', wake: 'host-login', key: String(id) });
    requests.set(id, { pid, reply, peer, timer });
  };
  const loginTimedOut = (id: number): void => {
    const asked = requests.get(id);
    requests.delete(id);
    asked?.reply({ timedOut: true });
  };
  const next = (context: ClusterContext, pid: number, ask: NextAsk, reply: Reply) => {
    const client = clientOf(pid);
    lastId += 1;
    const key = `${pid}/${lastId}`;
    const timer = ask.timeoutMs === undefined ? undefined : context.wake(Math.ceil(ask.timeoutMs), { type: 'wake', wake: 'host-ask', key });
    client.waiting = { ask, reply, timer, id: lastId };
    client.readsTerminal = ask.stdin;
    serve(context, client);
  };
  const answered = (context: ClusterContext, id: number, response: ApiResponse): boolean => {
    const asked = requests.get(id);
    if (!asked) return false;
    requests.delete(id);
    if (asked.timer !== undefined) context.cancel(asked.timer);
    const { stream } = response;
    if (stream !== undefined) {
      owners.set(stream, { pid: asked.pid, terminal: context.self, peer: asked.peer });
      clientOf(asked.pid).streams.add(stream);
    }
    asked.reply({ response });
    return true;
  };
  const timedOut = (key: string): void => {
    const [pid, id] = key.split('/').map(Number);
    const client = clients.get(pid ?? -1);
    const waiting = client?.waiting;
    if (!client || waiting?.id !== id) return;
    client.waiting = undefined;
    waiting?.reply({ timedOut: true });
  };

  return {
    ask(context, pid, ask, reply) {
      switch (ask.ask) {
        case 'request':
          return request(context, pid, ask, reply);
        case 'login':
          return login(context, pid, ask, reply);
        case 'next':
          return next(context, pid, ask, reply);
        case 'send':
          send(context, ask.stream, ask.data);
          return reply({});
        case 'close':
          close(context, ask.stream);
          return reply({});
      }
    },
    handle(context, body) {
      if (body.type === 'response') return answered(context, body.id, body.response);
      if (body.type === 'wake' && body.wake === 'host-ask') {
        timedOut(body.key ?? '');
        return true;
      }
      if (body.type === 'wake' && body.wake === 'host-login') {
        loginTimedOut(Number(body.key));
        return true;
      }
      if (body.type === 'wake' && body.wake === 'host-send') {
        // Only this signals it, with a piece of a stream.
        const [peer = '', stream = ''] = (body.key ?? '').split(' ');
        sendPiece(context, peer, stream, body.value as StreamData);
        return true;
      }
      if (body.type !== 'stream') return false;
      const client = clients.get(owners.get(body.stream)?.pid ?? -1);
      if (body.data.end) {
        owners.delete(body.stream);
        client?.streams.delete(body.stream);
      }
      client?.pieces.push({ stream: body.stream, data: body.data });
      if (client) serve(context, client);
      return true;
    },
    typed(context, pid, text) {
      const client = clients.get(pid);
      if (client?.readsTerminal === undefined) return false;
      client.typed.push(text);
      serve(context, client);
      return true;
    },
    connected(context, pid, connection) {
      const client = clientOf(pid);
      client.connections.push(connection);
      serve(context, client);
    },
    readerOf(pids) {
      for (const pid of [...pids].reverse()) {
        const how = clients.get(pid)?.readsTerminal;
        if (how !== undefined) return { pid, how };
      }
      return undefined;
    },
    keep(context, pids) {
      for (const [pid, client] of [...clients]) {
        if (pids.has(pid)) continue;
        clients.delete(pid);
        if (client.waiting?.timer !== undefined) context.cancel(client.waiting.timer);
        for (const stream of [...client.streams]) close(context, stream);
      }
    },
  };
}

/** The first thing that a wait is for, if it is there. */
function takeNext(client: Client, ask: NextAsk): KubectlAnswer | undefined {
  const at = client.pieces.findIndex((piece) => ask.streams.includes(piece.stream));
  const [piece] = at < 0 ? [] : client.pieces.splice(at, 1);
  if (piece) return piece;
  const typed = ask.stdin ? client.typed.shift() : undefined;
  if (typed !== undefined) return { typed };
  const connection = ask.connections ? client.connections.shift() : undefined;
  return connection ? { connection } : undefined;
}

function sendPiece(context: ClusterContext, peer: string, stream: string, data: StreamData): void {
  const label = data.end ? 'END' : 'DATA';
  const sending = { latencyMs: latencyBetween(context.self, peer), kind: 'packet', level: 'all', label } as const;
  context.send(peer, { type: 'stream', stream, data }, sending);
}
