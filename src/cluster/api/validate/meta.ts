// The metadata of any object. Models k8s.io/apimachinery/pkg/api/validation/objectmeta.go and pkg/apis/core/validation.
import { sortedKeys } from '../../../base/order.ts';
import { type FieldError, forbiddenField, invalidValue, required, tooLong } from '../field-error.ts';
import { type TextRule, asPrefix, byteLength, dns1123Label, labelValue, qualifiedKey } from '../name-rules.ts';
import type { LabelSelector, ObjectMeta } from '../types.ts';

const MOST_ANNOTATION_BYTES = 262_144;
const STANDARD_FINALIZERS: ReadonlySet<string> = new Set(['kubernetes', 'orphan', 'foregroundDeletion']);

/** Every text of a rule as an error of one field. */
export const byRule = (field: string, value: string, rule: TextRule): FieldError[] =>
  rule(value).map((text) => invalidValue(field, value, text));

/** Keys and values of labels. Models ValidateLabels. */
export function validateLabels(labels: Readonly<Record<string, string>> | undefined, field: string): FieldError[] {
  const all = labels ?? {};
  return sortedKeys(all).flatMap((key) => [...byRule(field, key, qualifiedKey), ...byRule(field, all[key] ?? '', labelValue)]);
}

function validateAnnotations(annotations: Readonly<Record<string, string>> | undefined, field: string): FieldError[] {
  const all = annotations ?? {};
  const errors = sortedKeys(all).flatMap((key) => qualifiedKey(key.toLowerCase()).map((text) => invalidValue(field, key, text)));
  const bytes = Object.entries(all).reduce((sum, [key, value]) => sum + byteLength(key) + byteLength(value), 0);
  return bytes > MOST_ANNOTATION_BYTES ? [...errors, tooLong(field, MOST_ANNOTATION_BYTES)] : errors;
}

function validateOwners(meta: ObjectMeta, field: string): FieldError[] {
  const owners = meta.ownerReferences ?? [];
  const errors = owners.flatMap((owner) => [
    ...(owner.apiVersion ? [] : [invalidValue(`${field}.apiVersion`, owner.apiVersion ?? '', 'version must not be empty')]),
    ...(owner.kind ? [] : [invalidValue(`${field}.kind`, owner.kind ?? '', 'must not be empty')]),
    ...(owner.name ? [] : [invalidValue(`${field}.name`, owner.name ?? '', 'must not be empty')]),
    ...(owner.uid ? [] : [invalidValue(`${field}.uid`, owner.uid ?? '', 'must not be empty')]),
  ]);
  const controllers = owners.filter((owner) => owner.controller === true);
  if (controllers.length < 2) return errors;
  const [first, second] = controllers.map((owner) => `${owner.kind}/${owner.name}`);
  const text = `Only one reference can have Controller set to true. Found "true" in references for ${first} and ${second}`;
  return [...errors, invalidValue(field, owners, text)];
}

function validateFinalizers(meta: ObjectMeta, field: string): FieldError[] {
  return (meta.finalizers ?? []).flatMap((finalizer) => byRule(field, finalizer, qualifiedKey));
}

function validateKubeFinalizers(meta: ObjectMeta, field: string): FieldError[] {
  return (meta.finalizers ?? []).flatMap((finalizer, i) =>
    finalizer.includes('/') || STANDARD_FINALIZERS.has(finalizer)
      ? []
      : [invalidValue(`${field}[${i}]`, finalizer, 'name is neither a standard finalizer name nor is it fully qualified')],
  );
}

