// What can stand at a place of a manifest, and what the API's documentation says of it: for completion and for hovering. The texts are a
// file of their own (schema-docs.json), which the editor loads when it is opened and hands in.
import { type FieldSchema, type FieldType, structOf, structOfKind } from './schema.ts';

/** The texts: first sentences by type and field, values that exist, fields that must be given. */
export interface SchemaDocs {
  readonly docs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly enums: Readonly<Record<string, readonly string[]>>;
  readonly required: Readonly<Record<string, readonly string[]>>;
}

/** A kind by its names in a manifest. */
export interface KindName {
  readonly apiVersion: string;
  readonly kind: string;
}

/** A field that can be written at a place. */
export interface FieldHint {
  readonly name: string;
  /** As `kubectl explain` writes it: `[]Container`, `string`, `map[string]string`. */
  readonly type: string;
  /** What has to follow the key. */
  readonly shape: 'scalar' | 'list' | 'mapping';
  readonly required: boolean;
  readonly text: string;
  readonly values: readonly string[];
}

/** What stands at a place. */
export interface FieldDescription extends FieldHint {
  /** The struct that has the field, and the field: `core.Container`, `image`. */
  readonly of: string;
}

const NO_DOCS: SchemaDocs = { docs: {}, enums: {}, required: {} };
const shapeOf = (type: FieldType): FieldHint['shape'] => (type.is === 'list' ? 'list' : type.is === 'map' || type.is === 'struct' ? 'mapping' : 'scalar');

function structFor({ apiVersion, kind }: KindName): string | undefined {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? structOfKind('', apiVersion, kind) : structOfKind(apiVersion.slice(0, slash), apiVersion.slice(slash + 1), kind);
}

const typeText = (type: FieldType): string => {
  if (type.is === 'struct') return type.name.slice(type.name.indexOf('.') + 1);
  if (type.is === 'list') return `[]${typeText(type.of)}`;
  if (type.is === 'map') return `map[string]${typeText(type.of)}`;
  const plain: Readonly<Partial<Record<FieldType['is'], string>>> = { int32: 'integer', int64: 'integer', bool: 'boolean', quantity: 'Quantity', time: 'Time' };
  return plain[type.is] ?? (type.is === 'int-or-string' ? 'IntOrString' : 'string');
};

function hintOf(struct: string, field: FieldSchema, docs: SchemaDocs): FieldHint {
  return {
    name: field.name,
    type: typeText(field.type),
    shape: shapeOf(field.type),
    required: (docs.required[struct] ?? []).includes(field.name),
    text: docs.docs[struct]?.[field.name] ?? '',
    values: docs.enums[`${struct}.${field.name}`] ?? (field.type.is === 'bool' ? ['true', 'false'] : []),
  };
}

/** The type at a path, and the struct and field that lead to it. Indices step into lists, other steps into fields and maps. */
function follow(kind: KindName, path: readonly (string | number)[]): { readonly type: FieldType; readonly struct?: string; readonly field?: FieldSchema } | undefined {
  const root = structFor(kind);
  if (root === undefined) return undefined;
  let at: { readonly type: FieldType; readonly struct?: string; readonly field?: FieldSchema } = { type: { is: 'struct', name: root, go: root } };
  for (const step of path) {
    const { type } = at;
    if (type.is === 'list') at = { ...at, type: type.of };
    else if (type.is === 'map') at = { type: type.of };
    else {
      const field = type.is === 'struct' ? structOf(type.name)?.fields.get(String(step)) : undefined;
      if (field === undefined || type.is !== 'struct') return undefined;
      at = { type: field.type, struct: type.name, field };
    }
  }
  return at;
}

/** The fields that can be written in the mapping at a path: none where it is not one, or where any key may stand. */
export function fieldsAt(kind: KindName, path: readonly (string | number)[], docs: SchemaDocs = NO_DOCS): FieldHint[] {
  const found = follow(kind, path);
  if (found?.type.is !== 'struct') return [];
  const { name } = found.type;
  return [...(structOf(name)?.fields.values() ?? [])].map((field) => hintOf(name, field, docs));
}

/** What stands at a path, or undefined where the schema has nothing. */
export function describeField(kind: KindName, path: readonly (string | number)[], docs: SchemaDocs = NO_DOCS): FieldDescription | undefined {
  const found = follow(kind, path);
  if (found?.field === undefined || found.struct === undefined) return undefined;
  return { ...hintOf(found.struct, found.field, docs), of: found.struct };
}
