// Validation by kind: what is wrong with a new object, and with a change. Kinds that users of Pods do not meet are held to the rules of
// metadata only.
import type { FieldError } from '../field-error.ts';
import { type TextRule, dns1035Label, dns1123Label, dns1123Subdomain } from '../name-rules.ts';
import type { Resource } from '../resources.ts';
import type { ObjectMeta, Pod } from '../types.ts';
import { validateMeta, validateMetaUpdate } from './meta.ts';
import { OTHER_RULES, OTHER_UPDATE_RULES } from './other-kinds.ts';
import { validateEphemeralUpdate, validatePodResize, validatePodStatusUpdate, validatePodUpdate } from './pod-update.ts';
import { validatePod } from './pod.ts';

/** An object that has been decoded, defaulted and prepared. */
export interface Validated {
  readonly kind: string;
  readonly metadata: ObjectMeta;
}

const NAME_RULES: Readonly<Record<string, TextRule>> = { Namespace: dns1123Label, Service: dns1035Label };

/** What is wrong with a new object, in the order in which the API server says it. */
export function validateCreate(resource: Pick<Resource, 'kind' | 'namespaced'>, object: Validated): FieldError[] {
  if (resource.kind === 'Pod') return validatePod(object as unknown as Pod);
  const meta = validateMeta(object.metadata, resource.namespaced, NAME_RULES[resource.kind] ?? dns1123Subdomain);
  return [...meta, ...(OTHER_RULES[resource.kind]?.(object as never) ?? [])];
}

/** What is wrong with a change; `subresource` is `status`, `resize`, `ephemeralcontainers` or undefined. */
export function validateUpdate(
  resource: Pick<Resource, 'kind' | 'namespaced'>,
  next: Validated,
  before: Validated,
  subresource?: string,
): FieldError[] {
  if (resource.kind !== 'Pod') {
    const rules = subresource === undefined ? (OTHER_RULES[resource.kind]?.(next as never) ?? []) : [];
    const changes = subresource === undefined ? (OTHER_UPDATE_RULES[resource.kind]?.(next as never, before as never) ?? []) : [];
    return [...validateMetaUpdate(next.metadata, before.metadata), ...rules, ...changes];
  }
  const [pod, old] = [next as unknown as Pod, before as unknown as Pod];
  if (subresource === 'status') return validatePodStatusUpdate(pod, old);
  if (subresource === 'resize') return validatePodResize(pod, old);
  if (subresource === 'ephemeralcontainers') return validateEphemeralUpdate(pod, old);
  return validatePodUpdate(pod, old);
}
