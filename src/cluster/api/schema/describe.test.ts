import { expect, test } from 'vitest';
import { describeField, fieldsAt } from './describe.ts';
import docs from './schema-docs.json' with { type: 'json' };
import { knownKinds, structOf } from './schema.ts';

const POD = { apiVersion: 'v1', kind: 'Pod' };

test('the fields of a container, with what must be given', () => {
  const fields = fieldsAt(POD, ['spec', 'containers', 0], docs);
  expect(fields.filter((field) => field.required).map((field) => field.name)).toEqual(['name']);
  expect(fields.find((field) => field.name === 'ports')).toMatchObject({ type: '[]ContainerPort', shape: 'list' });
});

test('values that exist, and the first sentence', () => {
  const policy = describeField(POD, ['spec', 'restartPolicy'], docs);
  expect(policy).toMatchObject({ of: 'core.PodSpec', values: ['Always', 'Never', 'OnFailure'] });
  expect(policy?.text).toMatch(/^Restart policy/);
});

test('a map takes any key, a scalar none, an unknown path nothing', () => {
  expect(fieldsAt(POD, ['metadata', 'labels'])).toEqual([]);
  expect(fieldsAt(POD, ['spec', 'nodeName'])).toEqual([]);
  expect(describeField(POD, ['spec', 'containerz'])).toBeUndefined();
});

test('every type that is named exists', () => {
  for (const { group, version, kind } of knownKinds()) {
    const fields = fieldsAt({ apiVersion: group === '' ? version : `${group}/${version}`, kind }, []);
    expect(fields.length).toBeGreaterThan(0);
    for (const { name } of fields) expect(name).toMatch(/^[$\w]+$/);
  }
  expect(structOf('core.Pod')?.fields.get('spec')?.type).toMatchObject({ is: 'struct', name: 'core.PodSpec', go: 'v1.PodSpec' });
});
