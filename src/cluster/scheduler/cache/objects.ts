// Objects of one kind by namespace and name: a lister.
import type { ObjectMeta } from '../../api/types.ts';

/** Objects of one kind. Those without a namespace are in the empty one. */
export interface Objects<T> {
  /** Adds an object or replaces it; answers whether it is new. */
  set(object: T): boolean;
  remove(object: T): void;
  get(namespace: string, name: string): T | undefined;
  inNamespace(namespace: string): readonly T[];
}

/** No objects. */
export function createObjects<T extends { readonly metadata: ObjectMeta }>(): Objects<T> {
  const namespaces = new Map<string, Map<string, T>>();
  return {
    set(object) {
      const { namespace = '', name } = object.metadata;
      let objects = namespaces.get(namespace);
      if (!objects) {
        objects = new Map();
        namespaces.set(namespace, objects);
      }
      const isNew = !objects.has(name);
      objects.set(name, object);
      return isNew;
    },
    remove: ({ metadata: { namespace = '', name } }) => namespaces.get(namespace)?.delete(name),
    get: (namespace, name) => namespaces.get(namespace)?.get(name),
    inNamespace: (namespace) => [...(namespaces.get(namespace)?.values() ?? [])],
  };
}
