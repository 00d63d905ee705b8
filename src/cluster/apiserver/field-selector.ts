// Field selectors: `status.phase=Running,spec.nodeName!=node1`, over the few fields that each kind indexes.
// Models k8s.io/apimachinery/pkg/fields/selector.go and pkg/apis/core/v1/conversion.go.
import type { Event, Namespace, Node, Pod, Secret, Service } from '../api/types.ts';
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
type Fields = Readonly<Record<string, (object: Stored) => unknown>>;

const METADATA: Fields = {
  'metadata.name': ({ metadata }) => metadata.name,
  'metadata.namespace': ({ metadata }) => metadata.namespace,
};
/** Reads a field of one kind: it is handed objects of that kind only, whose shape is what their kind says. */
const of =
  <T>(read: (object: T) => unknown) =>
  (object: Stored): unknown =>
    read(object as unknown as T);

const FIELDS: Readonly<Record<string, Fields>> = {
  Pod: {
    ...METADATA,
    'spec.nodeName': of<Pod>(({ spec }) => spec.nodeName),
    'spec.restartPolicy': of<Pod>(({ spec }) => spec.restartPolicy),
    'spec.schedulerName': of<Pod>(({ spec }) => spec.schedulerName),
    'spec.serviceAccountName': of<Pod>(({ spec }) => spec.serviceAccountName),
    'spec.hostNetwork': of<Pod>(({ spec }) => spec.hostNetwork ?? false),
    'status.phase': of<Pod>(({ status }) => status.phase),
    'status.podIP': of<Pod>(({ status }) => status.podIP),
    'status.nominatedNodeName': of<Pod>(({ status }) => status.nominatedNodeName),
  },
  Event: {
    ...METADATA,
    'involvedObject.kind': of<Event>(({ involvedObject }) => involvedObject.kind),
    'involvedObject.namespace': of<Event>(({ involvedObject }) => involvedObject.namespace),
    'involvedObject.name': of<Event>(({ involvedObject }) => involvedObject.name),
    'involvedObject.uid': of<Event>(({ involvedObject }) => involvedObject.uid),
    'involvedObject.apiVersion': of<Event>(({ involvedObject }) => involvedObject.apiVersion),
    'involvedObject.resourceVersion': of<Event>(({ involvedObject }) => involvedObject.resourceVersion),
    'involvedObject.fieldPath': of<Event>(({ involvedObject }) => involvedObject.fieldPath),
    reason: of<Event>(({ reason }) => reason),
    reportingComponent: of<Event>(({ reportingComponent }) => reportingComponent),
    source: of<Event>(({ source, reportingComponent }) => source?.component || reportingComponent),
    type: of<Event>(({ type }) => type),
  },
  Node: { 'metadata.name': ({ metadata }) => metadata.name, 'spec.unschedulable': of<Node>(({ spec }) => spec?.unschedulable ?? false) },
  Namespace: {
    'metadata.name': ({ metadata }) => metadata.name,
    name: ({ metadata }) => metadata.name,
    'status.phase': of<Namespace>(({ status }) => status?.phase),
  },
  Secret: { ...METADATA, type: of<Secret>(({ type }) => type) },
  Service: {
    ...METADATA,
    'spec.clusterIP': of<Service>(({ spec }) => spec?.clusterIP),
    'spec.type': of<Service>(({ spec }) => spec?.type),
  },
};

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
  const fields = FIELDS[object.kind] ?? METADATA;
  return requirements.every(({ field, value, equal }) => (String(fields[field]?.(object) ?? '') === value) === equal);
}

function unsupported(kind: string, field: string): string | undefined {
  const fields = FIELDS[kind];
  if (Object.hasOwn(fields ?? METADATA, field)) return undefined;
  if (fields) return `field label not supported: ${field}`;
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
