// A Pod with what the scheduler computes of it once. Models pkg/scheduler/framework/types.go PodInfo.
import type { LabelSelector, Pod, PodAffinityTerm, WeightedPodAffinityTerm } from '../../api/types.ts';
import { podRequests, podRequestsForScore, type Resources } from './resources.ts';
import { labelSelector, type Labels, type Selector } from './selectors.ts';

/** A port of the node that a Pod takes. */
export interface HostPort {
  readonly ip: string;
  readonly protocol: string;
  readonly port: number;
}

/** A Pod affinity term, ready to be matched. */
export interface AffinityTerm {
  readonly topologyKey: string;
  readonly namespaces: ReadonlySet<string>;
  /** Namespaces that are chosen by their labels, besides the named ones. */
  readonly namespaceSelector: Selector | undefined;
  readonly selector: Selector;
  /** 0 for a required term. */
  readonly weight: number;
}

/** A Pod's affinity to other Pods. */
export interface PodAffinityTerms {
  readonly required: readonly AffinityTerm[];
  readonly requiredAnti: readonly AffinityTerm[];
  readonly preferred: readonly AffinityTerm[];
  readonly preferredAnti: readonly AffinityTerm[];
}

/** A Pod and what follows from it. */
export interface PodInfo {
  readonly pod: Pod;
  /** `namespace/name`. */
  readonly key: string;
  readonly namespace: string;
  readonly uid: string;
  readonly priority: number;
  readonly requests: Resources;
  readonly requestsForScore: Resources;
  readonly hostPorts: readonly HostPort[];
  readonly affinity: PodAffinityTerms;
}

const NO_AFFINITY: PodAffinityTerms = { required: [], requiredAnti: [], preferred: [], preferredAnti: [] };
const NO_PORTS: readonly HostPort[] = [];

/** Whether a term speaks of a Pod in a namespace with these labels. Models AffinityTerm.Matches. */
export function termMatches(term: AffinityTerm, pod: PodInfo, namespaceLabels: (namespace: string) => Labels): boolean {
  if (!term.namespaces.has(pod.namespace) && !term.namespaceSelector?.(namespaceLabels(pod.namespace))) return false;
  return term.selector(pod.pod.metadata.labels ?? {});
}

/** Computes once what the scheduler needs to know of a Pod. */
export function podInfoOf(pod: Pod): PodInfo {
  const namespace = pod.metadata.namespace ?? 'default';
  return {
    pod,
    key: `${namespace}/${pod.metadata.name}`,
    namespace,
    uid: pod.metadata.uid ?? `${namespace}/${pod.metadata.name}`,
    priority: pod.spec.priority ?? 0,
    requests: podRequests(pod),
    requestsForScore: podRequestsForScore(pod),
    hostPorts: hostPortsOf(pod),
    affinity: affinityOf(pod, namespace),
  };
}

/** Ports of containers and sidecars; an ordinary init container's are not held. Models pkg/scheduler/util GetHostPorts. */
function hostPortsOf(pod: Pod): readonly HostPort[] {
  const containers = [...(pod.spec.initContainers ?? []).filter((one) => one.restartPolicy === 'Always'), ...pod.spec.containers];
  const ports = containers.flatMap((container) =>
    (container.ports ?? []).flatMap(({ hostIP = '', hostPort = 0, protocol = 'TCP' }) =>
      hostPort > 0 ? [{ ip: hostIP === '' ? '0.0.0.0' : hostIP, protocol, port: hostPort }] : [],
    ),
  );
  return ports.length === 0 ? NO_PORTS : ports;
}

function affinityOf(pod: Pod, namespace: string): PodAffinityTerms {
  const { podAffinity, podAntiAffinity } = pod.spec.affinity ?? {};
  if (!podAffinity && !podAntiAffinity) return NO_AFFINITY;
  const required = (terms: readonly PodAffinityTerm[] | undefined) => (terms ?? []).map((term) => termOf(term, 0, namespace));
  const preferred = (terms: readonly WeightedPodAffinityTerm[] | undefined) =>
    (terms ?? []).map((term) => termOf(term.podAffinityTerm, term.weight, namespace));
  return {
    required: required(podAffinity?.requiredDuringSchedulingIgnoredDuringExecution),
    requiredAnti: required(podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution),
    preferred: preferred(podAffinity?.preferredDuringSchedulingIgnoredDuringExecution),
    preferredAnti: preferred(podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution),
  };
}

function termOf(term: PodAffinityTerm, weight: number, own: string): AffinityTerm {
  const { namespaces = [], namespaceSelector, labelSelector: selector, topologyKey } = term;
  const named = namespaces.length === 0 && namespaceSelector === undefined ? [own] : namespaces;
  return {
    topologyKey,
    namespaces: new Set(named),
    namespaceSelector: selectorOf(namespaceSelector),
    selector: labelSelector(selector),
    weight,
  };
}

const selectorOf = (selector: LabelSelector | undefined): Selector | undefined =>
  selector === undefined ? undefined : labelSelector(selector);
