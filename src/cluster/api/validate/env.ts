// Environment variables. Models ValidateEnv and ValidateEnvFrom in pkg/apis/core/validation/validation.go.
import { type FieldError, invalidValue, required } from '../field-error.ts';
import { asPrefix, configKey, dns1123Label, dns1123Subdomain, envName } from '../name-rules.ts';
import type { EnvFromSource, EnvVar, EnvVarSource, FileKeySelector } from '../types.ts';
import { byRule } from './meta.ts';
import { noBacksteps } from './paths.ts';
import { validateFieldRef, validateResourceRef } from './refs.ts';

const FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];

function validateKeyRef(ref: { readonly key?: string; readonly name?: string }, field: string): FieldError[] {
  return [
    ...byRule(`${field}.name`, ref.name ?? '', dns1123Subdomain),
    ...(ref.key ? byRule(`${field}.key`, ref.key, configKey) : [required(`${field}.key`)]),
  ];
}

function validateFileRef(ref: FileKeySelector, field: string): FieldError[] {
  return [
    ...(ref.key ? byRule(`${field}.key`, ref.key, envName) : [required(`${field}.key`)]),
    ...(ref.volumeName ? byRule(`${field}.volumeName`, ref.volumeName, dns1123Label) : [required(`${field}.volumeName`)]),
    ...(ref.path ? noBacksteps(ref.path, `${field}.path`) : [required(`${field}.path`)]),
  ];
}

const NO_SOURCE = 'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`';

function validateSource(value: string | undefined, source: EnvVarSource, field: string): FieldError[] {
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef } = source;
  const errors = [
    ...(fieldRef ? validateFieldRef(fieldRef, FIELDS, `${field}.fieldRef`) : []),
    ...(resourceFieldRef ? validateResourceRef(resourceFieldRef, `${field}.resourceFieldRef`, false) : []),
    ...(configMapKeyRef ? validateKeyRef(configMapKeyRef, `${field}.configMapKeyRef`) : []),
    ...(secretKeyRef ? validateKeyRef(secretKeyRef, `${field}.secretKeyRef`) : []),
    ...(fileKeyRef ? validateFileRef(fileKeyRef, `${field}.fileKeyRef`) : []),
  ];
  const count = [fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef].filter((each) => each !== undefined).length;
  if (count === 0) errors.push(invalidValue(field, '', NO_SOURCE));
  else if (value) errors.push(invalidValue(field, '', 'may not be specified when `value` is not empty'));
  else if (count > 1) errors.push(invalidValue(field, '', 'may not have more than one field specified at a time'));
  return errors;
}

/** A container's `env`. */
export function validateEnv(env: readonly EnvVar[] | undefined, field: string): FieldError[] {
  return (env ?? []).flatMap(({ name, value, valueFrom }, i) => [
    ...(name ? byRule(`${field}[${i}].name`, name, envName) : [required(`${field}[${i}].name`)]),
    ...(valueFrom ? validateSource(value, valueFrom, `${field}[${i}].valueFrom`) : []),
  ]);
}

const nameOf = (ref: { readonly name?: string }, field: string): FieldError[] =>
  ref.name ? byRule(`${field}.name`, ref.name, asPrefix(dns1123Subdomain)) : [required(`${field}.name`)];

/** A container's `envFrom`. What none or two sources amount to is said of the whole list. */
export function validateEnvFrom(sources: readonly EnvFromSource[] | undefined, field: string): FieldError[] {
  return (sources ?? []).flatMap(({ prefix, configMapRef, secretRef }, i) => [
    ...(prefix ? byRule(`${field}[${i}].prefix`, prefix, envName) : []),
    ...(configMapRef ? nameOf(configMapRef, `${field}[${i}].configMapRef`) : []),
    ...(secretRef ? nameOf(secretRef, `${field}[${i}].secretRef`) : []),
    ...(!configMapRef && !secretRef ? [invalidValue(field, '', 'must specify one of: `configMapRef` or `secretRef`')] : []),
    ...(configMapRef && secretRef ? [invalidValue(field, '', 'may not have more than one field specified at a time')] : []),
  ]);
}
