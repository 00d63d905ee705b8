import { expect, test } from 'vitest';
import { createRun } from '../../engine/run.ts';
import type { TraceRecord } from '../../engine/records.ts';
import type { ApiRequest, ApiResponse } from '../api/request.ts';
import type { Pod, PodStatus } from '../api/types.ts';
import type { ClusterComponent, ClusterContext } from '../component.ts';
import type { ClusterMessage } from '../messages.ts';
import type { CriCall, CriResult, RuntimeContainer, SandboxStatus } from '../runtime/cri.ts';
import { createKubelet } from './kubelet.ts';
import { container, pod } from './test-pods.ts';

const START_AT_MS = Date.UTC(2026, 0, 1);

/** An API server that holds one Pod: tells it to who watches Pods, merges what is patched, keeps what was asked of it. */
function createScriptedServer(first: Pod) {
  const asked: ApiRequest[] = [];
  let stored: Pod = first;
  let stream: string | undefined;
  let revision = 1;
  const change = (context: ClusterContext, next: Pod, type: 'MODIFIED' | 'DELETED'): void => {
    revision += 1;
    stored = { ...next, metadata: { ...next.metadata, resourceVersion: String(revision) } };
    const message = { type: 'stream', stream: stream ?? '', data: { event: { type, object: stored } } } as const;
    context.send('kubelet/n1', message, { latencyMs: 1, kind: 'watch', level: 'all', label: type });
  };
  const answer = (context: ClusterContext, request: ApiRequest): ApiResponse => {
    asked.push(request);
    const ok = (body: unknown, more = {}): ApiResponse => ({ code: 200, body, warnings: [], ...more });
    if (request.query?.watch) return ok({}, { stream: request.path });
    if (request.path.endsWith('/status') && request.path.includes('/pods/')) {
      change(context, { ...stored, status: merged(stored.status, (request.body as Pod).status) }, 'MODIFIED');
      return ok(stored);
    }
    if (request.method === 'DELETE') change(context, stored, 'DELETED');
    return request.method === 'GET' ? { code: 404, body: {}, warnings: [] } : ok(request.body);
  };
  const component: ClusterComponent = {
    name: 'apiserver',
    handle(context, { from, body }) {
      if (body.type === 'wake') change(context, { ...stored, metadata: { ...stored.metadata, ...(body.value as object) } }, 'MODIFIED');
      if (body.type !== 'request') return;
      const shown = { latencyMs: 1, kind: 'response', level: 'all', label: '' } as const;
      const response = answer(context, body.request);
      context.send(from, { type: 'response', id: body.id, response }, shown);
      if (body.request.path !== '/api/v1/pods') return;
      stream = response.stream;
      const data = { event: { type: 'ADDED', object: stored } } as const;
      context.send(from, { type: 'stream', stream: stream ?? '', data }, shown);
    },
  };
  return { component, asked, pod: () => stored };
}

/** A strategic merge, as far as a status needs one: conditions are merged by type. */
function merged(status: PodStatus, patch: PodStatus): PodStatus {
  const types = new Set((patch.conditions ?? []).map(({ type }) => type));
  const conditions = [...(status.conditions ?? []).filter(({ type }) => !types.has(type)), ...(patch.conditions ?? [])];
  return JSON.parse(JSON.stringify({ ...status, ...patch, conditions }, (_key, value: unknown) => value ?? undefined)) as PodStatus;
}

/** A runtime in which whatever starts runs on until it is stopped, or ends at once if its name is `quick`. */
function createScriptedRuntime() {
  const calls: CriCall[] = [];
  const sandboxes: SandboxStatus[] = [];
  const containers: RuntimeContainer[] = [];
  const act = (at: number, call: CriCall): CriResult => {
    const replace = (id: string, more: Partial<RuntimeContainer>): void => {
      const i = containers.findIndex((each) => each.id === id);
      const before = containers[i];
      if (before) containers[i] = { ...before, ...more };
    };
    switch (call.call) {
      case 'RunPodSandbox': {
        const id = `s${sandboxes.length}`;
        const of = { podUid: call.pod.uid, podName: call.pod.name, namespace: call.pod.namespace, attempt: call.attempt };
        sandboxes.push({ id, ...of, state: 'ready', ip: '10.244.1.2', hostname: call.hostname, createdAt: at, containers: [] });
        return { sandboxId: id };
      }
      case 'CreateContainer': {
        const { name, kind, image, attempt } = call.config;
        const id = `${name}${containers.length}`;
        const of = {
          id,
          sandboxId: call.sandboxId,
          podUid: 'u1',
          name,
          kind,
          image,
          imageId: `docker.io/library/${image}@sha256:1`,
          attempt,
        };
        containers.push({ ...of, state: 'created', createdAt: at, memoryBytes: 0, processes: [], ports: [] });
        return { containerId: id };
      }
      case 'StartContainer': {
        const isQuick = call.containerId.startsWith('quick');
        const ended = isQuick ? { state: 'exited' as const, exitCode: 1, reason: 'Error', finishedAt: at } : { state: 'running' as const };
        replace(call.containerId, { startedAt: at, ...ended });
        return {};
      }
      case 'StopContainer':
        replace(call.containerId, { state: 'exited', exitCode: 143, reason: 'Error', finishedAt: at });
        return {};
      case 'StopPodSandbox':
        for (const [i, each] of sandboxes.entries()) if (each.id === call.sandboxId) sandboxes[i] = { ...each, state: 'notready', ip: '' };
        return {};
      case 'ImageStatus':
        return { image: { id: `docker.io/library/${call.image}@sha256:1`, sizeBytes: 1, user: '', present: true } };
      case 'PodStatus':
        return { pods: sandboxes.map((each) => ({ ...each, containers: containers.filter(({ sandboxId }) => sandboxId === each.id) })) };
      default:
        return {};
    }
  };
  const component: ClusterComponent = {
    name: 'runtime/n1',
    handle(context, { from, body }) {
      if (body.type !== 'cri-call') return;
      calls.push(body.call);
      const ok = act(context.at, body.call);
      if (/^(Run|Start|Stop)/.test(body.call.call)) context.signal(from, { type: 'runtime-changed', podUid: 'u1' });
      context.send(from, { type: 'cri-answer', id: body.id, answer: { ok } }, { latencyMs: 1, kind: 'answer', level: 'all', label: '' });
    },
  };
  return { component, calls };
}

