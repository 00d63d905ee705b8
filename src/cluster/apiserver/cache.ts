// The watch cache: what the API server knows of etcd, fed by etcd's events. Reads are answered from it, writes start from it.
// Models k8s.io/apiserver/pkg/storage/cacher.
import { compareText } from '../../base/order.ts';
import { storagePrefix, type Resource } from '../api/resources.ts';
import type { ObjectMeta } from '../api/types.ts';

/** An object as it is stored: decoded and defaulted. */
export interface Stored {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly spec?: unknown;
  readonly status?: unknown;
}

/** A row of the cache. */
export interface Entry {
  readonly key: string;
  readonly object: Stored;
  readonly revision: number;
}

/** A change, as watchers are told of it: no `before` where it is new, no `after` where it is gone. */
export interface Change {
  readonly key: string;
  readonly revision: number;
  readonly before?: Stored;
  readonly after?: Stored;
}

/** How many changes of a resource are kept for watches that start in the past. */
const KEPT = 1000;

interface Shelf {
  readonly entries: Map<string, Entry>;
  /** Keys of the objects on a node: Pods only. */
  readonly byNode: Map<string, Set<string>>;
  /** The latest changes, oldest first; and the revision of the last one that was dropped. */
  readonly changes: Change[];
  droppedUpTo: number;
}

/** What the API server knows. */
export interface Cache {
  /** The newest revision that it has heard of. */
  readonly revision: number;
  get(key: string): Entry | undefined;
  /** The objects of a resource below a key prefix, in the order of their keys. */
  list(resource: string, prefix: string): readonly Entry[];
  /** The Pods bound to a node, in the order of their keys. */
  podsOn(node: string): readonly Entry[];
  /** Takes in one row's change at a revision. */
  apply(resource: string, key: string, value: Stored | undefined, revision: number): Change | undefined;
  /** Every change of a resource after a revision, or undefined where they are no longer all kept. */
  since(resource: string, revision: number): readonly Change[] | undefined;
  /** What stands before anything happens: nothing that a watch could have missed. */
  stand(resource: string, key: string, value: Stored, revision: number): void;
}

/** An empty cache. */
export function createCache(): Cache {
  const shelves = new Map<string, Shelf>();
  const all = new Map<string, Entry>();
  let revision = 1;
  const shelfOf = (resource: string): Shelf => {
    let shelf = shelves.get(resource);
    if (!shelf) {
      shelf = { entries: new Map(), byNode: new Map(), changes: [], droppedUpTo: 0 };
      shelves.set(resource, shelf);
    }
    return shelf;
  };
  const replace = (shelf: Shelf, key: string, entry: Entry | undefined): Entry | undefined => {
    const before = shelf.entries.get(key);
    const left = nodeNameOf(before?.object);
    const entered = nodeNameOf(entry?.object);
    if (left !== entered) {
      if (left !== undefined) shelf.byNode.get(left)?.delete(key);
      if (entered !== undefined) {
        const keys = shelf.byNode.get(entered);
        if (keys) keys.add(key);
        else shelf.byNode.set(entered, new Set([key]));
      }
    }
    if (entry) {
      shelf.entries.set(key, entry);
      all.set(key, entry);
    } else {
      shelf.entries.delete(key);
      all.delete(key);
    }
    return before;
  };
  const sorted = (entries: Entry[]): Entry[] => entries.sort((a, b) => compareText(a.key, b.key));

  return {
    get revision() {
      return revision;
    },
    get: (key) => all.get(key),
    list(resource, prefix) {
      const entries = [...(shelves.get(resource)?.entries.values() ?? [])];
      return sorted(prefix === storagePrefix(resource) ? entries : entries.filter(({ key }) => key.startsWith(prefix)));
    },
    podsOn(node) {
      const shelf = shelfOf('pods');
      const entries: Entry[] = [];
      for (const key of shelf.byNode.get(node) ?? []) {
        const entry = shelf.entries.get(key);
        if (entry) entries.push(entry);
      }
      return sorted(entries);
    },
    apply(resource, key, value, at) {
      revision = Math.max(revision, at);
      const shelf = shelfOf(resource);
      const before = replace(shelf, key, value && { key, object: value, revision: at });
      if (!before && !value) return undefined;
      const change: Change = { key, revision: at, ...(before && { before: before.object }), ...(value && { after: value }) };
      shelf.changes.push(change);
      if (shelf.changes.length > 2 * KEPT) {
        const dropped = shelf.changes.splice(0, KEPT);
        shelf.droppedUpTo = dropped.at(-1)?.revision ?? shelf.droppedUpTo;
      }
      return change;
    },
    since(resource, from) {
      const shelf = shelfOf(resource);
      return from < shelf.droppedUpTo ? undefined : shelf.changes.filter((change) => change.revision > from);
    },
    stand(resource, key, value, at) {
      revision = Math.max(revision, at);
      replace(shelfOf(resource), key, { key, object: value, revision: at });
    },
  };
}

/** The node that a stored Pod is bound to; undefined of everything else. */
export function nodeNameOf(object: Stored | undefined): string | undefined {
  if (object?.kind !== 'Pod') return undefined;
  const name = (object.spec as { readonly nodeName?: string } | undefined)?.nodeName;
  return name === '' ? undefined : name;
}

/** Tells the resource of a key in etcd. */
export function createKeyIndex(resources: readonly Resource[]): (key: string) => Resource | undefined {
  const byPrefix = new Map(resources.map((each) => [storagePrefix(each.resource), each]));
  return (key) => {
    const second = key.indexOf('/', '/registry/'.length);
    const prefix = key.slice(0, second + 1);
    return byPrefix.get(prefix) ?? byPrefix.get(`${prefix}${key.slice(prefix.length).split('/')[0]}/`);
  };
}