/** The metadata of a new object whose names follow `rule`. Models ValidateObjectMeta. */
export function validateMeta(meta: ObjectMeta, namespaced: boolean, rule: TextRule): FieldError[] {
  const errors: FieldError[] = [];
  if (meta.generateName) errors.push(...byRule('metadata.generateName', meta.generateName, asPrefix(rule)));
  if (meta.name) errors.push(...byRule('metadata.name', meta.name, rule));
  else errors.push(required('metadata.name', 'name or generateName is required'));
  if (!namespaced) {
    if (meta.namespace) errors.push(forbiddenField('metadata.namespace', 'not allowed on this type'));
  } else if (meta.namespace) {
    errors.push(...byRule('metadata.namespace', meta.namespace, dns1123Label));
  } else {
    errors.push(required('metadata.namespace'));
  }
  if ((meta.generation ?? 0) < 0) errors.push(nonNegative('metadata.generation', meta.generation ?? 0));
  return [
    ...errors,
    ...validateLabels(meta.labels, 'metadata.labels'),
    ...validateAnnotations(meta.annotations, 'metadata.annotations'),
    ...validateOwners(meta, 'metadata.ownerReferences'),
    ...validateFinalizers(meta, 'metadata.finalizers'),
    ...validateKubeFinalizers(meta, 'metadata.finalizers'),
  ];
}

/** What an update may do to metadata. Models ValidateObjectMetaAccessorUpdate. */
export function validateMetaUpdate(next: ObjectMeta, before: ObjectMeta): FieldError[] {
  const errors: FieldError[] = [];
  const added = (next.finalizers ?? []).filter((finalizer) => !(before.finalizers ?? []).includes(finalizer));
  if (before.deletionTimestamp !== undefined && added.length > 0) {
    const text = `no new finalizers can be added if the object is being deleted, found new finalizers ${goList(added)}`;
    errors.push(forbiddenField('metadata.finalizers', text));
  }
  if (!next.resourceVersion) errors.push(invalidValue('metadata.resourceVersion', '', 'must be specified for an update'));
  if ((next.generation ?? 0) < (before.generation ?? 0)) {
    errors.push(invalidValue('metadata.generation', next.generation ?? 0, 'must not be decremented'));
  }
  for (const part of ['name', 'namespace', 'uid', 'creationTimestamp', 'deletionTimestamp', 'deletionGracePeriodSeconds'] as const) {
    if ((next[part] ?? '') !== (before[part] ?? ''))
      errors.push(invalidValue(`metadata.${part}`, next[part] ?? null, 'field is immutable'));
  }
  return [
    ...errors,
    ...validateLabels(next.labels, 'metadata.labels'),
    ...validateAnnotations(next.annotations, 'metadata.annotations'),
    ...validateOwners(next, 'metadata.ownerReferences'),
    ...validateKubeFinalizers(next, 'metadata.finalizers'),
  ];
}

/** `[]string{"a", "b"}`, as Go's `%#v` writes a list of texts. */
const goList = (texts: readonly string[]): string => `[]string{${texts.map((text) => JSON.stringify(text)).join(', ')}}`;

/** `must be greater than or equal to 0`. */
export const nonNegative = (field: string, value: number | string): FieldError =>
  invalidValue(field, value, 'must be greater than or equal to 0');

/** A LabelSelector. Models unversionedvalidation.ValidateLabelSelector. */
export function validateLabelSelector(selector: LabelSelector | undefined, field: string): FieldError[] {
  if (selector === undefined) return [];
  const errors = validateLabels(selector.matchLabels, `${field}.matchLabels`);
  (selector.matchExpressions ?? []).forEach(({ key, operator, values = [] }, i) => {
    const at = `${field}.matchExpressions[${i}]`;
    errors.push(...selectorValues(operator, values, at));
    errors.push(...byRule(`${at}.key`, key, qualifiedKey));
    values.forEach((value, j) => {
      errors.push(...byRule(`${at}.values[${j}]`, value, labelValue));
    });
  });
  return errors;
}

function selectorValues(operator: string, values: readonly string[], at: string): FieldError[] {
  switch (operator) {
    case 'In':
    case 'NotIn':
      return values.length === 0 ? [required(`${at}.values`, "must be specified when `operator` is 'In' or 'NotIn'")] : [];
    case 'Exists':
    case 'DoesNotExist': {
      const text = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'";
      return values.length > 0 ? [forbiddenField(`${at}.values`, text)] : [];
    }
    default:
      return [invalidValue(`${at}.operator`, operator, 'not a valid selector operator')];
  }
}
