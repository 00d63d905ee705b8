// Which folder may import which (design.md section 2): arrows point down only, siblings do not know each other, nothing goes in circles.
import type { Source } from './sources.ts';

/** What each folder of `src` may import besides itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  base: [],
  engine: ['base'],
  manifest: ['base'],
  cluster: ['base', 'engine', 'manifest'],
  kubectl: ['base', 'engine', 'manifest', 'cluster'],
  scenario: ['base', 'engine', 'manifest', 'cluster', 'kubectl'],
  session: ['base', 'engine', 'manifest', 'cluster', 'kubectl', 'scenario', 'i18n'],
  widgets: ['base'],
  i18n: ['base'],
  diagrams: ['base', 'engine', 'cluster', 'scenario', 'session', 'widgets', 'i18n'],
  panels: ['base', 'engine', 'manifest', 'cluster', 'scenario', 'session', 'widgets', 'i18n'],
  lessons: ['base', 'engine', 'cluster', 'scenario', 'session', 'widgets', 'i18n'],
  cli: ['base', 'engine', 'manifest', 'cluster', 'kubectl', 'scenario'],
  testing: ['base', 'engine', 'manifest', 'cluster', 'kubectl', 'scenario', 'session', 'cli'],
};

/** Folders whose subfolders are siblings that do not import each other. */
const SIBLINGS = [
  'diagrams',
  'panels',
  'lessons',
  'cluster/controllers',
  'cluster/scheduler/plugins',
  'cluster/runtime/images',
  'kubectl/commands',
];

/** What the parts of the cluster may import besides themselves, `api/` and the files directly in `cluster/`. */
const CLUSTER_MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  api: [],
  etcd: [],
  apiserver: [],
  scheduler: [],
  kubelet: ['runtime/cri.ts'],
  runtime: [],
  docker: ['runtime'],
  network: [],
  controllers: [],
  boot: ['etcd', 'apiserver', 'scheduler', 'kubelet', 'runtime', 'network', 'controllers'],
};

/** What is wrong with the imports of these sources: one sentence each. */
export function importMistakes(sources: readonly Source[]): readonly string[] {
  return [...sources.flatMap(mistakesOf), ...circles(sources)];
}

function mistakesOf({ file, imports }: Source): readonly string[] {
  // The composition root may import everything; so may tests, of what stands beside them and below.
  if (!file.includes('/') || isTest(file)) return [];
  return imports.flatMap((imported) => (imported.file === undefined ? [] : mistake(file, imported.file))).map((text) => `${file} ${text}`);
}

/** Tests, benchmarks, and what only they use (`test-…`). */
const isTest = (file: string): boolean => /\.(test|bench)\.tsx?$|\/test-[\w-]+\.ts$/.test(file);

function mistake(file: string, target: string): readonly string[] {
  const from = folderOf(file);
  const to = folderOf(target);
  if (!target.includes('/') || MAY_IMPORT[from] === undefined) return [`imports ${target}, which no rule allows`];
  if (from !== to && !MAY_IMPORT[from].includes(to))
    return [`imports ${target}: ${from} may import ${MAY_IMPORT[from].join(', ') || 'nothing'}`];
  const siblings = SIBLINGS.find((parent) => file.startsWith(`${parent}/`) && target.startsWith(`${parent}/`));
  if (siblings !== undefined && isInSibling(file, target, siblings)) return [`imports its sibling ${target}`];
  if (from === 'kubectl' && to === 'cluster' && !target.startsWith('cluster/api/'))
    return [`imports ${target}: kubectl knows of the cluster only cluster/api`];
  if (from === 'cluster' && to === 'cluster') return insideCluster(file, target);
  return [];
}

function isInSibling(file: string, target: string, parent: string): boolean {
  const [mine, rest] = file.slice(parent.length + 1).split('/');
  const [theirs, theirRest] = target.slice(parent.length + 1).split('/');
  return rest !== undefined && theirRest !== undefined && mine !== theirs;
}

function insideCluster(file: string, target: string): readonly string[] {
  const [, part, mine] = file.split('/');
  const [, other, theirs] = target.split('/');
  if (mine === undefined || theirs === undefined || part === undefined || other === undefined || part === other || other === 'api')
    return [];
  const allowed = CLUSTER_MAY_IMPORT[part] ?? [];
  const isAllowed = allowed.some((entry) => target === `cluster/${entry}` || target.startsWith(`cluster/${entry}/`));
  return isAllowed ? [] : [`imports ${target}: cluster/${part} may import ${['api', ...allowed].join(', ')}`];
}

const folderOf = (file: string): string => file.split('/')[0] as string;

/** Circles of value imports, each told once. */
function circles(sources: readonly Source[]): readonly string[] {
  const known = new Map(sources.map((source) => [source.file, source]));
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) {
      found.push(`a circle of imports: ${[...path.slice(path.indexOf(file)), file].join(' -> ')}`);
      return;
    }
    if (done.has(file)) return;
    for (const { file: target, isType } of known.get(file)?.imports ?? []) {
      if (target !== undefined && !isType && known.has(target)) visit(target, [...path, file]);
    }
    done.add(file);
  };
  for (const { file } of sources) visit(file, []);
  return found;
}
