import { expect, test } from 'vitest';
import { createRun } from '../../engine/run.ts';
import type { ClusterMessage } from '../messages.ts';
import { runtimeOf } from '../names.ts';
import { createRuntime } from './runtime.ts';
import type { StandingPod } from './standing.ts';

const pod = (name: string, image: string, command: readonly string[], hostNetwork: boolean): StandingPod => ({
  sandbox: {
    pod: { uid: `uid-${name}`, name, namespace: 'kube-system' },
    attempt: 0,
    hostname: name,
    hostNetwork,
    hostPid: false,
    sharePid: false,
    hostAliases: [],
    resolvConf: '',
    hostPorts: [],
  },
  sandboxId: `sandbox-${name}`,
  containers: [
    {
      id: `id-${name}`,
      config: {
        name,
        kind: 'app',
        image,
        command,
        env: [],
        mounts: [],
        attempt: 0,
        stdin: false,
        tty: false,
        terminationMessagePath: '/dev/termination-log',
      },
    },
  ],
});

test('Pods that stand at the start have run for an hour, and cost nothing more', () => {
  const run = createRun<ClusterMessage>(1);
  run.add(
    createRuntime({
      node: 'node0',
      startAtMs: 0,
      images: [],
      present: ['nginx:1.14'],
      podCidr: '10.244.0',
      hostIp: '172.18.0.2',
      cpuMilli: 2000,
      memoryBytes: 4 * 1024 ** 3,
      standing: [
        pod('etcd', 'registry.k8s.io/etcd:3.6.6-0', ['etcd', '--data-dir=/var/lib/etcd'], true),
        pod('kube-apiserver', 'registry.k8s.io/kube-apiserver:v1.36.3', ['kube-apiserver'], true),
        pod('coredns', 'registry.k8s.io/coredns/coredns:v1.14.1', ['/coredns', '-conf', '/etc/coredns/Corefile'], false),
      ],
    }),
  );
  run.input(0, runtimeOf('node0'), { type: 'start' });
  run.advance(1);
  const records = run.take();
  expect(records.filter(({ type }) => type === 'note')).toEqual([]);
  const rows = new Map(records.flatMap((record) => (record.type === 'row' ? [[record.key, record.value] as const] : [])));
  expect(rows.get('/run/node0/sandboxes/sandbox-coredns')).toMatchObject({ state: 'ready', ip: '10.244.0.2', createdAt: -3_600_000 });
  expect(rows.get('/run/node0/sandboxes/sandbox-etcd')).toMatchObject({ state: 'ready', ip: '' });
  expect(rows.get('/run/node0/containers/id-etcd')).toMatchObject({ state: 'running', startedAt: -3_600_000, ports: [2379, 2381] });
  expect(rows.get('/run/node0/containers/id-coredns')).toMatchObject({
    state: 'running',
    ports: [53, 8080, 8181, 9153],
    processes: [{ pid: 1 }],
  });
  expect(run.nextAt()).toBeUndefined();
});
