// The paths of the API: which resource, in which namespace, which object, which part of it.
// Models k8s.io/apiserver/pkg/endpoints/request/requestinfo.go.
import { RESOURCES, type Resource } from '../api/resources.ts';

/** What a path leads to. */
export interface Target {
  readonly resource: Resource;
  /** Empty: of a resource without namespaces, or in all of them. */
  readonly namespace: string;
  /** Empty: the collection. */
  readonly name: string;
  /** Empty, or `status`, `binding`, `log`, ... */
  readonly subresource: string;
}

const BY_PLURAL: ReadonlyMap<string, Resource> = new Map(RESOURCES.map((each) => [`${each.group}/${each.version}/${each.resource}`, each]));
const SUBRESOURCES: Readonly<Record<string, readonly string[]>> = {
  pods: ['status', 'binding', 'log', 'exec', 'attach', 'portforward', 'eviction', 'resize', 'ephemeralcontainers'],
  nodes: ['status'],
  namespaces: ['status', 'finalize'],
  services: ['status'],
  persistentvolumes: ['status'],
  persistentvolumeclaims: ['status'],
  resourcequotas: ['status'],
  poddisruptionbudgets: ['status'],
};

/** The served resource of a group, version and plural. */
export const resourceOf = (group: string, version: string, plural: string): Resource | undefined =>
  BY_PLURAL.get(`${group}/${version}/${plural}`);

/** Reads a path below `/api` or `/apis`; undefined where nothing is served. */
export function parsePath(path: string): Target | undefined {
  const parts = path.split('/').slice(1).map(decodePart);
  const grouped = parts[0] === 'apis';
  if (!grouped && parts[0] !== 'api') return undefined;
  const [group, version, ...rest] = grouped ? [parts[1] ?? '', parts[2] ?? '', ...parts.slice(3)] : ['', parts[1] ?? '', ...parts.slice(2)];
  // `/namespaces/x/pods` is in a namespace; `/namespaces/x` and `/namespaces/x/status` are the namespace itself.
  const isScoped = rest[0] === 'namespaces' && rest.length > 2 && !(SUBRESOURCES.namespaces ?? []).includes(rest[2] ?? '');
  const [plural = '', name = '', subresource = '', ...more] = isScoped ? rest.slice(2) : rest;
  const resource = resourceOf(group, version, plural);
  if (!resource || more.length > 0 || (isScoped && !resource.namespaced)) return undefined;
  if (subresource !== '' && !SUBRESOURCES[plural]?.includes(subresource)) return undefined;
  const namespace = isScoped ? (rest[1] ?? '') : '';
  // A namespaced object has no path outside its namespace.
  if (resource.namespaced && namespace === '' && name !== '') return undefined;
  return { resource, namespace, name, subresource };
}

const MOST_REMEMBERED = 1000;

/** parsePath that remembers: the same few paths are asked for again and again. */
export function createTargets(): typeof parsePath {
  const known = new Map<string, Target | undefined>();
  return (path) => {
    const before = known.get(path);
    if (before !== undefined) return before;
    const target = parsePath(path);
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(path, target);
    return target;
  };
}

function decodePart(part: string): string {
  if (!part.includes('%')) return part;
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
