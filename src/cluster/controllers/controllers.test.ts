import { expect, test } from 'vitest';
import { type Trace, createTrace } from '../../engine/trace.ts';
import { must } from '../../base/assert.ts';
import { createApiClient } from '../api/client.ts';
import type { ApiRequest } from '../api/request.ts';
import type { Lease, Namespace, Node, Pod } from '../api/types.ts';
import { createCluster } from '../boot/boot.ts';
import { FAULTS } from '../names.ts';

const START_MS = Date.UTC(2026, 0, 1);

interface Step {
  readonly at: number;
  readonly request?: Omit<ApiRequest, 'userAgent'>;
  readonly fault?: { readonly kind: string; readonly node?: string };
}

/** Runs a cluster of three nodes through steps. */
function live(
  steps: readonly Step[],
  until: number,
  preset: 'three-node' | 'minikube' = 'three-node',
  objects: readonly unknown[] = [],
): Trace {
  const run = createCluster({ seed: 1, preset, startAtMs: START_MS, nodes: [], nodeManifests: [], images: [], objects });
  const client = createApiClient('kubectl');
  run.add({
    name: 'terminal/1',
    handle(context, { body }) {
      if (client.handle(context, body) || body.type !== 'wake') return;
      const request = body.value as Omit<ApiRequest, 'userAgent'>;
      client.request(context, request, { level: 'story', label: `${request.method}` }, () => undefined);
    },
  });
  for (const { at, request, fault } of steps) {
    if (request) run.input(at, 'terminal/1', { type: 'wake', wake: 'ask', value: request });
    if (fault) run.input(at, FAULTS, { type: 'fault', ...fault });
  }
  run.advance(until);
  const trace = createTrace();
  trace.append(run.take());
  return trace;
}

const podOn = (name: string, node: string, more = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { nodeName: node, containers: [{ name: 'c', image: 'nginx:1.14' }], ...more },
  status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-01-01T00:00:00Z' }] },
});
const last = <T>(trace: Trace, key: string): T | undefined => trace.row(key, trace.lastStep) as T | undefined;
const NODE = '/registry/minions/node1';
const POD = '/registry/pods/default/web';
const events = (trace: Trace) =>
  trace.notes.flatMap(({ name, at, data }) => {
    const { reason, message, pod } = data as { reason: string; message: string; pod: string };
    return name === 'event' && /NodeNotReady|TaintManager/.test(reason) ? [{ at, text: `${pod} ${reason} ${message}` }] : [];
  });

test('a node that goes down is Unknown after 50 s, and its Pods are deleted 300 s later', () => {
  const trace = live([{ at: 20_000, fault: { kind: 'node-down', node: 'node1' } }], 420_000, 'three-node', [podOn('web', 'node1')]);
  const unknown = must(
    trace
      .history(NODE)
      .find(({ value }) => (value as Node).status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'Unknown')),
    'the node is never Unknown',
  );
  expect(unknown.at).toBeGreaterThan(60_000);
  expect(unknown.at).toBeLessThan(75_000);
  const taints = trace
    .history(NODE)
    .map(({ value }) => ((value as Node).spec?.taints ?? []).map(({ key, effect }) => `${key.split('/')[1]}:${effect}`));
  expect(taints.filter((each, i) => i === 0 || each.join() !== taints[i - 1]?.join())).toEqual([
    [],
    ['unreachable:NoSchedule'],
    ['unreachable:NoSchedule', 'unreachable:NoExecute'],
  ]);
  const deleting = must(
    trace.history(POD).find(({ value }) => (value as Pod).metadata.deletionTimestamp),
    'the Pod is never deleted',
  );
  expect(Math.abs(deleting.at - unknown.at - 300_000)).toBeLessThan(1000);
  const pod = must(last<Pod>(trace, POD), 'the Pod stays, terminating');
  const reasons = Object.fromEntries((pod.status.conditions ?? []).map(({ type, status, reason }) => [type, [status, reason]]));
  expect(reasons).toMatchObject({ Ready: ['False', undefined], DisruptionTarget: ['True', 'DeletionByTaintManager'] });
  const said = events(trace).map(({ text }) => text);
  expect(said).toContain('node1 NodeNotReady Node node1 status is now: NodeNotReady');
  expect(said).toContain('web NodeNotReady Node is not ready');
  expect(said).toContain('web TaintManagerEviction Marking for deletion Pod default/web');
  const lease = must(last<Lease>(trace, '/registry/leases/kube-node-lease/node1'), 'the Lease stands');
  const renewed = Date.parse(lease.spec?.renewTime ?? '') - START_MS;
  expect(renewed).toBeGreaterThan(10_000);
  expect(renewed).toBeLessThanOrEqual(20_000);
});

