// The shapes of the API's Go types, read from schema.json: which fields a type has, in the order of its struct, and what each holds.
// A field there is `name:type`, then `?` (left out where empty), `~` (a patch keeps only its given keys) and `@key` (a patch merges the
// list by that key; bare: as a set). A type is Go's, with the package of a struct told apart: `*core.Probe`, `[]string`, `v1.PullPolicy`.
import data from './schema.json' with { type: 'json' };

/** What a field holds. */
export type FieldType =
  | { readonly is: 'string' | 'int32' | 'int64' | 'bool' | 'float64' | 'bytes' | 'any' | 'quantity' | 'time' | 'int-or-string'; readonly go: string }
  | { readonly is: 'struct'; readonly name: string; readonly go: string }
  | { readonly is: 'list' | 'map'; readonly of: FieldType; readonly go: string };

/** A field of a struct. */
export interface FieldSchema {
  readonly name: string;
  readonly type: FieldType;
  /** Absent and empty are told apart. */
  readonly pointer: boolean;
  /** Left out of JSON where it is empty. */
  readonly omitEmpty: boolean;
  /** A strategic merge patch merges the list by this key; empty: as a set; undefined: replaces it. */
  readonly mergeKey?: string;
  /** A strategic merge patch drops the keys that it does not give. */
  readonly retainKeys: boolean;
}

/** A struct: its fields in Go's order, embedded ones among them. */
export interface StructSchema {
  /** `Container`, as Go's errors name it. */
  readonly name: string;
  readonly fields: ReadonlyMap<string, FieldSchema>;
}

const TYPES: Readonly<Record<string, string>> = data.types;
const KINDS: Readonly<Record<string, string>> = data.kinds;
const RESOURCE_LIST = 'v1.ResourceList';
const known = new Map<string, StructSchema>();

/** The struct of a kind (`''`, `v1`, `Pod` -> `core.Pod`), or undefined. */
export const structOfKind = (group: string, version: string, kind: string): string | undefined => KINDS[`${group}/${version}/${kind}`];

/** The kinds that the schema knows: group, version, kind. */
export const knownKinds = (): { group: string; version: string; kind: string }[] =>
  Object.keys(KINDS).map((key) => {
    const [group = '', version = '', kind = ''] = key.split('/');
    return { group, version, kind };
  });

/** A struct by its name in the schema (`core.Container`), or undefined. */
export function structOf(name: string): StructSchema | undefined {
  const before = known.get(name);
  if (before !== undefined) return before;
  const line = Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
  if (line === undefined) return undefined;
  const fields = new Map(line.split(/ (?=[\w$]+:)/).map((text) => readField(text)).map((field) => [field.name, field]));
  const struct: StructSchema = { name: name.slice(name.indexOf('.') + 1), fields };
  known.set(name, struct);
  return struct;
}

function readField(text: string): FieldSchema {
  const [, name = '', type = '', omit, retain, merge] = /^([\w$]+):(.+?)(\?)?(~)?(@\w*)?$/.exec(text) ?? [];
  return {
    name,
    type: readType(type.replace(/^\*/, '')),
    pointer: type.startsWith('*'),
    omitEmpty: omit !== undefined,
    retainKeys: retain !== undefined,
    ...(merge !== undefined && { mergeKey: merge.slice(1) }),
  };
}

/** Go's own spelling: every API package calls itself v1, save autoscaling's second version. */
const goText = (type: string): string =>
  type.replace('autoscaling2.', 'v2.').replace(/\b(?!v\d|resource\.|intstr\.|runtime\.|types\.)[a-z]+\.(?=[A-Z])/g, 'v1.');

const PLAIN: Readonly<Record<string, FieldType['is']>> = {
  string: 'string',
  int32: 'int32',
  int64: 'int64',
  bool: 'bool',
  float64: 'float64',
  '[]uint8': 'bytes',
  'interface {}': 'any',
  'runtime.RawExtension': 'any',
  'meta.FieldsV1': 'any',
  'resource.Quantity': 'quantity',
  'meta.Time': 'time',
  'meta.MicroTime': 'time',
  'intstr.IntOrString': 'int-or-string',
};

function readType(text: string): FieldType {
  const go = goText(text);
  const plain = Object.hasOwn(PLAIN, text) ? PLAIN[text] : undefined;
  if (plain !== undefined && plain !== 'struct' && plain !== 'list' && plain !== 'map') return { is: plain, go };
  if (text === RESOURCE_LIST) return { is: 'map', of: readType('resource.Quantity'), go };
  if (text.startsWith('[]')) return { is: 'list', of: readType(text.slice(2)), go };
  const map = /^map\[[\w.]+\](.+)$/.exec(text);
  if (map) return { is: 'map', of: readType(map[1] ?? ''), go };
  return Object.hasOwn(TYPES, text) ? { is: 'struct', name: text, go } : { is: 'string', go };
}
