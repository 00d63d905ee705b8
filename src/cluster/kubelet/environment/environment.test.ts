import { expect, test } from 'vitest';
import type { ConfigMap, Container, Secret, Service } from '../../api/types.ts';
import { run, type Task, wait } from '../tasks.ts';
import { container, pod } from '../test-pods.ts';
import { environmentOf, type ObjectSource } from './environment.ts';
import { expand } from './expansion.ts';

const own = pod({ nodeName: 'node1' }, { labels: { app: 'web', tier: 'x' } });
const there = <T>(value: T | undefined): Task<T | undefined> =>
  wait<T | undefined>((resume) => {
    resume(value);
    return undefined;
  });
const configMap: ConfigMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'cm' }, data: { b: '2', a: '1' } };
const secret: Secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data: { p: '7Jyg66a8' } };
const kubernetes: Service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'kubernetes', namespace: 'default' },
  spec: { clusterIP: '10.96.0.1', ports: [{ name: 'https', port: 443, protocol: 'TCP' }] },
};
const source: ObjectSource = {
  pod: own,
  podIp: '10.244.1.2',
  hostIp: '172.18.0.3',
  allocatable: { memory: '4Gi', cpu: '2' },
  services: [],
  configMap: (name) => there(name === 'cm' ? configMap : undefined),
  secret: (name) => there(name === 's' ? secret : undefined),
};

function made(of: Partial<Container>, from: ObjectSource = source): unknown {
  let result: unknown;
  run(environmentOf(from, container('a', of)), (env) => {
    result = 'error' in env ? env.error : Object.fromEntries(env.map(({ name, value }) => [name, value]));
  });
  return result;
}

test.each([
  ['$(A)', 'x'],
  ['$(B)', '$(B)'],
  ['$$(A)', '$(A)'],
  ['$A $', '$A $'],
  ['$(A', '$(A'],
])('%s becomes %s', (text, expanded) => {
  expect(expand(text, (name) => (name === 'A' ? 'x' : undefined))).toBe(expanded);
});

const field = (fieldPath: string) => ({ valueFrom: { fieldRef: { fieldPath } } });
test.each<[string, Partial<Container>, unknown]>([
  [
    'values refer to those before',
    {
      env: [
        { name: 'A', value: '1' },
        { name: 'B', value: '$(A)$(C)' },
        { name: 'C', value: '3' },
      ],
    },
    { A: '1', B: '1$(C)', C: '3' },
  ],
  [
    'fields',
    {
      env: [
        { name: 'N', ...field('metadata.name') },
        { name: 'L', ...field("metadata.labels['app']") },
        { name: 'I', ...field('status.podIP') },
      ],
    },
    { N: 'web', L: 'web', I: '10.244.1.2' },
  ],
  [
    'a limit that is not set is the node',
    { env: [{ name: 'M', valueFrom: { resourceFieldRef: { resource: 'limits.memory', divisor: '1Mi' } } }] },
    { M: '4096' },
  ],
  [
    'cores are rounded up',
    { resources: { limits: { cpu: '1500m' } }, env: [{ name: 'C', valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } }] },
    { C: '2' },
  ],
  ['a key', { env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'cm', key: 'a' } } }] }, { A: '1' }],
  [
    'a missing key',
    { env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'cm', key: 'z' } } }] },
    "couldn't find key z in ConfigMap default/cm",
  ],
  ['a missing ConfigMap', { env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'no', key: 'z' } } }] }, 'configmap "no" not found'],
  ['an optional one', { env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'no', key: 'z', optional: true } } }] }, {}],
  ['a Secret, UTF-8', { env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'p' } } }] }, { A: '유림' }],
  ['a missing Secret', { envFrom: [{ secretRef: { name: 'no' } }] }, 'secret "no" not found'],
  [
    'all of a ConfigMap',
    { envFrom: [{ prefix: 'X_', configMapRef: { name: 'cm' } }], env: [{ name: 'B', value: '$(X_b)' }] },
    { X_a: '1', X_b: '2', B: '2' },
  ],
])('%s', (_name, of, expected) => {
  expect(made(of)).toEqual(expected);
});

test('Services are told, but never over what is asked for', () => {
  const env = made({ env: [{ name: 'KUBERNETES_PORT', value: 'mine' }] }, { ...source, services: [kubernetes] });
  expect(env).toEqual({
    KUBERNETES_SERVICE_HOST: '10.96.0.1',
    KUBERNETES_SERVICE_PORT: '443',
    KUBERNETES_SERVICE_PORT_HTTPS: '443',
    KUBERNETES_PORT: 'mine',
    KUBERNETES_PORT_443_TCP: 'tcp://10.96.0.1:443',
    KUBERNETES_PORT_443_TCP_PROTO: 'tcp',
    KUBERNETES_PORT_443_TCP_PORT: '443',
    KUBERNETES_PORT_443_TCP_ADDR: '10.96.0.1',
  });
});
