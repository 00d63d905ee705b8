import { expect, test } from 'vitest';
import type { Affinity, Pod } from '../../../api/types.ts';
import { filtered, nodeOf, podOf, scored } from '../../framework/test-objects.ts';
import plugin from './index.ts';

const NO_COMPANY = "!node(s) didn't match pod affinity rules";
const ANTI = "node(s) didn't match pod anti-affinity rules";
const EXISTING = "node(s) didn't satisfy existing pods anti-affinity rules";
const nodes = [nodeOf('a', { zone: 'x' }), nodeOf('b', { zone: 'x' }), nodeOf('c', { zone: 'y' })];
const term = (app: string, topologyKey: string, more = {}) => ({ labelSelector: { matchLabels: { app } }, topologyKey, ...more });
const near = (...terms: ReturnType<typeof term>[]): Affinity => ({
  podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: terms },
});
const away = (...terms: ReturnType<typeof term>[]): Affinity => ({
  podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: terms },
});
const db: Pod = podOf('db', { nodeName: 'a' }, { app: 'db' });

test.each<[string, Affinity, readonly Pod[], Record<string, string>]>([
  ['near a Pod of the zone', near(term('db', 'zone')), [db], { a: 'ok', b: 'ok', c: NO_COMPANY }],
  ['near a Pod of the node', near(term('db', 'kubernetes.io/hostname')), [db], { a: 'ok', b: NO_COMPANY, c: NO_COMPANY }],
  ['near nobody', near(term('db', 'zone')), [], { a: NO_COMPANY, b: NO_COMPANY, c: NO_COMPANY }],
  ['the first of its own kind', near(term('web', 'zone')), [], { a: 'ok', b: 'ok', c: 'ok' }],
  [
    'near a Pod of another namespace',
    near(term('db', 'zone', { namespaces: ['shop'] })),
    [db],
    { a: NO_COMPANY, b: NO_COMPANY, c: NO_COMPANY },
  ],
  ['near a Pod of any namespace', near(term('db', 'zone', { namespaceSelector: {} })), [db], { a: 'ok', b: 'ok', c: NO_COMPANY }],
  ['away from a Pod of the zone', away(term('db', 'zone')), [db], { a: ANTI, b: ANTI, c: 'ok' }],
  ['away from a Pod of the node', away(term('db', 'kubernetes.io/hostname')), [db], { a: ANTI, b: 'ok', c: 'ok' }],
])('%s', (_, affinity, pods, said) => expect(filtered(plugin, podOf('p', { affinity }, { app: 'web' }), nodes, pods)).toEqual(said));

test('a Pod that is there keeps others away', () => {
  const lonely = podOf('lonely', { nodeName: 'a', affinity: away(term('web', 'zone')) });
  expect(filtered(plugin, podOf('p', {}, { app: 'web' }), nodes, [lonely])).toEqual({ a: EXISTING, b: EXISTING, c: 'ok' });
  expect(filtered(plugin, podOf('p', {}, { app: 'db' }), nodes, [lonely])).toEqual({ a: 'ok', b: 'ok', c: 'ok' });
});

test('preferences of both sides are added up', () => {
  const preferring = (kind: 'podAffinity' | 'podAntiAffinity', app: string): Affinity => ({
    [kind]: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 10, podAffinityTerm: term(app, 'zone') }] },
  });
  expect(scored(plugin, podOf('p', { affinity: preferring('podAffinity', 'db') }), nodes, [db])).toEqual({ a: 100, b: 100, c: 0 });
  expect(scored(plugin, podOf('p', { affinity: preferring('podAntiAffinity', 'db') }), nodes, [db])).toEqual({ a: 0, b: 0, c: 100 });
  const shy = podOf('shy', { nodeName: 'c', affinity: preferring('podAntiAffinity', 'web') });
  expect(scored(plugin, podOf('p', {}, { app: 'web' }), nodes, [shy])).toEqual({ a: 100, b: 100, c: 0 });
  const needy = podOf('needy', { nodeName: 'c', affinity: near(term('web', 'zone')) });
  expect(scored(plugin, podOf('p', {}, { app: 'web' }), nodes, [needy])).toEqual({ a: 0, b: 0, c: 100 });
  expect(scored(plugin, podOf('p'), nodes, [db])).toBeUndefined();
});
