// Services as kube-proxy and CoreDNS see them: a stable address and name, with the ready Pods behind it.
import { createApiClient } from '../api/client.ts';
import type { WatchEvent } from '../api/request.ts';
import type { Container, Pod, Service } from '../api/types.ts';
import type { ClusterContext } from '../component.ts';
import type { ClusterMessage } from '../messages.ts';

/** Services, kept up to date by watches. */
export interface Services {
  start(context: ClusterContext): void;
  /** Takes a delivery that belongs to its watches; answers whether it did. */
  handle(context: ClusterContext, body: ClusterMessage): boolean;
  /** Where a connection to a Service goes; `refused` where no Pod is behind it; undefined where the address is no Service's. */
  route(context: ClusterContext, ip: string, port: number): { readonly ip: string; readonly port: number } | 'refused' | undefined;
  /** The address of a full name in the cluster's domain. */
  resolve(name: string): string | undefined;
}

const DOMAIN = '.cluster.local';
const keyOf = (object: { readonly metadata: { readonly namespace?: string; readonly name?: string } }): string =>
  `${object.metadata.namespace ?? 'default'}/${object.metadata.name ?? ''}`;

/** No Services yet. */
export function createServices(): Services {
  const client = createApiClient('kube-proxy');
  const services = new Map<string, Service>();
  const pods = new Map<string, Pod>();
  let watchesPods = false;

  const watchPods = (context: ClusterContext): void => {
    if (watchesPods) return;
    watchesPods = true;
    client.watch(context, '/api/v1/pods', {}, (_inner, event) => take(pods, event, isPod));
  };
  const start = (context: ClusterContext): void => {
    client.watch(context, '/api/v1/services', {}, (inner, event) => {
      take(services, event, isService);
      // Pods matter once a Service of the learner's selects some: until then their changes are not asked for.
      if (isService(event.object) && event.object.metadata.namespace !== 'kube-system' && event.object.spec?.selector) watchPods(inner);
    });
  };
  const endpointsOf = (service: Service): readonly Pod[] => [...pods.values()].filter((pod) => isBehind(service, pod));

  return {
    start,
    handle: (context, body) => client.handle(context, body),
    route(context, ip, port) {
      for (const service of services.values()) {
        const { clusterIP, ports = [] } = service.spec ?? {};
        const found = clusterIP === ip ? ports.find((one) => one.port === port) : ports.find((one) => one.nodePort === port);
        if (!found || found.protocol === 'UDP' || (clusterIP !== ip && found.nodePort !== port)) continue;
        if (!service.spec?.selector) return undefined;
        const behind = endpointsOf(service);
        const pod = behind[context.random('service', keyOf(service)).below(Math.max(1, behind.length))];
        return pod ? { ip: pod.status.podIP ?? '', port: portOf(pod, found.targetPort ?? found.port) } : 'refused';
      }
      return undefined;
    },
    resolve(name) {
      if (!name.endsWith(DOMAIN)) return undefined;
      const parts = name.slice(0, -DOMAIN.length).split('.');
      const [host = '', namespace = '', kind] = parts.slice(-3);
      if (parts.length === 3 && kind === 'pod') return /^\d+(?:-\d+){3}$/.test(host) ? host.replaceAll('-', '.') : undefined;
      if (kind !== 'svc') return undefined;
      const service = services.get(`${namespace}/${host}`);
      const { clusterIP } = service?.spec ?? {};
      if (parts.length === 3 && clusterIP !== undefined && clusterIP !== '' && clusterIP !== 'None') return clusterIP;
      if (!service) return undefined;
      const behind = endpointsOf(service);
      const pod = parts.length === 4 ? behind.find((one) => (one.spec.hostname ?? '') === parts[0]) : behind[0];
      return parts.length <= 4 ? pod?.status.podIP : undefined;
    },
  };
}

const isService = (object: unknown): object is Service => (object as { kind?: unknown } | undefined)?.kind === 'Service';
const isPod = (object: unknown): object is Pod => (object as { kind?: unknown } | undefined)?.kind === 'Pod';

function take<T extends Service | Pod>(known: Map<string, T>, event: WatchEvent, isOne: (object: unknown) => object is T): void {
  if (!isOne(event.object)) return;
  if (event.type === 'DELETED') known.delete(keyOf(event.object));
  else known.set(keyOf(event.object), event.object);
}

/** Whether a Pod serves a Service: selected, ready and not on its way out. Models the endpoint slice controller. */
function isBehind(service: Service, pod: Pod): boolean {
  if (pod.metadata.namespace !== service.metadata.namespace || pod.metadata.deletionTimestamp !== undefined) return false;
  const selector = Object.entries(service.spec?.selector ?? {});
  if (selector.length === 0 || !selector.every(([key, value]) => pod.metadata.labels?.[key] === value)) return false;
  const ready = pod.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True');
  return pod.status.podIP !== undefined && (ready === true || service.spec?.publishNotReadyAddresses === true);
}

/** The port that a Service leads to in a Pod: a number, or the name of a container's port. */
function portOf(pod: Pod, target: number | string): number {
  if (typeof target === 'number') return target;
  const containers: readonly Container[] = [...pod.spec.containers, ...(pod.spec.initContainers ?? [])];
  for (const container of containers) {
    const named = container.ports?.find(({ name }) => name === target);
    if (named) return named.containerPort;
  }
  return Number(target) || 0;
}
