import { expect, test } from 'vitest';
import type { NodeSelectorRequirement, NodeSelectorTerm, PodSpec } from '../../../api/types.ts';
import { podInfoOf } from '../../framework/pod-info.ts';
import { filtered, nodeOf, podOf, scored, snapshotOf } from '../../framework/test-objects.ts';
import plugin from './index.ts';

const REJECTED = "!node(s) didn't match Pod's node affinity/selector";
const nodes = [nodeOf('a', { disk: 'ssd', gen: '5' }), nodeOf('b', { disk: 'hdd' })];
const required = (...nodeSelectorTerms: readonly NodeSelectorTerm[]): Partial<PodSpec> => ({
  affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } },
});

test.each<[NodeSelectorRequirement, boolean, boolean]>([
  [{ key: 'disk', operator: 'In', values: ['ssd'] }, true, false],
  [{ key: 'disk', operator: 'NotIn', values: ['ssd'] }, false, true],
  [{ key: 'gen', operator: 'Exists' }, true, false],
  [{ key: 'gen', operator: 'DoesNotExist' }, false, true],
  [{ key: 'gen', operator: 'NotIn', values: ['5'] }, false, true],
  [{ key: 'gen', operator: 'Gt', values: ['4'] }, true, false],
  [{ key: 'gen', operator: 'Gt', values: ['5'] }, false, false],
  [{ key: 'gen', operator: 'Lt', values: ['6'] }, true, false],
  [{ key: 'disk', operator: 'Gt', values: ['1'] }, false, false],
])('%o', (requirement, a, b) => {
  const said = filtered(plugin, podOf('p', required({ matchExpressions: [requirement] })), nodes);
  expect(said).toEqual({ a: a ? 'ok' : REJECTED, b: b ? 'ok' : REJECTED });
});

test('terms are alternatives, an empty one matches nothing, nodeSelector comes on top', () => {
  const ssd = { matchExpressions: [{ key: 'disk', operator: 'In', values: ['ssd'] }] };
  const hdd = { matchExpressions: [{ key: 'disk', operator: 'In', values: ['hdd'] }] };
  expect(filtered(plugin, podOf('p', required(ssd, hdd)), nodes)).toEqual({ a: 'ok', b: 'ok' });
  expect(filtered(plugin, podOf('p', required({})), nodes)).toEqual({ a: REJECTED, b: REJECTED });
  expect(filtered(plugin, podOf('p', { ...required(ssd, hdd), nodeSelector: { gen: '5' } }), nodes)).toEqual({ a: 'ok', b: REJECTED });
});

test('terms that name nodes leave only those; names that contradict each other leave none', () => {
  const named = (name: string): NodeSelectorRequirement => ({ key: 'metadata.name', operator: 'In', values: [name] });
  const ask = (term: NodeSelectorTerm) => plugin.preFilter?.(podInfoOf(podOf('p', required(term))), snapshotOf(nodes));
  expect(ask({ matchFields: [named('b')] })).toMatchObject({ nodeNames: new Set(['b']) });
  expect(ask({ matchFields: [named('a'), named('b')] })).toEqual({
    rejected: { code: 'UnschedulableAndUnresolvable', reasons: ['pod affinity terms conflict'] },
  });
});

test('weights of preferred terms add up, the highest sum is 100', () => {
  const preference = (key: string, value: string) => ({ matchExpressions: [{ key, operator: 'In', values: [value] }] });
  const preferred = [
    { weight: 30, preference: preference('disk', 'ssd') },
    { weight: 10, preference: preference('gen', '5') },
    { weight: 10, preference: preference('disk', 'hdd') },
  ];
  const spec = { affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: preferred } } };
  expect(scored(plugin, podOf('p', spec), nodes)).toEqual({ a: 100, b: 25 });
  expect(scored(plugin, podOf('p'), nodes)).toBeUndefined();
});
