import { expect, test } from 'vitest';
import type { Pod, Status } from '../api/types.ts';
import { type Bench, PODS, createBench, podOf } from './test-client.ts';

const bodyOf = <T>(response: { readonly body: unknown }): T => response.body as T;
const post = (bench: Bench, name: string, more = {}) => bench.ask({ method: 'POST', path: PODS, body: podOf(name, more) });
const bindTo = (bench: Bench, name: string, node: string) =>
  bench.ask({
    method: 'POST',
    path: `${PODS}/${name}/binding`,
    body: { apiVersion: 'v1', kind: 'Binding', metadata: { name }, target: { kind: 'Node', name: node } },
  });

test('a created Pod stands in etcd, in the cache and in a watch, at the revision of its row', () => {
  const bench = createBench();
  const events = bench.watch('/api/v1/pods');
  const created = post(bench, 'web');
  expect(created.code).toBe(201);
  const pod = bodyOf<Pod>(created);
  expect(pod.metadata).toMatchObject({ name: 'web', namespace: 'default', generation: 1, creationTimestamp: '2026-01-01T00:00:00Z' });
  expect(pod.metadata.uid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(pod.status).toEqual({ phase: 'Pending', qosClass: 'BestEffort' });
  expect(bodyOf(bench.ask({ method: 'GET', path: `${PODS}/web` }))).toEqual(pod);
  bench.advance(5);
  expect(events).toEqual([{ type: 'ADDED', object: pod }]);
  const row = bench.records.find((record) => record.type === 'row' && record.key === '/registry/pods/default/web');
  expect(row).toMatchObject({ value: { metadata: { resourceVersion: pod.metadata.resourceVersion } } });
});

test('every record leads back to the request', () => {
  const bench = createBench();
  bench.watch('/api/v1/pods');
  const before = bench.records.length;
  post(bench, 'web');
  bench.advance(5);
  const byId = new Map(bench.records.map((record) => [record.id, record]));
  const request = bench.records.slice(before).find((record) => record.type === 'message' && record.label === 'POST');
  const told = bench.records.find((record) => record.type === 'message' && record.label === 'ADDED web');
  const path: (string | undefined)[] = [];
  for (let record = told; record && record !== request; record = byId.get(record.cause)) {
    path.push(record.type === 'message' ? record.label : record.type);
  }
  expect(path).toEqual(['ADDED web', 'note', 'revision 4', 'row', 'put web']);
});

test('a name that stands is refused, one that is drawn is not', () => {
  const bench = createBench();
  post(bench, 'web');
  expect(bodyOf<Status>(post(bench, 'web'))).toMatchObject({ code: 409, reason: 'AlreadyExists', message: 'pods "web" already exists' });
  const body = { ...podOf(''), metadata: { generateName: 'web-' } };
  const drawn = bodyOf<Pod>(bench.ask({ method: 'POST', path: PODS, body }));
  expect(drawn.metadata.name).toMatch(/^web-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
});

test.each<[string, string, unknown, string]>([
  ['strategic', 'application/strategic-merge-patch+json', { spec: { containers: [{ name: 'c', image: 'nginx:1.15' }] } }, 'nginx:1.15'],
  ['json', 'application/json-patch+json', [{ op: 'replace', path: '/spec/containers/0/image', value: 'nginx:1.16' }], 'nginx:1.16'],
])('a %s patch changes the image and the generation', (_, contentType, body, image) => {
  const bench = createBench();
  const before = bodyOf<Pod>(post(bench, 'web'));
  const after = bodyOf<Pod>(bench.ask({ method: 'PATCH', path: `${PODS}/web`, contentType, body }));
  expect(after.spec.containers[0]?.image).toBe(image);
  expect(after.metadata.generation).toBe(2);
  expect(Number(after.metadata.resourceVersion)).toBeGreaterThan(Number(before.metadata.resourceVersion));
  const again = bodyOf<Pod>(bench.ask({ method: 'PATCH', path: `${PODS}/web`, contentType, body }));
  expect(again).toEqual(after);
});

test('a PUT of what has changed meanwhile is a conflict, a PATCH is tried again', () => {
  const bench = createBench();
  const pod = bodyOf<Pod>(post(bench, 'web'));
  bench.ask({ method: 'PATCH', path: `${PODS}/web`, body: { metadata: { labels: { a: '1' } } } });
  const stale = bench.ask({ method: 'PUT', path: `${PODS}/web`, body: { ...pod, metadata: { ...pod.metadata, labels: { b: '2' } } } });
  expect(bodyOf<Status>(stale)).toMatchObject({
    code: 409,
    reason: 'Conflict',
    message:
      'Operation cannot be fulfilled on pods "web": the object has been modified; please apply your changes to the latest version and try again',
  });
  const both = ['x', 'y'].map((label) =>
    bench.send({ method: 'PATCH', path: `${PODS}/web`, body: { metadata: { labels: { [label]: '1' } } } }),
  );
  bench.advance(20);
  expect(both.map((answers) => answers[0]?.code)).toEqual([200, 200]);
  expect(bodyOf<Pod>(bench.ask({ method: 'GET', path: `${PODS}/web` })).metadata.labels).toEqual({ a: '1', x: '1', y: '1' });
});

test('a status patch leaves the spec and the generation', () => {
  const bench = createBench('kubelet');
  post(bench, 'web');
  const body = { metadata: { labels: { a: '1' } }, spec: { nodeName: 'n' }, status: { phase: 'Running' } };
  const after = bodyOf<Pod>(bench.ask({ method: 'PATCH', path: `${PODS}/web/status`, body }));
  expect(after.status).toEqual({ phase: 'Running', qosClass: 'BestEffort' });
  expect(after.spec.nodeName).toBeUndefined();
  expect(after.metadata.generation).toBe(1);
});

test('a binding names the node once', () => {
  const bench = createBench();
  post(bench, 'web');
  expect(bindTo(bench, 'web', 'node1').code).toBe(201);
  const pod = bodyOf<Pod>(bench.ask({ method: 'GET', path: `${PODS}/web` }));
  expect(pod.spec.nodeName).toBe('node1');
  expect(pod.status.conditions).toMatchObject([{ type: 'PodScheduled', status: 'True' }]);
  expect(bodyOf<Status>(bindTo(bench, 'web', 'node2')).message).toBe(
    'Operation cannot be fulfilled on pods/binding "web": pod web is already assigned to node "node1"',
  );
});

const stepsOf = (events: readonly { readonly type: string; readonly object: unknown }[]): string[] =>
  events.map(({ type, object }) => {
    const { deletionGracePeriodSeconds } = (object as Pod).metadata;
    return deletionGracePeriodSeconds === undefined ? type : `${type} ${deletionGracePeriodSeconds}`;
  });

test.each<[string, string | undefined, unknown, string[]]>([
  ['an unscheduled Pod', undefined, {}, ['ADDED', 'MODIFIED 0', 'DELETED 0']],
  ['a bound Pod', 'node1', {}, ['ADDED', 'MODIFIED', 'MODIFIED 30']],
  ['a bound Pod, shorter', 'node1', { gracePeriodSeconds: 5 }, ['ADDED', 'MODIFIED', 'MODIFIED 5']],
  ['a bound Pod, negative', 'node1', { gracePeriodSeconds: -1 }, ['ADDED', 'MODIFIED', 'MODIFIED 1']],
  ['a bound Pod by force', 'node1', { gracePeriodSeconds: 0 }, ['ADDED', 'MODIFIED', 'MODIFIED 0', 'DELETED 0']],
])('deletion of %s', (_, node, body, expected) => {
  const bench = createBench();
  const events = bench.watch(PODS);
  post(bench, 'web');
  if (node) bindTo(bench, 'web', node);
  const answer = bench.ask({ method: 'DELETE', path: `${PODS}/web`, body });
  bench.advance(10);
  expect(bodyOf<Pod>(answer)).toMatchObject({ kind: 'Pod', metadata: { name: 'web' } });
  expect(stepsOf(events)).toEqual(expected);
});

test('a second deletion can only shorten the grace; a finalizer keeps the Pod', () => {
  const bench = createBench();
  const events = bench.watch(PODS);
  post(bench, 'web', { metadata: { finalizers: ['example.com/hold'] } });
  bindTo(bench, 'web', 'node1');
  for (const gracePeriodSeconds of [20, 25, 5, 0]) bench.ask({ method: 'DELETE', path: `${PODS}/web`, body: { gracePeriodSeconds } });
  bench.advance(10);
  expect(stepsOf(events)).toEqual(['ADDED', 'MODIFIED', 'MODIFIED 20', 'MODIFIED 5', 'MODIFIED 0']);
  expect(bodyOf<Pod>(bench.ask({ method: 'GET', path: `${PODS}/web` })).metadata.generation).toBe(2);
  bench.ask({ method: 'PATCH', path: `${PODS}/web`, body: { metadata: { finalizers: null } } });
  bench.advance(10);
  expect(stepsOf(events).at(-1)).toBe('DELETED 0');
  expect(bench.ask({ method: 'GET', path: `${PODS}/web` }).code).toBe(404);
});

test('a watch with a selector sees objects enter and leave its selection', () => {
  const bench = createBench();
  const labelled = bench.watch(PODS, { labelSelector: 'app=web' });
  const onNode = bench.watch('/api/v1/pods', { fieldSelector: 'spec.nodeName=node1' });
  post(bench, 'web');
  bench.ask({ method: 'PATCH', path: `${PODS}/web`, body: { metadata: { labels: { app: 'web' } } } });
  bindTo(bench, 'web', 'node1');
  bench.ask({ method: 'PATCH', path: `${PODS}/web`, body: { metadata: { labels: { app: 'other' } } } });
  bench.advance(10);
  expect(labelled.map(({ type }) => type)).toEqual(['ADDED', 'MODIFIED', 'DELETED']);
  expect(onNode.map(({ type }) => type)).toEqual(['ADDED', 'MODIFIED']);
});

test('a watch from a revision is told what it has missed', () => {
  const bench = createBench();
  const first = bodyOf<Pod>(post(bench, 'a'));
  post(bench, 'b');
  bench.ask({ method: 'DELETE', path: `${PODS}/a` });
  const events = bench.watch(PODS, { resourceVersion: first.metadata.resourceVersion ?? '' });
  expect(events.map(({ type, object }) => `${type} ${(object as Pod).metadata.name}`)).toEqual(['ADDED b', 'MODIFIED a', 'DELETED a']);
});

test.each<[string, Readonly<Record<string, string>>, string[] | string]>([
  ['all', {}, ['a', 'b']],
  ['by label', { labelSelector: 'app in (x)' }, ['a']],
  ['by field', { fieldSelector: 'metadata.name!=a' }, ['b']],
  ['by phase', { fieldSelector: 'status.phase=Running' }, []],
  ['unknown field', { fieldSelector: 'spec.foo=1' }, 'field label not supported: spec.foo'],
])('a list of %s', (_, query, expected) => {
  const bench = createBench();
  post(bench, 'b');
  post(bench, 'a', { metadata: { labels: { app: 'x' } } });
  const body = bodyOf<{ items?: Pod[]; message?: string }>(bench.ask({ method: 'GET', path: PODS, query }));
  expect(body.items?.map(({ metadata }) => metadata.name) ?? body.message).toEqual(expected);
});

test.each<[string, 'GET' | 'POST' | 'PUT' | 'DELETE', string, number, string]>([
  ['a missing Pod', 'GET', `${PODS}/nope`, 404, 'pods "nope" not found'],
  ['a path that is not served', 'GET', '/api/v1/podz', 404, 'the server could not find the requested resource'],
  ['a method on a collection', 'PUT', PODS, 405, 'update is not supported on resources of kind "pods"'],
  [
    'an immortal namespace',
    'DELETE',
    '/api/v1/namespaces/default',
    403,
    'namespaces "default" is forbidden: this namespace may not be deleted',
  ],
  ['exec of what is not scheduled', 'POST', `${PODS}/web/exec`, 400, 'pod web does not have a host assigned'],
  ['the log of a container that is not there', 'GET', `${PODS}/web/log?`, 404, 'the server could not find the requested resource'],
])('a refusal: %s', (_, method, path, code, message) => {
  const bench = createBench();
  post(bench, 'web');
  const answer = bench.ask({ method, path, body: {} });
  expect([answer.code, bodyOf<Status>(answer).message]).toEqual([code, message]);
});

test('a Table carries the columns of its kind', () => {
  const bench = createBench();
  post(bench, 'web');
  const table = bodyOf<{ rows: { cells: unknown[] }[] }>(bench.ask({ method: 'GET', path: PODS, accept: 'table' }));
  expect(table.rows[0]?.cells.slice(0, 4)).toEqual(['web', '0/1', 'Pending', '0']);
});
