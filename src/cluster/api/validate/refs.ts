// References to a Pod's own fields and to its containers' resources. Models validateObjectFieldSelector and
// validateContainerResourceFieldSelector in pkg/apis/core/validation/validation.go.
import { type FieldError, invalidValue, notSupported, required } from '../field-error.ts';
import { qualifiedKey } from '../name-rules.ts';
import { nanosOf } from '../quantity.ts';
import type { ObjectFieldSelector, ResourceFieldSelector } from '../types.ts';
import { byRule } from './meta.ts';

const CONVERTIBLE: ReadonlySet<string> = new Set([
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.restartPolicy',
  'spec.serviceAccountName',
  'spec.schedulerName',
  'status.phase',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
]);
const RESOURCES = [
  'limits.cpu',
  'limits.ephemeral-storage',
  'limits.memory',
  'requests.cpu',
  'requests.ephemeral-storage',
  'requests.memory',
] as const;
const DIVISORS = '1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei';

/** `metadata.labels['app']` into its path and its key. */
function splitSubscript(path: string): { readonly path: string; readonly key: string } | undefined {
  const parts = /^(.+?)\['(.*)'\]$/s.exec(path);
  return parts ? { path: parts[1] ?? '', key: parts[2] ?? '' } : undefined;
}

/** Models ConvertDownwardAPIFieldLabel: the field's name as the server knows it, or its complaint. */
function convertedField(apiVersion: string, path: string): { readonly path: string } | { readonly error: string } {
  if (apiVersion !== 'v1') return { error: `unsupported pod version: ${apiVersion}` };
  const subscripted = splitSubscript(path);
  if (subscripted) {
    const known = subscripted.path === 'metadata.annotations' || subscripted.path === 'metadata.labels';
    return known ? { path } : { error: `field label does not support subscript: ${path}` };
  }
  if (path === 'spec.host') return { path: 'spec.nodeName' };
  return CONVERTIBLE.has(path) ? { path } : { error: `field label not supported: ${path}` };
}

/** A `fieldRef`; `allowed` are the fields that may be asked for here, in order of their bytes. */
export function validateFieldRef(ref: ObjectFieldSelector, allowed: readonly string[], field: string): FieldError[] {
  if (!ref.apiVersion) return [required(`${field}.apiVersion`)];
  if (!ref.fieldPath) return [required(`${field}.fieldPath`)];
  const converted = convertedField(ref.apiVersion, ref.fieldPath);
  if ('error' in converted) return [invalidValue(`${field}.fieldPath`, ref.fieldPath, `error converting fieldPath: ${converted.error}`)];
  const subscripted = splitSubscript(converted.path);
  if (subscripted === undefined)
    return allowed.includes(converted.path) ? [] : [notSupported(`${field}.fieldPath`, converted.path, allowed)];
  const key = subscripted.path === 'metadata.annotations' ? subscripted.key.toLowerCase() : subscripted.key;
  return byRule(field, key, qualifiedKey);
}

/** A `resourceFieldRef`; in a volume it must name its container. */
export function validateResourceRef(ref: ResourceFieldSelector, field: string, inVolume: boolean): FieldError[] {
  const errors: FieldError[] = [];
  const { resource = '', containerName, divisor } = ref;
  const known = RESOURCES.some((each) => each === resource) || /^(limits|requests)\.hugepages-/.test(resource);
  if (inVolume && !containerName) errors.push(required(`${field}.containerName`));
  else if (resource === '') errors.push(required(`${field}.resource`));
  else if (!known) errors.push(notSupported(`${field}.resource`, resource, RESOURCES));
  return [...errors, ...validateDivisor(resource, divisor ?? '0', `${field}.divisor`)];
}

function validateDivisor(resource: string, divisor: string, field: string): FieldError[] {
  if (nanosOf(divisor) === 0n) return [];
  if (resource.endsWith('.cpu')) {
    const text = "only divisor's values 1m and 1 are supported with the cpu resource";
    return divisor === '1m' || divisor === '1' ? [] : [invalidValue(field, resource, text)];
  }
  const of = resource.endsWith('.memory')
    ? 'memory'
    : resource.endsWith('.ephemeral-storage')
      ? 'local ephemeral storage'
      : /\.hugepages-/.test(resource)
        ? 'hugepages'
        : undefined;
  if (of === undefined || DIVISORS.split(', ').includes(divisor)) return [];
  return [invalidValue(field, resource, `only divisor's values ${DIVISORS} are supported with the ${of} resource`)];
}
