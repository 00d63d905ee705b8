// Tolerations, spread constraints and gates. Models pkg/apis/core/validation/validation.go.
import { type FieldError, duplicate, invalidValue, notSupported, required } from '../field-error.ts';
import { labelValue, qualifiedKey } from '../name-rules.ts';
import type { PodReadinessGate, PodSchedulingGate, Toleration, TopologySpreadConstraint } from '../types.ts';
import { validateMatchLabelKeys } from './affinity.ts';
import { byRule, validateLabelSelector } from './meta.ts';

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];
const ACTIONS = ['DoNotSchedule', 'ScheduleAnyway'];
const NODE_POLICIES = ['Honor', 'Ignore'];

function validateOperator({ operator, value = '' }: Toleration, field: string): FieldError[] {
  switch (operator) {
    case undefined:
    case '':
    case 'Equal': {
      const texts = labelValue(value);
      return texts.length > 0 ? [invalidValue(field, value, texts.join(';'))] : [];
    }
    case 'Exists':
      return value === '' ? [] : [invalidValue(field, value, "value must be empty when `operator` is 'Exists'")];
    case 'Lt':
    case 'Gt':
      return [notSupported(field, operator, ['Equal', 'Exists', 'Lt', 'Gt'])];
    default:
      return [notSupported(field, operator, ['Equal', 'Exists'])];
  }
}

/** `spec.tolerations`. */
export function validateTolerations(tolerations: readonly Toleration[] | undefined): FieldError[] {
  return (tolerations ?? []).flatMap((toleration, i) => {
    const { key = '', operator = '', effect = '', tolerationSeconds } = toleration;
    const field = `spec.tolerations[${i}]`;
    const errors = key === '' ? [] : byRule(`${field}.key`, key, qualifiedKey);
    if (key === '' && operator !== 'Exists') {
      const text = 'operator must be Exists when `key` is empty, which means "match all values and all keys"';
      errors.push(invalidValue(`${field}.operator`, operator, text));
    }
    if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
      errors.push(invalidValue(`${field}.effect`, effect, "effect must be 'NoExecute' when `tolerationSeconds` is set"));
    }
    errors.push(...validateOperator(toleration, `${field}.operator`));
    if (effect !== '' && !EFFECTS.includes(effect)) errors.push(notSupported(`${field}.effect`, effect, EFFECTS));
    return errors;
  });
}

const positive = (value: number, field: string): FieldError[] =>
  value > 0 ? [] : [invalidValue(field, value, 'must be greater than zero')];

/** `spec.topologySpreadConstraints`. */
export function validateSpread(constraints: readonly TopologySpreadConstraint[] | undefined): FieldError[] {
  const all = constraints ?? [];
  return all.flatMap((constraint, i) => {
    const field = `spec.topologySpreadConstraints[${i}]`;
    const { topologyKey = '', whenUnsatisfiable, minDomains } = constraint;
    const errors = positive(constraint.maxSkew ?? 0, `${field}.maxSkew`);
    if (topologyKey === '') errors.push(required(`${field}.topologyKey`, 'can not be empty'));
    if (!ACTIONS.includes(whenUnsatisfiable)) errors.push(notSupported(`${field}.whenUnsatisfiable`, whenUnsatisfiable ?? '', ACTIONS));
    const again = all.slice(i + 1).some((other) => other.topologyKey === topologyKey && other.whenUnsatisfiable === whenUnsatisfiable);
    if (again) errors.push(duplicate(`${field}.{topologyKey, whenUnsatisfiable}`, `{${topologyKey}, ${whenUnsatisfiable}}`));
    if (minDomains !== undefined) {
      errors.push(...positive(minDomains, `${field}.minDomains`));
      if (whenUnsatisfiable !== 'DoNotSchedule') {
        const text = `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${whenUnsatisfiable}`;
        errors.push(invalidValue(`${field}.minDomains`, minDomains, text));
      }
    }
    for (const name of ['nodeAffinityPolicy', 'nodeTaintsPolicy'] as const) {
      const policy = constraint[name];
      if (policy !== undefined && !NODE_POLICIES.includes(policy)) errors.push(notSupported(`${field}.${name}`, policy, NODE_POLICIES));
    }
    errors.push(...validateMatchLabelKeys(constraint.matchLabelKeys ?? [], [], constraint.labelSelector, field));
    return [...errors, ...validateLabelSelector(constraint.labelSelector, `${field}.labelSelector`)];
  });
}

/** `spec.schedulingGates`. */
export function validateSchedulingGates(gates: readonly PodSchedulingGate[] | undefined): FieldError[] {
  const seen = new Set<string>();
  return (gates ?? []).flatMap(({ name }, i) => {
    const field = `spec.schedulingGates[${i}]`;
    const errors = byRule(field, name, qualifiedKey);
    if (seen.has(name)) errors.push(duplicate(field, name));
    seen.add(name);
    return errors;
  });
}

/** `spec.readinessGates`. */
export const validateReadinessGates = (gates: readonly PodReadinessGate[] | undefined): FieldError[] =>
  (gates ?? []).flatMap(({ conditionType }, i) => byRule(`spec.readinessGates[${i}].conditionType`, conditionType, qualifiedKey));
