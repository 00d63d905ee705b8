// Field selectors: `status.phase=Running,spec.nodeName!=node1`, over the few fields that each kind indexes.
// Models k8s.io/apimachinery/pkg/fields/selector.go and pkg/apis/core/v1/conversion.go.
import type { Event, Node, Pod, Secret, Service } from '../api/types.ts';
import type { Stored } from './cache.ts';

/** One requirement: the field must (or must not) have this value. */
export interface FieldRequirement {
  readonly field: string;
  readonly value: string;
  readonly equal: boolean;
}

/** A parsed selector, or the text of the refusal. */
export type FieldSelector = { readonly requirements: readonly FieldRequirement[] } | { readonly error: string };

/** The fields of a kind that can be selected on, by name. */
type Fields = (object: Stored) => Readonly<Record<string, string>>;

const text = (value: unknown): string => (value === undefined || value === null ? '' : String(value));
const metadataFields: Fields = ({ metadata }) => ({ 'metadata.name': metadata.name, 'metadata.namespace': metadata.namespace ?? '' });

// Each of these is handed objects of its own kind only; the store's objects have the shape that their kind says.
const FIELDS: Readonly<Record<string, Fields>> = {
  Pod: (object) => {
    const { spec, status } = object as Stored & Pod;
    return {
      ...metadataFields(object),
      'spec.nodeName': text(spec.nodeName),
      'spec.restartPolicy': text(spec.restartPolicy),
      'spec.schedulerName': text(spec.schedulerName),
      'spec.serviceAccountName': text(spec.serviceAccountName),
      'spec.hostNetwork': text(spec.hostNetwork ?? false),
      'status.phase': text(status.phase),
      'status.podIP': text(status.podIP),
      'status.nominatedNodeName': text(status.nominatedNodeName),
    };
  },
  Event: (object) => {
    const { involvedObject, reason, reportingComponent, source, type } = object as Stored & Event;
    return {
      ...metadataFields(object),
      'involvedObject.kind': text(involvedObject.kind),
      'involvedObject.namespace': text(involvedObject.namespace),
      'involvedObject.name': text(involvedObject.name),
      'involvedObject.uid': text(involvedObject.uid),
      'involvedObject.apiVersion': text(involvedObject.apiVersion),
      'involvedObject.resourceVersion': text(involvedObject.resourceVersion),
      'involvedObject.fieldPath': text(involvedObject.fieldPath),
      reason: text(reason),
      reportingComponent: text(reportingComponent),
      source: text(source?.component || reportingComponent),
      type: text(type),
    };
  },
  Node: (object) => ({
    'metadata.name': object.metadata.name,
    'spec.unschedulable': text((object as Stored & Node).spec?.unschedulable ?? false),
  }),
  Namespace: (object) => ({
    'metadata.name': object.metadata.name,
    name: object.metadata.name,
    'status.phase': text((object.status as { phase?: string } | undefined)?.phase),
  }),
  Secret: (object) => ({ ...metadataFields(object), type: text((object as Stored & Secret).type) }),
  Service: (object) => {
    const { spec } = object as Stored & Service;
    return { ...metadataFields(object), 'spec.clusterIP': text(spec?.clusterIP), 'spec.type': text(spec?.type) };
  },
};
const SUPPORTED: Readonly<Record<string, ReadonlySet<string>>> = Object.fromEntries(
  Object.entries(FIELDS).map(([kind, fields]) => [kind, new Set(Object.keys(fields(hollow(kind))))]),
);

/** An object of a kind with nothing in it: to ask for the names of its fields. */
function hollow(kind: string): Stored {
  const empty = { apiVersion: 'v1', kind, metadata: { name: '' }, spec: {}, status: {}, involvedObject: {} };
  return empty;
}

/** Parses a selector for objects of a kind. */
export function parseFieldSelector(kind: string, selector: string): FieldSelector {
  const requirements: FieldRequirement[] = [];
  for (const part of splitTerms(selector)) {
    if (part === '') continue;
    const found = /^(.*?)(!=|==|=)(.*)$/s.exec(part);
    if (!found) return { error: `invalid selector: '${selector}'; can't understand '${part}'` };
    const [, field = '', operator, raw = ''] = found;
    const value = unescapeValue(raw);
    if (value === undefined) return { error: `invalid field selector: invalid escape sequence: ${raw}` };
    const unknown = unsupported(kind, field);
    if (unknown !== undefined) return { error: unknown };
    requirements.push({ field, value, equal: operator !== '!=' });
  }
  return { requirements };
}

/** Tells whether an object fulfils every requirement. */
export function matchesFields(requirements: readonly FieldRequirement[], object: Stored): boolean {
  if (requirements.length === 0) return true;
  const values = (FIELDS[object.kind] ?? metadataFields)(object);
  return requirements.every(({ field, value, equal }) => ((values[field] ?? '') === value) === equal);
}

function unsupported(kind: string, field: string): string | undefined {
  const supported = SUPPORTED[kind];
  if (supported) return supported.has(field) ? undefined : `field label not supported: ${field}`;
  if (field === 'metadata.name' || field === 'metadata.namespace') return undefined;
  return `"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"`;
}

/** Splits at commas that no backslash escapes. */
function splitTerms(selector: string): string[] {
  const terms = [''];
  for (let i = 0; i < selector.length; i += 1) {
    const character = selector.charAt(i);
    if (character === ',') terms.push('');
    else terms.push(terms.pop() + (character === '\\' ? character + selector.charAt((i += 1)) : character));
  }
  return terms;
}

function unescapeValue(value: string): string | undefined {
  let plain = '';
  for (let i = 0; i < value.length; i += 1) {
    const character = value.charAt(i);
    if (character !== '\\') {
      if (character === '=') return undefined;
      plain += character;
      continue;
    }
    const escaped = value.charAt((i += 1));
    if (!'\\,='.includes(escaped) || escaped === '') return undefined;
    plain += escaped;
  }
  return plain;
}
