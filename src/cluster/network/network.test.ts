import { expect, test } from 'vitest';
import { createRun } from '../../engine/run.ts';
import type { ClusterMessage, NetDialMessage } from '../messages.ts';
import { API_SERVER, kubeletOf, NETWORK, runtimeOf } from '../names.ts';
import { createNetwork } from './network.ts';

const POD = { apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ name: 'c', ports: [{ name: 'http', containerPort: 8080 }] }] } };
const pod = (name: string, ip: string, ready: boolean) => ({
  ...POD,
  metadata: { name, namespace: 'default', labels: { app: 'web' } },
  status: { podIP: ip, conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
});
const service = (name: string, spec: object) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'default' }, spec });
const OBJECTS: Readonly<Record<string, readonly object[]>> = {
  '/api/v1/services': [
    service('web', { clusterIP: '10.96.0.20', selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http', nodePort: 30080 }] }),
    service('none', { clusterIP: '10.96.0.21', selector: { app: 'none' }, ports: [{ port: 80 }] }),
    service('head', { clusterIP: 'None', selector: { app: 'web' }, ports: [{ port: 80 }] }),
  ],
  '/api/v1/pods': [pod('a', '10.244.2.5', false), pod('b', '10.244.2.6', true)],
};

/** Two nodes whose runtimes say which dials came to them, an API server that only knows Services and Pods, and a kubelet that asks. */
function createWorld() {
  const run = createRun<ClusterMessage>(1);
  const reached: string[] = [];
  const answers: ClusterMessage[] = [];
  let now = 0;
  for (const node of ['node1', 'node2']) {
    run.add({
      name: runtimeOf(node),
      handle(context, { body }) {
        if (body.type !== 'net-dial') return;
        reached.push(`${node} ${body.ip}:${body.port}`);
        context.send(
          NETWORK,
          { type: 'net-answer', id: body.id, outcome: 'connected' },
          { latencyMs: 1, kind: 'packet', level: 'api', label: 'connected' },
        );
      },
    });
  }
  run.add({
    name: API_SERVER,
    handle(context, { from, body }) {
      if (body.type !== 'request') return;
      const sending = { latencyMs: 1, kind: 'response', level: 'api', label: 'ok' } as const;
      const stream = body.request.path;
      context.send(from, { type: 'response', id: body.id, response: { code: 200, body: {}, warnings: [], stream } }, sending);
      for (const object of OBJECTS[stream] ?? []) {
        context.send(from, { type: 'stream', stream, data: { event: { type: 'ADDED', object } } }, { ...sending, latencyMs: 2 });
      }
    },
  });
  run.add({
    name: kubeletOf('node1'),
    handle(context, { from, body }) {
      if (from === 'input') context.send(NETWORK, body, { latencyMs: 1, kind: 'packet', level: 'api', label: 'dial' });
      else answers.push(body);
    },
  });
  run.add(
    createNetwork({
      nodes: [
        { name: 'node1', ip: '172.18.0.3', podCidr: '10.244.1' },
        { name: 'node2', ip: '172.18.0.4', podCidr: '10.244.2' },
      ],
    }),
  );
  run.input(0, NETWORK, { type: 'start' });
  const advance = (ms: number) => {
    now += ms;
    run.advance(now);
  };
  advance(20);
  return {
    ask(body: ClusterMessage) {
      run.input(now, kubeletOf('node1'), body);
      advance(10);
      return { reached: reached.splice(0), answers: answers.splice(0) };
    },
    fault: (kind: string, node: string) => run.input(now, NETWORK, { type: 'fault', kind, node }),
  };
}

const dial = (ip: string, port: number): NetDialMessage => ({ type: 'net-dial', id: 9, sourceIp: '172.18.0.3', ip, port });

test.each([
  ['10.244.1.2', 80, 'node1 10.244.1.2:80'],
  ['10.244.2.9', 8080, 'node2 10.244.2.9:8080'],
  ['172.18.0.4', 10250, 'node2 172.18.0.4:10250'],
  ['127.0.0.1', 10257, 'node1 127.0.0.1:10257'],
  ['10.96.0.20', 80, 'node2 10.244.2.6:8080'],
  ['172.18.0.3', 30080, 'node2 10.244.2.6:8080'],
])('a dial to %s:%i reaches %s', (ip, port, expected) => {
  const { reached, answers } = createWorld().ask(dial(ip, port));
  expect(reached).toEqual([expected]);
  expect(answers).toEqual([{ type: 'net-answer', id: 9, outcome: 'connected' }]);
});

test.each([['10.244.7.2'], ['8.8.8.8'], ['10.96.3.3']])('nobody answers at %s', (ip) => {
  expect(createWorld().ask(dial(ip, 80))).toEqual({ reached: [], answers: [] });
});

test('a Service without Pods refuses', () => {
  expect(createWorld().ask(dial('10.96.0.21', 80)).answers).toMatchObject([{ outcome: 'refused' }]);
});

test('a node that is down is silent', () => {
  const world = createWorld();
  world.fault('node-down', 'node2');
  expect(world.ask(dial('10.244.2.6', 80)).answers).toEqual([]);
  world.fault('node-up', 'node2');
  expect(world.ask(dial('10.244.2.6', 80)).answers).toHaveLength(1);
});

test.each([
  [['web.default.svc.cluster.local'], '10.96.0.20'],
  [['x.default.svc.cluster.local', 'web.default.svc.cluster.local'], '10.96.0.20'],
  [['head.default.svc.cluster.local'], '10.244.2.6'],
  [['10-244-2-5.default.pod.cluster.local'], '10.244.2.5'],
  [['kubernetes.io'], undefined],
])('%j is %s', (names, ip) => {
  expect(createWorld().ask({ type: 'net-resolve', id: 3, names }).answers).toEqual([{ type: 'net-resolved', id: 3, ...(ip && { ip }) }]);
});
