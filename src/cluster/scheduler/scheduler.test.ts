import { expect, test } from 'vitest';
import { type Bench, createBench, PODS, podOf, START_MS } from '../apiserver/test-client.ts';
import type { Event, Pod } from '../api/types.ts';
import type { FaultMessage } from '../messages.ts';
import { SCHEDULER } from '../names.ts';
import { createScheduler } from './scheduler.ts';

/** A bench with a scheduler, and nodes of 1 CPU each. */
function benchWith(...nodes: readonly string[]): Bench {
  const bench = createBench();
  bench.run.add(createScheduler({ startAtMs: START_MS }));
  for (const name of nodes) addNode(bench, name);
  bench.run.input(bench.run.edge, SCHEDULER, { type: 'start' });
  bench.advance(20);
  return bench;
}

function addNode(bench: Bench, name: string, more: object = {}): void {
  const amounts = { cpu: '1', memory: '1Gi', pods: '110' };
  const body = { apiVersion: 'v1', kind: 'Node', metadata: { name }, status: { capacity: amounts, allocatable: amounts }, ...more };
  expect(bench.ask({ method: 'POST', path: '/api/v1/nodes', body }).code).toBe(201);
  // A new node is tainted as not ready until the node lifecycle controller has seen it ready; none is here.
  const ready = { spec: { taints: null } };
  bench.ask({ method: 'PATCH', path: `/api/v1/nodes/${name}`, contentType: 'application/merge-patch+json', body: ready });
}

function create(bench: Bench, name: string, cpu?: string, more: object = {}): void {
  const containers = [{ name: 'c', image: 'nginx:1.14', ...(cpu && { resources: { requests: { cpu } } }) }];
  expect(bench.ask({ method: 'POST', path: PODS, body: podOf(name, { spec: { containers, ...more } }) }).code).toBe(201);
}

const podNamed = (bench: Bench, name: string): Pod => bench.ask({ method: 'GET', path: `${PODS}/${name}` }).body as Pod;
const conditionOf = (pod: Pod) => pod.status.conditions?.find(({ type }) => type === 'PodScheduled');
const eventsOf = (bench: Bench, name: string): readonly Event[] => {
  const { items } = bench.ask({ method: 'GET', path: '/api/v1/namespaces/default/events' }).body as { items: readonly Event[] };
  return items.filter(({ involvedObject }) => involvedObject.name === name);
};
const attempts = (bench: Bench) => bench.records.filter((record) => record.type === 'note' && record.name === 'scheduling-attempt');
const fault = (bench: Bench, kind: FaultMessage['kind']): void => bench.run.input(bench.run.edge, SCHEDULER, { type: 'fault', kind });

test('a Pod is bound some 15 ms after its creation, and an event says so', () => {
  const bench = benchWith('n1');
  const start = bench.run.edge;
  create(bench, 'web');
  bench.advance(100);
  expect(podNamed(bench, 'web').spec.nodeName).toBe('n1');
  expect(conditionOf(podNamed(bench, 'web'))).toMatchObject({ status: 'True' });
  const bound = bench.records.find((record) => record.type === 'note' && record.name === 'pod-bound');
  expect((bound?.at ?? 0) - start).toBeGreaterThanOrEqual(8);
  expect((bound?.at ?? 0) - start).toBeLessThanOrEqual(20);
  const [event] = eventsOf(bench, 'web');
  expect(event).toMatchObject({
    reason: 'Scheduled',
    type: 'Normal',
    action: 'Binding',
    message: 'Successfully assigned default/web to n1',
    reportingComponent: 'default-scheduler',
  });
  expect(event?.eventTime).toMatch(/^2026-01-01T00:00:00\.\d{6}Z$/);
});

test('what does not fit is told by condition and event, comes again when a node comes, and nothing ticks in between', () => {
  const bench = benchWith('n1');
  create(bench, 'big', '3');
  bench.advance(100);
  const text =
    '0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.';
  expect(conditionOf(podNamed(bench, 'big'))).toMatchObject({
    status: 'False',
    reason: 'Unschedulable',
    message: text,
    observedGeneration: 1,
  });
  expect(eventsOf(bench, 'big')).toMatchObject([{ reason: 'FailedScheduling', type: 'Warning', message: text, action: 'Scheduling' }]);
  const steps = bench.run.steps;
  bench.advance(60_000);
  expect(bench.run.steps).toBe(steps);
  const amounts = { cpu: '4', memory: '1Gi', pods: '110' };
  addNode(bench, 'n2', { status: { capacity: amounts, allocatable: amounts } });
  bench.advance(100);
  expect(podNamed(bench, 'big').spec.nodeName).toBe('n2');
  // Once when it came, once when the node came with its taint, and once when the taint was gone.
  expect(attempts(bench)).toHaveLength(3);
});

