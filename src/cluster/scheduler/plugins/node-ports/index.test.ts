import { expect, test } from 'vitest';
import type { ContainerPort } from '../../../api/types.ts';
import { containerOf, filtered, nodeOf, podOf } from '../../framework/test-objects.ts';
import plugin from './index.ts';

const REJECTED = "node(s) didn't have free ports for the requested pod ports";
const withPort = (name: string, port: Partial<ContainerPort>, nodeName?: string) =>
  podOf(name, { containers: [containerOf({}, { ports: [{ containerPort: 80, ...port }] })], ...(nodeName && { nodeName }) });

test.each<[string, Partial<ContainerPort>, string]>([
  ['no host port', {}, 'ok'],
  ['the same port', { hostPort: 8080 }, REJECTED],
  ['another port', { hostPort: 8081 }, 'ok'],
  ['another protocol', { hostPort: 8080, protocol: 'UDP' }, 'ok'],
  ['the same port of one address', { hostPort: 8080, hostIP: '127.0.0.1' }, REJECTED],
])('%s', (_, port, said) => {
  const taken = withPort('there', { hostPort: 8080 }, 'n');
  expect(filtered(plugin, withPort('p', port), [nodeOf('n')], [taken])).toEqual({ n: said });
});

test('ports of two addresses do not collide', () => {
  const taken = withPort('there', { hostPort: 80, hostIP: '10.0.0.1' }, 'n');
  expect(filtered(plugin, withPort('p', { hostPort: 80, hostIP: '10.0.0.2' }), [nodeOf('n')], [taken])).toEqual({ n: 'ok' });
});
