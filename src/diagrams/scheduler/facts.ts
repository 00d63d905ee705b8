// What a plugin looked at: the Pod's side, the node's side, and, where a score is a sum, the sum. In the words of the API, so that each
// can be found again in the YAML; read from the trace as of the attempt.
import type { Trace } from '../../engine/trace.ts';
import type { Node, Pod, Taint, Toleration } from '../../cluster/api/types.ts';
import { type NodeInfo, nodeInfoOf } from '../../cluster/scheduler/framework/node-info.ts';
import { type PodInfo, podInfoOf } from '../../cluster/scheduler/framework/pod-info.ts';
import { isTolerated } from '../../cluster/scheduler/framework/taints.ts';
import type { AttemptIndex } from './attempts.ts';

/** A field of the API and what stands in it. */
export interface Fact {
  readonly field: string;
  readonly value: string;
}

/** What a plugin looked at. */
export interface Facts {
  readonly pod: readonly Fact[];
  readonly node: readonly Fact[];
  /** Lines of arithmetic. */
  readonly sum: readonly string[];
}

const NONE = '—';
const fact = (field: string, value: string | undefined): Fact => ({ field, value: value === undefined || value === '' ? NONE : value });
const taintText = ({ key, value, effect }: Taint): string => `${key}${value ? `=${value}` : ''}:${effect}`;
const tolerationText = ({ key, operator, value, effect }: Toleration): string =>
  `${key ?? '*'}${operator === 'Exists' || value === undefined ? '' : `=${value}`}${effect ? `:${effect}` : ''}`;
const cpuText = (milli: number): string => `${milli}m`;
const memoryText = (bytes: number): string =>
  bytes >= 2 ** 30 && bytes % 2 ** 27 === 0 ? `${bytes / 2 ** 30}Gi` : `${Math.round(bytes / 2 ** 20)}Mi`;
