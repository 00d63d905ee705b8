// Requests and limits. Models validateResourceRequirements in pkg/apis/core/validation/validation.go.
import { sortedKeys } from '../../../base/order.ts';
import { type FieldError, duplicate, forbiddenField, invalidValue, notSupported, required } from '../field-error.ts';
import { dns1123Label, qualifiedKey } from '../name-rules.ts';
import { aggregateLimits, aggregateRequests, isPodLevelResource } from '../pod-resources.ts';
import { compareQuantities, milliValue, nanosOf } from '../quantity.ts';
import type { PodSpec, ResourceRequirements } from '../types.ts';
import { byRule, nonNegative } from './meta.ts';

const FOR_CONTAINERS: ReadonlySet<string> = new Set(['cpu', 'memory', 'ephemeral-storage']);
const COUNTED = [
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
];
const STANDARD: ReadonlySet<string> = new Set([
  ...FOR_CONTAINERS,
  ...COUNTED,
  'storage',
  'requests.cpu',
  'requests.memory',
  'requests.ephemeral-storage',
  'requests.storage',
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
]);

const isHugePages = (name: string): boolean => name.startsWith('hugepages-');
const isNative = (name: string): boolean => !name.includes('/') || name.includes('kubernetes.io/');
const isExtended = (name: string): boolean =>
  !isNative(name) && !name.startsWith('requests.') && qualifiedKey(`requests.${name}`).length === 0;
const isStandard = (name: string): boolean => STANDARD.has(name) || isHugePages(name) || name.startsWith('requests.hugepages-');
/** What may be promised to several at once. */
const isOvercommitAllowed = (name: string): boolean => isNative(name) && !isHugePages(name);

function standardName(name: string, field: string): FieldError[] {
  const errors = byRule(field, name, qualifiedKey);
  if (errors.length > 0 || name.includes('/') || isStandard(name)) return errors;
  return [invalidValue(field, name, 'must be a standard resource type or fully qualified')];
}

function containerResourceName(name: string, field: string): FieldError[] {
  const errors = standardName(name, field);
  if (!name.includes('/')) {
    const known = FOR_CONTAINERS.has(name) || isHugePages(name);
    return known ? errors : [...errors, invalidValue(field, name, 'must be a standard resource for containers')];
  }
  if (isNative(name) || isExtended(name)) return errors;
  return [...errors, invalidValue(field, name, "doesn't follow extended resource name standard")];
}

function podResourceName(name: string, field: string): FieldError[] {
  const errors = standardName(name, field);
  return isPodLevelResource(name) ? errors : [...errors, notSupported(field, name, ['cpu', 'hugepages-', 'memory'])];
}

/** An amount, of a resource of this name. Models ValidateResourceQuantityValue. */
export function validateAmount(name: string, amount: string, field: string): FieldError[] {
  const whole = isExtended(name) || COUNTED.includes(name);
  return [
    ...(nanosOf(amount) < 0n ? [nonNegative(field, amount)] : []),
    ...(whole && milliValue(amount) % 1000 !== 0 ? [invalidValue(field, amount, 'must be an integer')] : []),
  ];
}

function validateHugePages(name: string, amount: string, field: string): FieldError[] {
  if (!isHugePages(name)) return [];
  const size = nanosOf(name.slice('hugepages-'.length));
  const value = nanosOf(amount);
  const divides = size > 0n && value > 0n && value % size === 0n;
  return divides || value === 0n ? [] : [invalidValue(field, amount, `${amount} is not positive integer multiple of ${name}`)];
}

function validateAgainstLimit(name: string, amount: string, limits: Readonly<Record<string, string>>, field: string): FieldError[] {
  const limit = limits[name];
  if (limit === undefined) {
    return isOvercommitAllowed(name) ? [] : [required(`${field}.limits`, 'Limit must be set for non overcommitable resources')];
  }
  const order = compareQuantities(amount, limit);
  if (order !== 0 && !isOvercommitAllowed(name))
    return [invalidValue(`${field}.requests`, amount, `must be equal to ${name} limit of ${limit}`)];
  return order > 0 ? [invalidValue(`${field}.requests`, amount, `must be less than or equal to ${name} limit of ${limit}`)] : [];
}

type NameRule = (name: string, field: string) => FieldError[];

