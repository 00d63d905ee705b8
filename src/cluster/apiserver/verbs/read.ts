// GET: one object, a list, a Table, a watch. All answered from the watch cache.
// Models k8s.io/apiserver/pkg/endpoints/handlers/{get,watch}.go.
import { storageKey, storagePrefix } from '../../api/resources.ts';
import { expired, notFound } from '../../api/status.ts';
import type { WatchEvent } from '../../api/request.ts';
import type { ClusterContext } from '../../component.ts';
import { API_SERVER, latencyBetween } from '../../names.ts';
import type { Entry, Stored } from '../cache.ts';
import { asRead } from '../heartbeat.ts';
import { levelForWatcher, levelOfChange } from '../levels.ts';
import { type Selection, readSelection } from '../selection.ts';
import { type Ask, type Server, groupResource, keyOf, refuse, respond, tell } from '../server.ts';
import { tableOf } from '../tables/table-of.ts';
import { type Watch, eventFor } from '../watches.ts';

/** Serves a read. */
export function read(server: Server, context: ClusterContext, ask: Ask) {
  const { query, target } = ask;
  const isWatch = query.watch === 'true' || query.watch === '1';
  if (target.name !== '' && !isWatch) return get(server, context, ask);
  const read = readSelection(target.resource.kind, query, target.name);
  if ('refusal' in read) return refuse(context, ask, read.refusal);
  return isWatch ? watch(server, context, ask, read.selection) : list(server, context, ask, read.selection);
}

function get(server: Server, context: ClusterContext, ask: Ask) {
  const entry = server.cache.get(keyOf(ask.target));
  if (!entry) return refuse(context, ask, notFound(groupResource(ask.target), ask.target.name));
  const object = asRead(server, context, entry.object);
  const options = tableOptions(ask, entry.object.metadata.resourceVersion ?? '');
  respond(context, ask, 200, ask.request.accept === 'table' ? tableOf(object.kind, [object], dateNow(server, context), options) : object);
}

function list(server: Server, context: ClusterContext, ask: Ask, selection: Selection) {
  const { resource } = ask.target;
  const objects = selected(server, ask, selection).map(({ object }) => asRead(server, context, object));
  const resourceVersion = String(server.cache.revision);
  if (ask.request.accept === 'table') {
    return respond(context, ask, 200, tableOf(resource.kind, objects, dateNow(server, context), tableOptions(ask, resourceVersion)));
  }
  const apiVersion = resource.group === '' ? resource.version : `${resource.group}/${resource.version}`;
  respond(context, ask, 200, { kind: `${resource.kind}List`, apiVersion, metadata: { resourceVersion }, items: objects });
}

/** The stored objects that a request to a collection is about, in the order of their keys. */
export function selected(server: Server, { target }: Ask, selection: Selection): readonly Entry[] {
  const { resource, namespace } = target;
  if (selection.name !== undefined && (namespace !== '' || !resource.namespaced)) {
    const entry = server.cache.get(storageKey(resource.resource, namespace, selection.name));
    return entry && selection.matches(entry.object) ? [entry] : [];
  }
  const prefix = `${storagePrefix(resource.resource)}${namespace === '' ? '' : `${namespace}/`}`;
  const entries =
    selection.nodeName === undefined
      ? server.cache.list(resource.resource, prefix)
      : server.cache.podsOn(selection.nodeName).filter(({ key }) => key.startsWith(prefix));
  return entries.filter(({ object }) => selection.matches(object));
}

function watch(server: Server, context: ClusterContext, ask: Ask, selection: Selection) {
  const { query, request, target } = ask;
  const opened: Watch = {
    stream: server.newStream(),
    client: ask.from,
    userAgent: request.userAgent,
    resource: target.resource.resource,
    namespace: target.namespace,
    selection,
    table: request.accept === 'table',
    ...(query.includeObject !== undefined && { includeObject: query.includeObject }),
  };
  const from = Number(query.resourceVersion ?? '0') || 0;
  const missed = from === 0 ? [] : server.cache.since(opened.resource, from);
  respond(context, ask, 200, null, { stream: opened.stream });
  if (missed === undefined) return refuseOld(server, context, opened, from);
  server.watches.open(opened);
  if (from === 0) {
    for (const { key, object } of selected(server, ask, selection)) send(server, context, opened, { type: 'ADDED', object }, 'all', key);
  }
  for (const change of missed) {
    const event = eventFor(opened, change);
    if (!event) continue;
    const level = levelForWatcher(opened.client, levelOfChange(change.before, change.after), change.before, change.after);
    send(server, context, opened, event, level, change.key);
  }
  if (query.sendInitialEvents === 'true') tell(context, opened, bookmark(server, ask), 'all', keyOf(target));
}

function refuseOld(server: Server, context: ClusterContext, opened: Watch, from: number): void {
  const status = expired(`too old resource version: ${from} (${server.cache.revision})`);
  tell(context, opened, { type: 'ERROR', object: status }, 'all', '');
  context.send(
    opened.client,
    { type: 'stream', stream: opened.stream, data: { end: {} } },
    { latencyMs: latencyBetween(API_SERVER, opened.client), kind: 'watch', level: 'all', label: 'END' },
  );
}

/** Tells a watch of an event, as a Table where it asked for one. */
export function send(
  server: Server,
  context: ClusterContext,
  to: Watch,
  event: WatchEvent,
  level: Parameters<typeof tell>[3],
  key: string,
) {
  if (!to.table) return tell(context, to, event, level, key);
  const stored = event.object as Stored;
  const options = { ...(to.includeObject !== undefined && { includeObject: to.includeObject }) };
  const object = tableOf(stored.kind, [stored], dateNow(server, context), options);
  tell(context, to, { type: event.type, object }, level, key);
}

/** Says that every object that stood has been sent. */
function bookmark(server: Server, { target }: Ask): WatchEvent {
  const { group, version, kind } = target.resource;
  const metadata = { resourceVersion: String(server.cache.revision), annotations: { 'k8s.io/initial-events-end': 'true' } };
  return { type: 'BOOKMARK', object: { kind, apiVersion: group === '' ? version : `${group}/${version}`, metadata } };
}

const dateNow = (server: Server, context: ClusterContext): number => server.startAtMs + context.at;

function tableOptions({ query }: Ask, resourceVersion: string): { readonly resourceVersion: string; readonly includeObject?: string } {
  return { resourceVersion, ...(query.includeObject !== undefined && { includeObject: query.includeObject }) };
}
