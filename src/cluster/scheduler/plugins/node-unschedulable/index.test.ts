import { expect, test } from 'vitest';
import { filtered, nodeOf, podOf } from '../../framework/test-objects.ts';
import plugin from './index.ts';

const cordoned = [nodeOf('n', {}, { unschedulable: true })];

test.each([
  ['an open node', [nodeOf('n')], podOf('p'), 'ok'],
  ['a cordoned node', cordoned, podOf('p'), '!node(s) were unschedulable'],
  [
    'a cordoned node that is tolerated',
    cordoned,
    podOf('p', { tolerations: [{ key: 'node.kubernetes.io/unschedulable', operator: 'Exists' }] }),
    'ok',
  ],
])('%s', (_, nodes, pod, said) => expect(filtered(plugin, pod, nodes)).toEqual({ n: said }));