test('every change of the node leads back to the fault', () => {
  const trace = live([{ at: 20_000, fault: { kind: 'kubelet-down', node: 'node1' } }], 90_000, 'three-node', [podOn('web', 'node1')]);
  const roots = trace
    .history(NODE)
    .slice(1)
    // The image that the Pod brings is news of its own.
    .filter(({ at }) => at > 20_000)
    .map((record) => {
      let cause = record.cause;
      for (let next = trace.record(cause); next && next.cause !== 0; next = trace.record(cause)) cause = next.cause;
      const root = trace.record(cause);
      return root?.type === 'note' ? root.name : root?.type;
    });
  expect(new Set(roots)).toEqual(new Set(['fault']));
});

test('a node that comes back before it is missed stays as it was', () => {
  const steps: Step[] = [
    { at: 20_000, fault: { kind: 'node-down', node: 'node1' } },
    { at: 40_000, fault: { kind: 'node-up', node: 'node1' } },
  ];
  const trace = live(steps, 120_000);
  const statuses = trace.history(NODE).map(({ value }) => (value as Node).status?.conditions?.find(({ type }) => type === 'Ready')?.status);
  expect(new Set(statuses)).toEqual(new Set(['True']));
});

test('where the only node is gone nothing is evicted', () => {
  const trace = live([{ at: 20_000, fault: { kind: 'node-down', node: 'minikube' } }], 420_000, 'minikube', [podOn('web', 'minikube')]);
  const node = must(last<Node>(trace, '/registry/minions/minikube'), 'the node stands');
  expect(node.spec?.taints?.map(({ effect }) => effect)).toEqual(['NoSchedule']);
  expect(last<Pod>(trace, POD)?.metadata.deletionTimestamp).toBeUndefined();
});

test.each<[string, object, number | undefined]>([
  ['none', {}, 300_000],
  ['20 s', { tolerations: [{ key: 'out', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 20 }] }, 20_000],
  ['for ever', { tolerations: [{ operator: 'Exists' }] }, undefined],
])('a taint by hand, with a toleration: %s', (name, spec, after) => {
  const body = { spec: { taints: [{ key: 'out', effect: 'NoExecute' }] } };
  const trace = live([{ at: 10_000, request: { method: 'PATCH', path: '/api/v1/nodes/node1', body } }], 60_000, 'three-node', [
    podOn('web', 'node1', spec),
  ]);
  const deleted = trace.history(POD).find(({ value }) => (value as Pod | undefined)?.metadata.deletionTimestamp);
  const expected = name === 'none' ? 0 : after;
  if (expected === undefined) expect(deleted).toBeUndefined();
  else expect(Math.abs((deleted?.at ?? Number.NaN) - 10_000 - expected)).toBeLessThan(100);
});

test('a cordoned node is tainted, and no longer when it is uncordoned', () => {
  const patch = (at: number, unschedulable: boolean | null): Step => ({
    at,
    request: { method: 'PATCH', path: '/api/v1/nodes/node1', body: { spec: { unschedulable } } },
  });
  const trace = live([patch(1000, true), patch(5000, null)], 10_000);
  const keys = trace.history(NODE).map(({ value }) => ((value as Node).spec?.taints ?? []).map(({ key }) => key).join());
  expect(keys).toContain('node.kubernetes.io/unschedulable');
  expect(keys.at(-1)).toBe('');
});

test('a new namespace gets its service account and certificate; a deleted one is emptied and goes', () => {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
  const pod = { ...podOn('web', 'node1'), metadata: { name: 'web', namespace: 'shop' } };
  const trace = live(
    [
      { at: 1000, request: { method: 'POST', path: '/api/v1/namespaces', body: namespace } },
      {
        at: 2000,
        request: { method: 'POST', path: '/api/v1/namespaces/shop/pods', body: { ...pod, spec: { ...pod.spec, nodeName: '' } } },
      },
      { at: 3000, fault: { kind: 'scheduler-down' } },
      { at: 5000, request: { method: 'DELETE', path: '/api/v1/namespaces/shop' } },
    ],
    60_000,
  );
  const phases = trace.history('/registry/namespaces/shop').map(({ value }) => (value as Namespace | undefined)?.status?.phase);
  expect(phases).toEqual(['Active', 'Terminating', undefined].slice(0, phases.length));
  expect(trace.history('/registry/serviceaccounts/shop/default').length).toBeGreaterThan(0);
  expect(trace.history('/registry/configmaps/shop/kube-root-ca.crt').length).toBeGreaterThan(0);
});

test('a Pod whose node has been removed is collected', () => {
  const trace = live([{ at: 10_000, request: { method: 'DELETE', path: '/api/v1/nodes/node1' } }], 120_000, 'three-node', [
    podOn('web', 'node1'),
  ]);
  const history = trace.history(POD);
  expect(history.at(-1)?.value).toBeUndefined();
  expect(history.at(-1)?.at).toBeGreaterThan(50_000);
});
