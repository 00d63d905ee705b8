// What the API server fills into a Pod where nothing is given. Models pkg/apis/core/v1/defaults.go and zz_generated.defaults.go.
import { parseImageName } from '../image-name.ts';
import { aggregateRequests, isPodLevelResource } from '../pod-resources.ts';
import { roundUpToMilli } from '../quantity.ts';
import type {
  Container,
  ContainerPort,
  EnvVar,
  Lifecycle,
  LifecycleHandler,
  PodSpec,
  Probe,
  ResourceRequirements,
  Volume,
  VolumeProjection,
} from '../types.ts';

/** Where a container's last words are read from. */
const TERMINATION_LOG = '/dev/termination-log';
/** 0644. */
const FILE_MODE = 420;

type Amounts = Readonly<Record<string, string>>;

/** Rounds every amount up to thousandths. Models SetDefaults_ResourceList. */
export const roundedAmounts = (list: Amounts): Amounts =>
  Object.fromEntries(Object.entries(list).map(([name, amount]) => [name, roundUpToMilli(amount)]));

function defaultResources(resources: ResourceRequirements | undefined): ResourceRequirements {
  if (resources === undefined) return {};
  const { limits, requests } = resources;
  return { ...resources, ...(limits && { limits: roundedAmounts(limits) }), ...(requests && { requests: roundedAmounts(requests) }) };
}

/** A request that is not given is the limit. */
function requestsFromLimits(resources: ResourceRequirements | undefined): ResourceRequirements {
  if (resources?.limits === undefined) return resources ?? {};
  return { ...resources, requests: { ...resources.limits, ...resources.requests } };
}

/** `Always` for the tag `latest`, given or implied; else `IfNotPresent`. */
const pullPolicyOf = (image: string | undefined): string => (parseImageName(image ?? '')?.tag === 'latest' ? 'Always' : 'IfNotPresent');

const withProtocol = (port: ContainerPort): ContainerPort => ({ ...port, protocol: port.protocol ?? 'TCP' });

function defaultEnv(env: EnvVar): EnvVar {
  const { valueFrom } = env;
  if (valueFrom === undefined) return env;
  return {
    ...env,
    valueFrom: {
      ...valueFrom,
      ...(valueFrom.fieldRef && { fieldRef: { ...valueFrom.fieldRef, apiVersion: valueFrom.fieldRef.apiVersion ?? 'v1' } }),
      ...(valueFrom.fileKeyRef && { fileKeyRef: { ...valueFrom.fileKeyRef, optional: valueFrom.fileKeyRef.optional ?? false } }),
    },
  };
}

/** A hook or a probe: an HTTP request goes to `/` over HTTP. */
function defaultHandler<H extends LifecycleHandler>(handler: H): H {
  const { httpGet } = handler;
  return httpGet ? { ...handler, httpGet: { ...httpGet, path: httpGet.path || '/', scheme: httpGet.scheme || 'HTTP' } } : handler;
}

function defaultProbe(probe: Probe): Probe {
  const { grpc } = probe;
  return {
    ...defaultHandler(probe),
    ...(grpc && { grpc: { ...grpc, service: grpc.service ?? '' } }),
    timeoutSeconds: probe.timeoutSeconds || 1,
    periodSeconds: probe.periodSeconds || 10,
    successThreshold: probe.successThreshold || 1,
    failureThreshold: probe.failureThreshold || 3,
  };
}

const defaultLifecycle = (lifecycle: Lifecycle): Lifecycle => ({
  ...lifecycle,
  ...(lifecycle.postStart && { postStart: defaultHandler(lifecycle.postStart) }),
  ...(lifecycle.preStop && { preStop: defaultHandler(lifecycle.preStop) }),
});

/** One container of any kind. */
function defaultContainer<C extends Container>(container: C): C {
  const { ports, env, lifecycle, livenessProbe, readinessProbe, startupProbe } = container;
  return {
    ...container,
    ...(ports && { ports: ports.map(withProtocol) }),
    ...(env && { env: env.map(defaultEnv) }),
    resources: defaultResources(container.resources),
    ...(livenessProbe && { livenessProbe: defaultProbe(livenessProbe) }),
    ...(readinessProbe && { readinessProbe: defaultProbe(readinessProbe) }),
    ...(startupProbe && { startupProbe: defaultProbe(startupProbe) }),
    ...(lifecycle && { lifecycle: defaultLifecycle(lifecycle) }),
    terminationMessagePath: container.terminationMessagePath || TERMINATION_LOG,
    terminationMessagePolicy: container.terminationMessagePolicy || 'File',
    imagePullPolicy: container.imagePullPolicy || pullPolicyOf(container.image),
  };
}

function defaultProjection(source: VolumeProjection): VolumeProjection {
  const { serviceAccountToken, downwardAPI } = source;
  return {
    ...source,
    ...(serviceAccountToken && {
      serviceAccountToken: { ...serviceAccountToken, expirationSeconds: serviceAccountToken.expirationSeconds ?? 3600 },
    }),
    ...(downwardAPI?.items && { downwardAPI: { ...downwardAPI, items: downwardAPI.items.map(defaultDownwardFile) } }),
  };
}

const defaultDownwardFile = <F extends { readonly fieldRef?: { readonly apiVersion?: string; readonly fieldPath: string } }>(file: F): F =>
  file.fieldRef ? { ...file, fieldRef: { ...file.fieldRef, apiVersion: file.fieldRef.apiVersion ?? 'v1' } } : file;

