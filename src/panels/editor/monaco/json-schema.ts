// The Kubernetes API as a JSON schema, for completion and hover: made from the API server's own shapes and the documentation's sentences.
import { type FieldType, knownKinds, structOf, structOfKind } from '../../../cluster/api/schema/schema.ts';

/** The documentation's part: allowed values, required fields and a sentence each, by struct and field. */
export interface SchemaDocs {
  readonly enums: Readonly<Record<string, readonly string[]>>;
  readonly required: Readonly<Record<string, readonly string[]>>;
  readonly docs: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A JSON schema, as far as it is used here. */
export interface JsonSchema {
  [keyword: string]: unknown;
}

/** The schema of a manifest: what `kind` and `apiVersion` say decides about the rest. */
export function kubernetesSchema(texts: SchemaDocs): JsonSchema {
  const definitions: Record<string, JsonSchema> = {};
  const define = (name: string): JsonSchema => {
    if (!(name in definitions)) {
      definitions[name] = {};
      definitions[name] = defineStruct(name);
    }
    return { $ref: `#/definitions/${name}` };
  };
  const defineStruct = (name: string): JsonSchema => {
    const docs = texts.docs[name] ?? {};
    const properties: Record<string, JsonSchema> = {};
    for (const [field, { type }] of structOf(name)?.fields ?? []) {
      const values = texts.enums[`${name}.${field}`];
      properties[field] = {
        ...describe(type),
        ...(docs[field] && { description: docs[field] }),
        ...(values && { enum: values }),
      };
    }
    return { type: 'object', properties, ...(docs[''] && { description: docs[''] }), required: texts.required[name] ?? [] };
  };
  const describe = (type: FieldType): JsonSchema => {
    switch (type.is) {
      case 'struct':
        return define(type.name);
      case 'list':
        return { type: 'array', items: describe(type.of) };
      case 'map':
        return { type: 'object', additionalProperties: describe(type.of) };
      case 'int32':
      case 'int64':
        return { type: 'integer' };
      case 'float64':
        return { type: 'number' };
      case 'bool':
        return { type: 'boolean' };
      case 'quantity':
      case 'int-or-string':
        return { type: ['string', 'integer', 'number'] };
      case 'any':
        return {};
      default:
        return { type: 'string' };
    }
  };
  const kinds = knownKinds().map((known) => ({
    ...known,
    apiVersion: known.group === '' ? known.version : `${known.group}/${known.version}`,
  }));
  const branches = kinds.map(({ group, version, kind, apiVersion }) => ({
    if: { properties: { apiVersion: { const: apiVersion }, kind: { const: kind } }, required: ['apiVersion', 'kind'] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON schema
    then: define(structOfKind(group, version, kind) ?? ''),
  }));
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    properties: {
      apiVersion: { type: 'string', enum: [...new Set(kinds.map(({ apiVersion }) => apiVersion))] },
      kind: { type: 'string', enum: kinds.map(({ kind }) => kind) },
    },
    required: ['apiVersion', 'kind'],
    allOf: branches,
    definitions,
  };
}