const labelsText = (labels: Readonly<Record<string, string>> | undefined): string =>
  Object.entries(labels ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
/** Tolerations that every Pod gets by itself: they do not concern scheduling. */
const ownTolerations = (pod: Pod): readonly Toleration[] => (pod.spec.tolerations ?? []).filter(({ effect }) => effect !== 'NoExecute');

/** What a Pod asks of a node, in short. */
export function asksOf(pod: Pod): readonly Fact[] {
  const { requests } = podInfoOf(pod);
  const { spec } = pod;
  const affinity = spec.affinity ?? {};
  const facts: Fact[] = [];
  if (requests.cpuMilli > 0) facts.push(fact('cpu', cpuText(requests.cpuMilli)));
  if (requests.memoryBytes > 0) facts.push(fact('memory', memoryText(requests.memoryBytes)));
  for (const [name, amount] of Object.entries(requests.scalars)) facts.push(fact(name, String(amount)));
  if (spec.nodeSelector) facts.push(fact('nodeSelector', labelsText(spec.nodeSelector)));
  for (const name of ['nodeAffinity', 'podAffinity', 'podAntiAffinity'] as const)
    if (affinity[name]) facts.push({ field: name, value: '' });
  for (const toleration of ownTolerations(pod)) facts.push(fact('toleration', tolerationText(toleration)));
  for (const one of spec.topologySpreadConstraints ?? []) facts.push(fact('spread', `${one.topologyKey} maxSkew ${one.maxSkew}`));
  for (const { port, protocol } of podInfoOf(pod).hostPorts) facts.push(fact('hostPort', `${port}/${protocol}`));
  if (spec.priorityClassName || spec.priority) facts.push(fact('priority', String(spec.priority ?? 0)));
  return facts;
}

/** A node with the Pods that counted on it when an attempt was made: bound ones, and those that had been given it just before. */
export function nodeAt(trace: Trace, step: number, name: string, index: AttemptIndex): NodeInfo | undefined {
  const node = trace.row(`/registry/minions/${name}`, step) as Node | undefined;
  if (!node) return undefined;
  const pods = trace.rowsUnder('/registry/pods/', step).flatMap(([key, value]): PodInfo[] => {
    const pod = value as Pod;
    if (pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed') return [];
    const on = pod.spec.nodeName ?? index.attempts(key).findLast((note) => note.step < step)?.data.chosen;
    return on === name ? [podInfoOf(pod)] : [];
  });
  return nodeInfoOf(node, pods);
}

type Look = (pod: PodInfo, node: NodeInfo) => Facts;

const resources: Look = ({ requests }, { allocatable, requested, pods, allowedPods }) => ({
  pod: [fact('requests.cpu', cpuText(requests.cpuMilli)), fact('requests.memory', memoryText(requests.memoryBytes))],
  node: [
    fact(
      'cpu',
      `${cpuText(allocatable.cpuMilli)} − ${cpuText(requested.cpuMilli)} = ${cpuText(allocatable.cpuMilli - requested.cpuMilli)}`,
    ),
    fact(
      'memory',
      `${memoryText(allocatable.memoryBytes)} − ${memoryText(requested.memoryBytes)} = ${memoryText(allocatable.memoryBytes - requested.memoryBytes)}`,
    ),
    fact('pods', `${pods.length} / ${allowedPods}`),
  ],
  sum: [],
});

const taints: Look = ({ pod }, { node }) => ({
  pod: [fact('tolerations', ownTolerations(pod).map(tolerationText).join(', '))],
  node:
    (node.spec.taints ?? []).length === 0
      ? [fact('taints', undefined)]
      : (node.spec.taints ?? []).map((taint) =>
          fact(isTolerated(taint, pod.spec.tolerations ?? []) ? '✓ taint' : '✕ taint', taintText(taint)),
        ),
  sum: [],
});

const affinity: Look = ({ pod }, { labels }) => {
  const own = pod.spec.affinity?.nodeAffinity;
  const terms = [
    ...(own?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? []).map((term) => ['required', term] as const),
    ...(own?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(
      ({ weight, preference }) => [`preferred +${weight}`, preference] as const,
    ),
  ];
  const keys = new Set(Object.keys(pod.spec.nodeSelector ?? {}));
  const pods = terms.map(([name, { matchExpressions = [], matchFields = [] }]) => {
    for (const { key } of matchExpressions) keys.add(key);
    return fact(
      name,
      [...matchExpressions, ...matchFields]
        .map(({ key, operator, values }) => `${key} ${operator} ${(values ?? []).join(' | ')}`.trim())
        .join(', '),
    );
  });
  const selector = pod.spec.nodeSelector ? [fact('nodeSelector', labelsText(pod.spec.nodeSelector))] : [];
  return {
    pod: selector.length + pods.length === 0 ? [fact('nodeSelector, nodeAffinity', undefined)] : [...selector, ...pods],
    node: [...keys].map((key) => fact(key, labels[key])),
    sum: [],
  };
};

const shareSum = (name: string, of: number, used: number, asked: number, text: (amount: number) => string): string =>
  `${name} (${text(of)} − ${text(used)} − ${text(asked)}) × 100 / ${text(of)} = ${of === 0 || used + asked > of ? 0 : Math.trunc(((of - used - asked) * 100) / of)}`;

const LOOKS: Readonly<Record<string, Look>> = {
  NodeUnschedulable: (_pod, { node }) => ({
    pod: [],
    node: [fact('spec.unschedulable', String(node.spec.unschedulable ?? false))],
    sum: [],
  }),
  NodeName: ({ pod }, { name }) => ({ pod: [fact('spec.nodeName', pod.spec.nodeName)], node: [fact('metadata.name', name)], sum: [] }),
  TaintToleration: taints,
  NodeAffinity: affinity,
  NodePorts: ({ hostPorts }, { pods }) => ({
    pod: [fact('hostPort', hostPorts.map(({ port, protocol }) => `${port}/${protocol}`).join(', '))],
    node: [
      fact(
        'hostPorts',
        pods.flatMap((other) => other.hostPorts.map(({ port, protocol }) => `${port}/${protocol} (${other.key})`)).join(', '),
      ),
    ],
    sum: [],
  }),
  NodeResourcesFit: resources,
  NodeResourcesBalancedAllocation: resources,
  VolumeBinding: ({ pod }) => ({
    pod: [
      fact('persistentVolumeClaim', (pod.spec.volumes ?? []).flatMap((volume) => volume.persistentVolumeClaim?.claimName ?? []).join(', ')),
    ],
    node: [],
    sum: [],
  }),
  PodTopologySpread: ({ pod }, { labels }) => ({
    pod: (pod.spec.topologySpreadConstraints ?? []).map(({ topologyKey, maxSkew, whenUnsatisfiable }) =>
      fact(topologyKey, `maxSkew ${maxSkew}, ${whenUnsatisfiable}`),
    ),
    node: (pod.spec.topologySpreadConstraints ?? []).map(({ topologyKey }) => fact(topologyKey, labels[topologyKey])),
    sum: [],
  }),
  InterPodAffinity: ({ pod }, { pods }) => ({
    pod: (['podAffinity', 'podAntiAffinity'] as const).flatMap((name) =>
      (pod.spec.affinity?.[name]?.requiredDuringSchedulingIgnoredDuringExecution ?? []).map(({ topologyKey, labelSelector }) =>
        fact(name, `${labelsText(labelSelector?.matchLabels)} (${topologyKey})`),
      ),
    ),
    node: [
      fact(
        'pods',
        pods
          .filter(({ namespace }) => namespace !== 'kube-system')
          .map(({ key }) => key)
          .join(', '),
      ),
    ],
    sum: [],
  }),
  ImageLocality: ({ pod }, { node }) => {
    const wanted = [...(pod.spec.initContainers ?? []), ...pod.spec.containers].map(({ image = '' }) => image);
    const present = (node.status.images ?? []).filter(({ names = [] }) => names.some((name) => wanted.includes(name)));
    return {
      pod: [fact('image', wanted.join(', '))],
      node: [
        fact(
          'status.images',
          present
            .map(({ names = [], sizeBytes = 0 }) => `${names.find((name) => wanted.includes(name))} ${memoryText(sizeBytes)}`)
            .join(', '),
        ),
      ],
      sum: [],
    };
  },
};

/** What a plugin saw of a Pod and a node; `raw`: the score that the arithmetic must come to, or it is left out. */
export function factsOf(plugin: string, pod: Pod, node: NodeInfo, raw: number | undefined): Facts {
  const info = podInfoOf(pod);
  const facts = LOOKS[plugin]?.(info, node) ?? { pod: [], node: [], sum: [] };
  const sum = raw === undefined || plugin !== 'NodeResourcesFit' ? [] : leastAllocated(info, node, raw);
  return { ...facts, sum };
}

/** Models plugins/noderesources/least_allocated.go: what would stay free, as a share. */
function leastAllocated(
  { requestsForScore: asked }: PodInfo,
  { allocatable, requestedForScore: used }: NodeInfo,
  raw: number,
): readonly string[] {
  const lines = [
    shareSum('cpu', allocatable.cpuMilli, used.cpuMilli, asked.cpuMilli, cpuText),
    shareSum('memory', allocatable.memoryBytes, used.memoryBytes, asked.memoryBytes, memoryText),
  ];
  const shares = lines.map((line) => Number(line.slice(line.lastIndexOf('=') + 2)));
  const mean = Math.trunc(((shares[0] ?? 0) + (shares[1] ?? 0)) / 2);
  return mean === raw ? [...lines, `(${shares.join(' + ')}) / 2 = ${raw}`] : [];
}
