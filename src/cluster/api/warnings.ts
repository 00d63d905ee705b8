// What the API server warns of though it stores the object. Models pkg/api/pod/warnings.go and pkg/registry/core/pod/strategy.go.
import { sortedKeys } from '../../base/order.ts';
import { quote } from './go-text.ts';
import { dns1123Label } from './name-rules.ts';
import { milliValue } from './quantity.ts';
import type { Container, ContainerPort, NodeSelectorTerm, Pod, PodSpec } from './types.ts';

const OLD_LABELS: Readonly<Record<string, string>> = {
  'beta.kubernetes.io/arch': 'deprecated since v1.14; use "kubernetes.io/arch" instead',
  'beta.kubernetes.io/os': 'deprecated since v1.14; use "kubernetes.io/os" instead',
  'failure-domain.beta.kubernetes.io/region': 'deprecated since v1.17; use "topology.kubernetes.io/region" instead',
  'failure-domain.beta.kubernetes.io/zone': 'deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
  'beta.kubernetes.io/instance-type': 'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead',
};
const OLD_ANNOTATIONS: readonly (readonly [string, string])[] = [
  ['scheduler.alpha.kubernetes.io/critical-pod', 'non-functional in v1.16+; use the "priorityClassName" field instead'],
  ['security.alpha.kubernetes.io/sysctls', 'non-functional in v1.11+; use the "sysctls" field instead'],
  ['security.alpha.kubernetes.io/unsafe-sysctls', 'non-functional in v1.11+; use the "sysctls" field instead'],
];
const OLD_VOLUMES: readonly (readonly [keyof NonNullable<PodSpec['volumes']>[number], string, string?])[] = [
  ['photonPersistentDisk', 'deprecated in v1.11, non-functional in v1.16+'],
  ['gitRepo', 'deprecated in v1.11'],
  ['scaleIO', 'deprecated in v1.16, non-functional in v1.22+'],
  ['flocker', 'deprecated in v1.22, non-functional in v1.25+'],
  ['storageos', 'deprecated in v1.22, non-functional in v1.25+', 'storageOS'],
  ['quobyte', 'deprecated in v1.22, non-functional in v1.25+'],
  ['glusterfs', 'deprecated in v1.25, non-functional in v1.26+'],
  ['cephfs', 'deprecated in v1.28, non-functional in v1.31+'],
  ['rbd', 'deprecated in v1.28, non-functional in v1.31+'],
];

/** A container with its field, in the order in which the API server visits them. */
type Visited = readonly [container: Container, field: string];

const visited = (spec: PodSpec): Visited[] =>
  (['initContainers', 'containers', 'ephemeralContainers'] as const).flatMap((list) =>
    (spec[list] ?? []).map((container, i): Visited => [container, `spec.${list}[${i}]`]),
  );

function ofTerm(term: NodeSelectorTerm, field: string): string[] {
  return (term.matchExpressions ?? []).flatMap(({ key }, i) => {
    const text = OLD_LABELS[key];
    return text ? [`${field}.matchExpressions[${i}].key: ${key} is ${text}`] : [];
  });
}

function ofPlacement(spec: PodSpec): string[] {
  const selector = sortedKeys(spec.nodeSelector ?? {}).flatMap((key) =>
    OLD_LABELS[key] ? [`spec.nodeSelector[${key}]: ${OLD_LABELS[key]}`] : [],
  );
  const field = 'spec.affinity.nodeAffinity';
  const affinity = spec.affinity?.nodeAffinity;
  const required = affinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const preferred = affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  const spread = (spec.topologySpreadConstraints ?? []).flatMap(({ topologyKey, labelSelector }, i) => {
    const at = `spec.topologySpreadConstraints[${i}]`;
    return [
      ...(OLD_LABELS[topologyKey] ? [`${at}.topologyKey: ${topologyKey} is ${OLD_LABELS[topologyKey]}`] : []),
      ...(labelSelector === undefined ? [`${at}.labelSelector: ${NO_MATCH}`] : []),
    ];
  });
  return [
    ...selector,
    ...required.flatMap((term, i) => ofTerm(term, `${field}.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[${i}]`)),
    ...preferred.flatMap((each, i) => ofTerm(each.preference, `${field}.preferredDuringSchedulingIgnoredDuringExecution[${i}].preference`)),
    ...spread,
  ];
}

function ofVolumes(spec: PodSpec): string[] {
  return (spec.volumes ?? []).flatMap((volume, i) =>
    OLD_VOLUMES.flatMap(([key, text, shown]) => (volume[key] === undefined ? [] : [`spec.volumes[${i}].${shown ?? key}: ${text}`])),
  );
}

/** Names that are there twice, in lists that patches merge by name. */
function ofNames(spec: PodSpec): string[] {
  const repeated = (items: readonly string[], say: (i: number, item: string) => string): string[] =>
    items.flatMap((item, i) => (items.indexOf(item) < i ? [say(i, item)] : []));
  const secrets = (spec.imagePullSecrets ?? []).map((secret) => secret.name ?? '');
  const secretField = (i: number): string => `spec.imagePullSecrets[${i}].name`;
  return [
    ...repeated(
      (spec.hostAliases ?? []).map((alias) => alias.ip),
      (i, ip) => `spec.hostAliases[${i}].ip: duplicate ip ${quote(ip)}`,
    ),
    ...repeated(secrets, (i, name) => `${secretField(i)}: duplicate name ${quote(name)}`),
    ...secrets.flatMap((name, i) => (name === '' ? [`${secretField(i)}: invalid empty name ""`] : [])),
  ];
}

