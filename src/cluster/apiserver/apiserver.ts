// The API server: the only one that talks to etcd, and the only one that everybody talks to.
// Requests are routed by path and method; etcd's events feed the watch cache and go on to whoever watches.
import { RESOURCES } from '../api/resources.ts';
import { methodNotSupported, noSuchPath } from '../api/status.ts';
import type { ClusterComponent, ClusterContext } from '../component.ts';
import type { EtcdEventsMessage, FaultMessage, RequestMessage } from '../messages.ts';
import { API_SERVER, SCHEDULER, kubeletOf } from '../names.ts';
import { note } from '../notes.ts';
import type { AdmissionLookup } from './admission/plugin.ts';
import { type Stored, createCache, createKeyIndex } from './cache.ts';
import { answerStatic } from './discovery.ts';
import { noteRenewing, stopRenewing } from './heartbeat.ts';
import { levelForWatcher, levelOfChange } from './levels.ts';
import { createTargets } from './paths.ts';
import { lookupIn } from './pipeline.ts';
import { createProxy } from './proxy.ts';
import { type Ask, type Server, createTransactions, groupResource, refuse, respond } from './server.ts';
import { bind } from './verbs/binding.ts';
import { create } from './verbs/create.ts';
import { remove, removeCollection } from './verbs/delete.ts';
import { evict } from './verbs/eviction.ts';
import { read, send } from './verbs/read.ts';
import { patch, update } from './verbs/update.ts';
import { createWatches } from './watches.ts';

/** What an API server is told when it is made. */
export interface ApiServerOptions {
  /** The date of instant 0, in milliseconds since 1970. */
  readonly startAtMs: number;
}

/** The API server as the boot sees it. */
export interface ApiServer extends ClusterComponent {
  /** Takes in what etcd holds before anything happens. */
  stand(rows: readonly { readonly key: string; readonly value: unknown; readonly revision: number }[]): void;
  /** Says that a node's kubelet renews its Lease from the start. */
  renew(node: string): void;
  /** A stored object, by its key: for the boot, which must find the node of a Pod that a fault strikes. */
  peek(key: string): unknown;
  /** What admission may look at, but for chance. */
  readonly lookup: Omit<AdmissionLookup, 'random'>;
}

const resourceOfKey = createKeyIndex(RESOURCES);
/** What the paths of a Pod's process go to its node for. */
const PROXIED: ReadonlySet<string> = new Set(['log', 'exec', 'attach', 'portforward']);

/** An API server that knows of nothing yet. */
export function createApiServer({ startAtMs }: ApiServerOptions): ApiServer {
  const transactions = createTransactions();
  const targetOf = createTargets();
  const proxy = createProxy();
  const planned = new Map<string, (context: ClusterContext) => void>();
  let lastStream = 0;
  let lastPlan = 0;
  const server: Server = {
    startAtMs,
    cache: createCache(),
    watches: createWatches(),
    txn: transactions.txn,
    newStream() {
      lastStream += 1;
      return `${API_SERVER}/${lastStream}`;
    },
    later(context, inMs, act) {
      lastPlan += 1;
      planned.set(String(lastPlan), act);
      context.wake(inMs, { type: 'wake', wake: 'later', key: String(lastPlan) });
    },
    renewing: new Set(),
    down: new Map(),
  };
  const serve = (context: ClusterContext, from: string, { id, request }: RequestMessage) => {
    const query = request.query ?? {};
    const target = targetOf(request.path);
    if (!target) {
      const hollow: Ask = { from, id, request, query, target: NOWHERE };
      const body = answerStatic(request.path);
      return body === undefined ? refuse(context, hollow, noSuchPath()) : respond(context, hollow, 200, body);
    }
    const ask: Ask = { from, id, request, query, target };
    if (PROXIED.has(target.subresource)) return proxy.serve(server, context, ask);
    route(server, context, ask);
  };

  return {
    name: API_SERVER,
    stand(rows) {
      for (const { key, value, revision } of rows) {
        const resource = resourceOfKey(key);
        if (resource) server.cache.stand(resource.resource, key, value as Stored, revision);
      }
    },
    renew: (node) => void server.renewing.add(node),
    peek: (key) => server.cache.get(key)?.object,
    lookup: lookupIn(server),
    handle(context, { from, body }) {
      switch (body.type) {
        case 'request':
          return serve(context, from, body);
        case 'etcd-events':
          return takeIn(server, context, body);
        case 'etcd-answer':
          return transactions.answered(context, body.id, body.succeeded);
        case 'response':
          return void proxy.answered(server, context, from, body.id, body.response);
        case 'stream':
          if (!proxy.relay(context, from, body) && body.data.end && server.watches.get(body.stream)?.client === from) {
            server.watches.close(body.stream);
          }
          return;
        case 'fault':
          return suffer(server, context, body, (node) => proxy.lost(context, node));
        case 'wake': {
          const act = planned.get(body.key ?? '');
          planned.delete(body.key ?? '');
          return act?.(context);
        }
        default:
      }
    },
  };
}

