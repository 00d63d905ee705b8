import { expect, test } from 'vitest';
import { podOf } from '../../framework/test-objects.ts';
import plugin from './index.ts';

test('gates are named', () => {
  expect(plugin.preEnqueue?.(podOf('p')).code).toBe('Success');
  const gated = podOf('p', { schedulingGates: [{ name: 'a' }, { name: 'b' }] });
  expect(plugin.preEnqueue?.(gated).reasons).toEqual(['waiting for scheduling gates: [a b]']);
});