function validateRequirements(resources: ResourceRequirements, rule: NameRule, claims: ReadonlySet<string>, field: string): FieldError[] {
  const { limits = {}, requests = {} } = resources;
  const errors: FieldError[] = [];
  for (const name of sortedKeys(limits)) {
    const at = `${field}.limits[${name}]`;
    const amount = limits[name] ?? '0';
    errors.push(...rule(name, at), ...validateAmount(name, amount, at), ...validateHugePages(name, amount, at));
  }
  for (const name of sortedKeys(requests)) {
    const at = `${field}.requests[${name}]`;
    const amount = requests[name] ?? '0';
    errors.push(...rule(name, at), ...validateAmount(name, amount, at));
    errors.push(...validateAgainstLimit(name, amount, limits, field), ...validateHugePages(name, amount, at));
  }
  const names = [...Object.keys(limits), ...Object.keys(requests)];
  if (names.some(isHugePages) && !names.includes('cpu') && !names.includes('memory')) {
    errors.push(forbiddenField(field, 'HugePages require cpu or memory'));
  }
  return [...errors, ...validateClaims(resources, claims, `${field}.claims`)];
}

function validateClaims(resources: ResourceRequirements, known: ReadonlySet<string>, field: string): FieldError[] {
  const seen = new Set<string>();
  return (resources.claims ?? []).flatMap(({ name, request }, i) => {
    const at = `${field}[${i}]`;
    if (!name) return [required(at)];
    const errors: FieldError[] = [];
    const key = request ? `${name}/${request}` : name;
    if (request && !seen.has(name)) errors.push(...byRule(`${at}.request`, request, dns1123Label));
    const overlaps = seen.has(name) || seen.has(key) || (!request && [...seen].some((other) => other.startsWith(`${name}/`)));
    if (overlaps) errors.push(duplicate(at, seen.has(name) || !request ? name : key));
    seen.add(key);
    if (!known.has(name)) {
      const of = known.size === 0 ? ' which is empty' : `: ${[...known].sort().join(', ')}`;
      errors.push({
        type: 'FieldValueNotFound',
        field: at,
        value: name,
        detail: `must be one of the names in pod.spec.resourceClaims${of}`,
      });
    }
    return errors;
  });
}

/** A container's resources; `claims` are the names of the Pod's resource claims. */
export const validateContainerResources = (
  resources: ResourceRequirements | undefined,
  claims: ReadonlySet<string>,
  field: string,
): FieldError[] => validateRequirements(resources ?? {}, containerResourceName, claims, field);

/** The resources of the Pod as a whole. Models validatePodResources. */
export function validatePodResources(spec: PodSpec, claims: ReadonlySet<string>): FieldError[] {
  const { resources } = spec;
  const field = 'spec.resources';
  if (resources === undefined) return [];
  if (spec.os?.name === 'windows') return [forbiddenField(field, 'may not be set for a windows pod')];
  return [
    ...(resources.claims ? [forbiddenField(`${field}.claims`, 'claims may not be set for Resources at pod-level')] : []),
    ...validateRequirements(resources, podResourceName, claims, field),
    ...validateConsistency(spec, resources, field),
  ];
}

/** The whole is at least the sum of its parts. Models validatePodResourceConsistency. */
function validateConsistency(spec: PodSpec, resources: ResourceRequirements, field: string): FieldError[] {
  const { requests = {}, limits = {} } = resources;
  const asked = aggregateRequests(spec);
  const allowed = aggregateLimits(spec);
  const tooSmall = (
    sum: Readonly<Record<string, string>>,
    whole: Readonly<Record<string, string>>,
    part: 'requests' | 'limits',
  ): FieldError[] =>
    sortedKeys(sum).flatMap((name) => {
      const [total, given] = [sum[name] ?? '0', whole[name]];
      if (given === undefined || compareQuantities(total, given) <= 0 || (part === 'limits' && !isHugePages(name))) return [];
      return [invalidValue(`${field}.${part}[${name}]`, given, `must be greater than or equal to aggregate container ${part} of ${total}`)];
    });
  const tooLarge = spec.containers.flatMap((container, i) => {
    const own = container.resources?.limits ?? {};
    return sortedKeys(own).flatMap((name) => {
      const [limit, whole] = [own[name] ?? '0', limits[name]];
      if (whole === undefined || compareQuantities(limit, whole) <= 0) return [];
      return [invalidValue(`${field}.containers[${i}][${name}].limits`, limit, `must be less than or equal to pod limits of ${whole}`)];
    });
  });
  return [...tooSmall(asked, requests, 'requests'), ...tooSmall(allowed, limits, 'limits'), ...tooLarge];
}