function fractions(list: Readonly<Record<string, string>> | undefined, names: readonly string[], field: string): string[] {
  return names.flatMap((name) => {
    const amount = list?.[name];
    if (amount === undefined || milliValue(amount) % 1000 === 0) return [];
    return [`${field}[${name}]: fractional byte value ${quote(amount)} is invalid, must be an integer`];
  });
}

function ofContainer([container, field]: Visited): string[] {
  const { limits, requests } = container.resources ?? {};
  const both = (name: string): string[] => [
    ...fractions(limits, [name], `${field}.resources.limits`),
    ...fractions(requests, [name], `${field}.resources.requests`),
  ];
  const seen = new Set<string>();
  const env = (container.env ?? []).flatMap(({ name, value = '', valueFrom }, i) => {
    const again = seen.has(name);
    seen.add(name);
    const reference = `$(${name})`;
    const hides = valueFrom !== undefined || value === reference || !value.includes(reference);
    return again && hides ? [`${field}.env[${i}]: hides previous definition of ${quote(name)}, which may be dropped when using apply`] : [];
  });
  return [...both('memory'), ...both('ephemeral-storage'), ...env];
}

/** Go's `%+v` of an internal ContainerPort. */
const portText = ({ name = '', hostPort = 0, containerPort, protocol = '', hostIP = '' }: ContainerPort): string =>
  `{Name:${name} HostPort:${hostPort} ContainerPort:${containerPort} Protocol:${protocol} HostIP:${hostIP}}`;

interface SeenPort {
  readonly port: ContainerPort;
  readonly field: string;
}

function ofPorts(spec: PodSpec): string[] {
  const known = new Map<string, SeenPort[]>();
  return visited(spec).flatMap(([container, field]) =>
    (container.ports ?? []).flatMap((port, i) => {
      const at = `${field}.ports[${i}]`;
      const key = `${port.containerPort}/${port.protocol ?? ''}`;
      const others = known.get(key) ?? [];
      known.set(key, [...others, { port, field: at }]);
      const unbound = port.hostIP && !port.hostPort ? [`${at}: hostIP set without hostPort: ${portText(port)}`] : [];
      return [...unbound, ...others.flatMap((other) => clash(port, at, other))];
    }),
  );
}

function clash(port: ContainerPort, at: string, { port: other, field }: SeenPort): string[] {
  const [ip, otherIp] = [port.hostIP ?? '', other.hostIP ?? ''];
  const [host, otherHost] = [port.hostPort ?? 0, other.hostPort ?? 0];
  if (ip === otherIp && host === otherHost) return [`${at}: duplicate port definition with ${field}`];
  if (host === 0 || otherHost === 0) return [`${at}: overlapping port definition with ${field}`];
  if (host === otherHost && (ip === '') !== (otherIp === '')) return [`${at}: dangerously ambiguous port definition with ${field}`];
  return [];
}

/** Ports of one name in several containers: whoever selects by name gets the first. */
function ofPortNames(spec: PodSpec): string[] {
  const first = new Map<string, string>();
  return visited(spec).flatMap(([container, field]) =>
    (container.ports ?? []).flatMap((port, i) => {
      if (!port.name) return [];
      const at = `${field}.ports[${i}]`;
      const known = first.get(port.name);
      if (known === undefined) {
        first.set(port.name, at);
        return [];
      }
      return [
        `${at}: duplicate port name ${quote(port.name)} with ${known}, services and probes that select ports by name will use ${known}`,
      ];
    }),
  );
}

const NO_MATCH = 'a null labelSelector results in matching no pod';

function ofAffinity(spec: PodSpec): string[] {
  return (['podAffinity', 'podAntiAffinity'] as const).flatMap((name) => {
    const field = `spec.affinity.${name}`;
    const {
      requiredDuringSchedulingIgnoredDuringExecution: required = [],
      preferredDuringSchedulingIgnoredDuringExecution: preferred = [],
    } = spec.affinity?.[name] ?? {};
    return [
      ...required.flatMap((term, i) =>
        term.labelSelector ? [] : [`${field}.requiredDuringSchedulingIgnoredDuringExecution[${i}].labelSelector: ${NO_MATCH}`],
      ),
      ...preferred.flatMap(({ podAffinityTerm }, i) =>
        podAffinityTerm.labelSelector
          ? []
          : [`${field}.preferredDuringSchedulingIgnoredDuringExecution[${i}].podAffinityTerm.labelSelector: ${NO_MATCH}`],
      ),
    ];
  });
}

/** Warnings of a Pod that is created, in the API server's order; an update of a Pod warns of nothing. */
export function podWarnings(pod: Pod): string[] {
  const { spec, metadata } = pod;
  const grace = spec.terminationGracePeriodSeconds;
  const nameTexts = metadata.name ? dns1123Label(metadata.name) : [];
  return [
    ...(nameTexts.length > 0
      ? [
          `metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: [${nameTexts.join(' ')}]`,
        ]
      : []),
    ...ofPlacement(spec),
    ...OLD_ANNOTATIONS.flatMap(([key, text]) =>
      metadata.annotations?.[key] === undefined ? [] : [`metadata.annotations[${key}]: ${text}`],
    ),
    ...ofVolumes(spec),
    ...ofNames(spec),
    ...fractions(spec.overhead, ['memory', 'ephemeral-storage'], 'spec.overhead'),
    ...visited(spec).flatMap(ofContainer),
    ...ofPorts(spec),
    ...ofPortNames(spec),
    ...(grace !== undefined && grace < 0
      ? ['spec.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1']
      : []),
    ...ofAffinity(spec),
  ];
}

/** Warnings of any object that is created. */
export function warningsFor(object: { readonly kind: string }): string[] {
  return object.kind === 'Pod' ? podWarnings(object as unknown as Pod) : [];
}
