// What a Pod as a whole asks for: the sum of its containers, or the largest init container on top of the sidecars before it.
// Models k8s.io/component-helpers/resource/helpers.go.
import { addQuantities, compareQuantities } from './quantity.ts';
import type { Container, PodSpec, ResourceRequirements } from './types.ts';

/** Amounts by resource name. */
export type ResourceList = Readonly<Record<string, string>>;

/** Whether a container that is listed among the init containers keeps running: a sidecar. */
export const isSidecar = (container: Container): boolean => container.restartPolicy === 'Always';

const plus = (a: ResourceList, b: ResourceList): ResourceList => {
  const sum: Record<string, string> = { ...a };
  for (const [name, amount] of Object.entries(b)) sum[name] = addQuantities(sum[name] ?? '0', amount);
  return sum;
};

const larger = (a: ResourceList, b: ResourceList): ResourceList => {
  const most: Record<string, string> = { ...a };
  for (const [name, amount] of Object.entries(b)) {
    const known = most[name];
    if (known === undefined || compareQuantities(amount, known) > 0) most[name] = amount;
  }
  return most;
};

function aggregate(spec: PodSpec, of: (container: Container) => ResourceList | undefined): ResourceList {
  let running: ResourceList = {};
  for (const container of spec.containers) running = plus(running, of(container) ?? {});
  let sidecars: ResourceList = {};
  let largestInit: ResourceList = {};
  for (const container of spec.initContainers ?? []) {
    const own = of(container) ?? {};
    if (isSidecar(container)) {
      running = plus(running, own);
      sidecars = plus(sidecars, own);
      largestInit = larger(largestInit, sidecars);
    } else {
      largestInit = larger(largestInit, plus(sidecars, own));
    }
  }
  return larger(running, largestInit);
}

/** What the containers ask for together. Models AggregateContainerRequests. */
export const aggregateRequests = (spec: PodSpec): ResourceList => aggregate(spec, (container) => container.resources?.requests);
/** What the containers may use together. Models AggregateContainerLimits. */
export const aggregateLimits = (spec: PodSpec): ResourceList => aggregate(spec, (container) => container.resources?.limits);

/** Resources that a Pod can set for all its containers together. */
export const isPodLevelResource = (name: string): boolean => name === 'cpu' || name === 'memory' || name.startsWith('hugepages-');

const podLevel = (resources: ResourceRequirements | undefined, part: 'requests' | 'limits'): ResourceList =>
  Object.fromEntries(Object.entries(resources?.[part] ?? {}).filter(([name]) => isPodLevelResource(name)));

/** What the Pod asks for, its overhead included: what the scheduler and the kubelet count. Models PodRequests. */
export function podRequests(spec: PodSpec): ResourceList {
  const whole = { ...aggregateRequests(spec), ...podLevel(spec.resources, 'requests') };
  return plus(whole, spec.overhead ?? {});
}

/** What the Pod may use, overhead included where there is a limit. Models PodLimits. */
export function podLimits(spec: PodSpec): ResourceList {
  const whole = { ...aggregateLimits(spec), ...podLevel(spec.resources, 'limits') };
  const overhead = Object.entries(spec.overhead ?? {}).filter(([name]) => whole[name] !== undefined);
  return plus(whole, Object.fromEntries(overhead));
}
