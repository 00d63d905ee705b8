// Which resources the API server serves, and where their objects stand in etcd.

/** A served resource. */
export interface Resource {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  /** Plural, as in paths. */
  readonly resource: string;
  readonly kind: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly namespaced: boolean;
  /** Valid, stored and shown, but nothing acts on it. */
  readonly inert?: true;
}

const core = (resource: string, kind: string, shortNames: readonly string[] = [], namespaced = true): Resource => ({
  group: '',
  version: 'v1',
  resource,
  kind,
  singular: kind.toLowerCase(),
  shortNames,
  namespaced,
});
const grouped = (
  group: string,
  version: string,
  resource: string,
  kind: string,
  shortNames: readonly string[],
  namespaced: boolean,
): Resource => ({
  group,
  version,
  resource,
  kind,
  singular: kind.toLowerCase(),
  shortNames,
  namespaced,
});

/** A kind that Kubernetes has and Podscope does not act on. */
const inert = (...of: Parameters<typeof grouped>): Resource => ({ ...grouped(...of), inert: true });

/** What is served, in the order of discovery. */
export const RESOURCES: readonly Resource[] = [
  core('bindings', 'Binding'),
  core('componentstatuses', 'ComponentStatus', ['cs'], false),
  core('configmaps', 'ConfigMap', ['cm']),
  core('endpoints', 'Endpoints', ['ep']),
  core('events', 'Event', ['ev']),
  core('limitranges', 'LimitRange', ['limits']),
  core('namespaces', 'Namespace', ['ns'], false),
  core('nodes', 'Node', ['no'], false),
  core('persistentvolumeclaims', 'PersistentVolumeClaim', ['pvc']),
  core('persistentvolumes', 'PersistentVolume', ['pv'], false),
  core('pods', 'Pod', ['po']),
  core('podtemplates', 'PodTemplate'),
  core('replicationcontrollers', 'ReplicationController', ['rc']),
  core('resourcequotas', 'ResourceQuota', ['quota']),
  core('secrets', 'Secret'),
  core('serviceaccounts', 'ServiceAccount', ['sa']),
  core('services', 'Service', ['svc']),
  inert('apps', 'v1', 'controllerrevisions', 'ControllerRevision', [], true),
  inert('apps', 'v1', 'daemonsets', 'DaemonSet', ['ds'], true),
  inert('apps', 'v1', 'deployments', 'Deployment', ['deploy'], true),
  inert('apps', 'v1', 'replicasets', 'ReplicaSet', ['rs'], true),
  inert('apps', 'v1', 'statefulsets', 'StatefulSet', ['sts'], true),
  inert('autoscaling', 'v2', 'horizontalpodautoscalers', 'HorizontalPodAutoscaler', ['hpa'], true),
  inert('batch', 'v1', 'cronjobs', 'CronJob', ['cj'], true),
  inert('batch', 'v1', 'jobs', 'Job', [], true),
  inert('networking.k8s.io', 'v1', 'ingressclasses', 'IngressClass', [], false),
  inert('networking.k8s.io', 'v1', 'ingresses', 'Ingress', ['ing'], true),
  inert('networking.k8s.io', 'v1', 'networkpolicies', 'NetworkPolicy', ['netpol'], true),
  grouped('policy', 'v1', 'poddisruptionbudgets', 'PodDisruptionBudget', ['pdb'], true),
  inert('storage.k8s.io', 'v1', 'csidrivers', 'CSIDriver', [], false),
  inert('storage.k8s.io', 'v1', 'csinodes', 'CSINode', [], false),
  grouped('storage.k8s.io', 'v1', 'storageclasses', 'StorageClass', ['sc'], false),
  grouped('scheduling.k8s.io', 'v1', 'priorityclasses', 'PriorityClass', ['pc'], false),
  grouped('coordination.k8s.io', 'v1', 'leases', 'Lease', [], true),
  inert('discovery.k8s.io', 'v1', 'endpointslices', 'EndpointSlice', [], true),
];

/** The prefix of a resource's keys in etcd, with `/` at its end. Nodes are `minions` and Services `services/specs` there, as ever. */
export function storagePrefix(resource: string): string {
  if (resource === 'nodes') return '/registry/minions/';
  if (resource === 'services') return '/registry/services/specs/';
  return `/registry/${resource}/`;
}

/** The key of an object in etcd. */
export function storageKey(resource: string, namespace: string | undefined, name: string): string {
  return `${storagePrefix(resource)}${namespace ? `${namespace}/` : ''}${name}`;
}

/** The key of a Pod in etcd. */
export const podKey = (namespace: string, name: string): string => storageKey('pods', namespace, name);
/** The key of a Node in etcd. */
export const nodeKey = (name: string): string => storageKey('nodes', undefined, name);

/** `/api/v1` or `/apis/<group>/<version>`, with the namespace where there is one, the resource and the rest. */
export function apiPath(resource: Resource, namespace?: string, name?: string, subresource?: string): string {
  const root = resource.group === '' ? `/api/${resource.version}` : `/apis/${resource.group}/${resource.version}`;
  const scope = resource.namespaced && namespace ? `/namespaces/${namespace}` : '';
  return [`${root}${scope}/${resource.resource}`, name, subresource].filter((part) => part !== undefined).join('/');
}
