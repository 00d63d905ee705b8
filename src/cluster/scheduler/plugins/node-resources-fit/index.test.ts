import { expect, test } from 'vitest';
import type { PodSpec } from '../../../api/types.ts';
import { containerOf, filtered, nodeOf, podOf, scored } from '../../framework/test-objects.ts';
import plugin from './index.ts';

const cpu = (amount: string, more = {}) => containerOf({ cpu: amount }, more);

// On a node of 4 CPU and 8Gi with 1 CPU taken.
test.each<[string, Partial<PodSpec>, string]>([
  ['nothing requested', {}, 'ok'],
  ['what is left', { containers: [cpu('3')] }, 'ok'],
  ['more than is left', { containers: [cpu('3001m')] }, 'Insufficient cpu'],
  ['more than the node has', { containers: [cpu('4001m')] }, '!Insufficient cpu'],
  ['two resources', { containers: [containerOf({ cpu: '3500m', memory: '9Gi' })] }, '!Insufficient cpu; Insufficient memory'],
  ['an extended resource', { containers: [containerOf({ 'nvidia.com/gpu': '1' })] }, '!Insufficient nvidia.com/gpu'],
  ['containers add up', { containers: [cpu('2'), cpu('2')] }, 'Insufficient cpu'],
  ['the largest init container', { initContainers: [cpu('2'), cpu('3')] }, 'ok'],
  ['an init container that is too large', { initContainers: [cpu('3500m')] }, 'Insufficient cpu'],
  [
    'a sidecar adds to the containers',
    { initContainers: [cpu('2', { restartPolicy: 'Always' })], containers: [cpu('2')] },
    'Insufficient cpu',
  ],
  [
    'an init container beside the sidecar before it',
    { initContainers: [cpu('2', { restartPolicy: 'Always' }), cpu('2')] },
    'Insufficient cpu',
  ],
  ['an init container before the sidecar', { initContainers: [cpu('2'), cpu('2', { restartPolicy: 'Always' })] }, 'ok'],
  ['the Pod as a whole', { resources: { requests: { cpu: '1' } }, containers: [cpu('2'), cpu('2')] }, 'ok'],
  ['overhead', { overhead: { cpu: '500m' }, containers: [cpu('3')] }, 'Insufficient cpu'],
])('%s', (_, spec, said) => {
  const there = podOf('there', { nodeName: 'n', containers: [cpu('1')] });
  expect(filtered(plugin, podOf('p', spec), [nodeOf('n')], [there])).toEqual({ n: said });
});

test('a full node takes no more Pods, whatever they request', () => {
  const node = nodeOf('n', {}, {}, { allocatable: { cpu: '4', memory: '8Gi', pods: '1' } });
  expect(filtered(plugin, podOf('p'), [node], [podOf('there', { nodeName: 'n' })])).toEqual({ n: 'Too many pods' });
});

test('what stays free counts, and a container that says nothing counts as 100m and 200Mi', () => {
  const nodes = [nodeOf('a'), nodeOf('b')];
  const there = podOf('there', { nodeName: 'b', containers: [containerOf({ cpu: '2', memory: '4Gi' })] });
  // a: cpu 3900/4000 = 97, memory 7992/8192 = 97; b: cpu 1900/4000 = 47, memory 3896/8192 = 47.
  expect(scored(plugin, podOf('p'), nodes, [there])).toEqual({ a: 97, b: 47 });
  expect(scored(plugin, podOf('p', { containers: [containerOf({ cpu: '4', memory: '1Gi' })] }), nodes, [there])).toEqual({ a: 43, b: 18 });
});
