import { expect, test } from 'vitest';
import { filtered, nodeOf, podOf } from '../../framework/test-objects.ts';
import plugin from './index.ts';

test('a Pod that names its node fits there alone', () => {
  const nodes = [nodeOf('a'), nodeOf('b')];
  expect(filtered(plugin, podOf('p'), nodes)).toEqual({ a: 'ok', b: 'ok' });
  expect(filtered(plugin, podOf('p', { nodeName: 'a' }), nodes)).toEqual({ a: 'ok', b: "!node(s) didn't match the requested node name" });
});
