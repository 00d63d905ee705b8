// When an image is pulled. Models validatePullPolicy in pkg/apis/core/validation/validation.go.
import { type FieldError, notSupported, required } from '../field-error.ts';

const POLICIES = ['Always', 'IfNotPresent', 'Never'];

/** Of a container or of an image volume. */
export function validatePullPolicy(policy: string | undefined, field: string): FieldError[] {
  if (!policy) return [required(field)];
  return POLICIES.includes(policy) ? [] : [notSupported(field, policy, POLICIES)];
}
