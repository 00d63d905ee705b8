// What the parts of the API server share: the cache, the open watches, transactions and answers.
import type { Pod } from '../api/types.ts';
import { podStatus } from './tables/pod-status.ts';
import type { Level } from '../../engine/records.ts';
import { isStatus, type ApiRequest, type WatchEvent } from '../api/request.ts';
import { storageKey } from '../api/resources.ts';
import type { GroupName } from '../api/status.ts';
import { MODIFIED, conflict } from '../api/status.ts';
import type { Status } from '../api/types.ts';
import type { ClusterContext } from '../component.ts';
import type { EtcdCompare } from '../messages.ts';
import { API_SERVER, ETCD, latencyBetween } from '../names.ts';
import { note, type Notes } from '../notes.ts';
import type { Cache, Entry, Stored } from './cache.ts';
import { levelOfChange } from './levels.ts';
import type { Target } from './paths.ts';
import type { Watch, Watches } from './watches.ts';

/** A request that is being served. */
export interface Ask {
  /** The component that asked, and the number that it gave the request. */
  readonly from: string;
  readonly id: number;
  readonly request: ApiRequest;
  readonly query: Readonly<Record<string, string>>;
  readonly target: Target;
}

/** What happens at the end of a transaction. */
export type Done = (context: ClusterContext, succeeded: boolean) => void;

/** An etcd transaction as the server asks for it. */
export interface Txn {
  readonly compare: readonly EtcdCompare[];
  readonly puts?: readonly { readonly key: string; readonly value: unknown }[];
  readonly deletes?: readonly string[];
  readonly level: Level;
  readonly label: string;
}

/** The server's insides. */
export interface Server {
  /** The date of instant 0, in milliseconds since 1970. */
  readonly startAtMs: number;
  readonly cache: Cache;
  readonly watches: Watches;
  txn(context: ClusterContext, txn: Txn, done: Done): void;
  /** A name for a stream that no other stream has. */
  newStream(): string;
  /** Does something after a while. */
  later(context: ClusterContext, inMs: number, act: (context: ClusterContext) => void): void;
  /** Nodes whose kubelet renews its Lease every ten seconds, without a row for each (heartbeat.ts). */
  readonly renewing: Set<string>;
  /** Nodes that cannot be reached: the kubelet has stopped, or the whole node is gone. */
  readonly down: Map<string, 'kubelet' | 'node'>;
}

/** The group and plural of a request, as the texts of a Status name them. */
export const groupResource = ({ resource }: Target): GroupName => ({ group: resource.group, name: resource.resource });
/** The group and kind, as the texts of a validation name them. */
export const groupKind = ({ resource }: Target): GroupName => ({ group: resource.group, name: resource.kind });

/** The date now, cut to seconds as the API writes it. */
export function timeNow(server: Server, context: ClusterContext, plusMs = 0): string {
  return `${new Date(server.startAtMs + context.at + plusMs).toISOString().slice(0, 19)}Z`;
}

/** The etcd key of what a request names. */
export const keyOf = ({ resource, namespace, name }: Target): string => storageKey(resource.resource, namespace, name);

/** Whether a person asked. */
export const isPerson = ({ request }: Ask): boolean => request.userAgent.startsWith('kubectl');

/** Whether a resource is too chatty to be told at all. */
const isChatty = ({ resource }: Target): boolean => resource.resource === 'events' || resource.resource === 'leases';

/** Notes one stage of a write that a person has asked for, or that makes or binds a Pod; of others their rows and messages tell enough. */
export function stage(context: ClusterContext, ask: Ask, name: Notes['request-stage']['stage']): void {
  const isPods = ask.target.resource.resource === 'pods' && ask.request.method === 'POST';
  if (isChatty(ask.target) || !(isPods || isPerson(ask))) return;
  const { method, path } = ask.request;
  note(context, 'request-stage', keyOf(ask.target), { stage: name, method, path }, 'api');
}

/** Answers a request. A Status above 400 is a refusal, and noted. */
export function respond(
  context: ClusterContext,
  ask: Ask,
  code: number,
  body: unknown,
  extra: { readonly stream?: string; readonly warnings?: readonly string[] } = {},
): void {
  if (code >= 400 && isStatus(body)) noteRefusal(context, ask, code, body);
  const { warnings = [], stream } = extra;
  const response = { code, body, warnings, ...(stream !== undefined && { stream }) };
  context.send(
    ask.from,
    { type: 'response', id: ask.id, response },
    {
      latencyMs: latencyBetween(API_SERVER, ask.from),
      kind: 'response',
      level: responseLevel(ask, code),
      label: `${code} ${codeText(code)}`,
      subject: keyOf(ask.target),
    },
  );
}

/** Answers with a refusal. */
export function refuse(context: ClusterContext, ask: Ask, status: Status): void {
  respond(context, ask, status.code ?? 500, status);
}

function noteRefusal(context: ClusterContext, ask: Ask, code: number, { reason = '', message = '' }: Status): void {
  const { method, path } = ask.request;
  const level = isPerson(ask) ? (method === 'GET' ? 'api' : 'story') : 'api';
  context.because(note(context, 'request-refused', keyOf(ask.target), { method, path, code, reason, message }, level));
}