/** A node with this Pod, and what the kubelet did by an instant. */
function node(first: Pod) {
  const server = createScriptedServer(first);
  const runtime = createScriptedRuntime();
  const engine = createRun<ClusterMessage>(1);
  for (const each of [server.component, runtime.component, createKubelet({ node: 'n1', startAtMs: START_AT_MS })]) engine.add(each);
  engine.input(0, 'kubelet/n1', { type: 'start' });
  const records: TraceRecord[] = [];
  const until = (at: number): void => {
    engine.advance(at);
    records.push(...engine.take());
  };
  const named = (name: string) => runtime.calls.filter((each) => each.call === name);
  const events = () => server.asked.flatMap(({ path, body, method }) => (path.includes('/events') ? [`${method} ${reasonIn(body)}`] : []));
  const notes = () => records.flatMap((each) => (each.type === 'note' ? [each.name] : []));
  return { server, runtime, engine, until, named, events, notes, records };
}

function reasonIn(body: unknown): string {
  const { reason, count } = body as { reason?: string; count?: number };
  return reason ?? `count ${count}`;
}

test('a bound Pod comes to run, and nothing more happens to it', () => {
  const { server, until, named, events, notes } = node(pod());
  until(2000);
  expect(server.pod().status).toMatchObject({
    phase: 'Running',
    podIP: '10.244.1.2',
    containerStatuses: [{ name: 'a', ready: true, started: true }],
  });
  expect(events()).toEqual(['POST Pulled', 'POST Created', 'POST Started']);
  expect(notes()).toContain('pod-ready');
  const requests = server.asked.length;
  until(300_000);
  expect(server.asked.length).toBe(requests);
  expect(named('CreateContainer')).toHaveLength(1);
});

test('a container that fails at once is restarted at once, then later and later', () => {
  const { server, until, records } = node(pod({ containers: [container('quick')] }));
  until(9000);
  const waiting = server.pod().status.containerStatuses?.[0];
  expect(waiting).toMatchObject({ restartCount: 1, lastState: { terminated: { exitCode: 1 } } });
  until(200_000);
  const started = records.filter((each) => each.type === 'message' && each.label.startsWith('StartContainer ')).map((each) => each.at);
  const gaps = started.slice(1).map((at, i) => Math.round((at - (started[i] ?? 0)) / 1000));
  expect(gaps[0]).toBeLessThan(2);
  for (const [i, least] of [10, 20, 40].entries()) {
    expect(gaps[i + 1]).toBeGreaterThanOrEqual(least);
    expect(gaps[i + 1]).toBeLessThanOrEqual(least * 1.5 + 2);
  }
});

test('a Pod that is deleted is stopped, told of and removed', () => {
  const { server, engine, until, named, notes } = node(pod({ terminationGracePeriodSeconds: 30 }));
  until(5000);
  engine.input(5000, 'apiserver', {
    type: 'wake',
    wake: 'delete',
    value: { deletionTimestamp: '2026-01-01T00:00:35Z', deletionGracePeriodSeconds: 30, generation: 2 },
  });
  until(10_000);
  expect(named('StopContainer')).toEqual([{ call: 'StopContainer', containerId: 'a0', timeoutMs: 30_000 }]);
  expect(server.asked.find(({ method }) => method === 'DELETE')?.body).toMatchObject({
    gracePeriodSeconds: 0,
    preconditions: { uid: 'u1' },
  });
  expect(server.pod().status.phase).toBe('Failed');
  expect(notes()).toContain('pod-removed');
  expect(named('RemovePodSandbox')).toHaveLength(1);
});

test('a kubelet that comes back finds what runs, and does nothing', () => {
  const { engine, until, named } = node(pod());
  until(5000);
  engine.input(5000, 'kubelet/n1', { type: 'fault', kind: 'kubelet-down', node: 'n1' });
  engine.input(9000, 'kubelet/n1', { type: 'fault', kind: 'kubelet-up', node: 'n1' });
  until(60_000);
  expect(named('CreateContainer')).toHaveLength(1);
  expect(named('StopContainer')).toHaveLength(0);
});

test('every note has a cause that leads back to the start', () => {
  const { until, records } = node(pod());
  until(5000);
  const byId = new Map(records.map((each) => [each.id, each]));
  for (const each of records) {
    let at: TraceRecord | undefined = each;
    while (at && at.cause !== 0) at = byId.get(at.cause);
    expect(at?.cause, `${each.type} ${each.id}`).toBe(0);
  }
});