/** A volume of which only the name is given is an emptyDir. */
function defaultVolume(volume: Volume): Volume {
  const { secret, configMap, downwardAPI, projected, hostPath, image, ephemeral, iscsi, rbd, azureDisk, scaleIO } = volume;
  if (Object.keys(volume).every((key) => key === 'name')) return { ...volume, emptyDir: {} };
  return {
    ...volume,
    ...(secret && { secret: { ...secret, defaultMode: secret.defaultMode ?? FILE_MODE } }),
    ...(configMap && { configMap: { ...configMap, defaultMode: configMap.defaultMode ?? FILE_MODE } }),
    ...(downwardAPI && {
      downwardAPI: {
        ...downwardAPI,
        ...(downwardAPI.items && { items: downwardAPI.items.map(defaultDownwardFile) }),
        defaultMode: downwardAPI.defaultMode ?? FILE_MODE,
      },
    }),
    ...(projected && {
      projected: {
        ...projected,
        ...(projected.sources && { sources: projected.sources.map(defaultProjection) }),
        defaultMode: projected.defaultMode ?? FILE_MODE,
      },
    }),
    ...(hostPath && { hostPath: { ...hostPath, type: hostPath.type ?? '' } }),
    ...(image && { image: { ...image, pullPolicy: image.pullPolicy || pullPolicyOf(image.reference) } }),
    ...(ephemeral?.volumeClaimTemplate && {
      ephemeral: {
        ...ephemeral,
        volumeClaimTemplate: {
          ...ephemeral.volumeClaimTemplate,
          spec: { ...ephemeral.volumeClaimTemplate.spec, volumeMode: ephemeral.volumeClaimTemplate.spec.volumeMode ?? 'Filesystem' },
        },
      },
    }),
    ...(iscsi && { iscsi: { ...iscsi, iscsiInterface: iscsi.iscsiInterface || 'default' } }),
    ...(rbd && {
      rbd: { ...rbd, pool: rbd.pool || 'rbd', user: rbd.user || 'admin', keyring: rbd.keyring || '/etc/ceph/keyring' },
    }),
    ...(azureDisk && {
      azureDisk: {
        ...azureDisk,
        cachingMode: azureDisk.cachingMode ?? 'ReadWrite',
        kind: azureDisk.kind ?? 'Shared',
        fsType: azureDisk.fsType ?? 'ext4',
        readOnly: azureDisk.readOnly ?? false,
      },
    }),
    ...(scaleIO && {
      scaleIO: { ...scaleIO, storageMode: scaleIO.storageMode || 'ThinProvisioned', fsType: scaleIO.fsType || 'xfs' },
    }),
  };
}

/** A Pod's spec, in a Pod or in a template. Models SetDefaults_PodSpec and the conversion of serviceAccount. */
export function defaultPodSpec(spec: PodSpec): PodSpec {
  const account = spec.serviceAccountName || spec.serviceAccount;
  const { volumes, initContainers, ephemeralContainers, resources, overhead } = spec;
  return {
    ...spec,
    ...(volumes && { volumes: volumes.map(defaultVolume) }),
    ...(initContainers && { initContainers: initContainers.map(defaultContainer) }),
    containers: (spec.containers ?? []).map(defaultContainer),
    ...(ephemeralContainers && { ephemeralContainers: ephemeralContainers.map(defaultContainer) }),
    dnsPolicy: spec.dnsPolicy || 'ClusterFirst',
    restartPolicy: spec.restartPolicy || 'Always',
    securityContext: spec.securityContext ?? {},
    terminationGracePeriodSeconds: spec.terminationGracePeriodSeconds ?? 30,
    schedulerName: spec.schedulerName || 'default-scheduler',
    ...(account && { serviceAccountName: account, serviceAccount: account }),
    ...(resources && { resources: defaultResources(resources) }),
    ...(overhead && { overhead: roundedAmounts(overhead) }),
    ...withHostPorts(spec),
  };
}

/** In the node's network a container's port is the node's port. */
function withHostPorts(spec: PodSpec): Partial<PodSpec> {
  if (!spec.hostNetwork) return {};
  const onHost = (container: Container): Container => {
    const defaulted = defaultContainer(container);
    const ports = defaulted.ports?.map((port) => ({ ...port, hostPort: port.hostPort || port.containerPort }));
    return ports ? { ...defaulted, ports } : defaulted;
  };
  return {
    containers: (spec.containers ?? []).map(onHost),
    ...(spec.initContainers && { initContainers: spec.initContainers.map(onHost) }),
  };
}

/** What only a Pod gets, not a template: requests from limits, service links. Models SetDefaults_Pod. */
export function defaultSpecOfPod(given: PodSpec): PodSpec {
  const spec = defaultPodSpec(given);
  const fromLimits = (container: Container): Container => ({ ...container, resources: requestsFromLimits(container.resources) });
  const whole: PodSpec = {
    ...spec,
    containers: spec.containers.map(fromLimits),
    ...(spec.initContainers && { initContainers: spec.initContainers.map(fromLimits) }),
    enableServiceLinks: spec.enableServiceLinks ?? true,
  };
  return { ...whole, ...(whole.resources && { resources: podLevelRequests(whole, whole.resources) }) };
}

/** The whole Pod's requests, where it sets limits: what the containers ask for, else the limits. Models defaultPodRequests. */
function podLevelRequests(spec: PodSpec, resources: ResourceRequirements): ResourceRequirements {
  const limits = resources.limits ?? {};
  if (Object.keys(limits).length === 0) return resources;
  const ofContainers = Object.entries(aggregateRequests(spec)).filter(([name]) => name === 'cpu' || name === 'memory');
  const ofLimits = Object.entries(limits).filter(([name]) => isPodLevelResource(name));
  const requests = { ...Object.fromEntries(ofLimits), ...Object.fromEntries(ofContainers), ...resources.requests };
  return { ...resources, requests };
}
