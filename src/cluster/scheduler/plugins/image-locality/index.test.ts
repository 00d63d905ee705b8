import { expect, test } from 'vitest';
import { containerOf, nodeOf, podOf, scored } from '../../framework/test-objects.ts';
import plugin, { normalisedImageName } from './index.ts';

const MIB = 1024 * 1024;
const having = (name: string, image: string, mib: number) => nodeOf(name, {}, {}, { images: [{ names: [image], sizeBytes: mib * MIB }] });

test('a large image that one of two nodes has counts by half its size', () => {
  const pod = podOf('p', { containers: [containerOf({}, { image: 'shop/api:v1' })] });
  // 100 * (250 - 23) / (1000 - 23)
  expect(scored(plugin, pod, [having('a', 'shop/api:v1', 500), nodeOf('b')])).toEqual({ a: 23, b: 0 });
  expect(scored(plugin, pod, [having('a', 'shop/api:v1', 40), nodeOf('b')])).toEqual({ a: 0, b: 0 });
});

test.each([
  ['nginx', 'nginx:latest'],
  ['nginx:1.14', 'nginx:1.14'],
  ['host:5000/nginx', 'host:5000/nginx:latest'],
])('%s is %s', (name, normalised) => expect(normalisedImageName(name)).toBe(normalised));
