// What a PUT or PATCH of an object, or of one part of it, may change. Models pkg/registry/core/pod/strategy.go (podStatusStrategy,
// podEphemeralContainersStrategy, podResizeStrategy) and the status and finalize strategies of the other kinds.
import { equal } from '../../base/json.ts';
import type { Container, Namespace, Pod, PodSpec } from '../api/types.ts';
import type { Stored } from './cache.ts';
import type { Target } from './paths.ts';
import { bumpGeneration, prepareForStatusUpdate, prepareForUpdate } from './strategy.ts';

/** What is given, cut down to what this part of the object may change. */
export function prepareFor({ subresource }: Target, given: Stored, current: Stored): Stored {
  switch (subresource) {
    case 'status':
      return prepareForStatusUpdate(given, current);
    case 'finalize': {
      const finalizers = (given as Stored & Namespace).spec?.finalizers ?? [];
      return { ...current, spec: { finalizers } };
    }
    case 'ephemeralcontainers': {
      const { ephemeralContainers = [] } = (given as Stored & Pod).spec;
      return withSpec(current, { ...(current as Stored & Pod).spec, ephemeralContainers });
    }
    case 'resize':
      return withSpec(current, resized((given as Stored & Pod).spec, (current as Stored & Pod).spec));
    default:
      return prepareForUpdate(given, current);
  }
}

function withSpec(current: Stored, spec: PodSpec): Stored {
  return equal(spec, current.spec) ? current : bumpGeneration({ ...current, spec });
}

/** The spec that stands, with the resources (and how to change them) that are given. */
function resized(given: PodSpec, current: PodSpec): PodSpec {
  const take = (containers: readonly Container[] | undefined, standing: readonly Container[]): readonly Container[] =>
    standing.map((container) => {
      const wanted = containers?.find(({ name }) => name === container.name);
      if (!wanted) return container;
      const { resources, resizePolicy } = wanted;
      return { ...container, ...(resources && { resources }), ...(resizePolicy && { resizePolicy }) };
    });
  return {
    ...current,
    containers: take(given.containers, current.containers),
    ...(current.initContainers && { initContainers: take(given.initContainers, current.initContainers) }),
    ...(given.resources && current.resources && { resources: given.resources }),
  };
}
