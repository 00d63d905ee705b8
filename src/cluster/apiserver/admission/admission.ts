// The chain of admission plugins, in the API server's order: every plugin may change the object, then every plugin may refuse it.
import type { Status } from '../../api/types.ts';
import { PLUGINS } from './plugins.ts';
import type { Admission, AdmissionLookup, AdmissionRequest, AdmittedObject } from './plugin.ts';

/** The mutating pass: before validation. A refusal ends it. */
export function admit<T extends AdmittedObject>(request: AdmissionRequest<T>, lookup: AdmissionLookup): Admission<T> {
  let object: T = request.object;
  for (const plugin of PLUGINS) {
    const admission = plugin.admit?.(object === request.object ? request : { ...request, object }, lookup);
    if (admission === undefined) continue;
    if ('status' in admission) return admission;
    // A plugin answers an object of the kind that it was given.
    object = admission.object as T;
  }
  return { object };
}

/** The validating pass: after validation, just before the object is stored. */
export function validateAdmission(request: AdmissionRequest, lookup: AdmissionLookup): Status | undefined {
  for (const plugin of PLUGINS) {
    const refusal = plugin.validate?.(request, lookup);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}
