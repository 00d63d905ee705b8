// Amounts of resources: what a Pod asks for, and what a node has.
import { milliValue, unitValue } from '../../api/quantity.ts';
import type { Container, ContainerStatus, Pod, Quantity } from '../../api/types.ts';

/** Amounts of resources. */
export interface Resources {
  readonly cpuMilli: number;
  readonly memoryBytes: number;
  readonly ephemeralBytes: number;
  /** Extended resources and huge pages, by name. */
  readonly scalars: Readonly<Record<string, number>>;
}

type ResourceList = Readonly<Record<string, Quantity>>;
type Combine = (a: number, b: number) => number;

/** Nothing. */
export const NO_RESOURCES: Resources = { cpuMilli: 0, memoryBytes: 0, ephemeralBytes: 0, scalars: {} };
/** What scoring takes a container to use that asks for no CPU. Models pkg/scheduler/util/pod_resources.go. */
const DEFAULT_CPU_MILLI = 100;
/** What scoring takes a container to use that asks for no memory. */
const DEFAULT_MEMORY_BYTES = 200 * 1024 * 1024;

const MISSING_FOR_SCORE: Resources = { ...NO_RESOURCES, cpuMilli: DEFAULT_CPU_MILLI, memoryBytes: DEFAULT_MEMORY_BYTES };

const sum: Combine = (a, b) => a + b;
const difference: Combine = (a, b) => a - b;

function combine(a: Resources, b: Resources, how: Combine): Resources {
  // Amounts are never negative: with nothing, each way of combining leaves what there is.
  if (b === NO_RESOURCES) return a;
  const scalars: Record<string, number> = { ...a.scalars };
  for (const [name, value] of Object.entries(b.scalars)) scalars[name] = how(scalars[name] ?? 0, value);
  return {
    cpuMilli: how(a.cpuMilli, b.cpuMilli),
    memoryBytes: how(a.memoryBytes, b.memoryBytes),
    ephemeralBytes: how(a.ephemeralBytes, b.ephemeralBytes),
    scalars,
  };
}

/** a + b. */
export const addResources = (a: Resources, b: Resources): Resources => combine(a, b, sum);
/** a - b. */
export const subtractResources = (a: Resources, b: Resources): Resources => combine(a, b, difference);
const largest = (a: Resources, b: Resources): Resources => combine(a, b, Math.max);

/** Amounts from a list of quantities; `pods` is left out. */
export function resourcesOf(list: ResourceList | undefined): Resources {
  if (!list) return NO_RESOURCES;
  const scalars: Record<string, number> = {};
  for (const [name, quantity] of Object.entries(list)) if (isScalar(name)) scalars[name] = unitValue(quantity);
  return {
    cpuMilli: list.cpu === undefined ? 0 : milliValue(list.cpu),
    memoryBytes: list.memory === undefined ? 0 : unitValue(list.memory),
    ephemeralBytes: list['ephemeral-storage'] === undefined ? 0 : unitValue(list['ephemeral-storage']),
    scalars,
  };
}

const isScalar = (name: string): boolean => name.includes('/') || name.startsWith('hugepages-') || name.startsWith('attachable-volumes-');

/** What a container asks for: of a running one whose size is being changed, the largest of asked, allocated and actual. */
function containerRequests(container: Container, status: ContainerStatus | undefined, missing: Resources): Resources {
  const list = container.resources?.requests;
  const asked = resourcesOf(list);
  const filled: Resources =
    list === undefined
      ? missing
      : {
          ...asked,
          cpuMilli: list.cpu === undefined ? missing.cpuMilli : asked.cpuMilli,
          memoryBytes: list.memory === undefined ? missing.memoryBytes : asked.memoryBytes,
        };
  if (!status) return filled;
  return largest(largest(filled, resourcesOf(status.allocatedResources)), resourcesOf(status.resources?.requests));
}

function effectiveRequests(pod: Pod, missing: Resources): Resources {
  const { spec, status } = pod;
  const statuses = [...(status.containerStatuses ?? []), ...(status.initContainerStatuses ?? [])];
  const requestsOf = (container: Container): Resources =>
    containerRequests(
      container,
      statuses.find((one) => one.name === container.name),
      missing,
    );
  let total = NO_RESOURCES;
  for (const container of spec.containers) total = addResources(total, requestsOf(container));
  let sidecars = NO_RESOURCES;
  let starting = NO_RESOURCES;
  for (const container of spec.initContainers ?? []) {
    const own = requestsOf(container);
    if (container.restartPolicy === 'Always') {
      total = addResources(total, own);
      sidecars = addResources(sidecars, own);
      starting = largest(starting, sidecars);
    } else {
      starting = largest(starting, addResources(own, sidecars));
    }
  }
  total = largest(total, starting);
  const podLevel = spec.resources?.requests;
  if (podLevel) {
    const set = resourcesOf(podLevel);
    total = {
      ...total,
      cpuMilli: podLevel.cpu === undefined ? total.cpuMilli : set.cpuMilli,
      memoryBytes: podLevel.memory === undefined ? total.memoryBytes : set.memoryBytes,
      scalars: { ...total.scalars, ...set.scalars },
    };
  }
  return spec.overhead ? addResources(total, resourcesOf(spec.overhead)) : total;
}

/**
 * What a Pod asks of its node: its containers and sidecars together, or the largest moment of its initialization if that is more; the
 * Pod's own requests stand over its containers', overhead comes on top. Models k8s.io/component-helpers/resource/helpers.go PodRequests.
 */
export const podRequests = (pod: Pod): Resources => effectiveRequests(pod, NO_RESOURCES);

/** As podRequests, with 100m CPU and 200Mi memory for each container that does not say: what NodeResourcesFit scores with. */
export const podRequestsForScore = (pod: Pod): Resources => effectiveRequests(pod, MISSING_FOR_SCORE);
