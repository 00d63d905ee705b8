// A new Pod. Models ValidatePodCreate in pkg/apis/core/validation/validation.go.
import { type FieldError, forbiddenField, invalidValue } from '../field-error.ts';
import { dns1123Subdomain } from '../name-rules.ts';
import type { Pod } from '../types.ts';
import { validateImageText } from './containers.ts';
import { validateMeta } from './meta.ts';
import { validatePodSpec } from './pod-spec.ts';

const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost';
const MIRROR = 'kubernetes.io/config.mirror';

function validateAnnotations(pod: Pod): FieldError[] {
  const annotations = pod.metadata.annotations ?? {};
  const cost = annotations[DELETION_COST];
  const mirror = annotations[MIRROR];
  const isCost = cost === undefined || (/^(0|-?[1-9]\d{0,9})$/.test(cost) && Math.abs(Number(cost)) <= 2_147_483_647);
  const unplaced = mirror !== undefined && !pod.spec.nodeName;
  return [
    ...(unplaced
      ? [invalidValue(`metadata.annotations[${MIRROR}]`, mirror, 'must set spec.nodeName if mirror pod annotation is set')]
      : []),
    ...(isCost ? [] : [invalidValue(`metadata.annotations[${DELETION_COST}]`, cost, 'must be a 32bit integer')]),
  ];
}

/** A token needs an account. */
function validateTokens(pod: Pod): FieldError[] {
  if (pod.spec.serviceAccountName) return [];
  const text = 'must not be specified when serviceAccountName is not set';
  return (pod.spec.volumes ?? []).flatMap((volume, i) =>
    (volume.projected?.sources ?? []).flatMap((source, j) =>
      source.serviceAccountToken ? [forbiddenField(`spec.volumes[${i}].projected.sources[${j}].serviceAccountToken`, text)] : [],
    ),
  );
}

/** What holds for a Pod whenever it is written. Models validatePodMetadataAndSpec. */
export function validatePodWhole(pod: Pod): FieldError[] {
  return [
    ...validateMeta(pod.metadata, true, dns1123Subdomain),
    ...validateAnnotations(pod),
    ...validatePodSpec(pod.spec, pod.metadata.name),
    ...validateTokens(pod),
    ...(pod.spec.containers ?? []).flatMap((container, i) => validateImageText(container.image, `spec.containers[${i}]`)),
    ...(pod.spec.initContainers ?? []).flatMap((container, i) => validateImageText(container.image, `spec.initContainers[${i}]`)),
  ];
}

/** A Pod that is created. */
export function validatePod(pod: Pod): FieldError[] {
  const errors = validatePodWhole(pod);
  if ((pod.spec.ephemeralContainers ?? []).length > 0) errors.push(forbiddenField('spec.ephemeralContainers', 'cannot be set on create'));
  if (pod.spec.nodeName && (pod.spec.schedulingGates ?? []).length > 0) {
    errors.push(forbiddenField('spec.nodeName', 'cannot be set until all schedulingGates have been cleared'));
  }
  return errors;
}