const NOWHERE = {
  resource: { group: '', version: 'v1', resource: '', kind: '', singular: '', shortNames: [], namespaced: false },
  namespace: '',
  name: '',
  subresource: '',
};

/** Hands a request to what serves it. */
function route(server: Server, context: ClusterContext, ask: Ask) {
  const { method } = ask.request;
  const { name, subresource, resource } = ask.target;
  if (subresource === 'binding' || (resource.kind === 'Binding' && method === 'POST')) {
    return method === 'POST' ? bind(server, context, ask) : unsupported(context, ask);
  }
  if (subresource === 'eviction') return method === 'POST' ? evict(server, context, ask) : unsupported(context, ask);
  if (resource.kind === 'Binding') return unsupported(context, ask);
  switch (method) {
    case 'GET':
      return read(server, context, ask);
    case 'POST':
      return name === '' ? create(server, context, ask) : unsupported(context, ask);
    case 'PUT':
      return name === '' ? unsupported(context, ask) : update(server, context, ask);
    case 'PATCH':
      return name === '' ? unsupported(context, ask) : patch(server, context, ask);
    case 'DELETE':
      if (subresource !== '') return unsupported(context, ask);
      return name === '' ? removeCollection(server, context, ask) : remove(server, context, ask);
  }
}

const ACTIONS = { GET: 'get', POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete' } as const;

function unsupported(context: ClusterContext, ask: Ask): void {
  refuse(context, ask, methodNotSupported(groupResource(ask.target), ACTIONS[ask.request.method]));
}

/** What has changed in etcd: into the cache, and on to whoever watches it. */
function takeIn(server: Server, context: ClusterContext, { events, revision }: EtcdEventsMessage): void {
  for (const { key, value } of events) {
    const resource = resourceOfKey(key);
    if (!resource) continue;
    const change = server.cache.apply(resource.resource, key, value as Stored | undefined, revision);
    if (!change) continue;
    noteRenewing(server, change);
    const told = server.watches.interested(resource.resource, change);
    if (told.length === 0) continue;
    const cause = context.cause;
    const { before, after } = change;
    const level = levelOfChange(before, after);
    if (level === 'story') {
      const path = key.slice('/registry'.length);
      context.because(note(context, 'request-stage', key, { stage: 'notify', method: 'WATCH', path }, 'api'));
    }
    for (const { watch, event } of told) send(server, context, watch, event, levelForWatcher(watch.client, level, before, after), key);
    context.because(cause);
  }
}

/** A fault that the API server notices: connections break, renewals end. */
function suffer(server: Server, context: ClusterContext, { kind, node = '' }: FaultMessage, lost: (node: string) => void) {
  switch (kind) {
    case 'scheduler-down':
      return server.watches.closeAllOf(SCHEDULER);
    case 'node-down':
    case 'kubelet-down':
      server.down.set(node, kind === 'node-down' ? 'node' : 'kubelet');
      server.watches.closeAllOf(kubeletOf(node));
      lost(node);
      return stopRenewing(server, context, node);
    case 'node-up':
    case 'kubelet-up':
      server.down.delete(node);
      return;
    default:
  }
}
