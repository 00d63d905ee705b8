// What stands at instant 0: objects are decoded, defaulted and admitted as if they had been created, but what is given of identity,
// times and status stays, and nothing is validated.
import { isObject } from '../../base/json.ts';
import { decodeBody } from '../api/decode.ts';
import { applyDefaults } from '../api/default/defaults.ts';
import { podQos } from '../api/qos.ts';
import { RESOURCES, type Resource, storageKey } from '../api/resources.ts';
import type { Pod } from '../api/types.ts';
import { admit } from '../apiserver/admission/admission.ts';
import type { ApiServer } from '../apiserver/apiserver.ts';
import type { Stored } from '../apiserver/cache.ts';
import { canonicalPodStatus } from '../apiserver/canonical.ts';
import { drawName, drawUid } from '../apiserver/identity.ts';
import { prepareForCreate } from '../apiserver/strategy.ts';
import type { ClusterContext } from '../component.ts';
import type { Etcd } from '../etcd/etcd.ts';
import { note } from '../notes.ts';
import { namespaceWithContent } from './namespaces.ts';
import { timeText } from './nodes.ts';

/** Where standing objects are put. */
export interface Ground {
  readonly etcd: Etcd;
  readonly apiServer: ApiServer;
  /** The date of instant 0. */
  readonly startAtMs: number;
}

/** Kinds in the order in which they must stand: what others are admitted by comes first. */
const EARLY: readonly string[] = ['Namespace', 'PriorityClass', 'LimitRange', 'ServiceAccount', 'Node'];
const LATE: readonly string[] = ['Pod', 'Event'];
const rank = ({ kind }: { readonly kind: string }): number =>
  EARLY.includes(kind) ? EARLY.indexOf(kind) : EARLY.length + 1 + (LATE.includes(kind) ? 1 + LATE.indexOf(kind) : 0);

/** Puts an object into etcd and into the API server's cache, with the uid and creation time that it lacks; answers it as it stands. */
export function put(ground: Ground, context: ClusterContext, resource: Resource, object: Stored): Stored {
  const { metadata } = object;
  const key = storageKey(resource.resource, resource.namespaced ? metadata.namespace : undefined, metadata.name);
  const value: Stored = {
    ...object,
    metadata: {
      ...metadata,
      uid: metadata.uid ?? drawUid(context, key),
      creationTimestamp: metadata.creationTimestamp ?? timeText(ground.startAtMs),
    },
  };
  const rows = ground.etcd.stand(context, [{ key, value }]);
  ground.apiServer.stand(rows);
  // What was put is what stands, with its revision.
  return rows[0]?.value as Stored;
}

/** Puts an object of one of the cluster's own kinds. */
export function putOwn(ground: Ground, context: ClusterContext, object: unknown): Stored {
  const stored = object as Stored;
  const resource = RESOURCES.find((each) => each.kind === stored.kind);
  if (!resource) throw new Error(`${stored.kind} is not served`);
  return put(ground, context, resource, stored);
}

/** Puts manifests, Lists among them flattened. */
export function putObjects(ground: Ground, context: ClusterContext, manifests: readonly unknown[]): void {
  const decoded = manifests.flatMap(flatten).flatMap((each) => decodeManifest(context, each));
  const inOrder = decoded.map((each, i) => ({ ...each, i })).sort((a, b) => rank(a.object) - rank(b.object) || a.i - b.i);
  for (const { resource, object } of inOrder) putOne(ground, context, resource, object);
}

function flatten(manifest: unknown): readonly unknown[] {
  if (!isObject(manifest)) return [];
  const { kind, items } = manifest;
  return typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items) ? items.flatMap(flatten) : [manifest];
}

/** The resource and the object of a manifest; nothing, with a note, of what cannot stand here. */
function decodeManifest(
  context: ClusterContext,
  manifest: unknown,
): readonly { readonly resource: Resource; readonly object: Stored; readonly kind: string }[] {
  const { kind, apiVersion } = manifest as { readonly kind?: unknown; readonly apiVersion?: unknown };
  const resource = RESOURCES.find(
    (each) => each.kind === kind && apiVersion === (each.group === '' ? each.version : `${each.group}/${each.version}`),
  );
  const say = (detail: string) => note(context, 'not-simulated', '', { what: `${String(kind)} of ${String(apiVersion)}`, detail }, 'story');
  const skip = (detail: string) => {
    say(detail);
    return [];
  };
  if (!resource) return skip('this kind is not served');
  const body = decodeBody(resource, manifest, 'Ignore');
  if ('status' in body) return skip(body.status.message ?? '');
  if (resource.inert) say('it is stored, and nothing acts on it');
  return [{ resource, object: body.object as unknown as Stored, kind: resource.kind }];
}

function putOne(ground: Ground, context: ClusterContext, resource: Resource, given: Stored): void {
  const { apiServer } = ground;
  const namespace = resource.namespaced ? (given.metadata.namespace ?? 'default') : undefined;
  if (namespace !== undefined) ensureNamespace(ground, context, namespace);
  const name = given.metadata.name || drawName(context, given.metadata.generateName ?? '');
  const { resourceVersion: _, ...metadata } = given.metadata;
  const named: Stored = { ...given, metadata: { ...metadata, name, ...(namespace !== undefined && { namespace }) } };
  const defaulted = applyDefaults(named);
  // A node is there as it is given: the taint of a node that is new is not for it.
  const admitted = resource.kind === 'Node' ? defaulted : admitStanding(apiServer, context, resource, defaulted);
  put(ground, context, resource, withStatus(admitted, given, timeText(ground.startAtMs)));
}

/** As admission leaves it; what it refuses stands as it was given. */
function admitStanding(apiServer: ApiServer, context: ClusterContext, { group, resource, kind }: Resource, object: Stored): Stored {
  const { namespace = '', name } = object.metadata;
  const subject = `${resource}/${namespace}/${name}`;
  const admission = admit(
    { operation: 'CREATE', resource: { group, name: resource }, namespace, name: '', object },
    { ...apiServer.lookup, random: (purpose) => context.random(purpose, subject) },
  );
  return 'status' in admission || kind === 'Namespace' ? object : admission.object;
}

/** The status that is given, with what every object of its kind has. */
function withStatus(object: Stored, given: Stored, now: string): Stored {
  if (given.kind !== 'Pod') return given.status === undefined ? keepMetadata(prepareForCreate(object, now), object) : object;
  const pod = object as Stored & Pod;
  const { status = {} } = given as Stored & Partial<Pod>;
  const prepared = prepareForCreate(object, now) as Stored & Pod;
  const isBare = status.phase === undefined && status.conditions === undefined;
  const merged = isBare ? { ...prepared.status, ...status } : { qosClass: podQos(pod), ...status };
  return { ...pod, metadata: { generation: 1, ...pod.metadata }, status: canonicalPodStatus(merged) };
}

const keepMetadata = (prepared: Stored, { metadata }: Stored): Stored => ({ ...prepared, metadata: { ...prepared.metadata, ...metadata } });

/** Objects that stand in a namespace that nobody has given. */
function ensureNamespace(ground: Ground, context: ClusterContext, name: string): void {
  if (ground.apiServer.peek(storageKey('namespaces', undefined, name)) !== undefined) return;
  for (const object of namespaceWithContent(name, ground.startAtMs)) putOwn(ground, context, object);
}
