import { expect, test } from 'vitest';
import type { Pod, TopologySpreadConstraint } from '../../../api/types.ts';
import { createCache } from '../../cache/cache.ts';
import { podInfoOf } from '../../framework/pod-info.ts';
import { filtered, nodeOf, podOf, scored } from '../../framework/test-objects.ts';
import plugin from './index.ts';

const REJECTED = "node(s) didn't match pod topology spread constraints";
const NO_LABEL = `!${REJECTED} (missing required label)`;
const nodes = [nodeOf('a', { zone: 'x' }), nodeOf('b', { zone: 'x' }), nodeOf('c', { zone: 'y' })];
const web = (name: string, nodeName: string): Pod => podOf(name, { nodeName }, { app: 'web' });
const spread = (more: Partial<TopologySpreadConstraint> = {}): Pod => {
  const labelSelector = { matchLabels: { app: 'web' } };
  const constraint = { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector, ...more };
  return podOf('p', { topologySpreadConstraints: [constraint] }, { app: 'web' });
};

test.each<[string, Partial<TopologySpreadConstraint>, readonly Pod[], Record<string, string>]>([
  ['an empty cluster', {}, [], { a: 'ok', b: 'ok', c: 'ok' }],
  ['one in zone x', {}, [web('1', 'a')], { a: REJECTED, b: REJECTED, c: 'ok' }],
  ['a skew of two', { maxSkew: 2 }, [web('1', 'a')], { a: 'ok', b: 'ok', c: 'ok' }],
  ['nodes as domains', { topologyKey: 'kubernetes.io/hostname' }, [web('1', 'a')], { a: REJECTED, b: 'ok', c: 'ok' }],
  ['other Pods do not count', {}, [podOf('1', { nodeName: 'a' }, { app: 'db' })], { a: 'ok', b: 'ok', c: 'ok' }],
  ['too few domains', { minDomains: 3 }, [web('1', 'a')], { a: REJECTED, b: REJECTED, c: 'ok' }],
  ['too few domains, each with one', { minDomains: 3 }, [web('1', 'a'), web('2', 'c')], { a: REJECTED, b: REJECTED, c: REJECTED }],
  ['a label that no node has', { topologyKey: 'rack' }, [], { a: NO_LABEL, b: NO_LABEL, c: NO_LABEL }],
])('%s', (_, constraint, pods, said) => expect(filtered(plugin, spread(constraint), nodes, pods)).toEqual(said));

test('domains out of the reach of the Pod do not count, unless it says so', () => {
  const pod = spread();
  const pinned = { ...pod, spec: { ...pod.spec, nodeSelector: { zone: 'x' } } };
  expect(filtered(plugin, pinned, nodes, [web('1', 'a')])).toMatchObject({ a: 'ok', b: 'ok' });
  const ignoring = spread({ nodeAffinityPolicy: 'Ignore' });
  const careless = { ...ignoring, spec: { ...ignoring.spec, nodeSelector: { zone: 'x' } } };
  expect(filtered(plugin, careless, nodes, [web('1', 'a')])).toMatchObject({ a: REJECTED, b: REJECTED });
});

test('soft constraints prefer the emptier domain', () => {
  const soft = { whenUnsatisfiable: 'ScheduleAnyway' };
  expect(filtered(plugin, spread(soft), nodes, [web('1', 'a')])).toEqual({ a: 'ok', b: 'ok', c: 'ok' });
  expect(scored(plugin, spread(soft), nodes, [web('1', 'a')])).toEqual({ a: 0, b: 0, c: 100 });
  expect(
    scored(plugin, spread({ ...soft, topologyKey: 'kubernetes.io/hostname' }), nodes, [web('1', 'a'), web('2', 'b'), web('3', 'a')]),
  ).toEqual({
    a: 0,
    b: 33,
    c: 100,
  });
  expect(scored(plugin, podOf('p'), nodes)).toBeUndefined();
});

test('Pods of a Service are spread over nodes though they do not ask for it', () => {
  const cache = createCache();
  for (const node of nodes) cache.setNode(node);
  for (const pod of [web('1', 'a'), web('2', 'a'), web('3', 'b')]) cache.setPod(podInfoOf(pod), pod.spec.nodeName ?? '');
  const raw = (pod: Pod) => {
    const snapshot = cache.snapshot();
    const scoring = plugin.preScore?.(podInfoOf(pod), snapshot, snapshot.nodes);
    return scoring && snapshot.nodes.map(scoring.score);
  };
  const pod = podOf('p', {}, { app: 'web' });
  expect(raw(pod)).toBeUndefined();
  const metadata = { name: 'web', namespace: 'default' };
  cache.services.set({ apiVersion: 'v1', kind: 'Service', metadata, spec: { selector: { app: 'web' } } });
  // count * ln(3 + 2) + 2
  expect(raw(pod)).toEqual([5, 4, 2]);
  expect(raw(podOf('p', {}, { app: 'db' }))).toBeUndefined();
});
