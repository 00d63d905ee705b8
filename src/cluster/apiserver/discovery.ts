// Paths that name no object: the version, the health of the server, and what it serves. Models k8s.io/apiserver/pkg/endpoints/discovery.
import { RESOURCES, type Resource } from '../api/resources.ts';

/** The version that Podscope behaves as. */
export const VERSION = {
  major: '1',
  minor: '36',
  gitVersion: 'v1.36.3',
  gitTreeState: 'clean',
  compiler: 'gc',
  platform: 'linux/amd64',
} as const;

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

/** The body for a path, or undefined where there is nothing. */
export function answerStatic(path: string): unknown {
  if (path === '/version') return VERSION;
  if (path === '/healthz' || path === '/livez' || path === '/readyz') return 'ok';
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'] };
  if (path === '/apis') return groupList();
  const found = /^\/(?:api\/(v1)|apis\/([^/]+)\/([^/]+))$/.exec(path);
  if (!found) return undefined;
  const [group, version] = found[1] ? ['', found[1]] : [found[2] ?? '', found[3] ?? ''];
  const served = RESOURCES.filter((each) => each.group === group && each.version === version);
  if (served.length === 0) return undefined;
  const groupVersion = group === '' ? version : `${group}/${version}`;
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources: served.map(describe) };
}

function describe({ resource, singular, namespaced, kind, shortNames }: Resource): unknown {
  const verbs = kind === 'Binding' ? ['create'] : VERBS;
  return { name: resource, singularName: singular, namespaced, kind, verbs, ...(shortNames.length > 0 && { shortNames }) };
}

function groupList(): unknown {
  const versions = new Map(RESOURCES.filter(({ group }) => group !== '').map(({ group, version }) => [group, version]));
  const groups = [...versions].map(([name, version]) => {
    const preferred = { groupVersion: `${name}/${version}`, version };
    return { name, versions: [preferred], preferredVersion: preferred };
  });
  return { kind: 'APIGroupList', apiVersion: 'v1', groups };
}
