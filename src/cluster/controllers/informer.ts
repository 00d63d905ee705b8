// What a controller knows of a resource: kept up to date by a watch. Models k8s.io/client-go/tools/cache.
import type { ApiClient, Watching } from '../api/client.ts';
import type { WatchEvent } from '../api/request.ts';
import type { ObjectMeta } from '../api/types.ts';
import type { ClusterContext } from '../component.ts';

/** Any stored object. */
export interface ApiObject {
  readonly metadata: ObjectMeta;
}

/** Objects of one resource by key: `namespace/name`, or the name alone. */
export interface Informer<T extends ApiObject> {
  readonly objects: ReadonlyMap<string, T>;
  /** Whether every object that stood has come. */
  readonly isSynced: boolean;
  stop(context: ClusterContext): void;
}

/** Told of each change; `before` undefined: new, `after` undefined: gone. */
export type OnChange<T> = (context: ClusterContext, key: string, before: T | undefined, after: T | undefined) => void;

/** The key of an object in an informer. */
export const informerKey = ({ metadata: { namespace, name } }: ApiObject): string =>
  namespace === undefined ? name : `${namespace}/${name}`;

/** Watches a path. `onSync` comes once, after the changes that tell what stood. */
export function startInformer<T extends ApiObject>(
  client: ApiClient,
  context: ClusterContext,
  path: string,
  query: Readonly<Record<string, string>>,
  onChange: OnChange<T>,
  onSync?: (context: ClusterContext) => void,
): Informer<T> {
  const objects = new Map<string, T>();
  let isSynced = false;
  const take = (now: ClusterContext, { type, object }: WatchEvent): void => {
    if (type === 'BOOKMARK') {
      if (!isSynced) {
        isSynced = true;
        onSync?.(now);
      }
      return;
    }
    if (type === 'ERROR') return;
    // The API server answers objects of the kind that is asked for.
    const after = object as T;
    const key = informerKey(after);
    const before = objects.get(key);
    if (type === 'DELETED') objects.delete(key);
    else objects.set(key, after);
    onChange(now, key, before, type === 'DELETED' ? undefined : after);
  };
  const watching: Watching = client.watch(context, path, { ...query, sendInitialEvents: 'true' }, take);
  return {
    objects,
    get isSynced() {
      return isSynced;
    },
    stop: (now) => watching.close(now),
  };
}
