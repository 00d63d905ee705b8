// What each kind does to an object before it is created or updated: what a client may not set is set here.
// Models pkg/registry/core/*/strategy.go and k8s.io/apiserver/pkg/registry/rest/{create,update}.go.
import { equal } from '../../base/json.ts';
import type { Namespace, Pod, PodCondition } from '../api/types.ts';
import { podQos } from '../api/qos.ts';
import type { Stored } from './cache.ts';
import { canonicalPodStatus } from './canonical.ts';

/** Kinds whose objects count the changes of what is wanted in metadata.generation. */
const WITH_GENERATION: ReadonlySet<string> = new Set(['Pod', 'PodDisruptionBudget', 'PriorityClass']);
/** Kinds whose status only the status subresource writes. */
const WITH_STATUS: ReadonlySet<string> = new Set([
  'Pod',
  'Node',
  'Namespace',
  'Service',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'ResourceQuota',
  'PodDisruptionBudget',
]);

/** A new object as it will be stored, but for its identity: status as it begins, generation 1. `now` is an API time. */
export function prepareForCreate(object: Stored, now: string): Stored {
  const { metadata } = object;
  const counted = WITH_GENERATION.has(object.kind) ? { ...object, metadata: { ...metadata, generation: 1 } } : object;
  switch (object.kind) {
    case 'Pod':
      return { ...counted, status: firstPodStatus(counted as Stored & Pod, now) };
    case 'Namespace': {
      const { spec } = object as Stored & Namespace;
      const finalizers = spec?.finalizers ?? [];
      return {
        ...object,
        spec: { ...spec, finalizers: finalizers.includes('kubernetes') ? finalizers : [...finalizers, 'kubernetes'] },
        status: { phase: 'Active' },
      };
    }
    case 'PersistentVolume':
    case 'PersistentVolumeClaim':
      return { ...counted, status: { phase: 'Pending' } };
    case 'Service':
      return { ...counted, status: { loadBalancer: {} } };
    case 'ResourceQuota':
    case 'PodDisruptionBudget':
      return { ...counted, status: {} };
    default:
      return counted;
  }
}

function firstPodStatus(pod: Stored & Pod, now: string): Pod['status'] {
  const gated: PodCondition = {
    lastTransitionTime: now,
    message: 'Scheduling is blocked due to non-empty scheduling gates',
    reason: 'SchedulingGated',
    status: 'False',
    type: 'PodScheduled',
  };
  const conditions = (pod.spec.schedulingGates ?? []).length > 0 ? { conditions: [gated] } : {};
  return canonicalPodStatus({ phase: 'Pending', ...conditions, qosClass: podQos(pod) });
}

/** What an update may not change is taken from the object that stands: identity, times, status. */
export function prepareForUpdate(given: Stored, current: Stored): Stored {
  const kept = keepMetadata(given, current);
  const withStatus = WITH_STATUS.has(kept.kind) ? { ...kept, status: current.status } : kept;
  if (!WITH_GENERATION.has(kept.kind) || equal(withStatus.spec, current.spec)) return withStatus;
  return bumpGeneration(withStatus);
}

/** An update of the status subresource: everything else stays as it is, but for labels, annotations and finalizers. */
export function prepareForStatusUpdate(given: Stored, current: Stored): Stored {
  const kept = keepMetadata(given, current);
  const object = { ...(isUntouched(given, current) ? kept : keepOwners(kept, current)), spec: current.spec };
  if (object.kind !== 'Pod') return object;
  const status = (given.status ?? {}) as Pod['status'];
  return status.qosClass === undefined ? { ...object, status: { ...status, qosClass: (current as Stored & Pod).status.qosClass } } : object;
}

function keepOwners(given: Stored, current: Stored): Stored {
  const { ownerReferences: _, ...metadata } = given.metadata;
  const owners = current.metadata.ownerReferences;
  return { ...given, metadata: { ...metadata, ...(owners && { ownerReferences: owners }) } };
}

function keepMetadata(given: Stored, current: Stored): Stored {
  // A patch of something else has left it alone: then there is nothing to keep apart.
  if (isUntouched(given, current)) return given;
  const { uid, creationTimestamp, deletionTimestamp, deletionGracePeriodSeconds, generation, namespace, name, resourceVersion } =
    current.metadata;
  const {
    managedFields: _,
    selfLink: __,
    resourceVersion: ___,
    deletionTimestamp: ____,
    deletionGracePeriodSeconds: _____,
    ...own
  } = given.metadata;
  return {
    ...given,
    metadata: {
      ...own,
      name,
      ...(namespace !== undefined && { namespace }),
      ...(uid !== undefined && { uid }),
      ...(creationTimestamp !== undefined && { creationTimestamp }),
      ...(deletionTimestamp !== undefined && { deletionTimestamp }),
      ...(deletionGracePeriodSeconds !== undefined && { deletionGracePeriodSeconds }),
      ...(generation !== undefined && { generation }),
      ...(resourceVersion !== undefined && { resourceVersion }),
    },
  };
}

const isUntouched = ({ metadata }: Stored, current: Stored): boolean =>
  metadata === current.metadata && metadata.managedFields === undefined && metadata.selfLink === undefined;

/** What is wanted has changed. */
export function bumpGeneration(object: Stored): Stored {
  return { ...object, metadata: { ...object.metadata, generation: (object.metadata.generation ?? 0) + 1 } };
}
