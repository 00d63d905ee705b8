// The schema that the editor completes from knows the fields of a Pod, what they hold and what is said of them.
import { expect, test } from 'vitest';
import docs from '../../../cluster/api/schema/schema-docs.json' with { type: 'json' };
import { type JsonSchema, kubernetesSchema } from './json-schema.ts';

const schema = kubernetesSchema(docs);
const definition = (name: string) => (schema.definitions as Record<string, { properties: Record<string, JsonSchema> }>)[name];

test('a container has its fields', () => {
  const properties = definition('core.Container')?.properties ?? {};
  expect(Object.keys(properties)).toEqual(expect.arrayContaining(['name', 'image', 'args', 'livenessProbe', 'restartPolicy']));
  expect(properties.imagePullPolicy?.enum).toEqual(['Always', 'IfNotPresent', 'Never']);
  expect(properties.ports).toMatchObject({ type: 'array', items: { $ref: '#/definitions/core.ContainerPort' } });
  expect(String(properties.image?.description)).toMatch(/image/i);
});

test('every reference leads somewhere', () => {
  const references = JSON.stringify(schema).matchAll(/"#\/definitions\/([^"]+)"/g);
  for (const [, name = ''] of references) expect(definition(name)).toHaveProperty('properties');
});

test('kind and apiVersion decide', () => {
  expect(schema.allOf).toContainEqual({
    if: { properties: { apiVersion: { const: 'v1' }, kind: { const: 'Pod' } }, required: ['apiVersion', 'kind'] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON schema
    then: { $ref: '#/definitions/core.Pod' },
  });
});