function responseLevel({ request, target }: Ask, code: number): Level {
  if (request.method === 'GET' || isChatty(target)) return 'all';
  if (!request.userAgent.startsWith('kubectl')) return 'api';
  const isPod = target.resource.resource === 'pods';
  return code >= 400 || (isPod && (request.method === 'POST' || request.method === 'DELETE')) ? 'story' : 'api';
}

const CODES: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  410: 'Gone',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  504: 'Gateway Timeout',
};
const codeText = (code: number): string => CODES[code] ?? '';

/** Sends a watch its event. */
export function tell(context: ClusterContext, watch: Watch, event: WatchEvent, level: Level, key: string): void {
  const name = (event.object as Partial<Stored>).metadata?.name ?? '';
  context.send(
    watch.client,
    { type: 'stream', stream: watch.stream, data: { event } },
    { latencyMs: latencyBetween(API_SERVER, watch.client), kind: 'watch', level, label: `${event.type} ${name}`, subject: key },
  );
}

/** What an edit of a stored object comes to. */
export type Edit =
  | { readonly refusal: Status }
  /** Nothing changes: the object stands as it is. */
  | { readonly same: Stored }
  | { readonly put: Stored }
  /** The row goes; `object` is what is answered. */
  | { readonly remove: Stored };

const TRIES = 5;

/**
 * Edits a stored object: reads it from the cache, hands it to `edit`, writes what comes of it if it has not changed meanwhile, and tries
 * again if it has. Models GuaranteedUpdate of k8s.io/apiserver/pkg/storage/etcd3/store.go.
 */
export function editStored(
  server: Server,
  context: ClusterContext,
  ask: Ask,
  key: string,
  edit: (current: Entry | undefined, context: ClusterContext) => Edit,
  done: (context: ClusterContext, result: { readonly object: Stored } | { readonly refusal: Status }) => void,
  tries = TRIES,
): void {
  const current = server.cache.get(key);
  const result = edit(current, context);
  if ('refusal' in result || 'same' in result) {
    done(context, 'same' in result ? { object: result.same } : result);
    return;
  }
  const after = 'put' in result ? result.put : undefined;
  const level = levelOfChange(current?.object, after);
  const name = (after ?? current?.object)?.metadata.name ?? '';
  stage(context, ask, 'store');
  server.txn(
    context,
    {
      compare: [{ key, revision: current?.revision ?? 0 }],
      ...(after ? { puts: [{ key, value: after }] } : { deletes: [key] }),
      level,
      label: `${after ? 'put' : 'delete'} ${name}`,
    },
    (later, succeeded) => {
      if (succeeded) {
        noteStored(server, later, { key, before: current?.object, after, level });
        const stored = server.cache.get(key)?.object;
        return done(later, { object: 'remove' in result ? result.remove : (stored ?? result.put) });
      }
      if (tries > 1) return editStored(server, later, ask, key, edit, done, tries - 1);
      done(later, { refusal: conflict(groupResource(ask.target), name, MODIFIED) });
    },
  );
}

interface Written {
  readonly key: string;
  readonly before: Stored | undefined;
  readonly after: Stored | undefined;
  readonly level: Level;
}

/** Notes that a row changed. */
function noteStored(server: Server, context: ClusterContext, { key, before, after, level }: Written): void {
  const object = after ?? before;
  if (!object || level === 'all') return;
  const { namespace = '', name } = object.metadata;
  const change = !before ? 'created' : after ? 'updated' : 'deleted';
  const revision = server.cache.get(key)?.revision ?? server.cache.revision;
  // What `kubectl get pods` prints of it now, where a person is being told of the change and it is not what it printed before.
  const statusOf = (pod: Stored | undefined): string => podStatus(pod as Stored & Pod).status;
  const isTold = level === 'story' && change === 'updated' && object.kind === 'Pod';
  const status = isTold && statusOf(before) !== statusOf(after) ? { status: statusOf(after) } : {};
  note(context, 'object-stored', key, { kind: object.kind, namespace, name, revision, change, ...status }, level);
}

/** Makes the transaction half of a server: messages to etcd, and what is owed when it answers. */
export function createTransactions(): {
  readonly txn: Server['txn'];
  answered(context: ClusterContext, id: number, succeeded: boolean): void;
} {
  const waiting = new Map<number, Done>();
  let lastId = 0;
  return {
    txn(context, { compare, puts = [], deletes = [], level, label }, done) {
      lastId += 1;
      waiting.set(lastId, done);
      const subject = puts[0]?.key ?? deletes[0] ?? '';
      context.send(
        ETCD,
        { type: 'etcd-txn', id: lastId, compare, puts, deletes },
        { latencyMs: latencyBetween(API_SERVER, ETCD), kind: 'call', level, label, subject },
      );
    },
    answered(context, id, succeeded) {
      const done = waiting.get(id);
      waiting.delete(id);
      done?.(context, succeeded);
    },
  };
}
