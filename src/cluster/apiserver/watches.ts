// Open watches, indexed so that a change costs what those who are interested in it cost: by resource, and within one by node, by name,
// by namespace, or none. Models k8s.io/apiserver/pkg/storage/cacher/watch_cache*.go and cache_watcher.go.
import type { WatchEvent } from '../api/request.ts';
import type { Change, Stored } from './cache.ts';
import { nodeNameOf } from './cache.ts';
import type { Selection } from './selection.ts';

/** A watch that is open. */
export interface Watch {
  readonly stream: string;
  /** The component that watches. */
  readonly client: string;
  readonly userAgent: string;
  readonly resource: string;
  /** Empty: all namespaces. */
  readonly namespace: string;
  readonly selection: Selection;
  readonly table: boolean;
  readonly includeObject?: string;
}

/** The open watches. */
export interface Watches {
  open(watch: Watch): void;
  close(stream: string): Watch | undefined;
  /** Closes all that a component holds; answers them. */
  closeAllOf(client: string): void;
  get(stream: string): Watch | undefined;
  /** Whoever is told of a change, in the order of opening within each index, with what each is told. */
  interested(resource: string, change: Change): readonly { readonly watch: Watch; readonly event: WatchEvent }[];
}

/** No watches. */
export function createWatches(): Watches {
  const byStream = new Map<string, Watch>();
  const index = new Map<string, Set<Watch>>();
  return {
    open(watch) {
      byStream.set(watch.stream, watch);
      const key = indexOf(watch);
      const set = index.get(key);
      if (set) set.add(watch);
      else index.set(key, new Set([watch]));
    },
    close(stream) {
      const watch = byStream.get(stream);
      if (!watch) return undefined;
      byStream.delete(stream);
      index.get(indexOf(watch))?.delete(watch);
      return watch;
    },
    closeAllOf(client) {
      for (const watch of [...byStream.values()]) {
        if (watch.client !== client) continue;
        byStream.delete(watch.stream);
        index.get(indexOf(watch))?.delete(watch);
      }
    },
    get: (stream) => byStream.get(stream),
    interested(resource, change) {
      const told: { watch: Watch; event: WatchEvent }[] = [];
      for (const key of keysOf(resource, change)) {
        for (const watch of index.get(key) ?? []) {
          const event = eventFor(watch, change);
          if (event) told.push({ watch, event });
        }
      }
      return told;
    },
  };
}

/** Where a watch stands in the index: at the narrowest field that its selector pins. */
function indexOf({ resource, namespace, selection }: Watch): string {
  if (selection.nodeName !== undefined) return `${resource} node ${selection.nodeName}`;
  if (selection.name !== undefined) return `${resource} name ${selection.name}`;
  return namespace === '' ? `${resource} all` : `${resource} namespace ${namespace}`;
}

/** Every place in the index at which a watch can be interested in a change. */
function keysOf(resource: string, { before, after }: Change): readonly string[] {
  const metadata = (after ?? before)?.metadata;
  const keys = [`${resource} all`, `${resource} namespace ${metadata?.namespace ?? ''}`, `${resource} name ${metadata?.name ?? ''}`];
  const left = nodeNameOf(before);
  const entered = nodeNameOf(after);
  if (left !== undefined) keys.push(`${resource} node ${left}`);
  if (entered !== undefined && entered !== left) keys.push(`${resource} node ${entered}`);
  return keys;
}

/** What a change is to one watch: an object that enters its selection is ADDED to it, one that leaves it DELETED. */
export function eventFor(watch: Pick<Watch, 'namespace' | 'selection'>, { before, after, revision }: Change): WatchEvent | undefined {
  const selects = (object: Stored | undefined): object is Stored =>
    object !== undefined && (watch.namespace === '' || object.metadata.namespace === watch.namespace) && watch.selection.matches(object);
  const had = selects(before);
  if (selects(after)) return { type: had ? 'MODIFIED' : 'ADDED', object: after };
  if (!had) return undefined;
  return { type: 'DELETED', object: { ...before, metadata: { ...before.metadata, resourceVersion: String(revision) } } };
}