test('a Pod that nothing helps is tried again after five minutes', () => {
  const bench = benchWith('n1');
  create(bench, 'big', '3');
  bench.advance(299_000);
  expect(attempts(bench)).toHaveLength(1);
  bench.advance(32_000);
  expect(attempts(bench)).toHaveLength(2);
  // The condition was patched in between, so that the Pod's revision is another: no repeat yet.
  bench.advance(331_000);
  expect(attempts(bench)).toHaveLength(3);
});

test('an assumed Pod counts before its binding has come back', () => {
  const bench = benchWith('n1');
  for (const name of ['a', 'b', 'c'])
    bench.send({
      method: 'POST',
      path: PODS,
      body: podOf(name, { spec: { containers: [{ name: 'c', image: 'i', resources: { requests: { cpu: '400m' } } }] } }),
    });
  bench.advance(200);
  expect(['a', 'b', 'c'].map((name) => podNamed(bench, name).spec.nodeName)).toEqual(['n1', 'n1', undefined]);
  bench.ask({ method: 'DELETE', path: `${PODS}/a`, query: { gracePeriodSeconds: '0' } });
  bench.advance(2000);
  expect(podNamed(bench, 'c').spec.nodeName).toBe('n1');
});

test('a gated Pod waits without an attempt until its gate is gone', () => {
  const bench = benchWith('n1');
  create(bench, 'web', undefined, { schedulingGates: [{ name: 'later' }] });
  bench.advance(1000);
  expect(attempts(bench)).toHaveLength(0);
  expect(eventsOf(bench, 'web')).toEqual([]);
  const contentType = 'application/json-patch+json';
  bench.ask({ method: 'PATCH', path: `${PODS}/web`, contentType, body: [{ op: 'remove', path: '/spec/schedulingGates' }] });
  bench.advance(1000);
  expect(podNamed(bench, 'web').spec.nodeName).toBe('n1');
});

test('without a scheduler a Pod waits; when it is back it lists again', () => {
  const bench = benchWith('n1');
  fault(bench, 'scheduler-down');
  create(bench, 'web');
  bench.advance(5000);
  expect(attempts(bench)).toHaveLength(0);
  fault(bench, 'scheduler-up');
  bench.advance(100);
  expect(podNamed(bench, 'web').spec.nodeName).toBe('n1');
});

test('a Pod of another scheduler is left alone', () => {
  const bench = benchWith('n1');
  create(bench, 'web', undefined, { schedulerName: 'mine' });
  bench.advance(1000);
  expect(attempts(bench)).toHaveLength(0);
});

test('a Pod of higher priority takes the place of a lower one', () => {
  const bench = benchWith('n1');
  const path = '/apis/scheduling.k8s.io/v1/priorityclasses';
  bench.ask({
    method: 'POST',
    path,
    body: { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'high' }, value: 1000 },
  });
  create(bench, 'low', '800m', { terminationGracePeriodSeconds: 5 });
  bench.advance(100);
  const victim = podNamed(bench, 'low');
  create(bench, 'high', '800m', { priorityClassName: 'high' });
  bench.advance(100);
  const low = podNamed(bench, 'low');
  expect(low.metadata.deletionTimestamp).toBeDefined();
  expect(low.status.conditions?.find(({ type }) => type === 'DisruptionTarget')).toMatchObject({
    status: 'True',
    reason: 'PreemptionByScheduler',
    message: 'default-scheduler: preempting to accommodate a higher priority pod',
  });
  const high = podNamed(bench, 'high');
  expect(high.status.nominatedNodeName).toBe('n1');
  expect(conditionOf(high)?.message).toBe('0/1 nodes are available: 1 Insufficient cpu.');
  const text = `Preempted by pod ${high.metadata.uid} on node n1`;
  expect(eventsOf(bench, 'low').map(({ reason, message }) => [reason, message])).toContainEqual(['Preempted', text]);
  const body = { kind: 'DeleteOptions', apiVersion: 'v1', gracePeriodSeconds: 0, preconditions: { uid: victim.metadata.uid } };
  bench.ask({ method: 'DELETE', path: `${PODS}/low`, body });
  bench.advance(3000);
  expect(podNamed(bench, 'high').spec.nodeName).toBe('n1');
  expect(podNamed(bench, 'high').status.nominatedNodeName).toBeUndefined();
});

test('every attempt is caused by what put the Pod into the queue', () => {
  const bench = benchWith('n1');
  create(bench, 'a');
  create(bench, 'b');
  bench.advance(100);
  const byId = new Map(bench.records.map((record) => [record.id, record]));
  for (const attempt of attempts(bench)) {
    const queued = byId.get(attempt.cause);
    expect(queued).toMatchObject({ type: 'note', name: 'pod-queued', subject: 'subject' in attempt ? attempt.subject : '' });
  }
});
