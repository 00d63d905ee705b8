// The stages of a write, in the words of this server: decode, default, admit, validate.
import { isObject } from '../../base/json.ts';
import { decodeBody, decodeStruct, type FieldValidation } from '../api/decode.ts';
import { applyDefaults } from '../api/default/defaults.ts';
import { RESOURCES, type Resource, storageKey, storagePrefix } from '../api/resources.ts';
import { structOf, structOfKind } from '../api/schema/schema.ts';
import { invalid } from '../api/status.ts';
import type { Status } from '../api/types.ts';
import { validateCreate, validateUpdate } from '../api/validate/validate.ts';
import { warningsFor } from '../api/warnings.ts';
import type { ClusterContext } from '../component.ts';
import { admit as admitAll, validateAdmission } from './admission/admission.ts';
import type { AdmissionLookup, AdmissionRequest } from './admission/plugin.ts';
import type { Stored } from './cache.ts';
import { type Ask, type Server, groupKind, groupResource, stage } from './server.ts';

/** What a stage comes to. */
export type Staged = { readonly object: Stored; readonly warnings: readonly string[] } | { readonly refusal: Status };

const VALIDATIONS: ReadonlySet<string> = new Set(['Strict', 'Warn', 'Ignore']);

/** How unknown fields are taken: kubectl says Strict, a client that says nothing is warned. */
export function fieldValidationOf({ query }: Ask): FieldValidation {
  const asked = query.fieldValidation ?? '';
  return VALIDATIONS.has(asked) ? (asked as FieldValidation) : 'Warn';
}

/** Reads a body as an object of a resource: the one that is asked for, unless a subresource takes another. */
export function decode(context: ClusterContext, ask: Ask, body: unknown, resource: Resource = ask.target.resource): Staged {
  stage(context, ask, 'decode');
  const decoded = decodeBody(resource, body, fieldValidationOf(ask));
  if ('status' in decoded) return { refusal: decoded.status };
  // A decoded object has the shape that its kind says.
  return { object: decoded.object as unknown as Stored, warnings: decoded.warnings };
}

/**
 * Reads what a patch has made of a stored object. The parts that it has left alone are as they were; where anything is wrong with the
 * others, the whole is read, so that the texts name the whole path.
 */
export function decodePatched(context: ClusterContext, ask: Ask, patched: unknown, current: Stored): Staged {
  const { group, version, kind } = ask.target.resource;
  const struct = structOf(structOfKind(group, version, kind) ?? '');
  if (!struct || !isObject(patched) || patched.kind !== current.kind || patched.apiVersion !== current.apiVersion) {
    return decode(context, ask, patched);
  }
  const object: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(patched)) {
    const type = struct.fields.get(key)?.type;
    if (value === (current as unknown as Record<string, unknown>)[key]) object[key] = value;
    else if (type?.is !== 'struct' || !isObject(value)) return decode(context, ask, patched);
    else {
      const decoded = decodeStruct(type.name, value);
      if ('error' in decoded || decoded.unknown.length > 0) return decode(context, ask, patched);
      object[key] = decoded.object;
    }
  }
  stage(context, ask, 'decode');
  return { object: object as unknown as Stored, warnings: [] };
}

/** Fills what is not given. */
export function fill(context: ClusterContext, ask: Ask, object: Stored): Stored {
  stage(context, ask, 'default');
  return applyDefaults(object);
}

const BY_NAME: ReadonlyMap<string, Resource> = new Map(RESOURCES.map((each) => [each.resource, each]));

/** What admission plugins may look at: the watch cache. */
export function lookupIn(server: Pick<Server, 'cache'>): Omit<AdmissionLookup, 'random'> {
  return {
    get: (resource, namespace, name) =>
      server.cache.get(storageKey(resource, BY_NAME.get(resource)?.namespaced ? namespace : undefined, name))?.object,
    list: (resource, namespace) =>
      server.cache.list(resource, `${storagePrefix(resource)}${namespace ? `${namespace}/` : ''}`).map(({ object }) => object),
  };
}

function lookupFor(server: Server, context: ClusterContext, ask: Ask, object: Stored): AdmissionLookup {
  const subject = subjectOf(ask, object);
  return { ...lookupIn(server), random: (purpose) => context.random(purpose, subject) };
}

function admissionRequest(
  { target }: Ask,
  operation: AdmissionRequest['operation'],
  object: Stored,
  before?: Stored,
): AdmissionRequest<Stored> {
  const { namespace, name, subresource } = target;
  return {
    operation,
    resource: groupResource({ ...target }),
    ...(subresource !== '' && { subresource }),
    namespace,
    name: operation === 'CREATE' && subresource === '' ? '' : name,
    object,
    ...(before && { oldObject: before }),
  };
}

const subjectOf = ({ target }: Ask, { metadata }: Stored): string =>
  `${target.resource.resource}/${target.namespace}/${metadata.name || metadata.generateName || target.name}`;

/** The admission plugins that may change what is created, updated (`before` stands) or deleted. */
export function admit(server: Server, context: ClusterContext, ask: Ask, object: Stored, before?: Stored): Staged {
  stage(context, ask, 'admit');
  // No plugin looks at a status.
  if (ask.target.subresource === 'status') return { object, warnings: [] };
  const request = admissionRequest(ask, before ? 'UPDATE' : 'CREATE', object, before);
  const admission = admitAll(request, lookupFor(server, context, ask, object));
  return 'status' in admission ? { refusal: admission.status } : { object: admission.object, warnings: [] };
}

/** Whether admission lets an object be deleted; undefined where it does. */
export function admitDeletion(server: Server, context: ClusterContext, ask: Ask, object: Stored): Status | undefined {
  const request = admissionRequest(ask, 'DELETE', object);
  const lookup = lookupFor(server, context, ask, object);
  const admission = admitAll(request, lookup);
  return 'status' in admission ? admission.status : validateAdmission(request, lookup);
}

/** Every rule for a new object, then the admission plugins that only look. */
export function validateNew(server: Server, context: ClusterContext, ask: Ask, object: Stored): Staged {
  stage(context, ask, 'validate');
  const errors = validateCreate(ask.target.resource, object);
  if (errors.length > 0) return { refusal: invalid(groupKind(ask.target), object.metadata.name, errors) };
  const refusal = validateAdmission(admissionRequest(ask, 'CREATE', object), lookupFor(server, context, ask, object));
  return refusal ? { refusal } : { object, warnings: warningsFor(object) };
}

/** Every rule for a change, then the admission plugins that only look. */
export function validateChange(server: Server, context: ClusterContext, ask: Ask, object: Stored, before: Stored): Staged {
  stage(context, ask, 'validate');
  const { resource, subresource } = ask.target;
  const errors = validateUpdate(resource, object, before, subresource === '' ? undefined : subresource);
  if (errors.length > 0) return { refusal: invalid(groupKind(ask.target), object.metadata.name, errors) };
  if (subresource === 'status') return { object, warnings: [] };
  const refusal = validateAdmission(admissionRequest(ask, 'UPDATE', object, before), lookupFor(server, context, ask, object));
  return refusal ? { refusal } : { object, warnings: [] };
}
