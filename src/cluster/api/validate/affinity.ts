// Affinity to nodes and to other Pods. Models validateAffinity in pkg/apis/core/validation/validation.go.
import { type FieldError, forbiddenField, invalidValue, required } from '../field-error.ts';
import { dns1123Label, dns1123Subdomain, labelValue, qualifiedKey } from '../name-rules.ts';
import type {
  Affinity,
  LabelSelector,
  NodeSelector,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  PodAffinity,
  PodAffinityTerm,
} from '../types.ts';
import { byRule, validateLabelSelector } from './meta.ts';

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

function validateExpression({ key, operator, values = [] }: NodeSelectorRequirement, checksValues: boolean, field: string): FieldError[] {
  const errors: FieldError[] = [];
  const at = `${field}.values`;
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (values.length === 0) errors.push(required(at, "must be specified when `operator` is 'In' or 'NotIn'"));
      break;
    case 'Exists':
    case 'DoesNotExist':
      if (values.length > 0) errors.push(forbiddenField(at, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
      break;
    case 'Gt':
    case 'Lt':
      if (values.length !== 1) errors.push(required(at, "must be specified single value when `operator` is 'Lt' or 'Gt'"));
      break;
    default:
      errors.push(invalidValue(`${field}.operator`, operator, 'not a valid selector operator'));
  }
  errors.push(...byRule(`${field}.key`, key, qualifiedKey));
  if (checksValues) errors.push(...values.flatMap((value, i) => byRule(`${at}[${i}]`, value, labelValue)));
  return errors;
}

function validateField({ key, operator, values = [] }: NodeSelectorRequirement, field: string): FieldError[] {
  const errors: FieldError[] = [];
  if (operator !== 'In' && operator !== 'NotIn') errors.push(invalidValue(`${field}.operator`, operator, 'not a valid selector operator'));
  else if (values.length !== 1) {
    errors.push(required(`${field}.values`, "must be only one value when `operator` is 'In' or 'NotIn' for node field selector"));
  }
  if (key !== 'metadata.name') return [...errors, invalidValue(`${field}.key`, key, 'not a valid field selector key')];
  return [...errors, ...values.flatMap((value, i) => byRule(`${field}.values[${i}]`, value, dns1123Subdomain))];
}

function validateTerm(term: NodeSelectorTerm, checksValues: boolean, field: string): FieldError[] {
  return [
    ...(term.matchExpressions ?? []).flatMap((each, i) => validateExpression(each, checksValues, `${field}.matchExpressions[${i}]`)),
    ...(term.matchFields ?? []).flatMap((each, i) => validateField(each, `${field}.matchFields[${i}]`)),
  ];
}

/** A node selector, of which one term at least must hold. */
export function validateNodeSelector(selector: NodeSelector, field: string): FieldError[] {
  const terms = selector.nodeSelectorTerms ?? [];
  if (terms.length === 0) return [required(`${field}.nodeSelectorTerms`, 'must have at least one node selector term')];
  return terms.flatMap((term, i) => validateTerm(term, true, `${field}.nodeSelectorTerms[${i}]`));
}

const weight = (value: number, field: string): FieldError[] =>
  value <= 0 || value > 100 ? [invalidValue(`${field}.weight`, value, 'must be in the range 1-100')] : [];

function validateLabelKeys(keys: readonly string[], selector: LabelSelector | undefined, field: string): FieldError[] {
  if (keys.length === 0) return [];
  if (selector === undefined) return [forbiddenField(field, 'must not be specified when labelSelector is not set')];
  return keys.flatMap((key, i) => byRule(`${field}[${i}]`, key, qualifiedKey));
}

/** `matchLabelKeys` and `mismatchLabelKeys`. Models ValidateMatchLabelKeysAndMismatchLabelKeys. */
export function validateMatchLabelKeys(
  matched: readonly string[],
  mismatched: readonly string[],
  selector: LabelSelector | undefined,
  field: string,
): FieldError[] {
  const errors = [
    ...validateLabelKeys(matched, selector, `${field}.matchLabelKeys`),
    ...validateLabelKeys(mismatched, selector, `${field}.mismatchLabelKeys`),
  ];
  const seen = new Set(Object.keys(selector?.matchLabels ?? {}));
  for (const { key } of selector?.matchExpressions ?? []) {
    const i = matched.lastIndexOf(key);
    if (i >= 0 && seen.has(key)) errors.push(invalidValue(`${field}[${i}]`, key, 'exists in both matchLabelKeys and labelSelector'));
    seen.add(key);
  }
  matched.forEach((key, i) => {
    if (mismatched.includes(key)) {
      errors.push(invalidValue(`${field}.matchLabelKeys[${i}]`, key, 'exists in both matchLabelKeys and mismatchLabelKeys'));
    }
  });
  return errors;
}

function validatePodTerm(term: PodAffinityTerm, field: string): FieldError[] {
  const key = term.topologyKey ?? '';
  return [
    ...validateLabelSelector(term.labelSelector, `${field}.labelSelector`),
    ...validateLabelSelector(term.namespaceSelector, `${field}.namespaceSelector`),
    ...(term.namespaces ?? []).flatMap((namespace) => byRule(`${field}.namespace`, namespace, dns1123Label)),
    ...validateMatchLabelKeys(term.matchLabelKeys ?? [], term.mismatchLabelKeys ?? [], term.labelSelector, field),
    ...(key === '' ? [required(`${field}.topologyKey`, 'can not be empty')] : []),
    ...byRule(`${field}.topologyKey`, key, qualifiedKey),
  ];
}

function validatePodAffinity(affinity: PodAffinity | undefined, field: string): FieldError[] {
  if (affinity === undefined) return [];
  return [
    ...(affinity[REQUIRED] ?? []).flatMap((term, i) => validatePodTerm(term, `${field}.${REQUIRED}[${i}]`)),
    ...(affinity[PREFERRED] ?? []).flatMap((each, i) => [
      ...weight(each.weight, `${field}.${PREFERRED}[${i}]`),
      ...validatePodTerm(each.podAffinityTerm, `${field}.${PREFERRED}[${i}].podAffinityTerm`),
    ]),
  ];
}

/** `spec.affinity`. */
export function validateAffinity(affinity: Affinity | undefined): FieldError[] {
  if (affinity === undefined) return [];
  const node = affinity.nodeAffinity;
  const field = 'spec.affinity.nodeAffinity';
  return [
    ...(node?.[REQUIRED] ? validateNodeSelector(node[REQUIRED], `${field}.${REQUIRED}`) : []),
    ...(node?.[PREFERRED] ?? []).flatMap((each, i) => [
      ...weight(each.weight, `${field}.${PREFERRED}[${i}]`),
      ...validateTerm(each.preference, false, `${field}.${PREFERRED}[${i}].preference`),
    ]),
    ...validatePodAffinity(affinity.podAffinity, 'spec.affinity.podAffinity'),
    ...validatePodAffinity(affinity.podAntiAffinity, 'spec.affinity.podAntiAffinity'),
  ];
}
