import { expect, test } from 'vitest';
import { createTrace } from '../../engine/trace.ts';
import type { Run } from '../../engine/run.ts';
import type { Node, Pod } from '../api/types.ts';
import { createApiClient } from '../api/client.ts';
import type { ClusterMessage } from '../messages.ts';
import { createCluster } from './boot.ts';
import type { ClusterSpec } from './spec.ts';

const START_MS = Date.UTC(2026, 0, 1);

const specOf = (more: Partial<ClusterSpec> = {}): ClusterSpec => ({
  seed: 1,
  preset: 'three-node',
  startAtMs: START_MS,
  nodes: [],
  nodeManifests: [],
  images: [],
  objects: [],
  ...more,
});

const traceOf = (run: Run<ClusterMessage>, until: number) => {
  run.advance(until);
  const trace = createTrace();
  trace.append(run.take());
  return trace;
};

test.each<[ClusterSpec['preset'], string[], number]>([
  ['three-node', ['control-plane', 'node1', 'node2'], 9],
  ['minikube', ['minikube'], 6],
  ['none', [], 0],
])('the preset %s stands at instant 0', (preset, names, podCount) => {
  const trace = traceOf(createCluster(specOf({ preset })), 1);
  const nodes = trace.rowsUnder('/registry/minions/', trace.lastStep).map(([, node]) => node as Node);
  expect(nodes.map(({ metadata }) => metadata.name)).toEqual(names);
  for (const { metadata, status } of nodes) {
    expect(metadata.creationTimestamp).toBe('2025-12-31T23:00:00Z');
    expect(status?.conditions?.find(({ type }) => type === 'Ready')?.status).toBe('True');
  }
  const pods = trace.rowsUnder('/registry/pods/', trace.lastStep).map(([, pod]) => pod as Pod);
  expect(pods.length).toBe(podCount);
  expect(pods.every(({ status }) => status.phase === 'Running')).toBe(true);
  const namespaces = trace.keysUnder('/registry/namespaces/').map((key) => key.split('/').at(-1));
  expect(namespaces).toEqual(['default', 'kube-node-lease', 'kube-public', 'kube-system']);
  expect(trace.keysUnder('/registry/configmaps/').length).toBe(4);
});

test('the same spec gives the same trace', () => {
  const hashes = [1, 2].map(() => {
    const run = createCluster(specOf());
    run.advance(60_000);
    return run.hash();
  });
  expect(hashes[0]).toBe(hashes[1]);
});

test('nothing happens to a cluster that is left alone', () => {
  const run = createCluster(specOf());
  run.advance(20_000);
  const { steps } = run;
  run.advance(600_000);
  expect(run.steps - steps).toBeLessThan(200);
});

const listed = {
  apiVersion: 'v1',
  kind: 'List',
  items: [
    { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1' }, status: { capacity: { cpu: '4', memory: '8Gi', pods: '10' } } },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web', namespace: 'shop', uid: 'given', deletionTimestamp: '2026-01-01T00:00:10Z', deletionGracePeriodSeconds: 30 },
      spec: { nodeName: 'n1', containers: [{ name: 'c', image: 'nginx' }] },
      status: { phase: 'Running', podIP: '10.1.2.3' },
    },
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' } },
  ],
};

test('given objects stand as they are given, and nothing touches them', () => {
  const run = createCluster(specOf({ preset: 'none', objects: [listed] }));
  const trace = traceOf(run, 600_000);
  const history = trace.history('/registry/pods/shop/web').map(({ value }) => value as Pod);
  expect(history.length).toBe(1);
  expect(history[0]).toMatchObject({
    metadata: { uid: 'given', deletionGracePeriodSeconds: 30, creationTimestamp: '2026-01-01T00:00:00Z' },
    spec: { restartPolicy: 'Always', priority: 0 },
    status: { phase: 'Running', podIP: '10.1.2.3', qosClass: 'BestEffort' },
  });
  expect(trace.history('/registry/minions/n1').length).toBe(1);
  expect(trace.notes.filter(({ name }) => name === 'not-simulated').length).toBe(1);
});

test('a Pod that is created is bound', () => {
  const run = createCluster(specOf());
  const client = createApiClient('kubectl');
  run.add({
    name: 'terminal/1',
    handle(context, { body }) {
      if (client.handle(context, body)) return;
      const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { containers: [{ name: 'c', image: 'nginx:1.14' }] } };
      client.request(
        context,
        { method: 'POST', path: '/api/v1/namespaces/default/pods', body: pod },
        { level: 'story', label: 'POST' },
        () => {},
      );
    },
  });
  run.input(1000, 'terminal/1', { type: 'start' });
  const trace = traceOf(run, 2000);
  const pod = trace.row('/registry/pods/default/web', trace.lastStep) as Pod;
  expect(['node1', 'node2']).toContain(pod.spec.nodeName);
});
