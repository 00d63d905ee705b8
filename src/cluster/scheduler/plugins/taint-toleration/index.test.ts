import { expect, test } from 'vitest';
import type { Toleration } from '../../../api/types.ts';
import { filtered, nodeOf, podOf, scored } from '../../framework/test-objects.ts';
import plugin from './index.ts';

const REJECTED = '!node(s) had untolerated taint(s)';
const gpu = { key: 'gpu', value: 'yes', effect: 'NoSchedule' };

test.each<[string, readonly Toleration[], string]>([
  ['none', [], REJECTED],
  ['equal', [{ key: 'gpu', operator: 'Equal', value: 'yes', effect: 'NoSchedule' }], 'ok'],
  ['another value', [{ key: 'gpu', value: 'no', effect: 'NoSchedule' }], REJECTED],
  ['exists', [{ key: 'gpu', operator: 'Exists' }], 'ok'],
  ['another effect', [{ key: 'gpu', operator: 'Exists', effect: 'NoExecute' }], REJECTED],
  ['everything', [{ operator: 'Exists' }], 'ok'],
])('toleration: %s', (_, tolerations, said) => {
  expect(filtered(plugin, podOf('p', { tolerations }), [nodeOf('n', {}, { taints: [gpu] })])).toEqual({ n: said });
});

test('NoExecute keeps away, PreferNoSchedule does not', () => {
  const nodes = ['NoExecute', 'PreferNoSchedule'].map((effect) => nodeOf(effect, {}, { taints: [{ key: 'k', effect }] }));
  expect(filtered(plugin, podOf('p'), nodes)).toEqual({ NoExecute: REJECTED, PreferNoSchedule: 'ok' });
});

test('the fewer PreferNoSchedule taints, the better', () => {
  const taints = (count: number) => Array.from({ length: count }, (_, i) => ({ key: `k${i}`, effect: 'PreferNoSchedule' }));
  const nodes = [0, 1, 2].map((count) => nodeOf(`n${count}`, {}, { taints: taints(count) }));
  expect(scored(plugin, podOf('p'), nodes)).toEqual({ n0: 100, n1: 50, n2: 0 });
  expect(scored(plugin, podOf('p', { tolerations: [{ operator: 'Exists' }] }), nodes)).toEqual({ n0: 100, n1: 100, n2: 100 });
});
