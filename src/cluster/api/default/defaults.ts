// Defaulting by kind. Models the SetDefaults functions of pkg/apis/*/v1/defaults.go, as far as users of Pods meet them.
import { isObject } from '../../../base/json.ts';
import type { LimitRange, LimitRangeItem, Pod, PodSpec, Secret, Service } from '../types.ts';
import { defaultPodSpec, defaultSpecOfPod, roundedAmounts } from './pod-spec.ts';

/** An object as decoding gives it. */
interface Decoded {
  readonly kind: string;
  readonly spec?: unknown;
}

/** Fills what is not given; the object itself stays as it is. */
export function applyDefaults<T extends Decoded>(object: T): T {
  const rule = RULES[object.kind];
  // A rule answers an object of the kind that it was given.
  return rule === undefined ? object : (rule(object as never) as T);
}

const RULES: Readonly<Record<string, (object: never) => unknown>> = {
  Pod: (pod: Pod): Pod => ({ ...pod, spec: defaultSpecOfPod(pod.spec) }),
  Service: defaultService,
  Secret: (secret: Secret): Secret => ({ ...secret, type: secret.type || 'Opaque' }),
  Namespace: (namespace: { readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> } }) => ({
    ...namespace,
    metadata: {
      ...namespace.metadata,
      ...(namespace.metadata.name && {
        labels: { ...namespace.metadata.labels, 'kubernetes.io/metadata.name': namespace.metadata.name },
      }),
    },
  }),
  Node: (node: {
    readonly status?: { readonly capacity?: Readonly<Record<string, string>>; readonly allocatable?: Readonly<Record<string, string>> };
  }) => ({
    ...node,
    ...(node.status && {
      status: {
        ...node.status,
        ...(node.status.capacity && {
          capacity: roundedAmounts(node.status.capacity),
          allocatable: roundedAmounts(node.status.allocatable ?? node.status.capacity),
        }),
      },
    }),
  }),
  LimitRange: (range: LimitRange): LimitRange => ({
    ...range,
    ...(range.spec && { spec: { ...range.spec, limits: range.spec.limits.map(defaultLimit) } }),
  }),
  PersistentVolumeClaim: (claim: { readonly spec?: object; readonly status?: object }) => ({
    ...claim,
    spec: { volumeMode: 'Filesystem', ...claim.spec },
    status: { phase: 'Pending', ...claim.status },
  }),
  PersistentVolume: (volume: { readonly spec?: object; readonly status?: object }) => ({
    ...volume,
    spec: { persistentVolumeReclaimPolicy: 'Retain', volumeMode: 'Filesystem', ...volume.spec },
    status: { phase: 'Pending', ...volume.status },
  }),
  PriorityClass: (priorityClass: object) => ({ preemptionPolicy: 'PreemptLowerPriority', ...priorityClass }),
  StorageClass: (storageClass: object) => ({ reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate', ...storageClass }),
  Endpoints: (endpoints: object) => endpoints,
  Deployment: (deployment: Workload) => ({ ...deployment, spec: defaultDeployment(deployment.spec ?? {}) }),
  ReplicaSet: (set: Workload) => ({ ...set, spec: { replicas: 1, ...withTemplate(set.spec ?? {}) } }),
  ReplicationController: (set: Workload) => ({ ...set, spec: { replicas: 1, ...withTemplate(set.spec ?? {}) } }),
  DaemonSet: (set: Workload) => ({
    ...set,
    spec: {
      revisionHistoryLimit: 10,
      ...withTemplate(set.spec ?? {}),
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 }, ...strategyOf(set, 'updateStrategy') },
    },
  }),
  StatefulSet: (set: Workload) => ({
    ...set,
    spec: {
      podManagementPolicy: 'OrderedReady',
      replicas: 1,
      revisionHistoryLimit: 10,
      ...withTemplate(set.spec ?? {}),
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 }, ...strategyOf(set, 'updateStrategy') },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
    },
  }),
  Job: (job: Workload) => ({ ...job, spec: defaultJob(job.spec ?? {}) }),
  CronJob: (job: Workload) => ({
    ...job,
    spec: { concurrencyPolicy: 'Allow', suspend: false, successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1, ...job.spec },
  }),
};

/** A kind that makes Pods from a template; stored and shown, not acted on. */
interface Workload {
  readonly spec?: Readonly<Record<string, unknown>>;
}

function withTemplate(spec: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const template = spec.template;
  if (!isObject(template) || !isObject(template.spec)) return spec;
  // Decoding has given the template's spec the shape of a PodSpec.
  return { ...spec, template: { ...template, spec: defaultPodSpec(template.spec as unknown as PodSpec) } };
}

function strategyOf(workload: Workload, field: string): object {
  const given = workload.spec?.[field];
  return isObject(given) && typeof given.type === 'string' && given.type !== '' ? given : {};
}

function defaultDeployment(spec: Readonly<Record<string, unknown>>): object {
  const given = isObject(spec.strategy) ? spec.strategy : {};
  const type = given.type === 'Recreate' ? 'Recreate' : 'RollingUpdate';
  const rolling = isObject(given.rollingUpdate) ? given.rollingUpdate : {};
  const strategy = type === 'Recreate' ? given : { type, rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%', ...rolling } };
  return { progressDeadlineSeconds: 600, replicas: 1, revisionHistoryLimit: 10, ...withTemplate(spec), strategy };
}

function defaultJob(spec: Readonly<Record<string, unknown>>): object {
  const both = spec.completions === undefined && spec.parallelism === undefined ? { completions: 1 } : {};
  return {
    ...both,
    parallelism: 1,
    backoffLimit: 6,
    completionMode: 'NonIndexed',
    suspend: false,
    podReplacementPolicy: 'TerminatingOrFailed',
    ...withTemplate(spec),
  };
}

/** Models SetDefaults_Service. */
function defaultService(service: Service): Service {
  const spec = service.spec ?? {};
  const type = spec.type || 'ClusterIP';
  const outside = type === 'NodePort' || type === 'LoadBalancer';
  const ports = spec.ports?.map((port) => ({
    ...port,
    protocol: port.protocol || 'TCP',
    targetPort: port.targetPort === undefined || port.targetPort === 0 || port.targetPort === '' ? port.port : port.targetPort,
  }));
  return {
    ...service,
    spec: {
      ...spec,
      type,
      sessionAffinity: spec.sessionAffinity || 'None',
      ...(spec.sessionAffinity === 'ClientIP' && {
        sessionAffinityConfig: spec.sessionAffinityConfig ?? { clientIP: { timeoutSeconds: 10_800 } },
      }),
      ...(ports && { ports }),
      ...(outside && { externalTrafficPolicy: spec.externalTrafficPolicy || 'Cluster' }),
      ...(type !== 'ExternalName' && { internalTrafficPolicy: spec.internalTrafficPolicy ?? 'Cluster' }),
      ...(type === 'LoadBalancer' && { allocateLoadBalancerNodePorts: spec.allocateLoadBalancerNodePorts ?? true }),
    },
  };
}

/** Models SetDefaults_LimitRangeItem: a container's default is its maximum, its default request its default or its minimum. */
function defaultLimit(item: LimitRangeItem): LimitRangeItem {
  if (item.type !== 'Container') return item;
  const limit = { ...item.max, ...item.default };
  const request = { ...item.min, ...limit, ...item.defaultRequest };
  return {
    ...item,
    ...(Object.keys(limit).length > 0 && { default: limit }),
    ...(Object.keys(request).length > 0 && { defaultRequest: request }),
  };
}
