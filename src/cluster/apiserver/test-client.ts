// For tests: a small cluster of etcd and API server, and a client that notes every answer and watch event.
import type { TraceRecord } from '../../engine/records.ts';
import { type Run, createRun } from '../../engine/run.ts';
import { must } from '../../base/assert.ts';
import { createApiClient } from '../api/client.ts';
import type { ApiRequest, ApiResponse, WatchEvent } from '../api/request.ts';
import { createEtcd } from '../etcd/etcd.ts';
import type { ClusterMessage } from '../messages.ts';
import { API_SERVER, ETCD } from '../names.ts';
import { createApiServer } from './apiserver.ts';

/** 2026-01-01T00:00:00Z. */
export const START_MS = 1_767_225_600_000;

type Asking = Omit<ApiRequest, 'userAgent'>;

/** What a test does with the small cluster. */
export interface Bench {
  readonly run: Run<ClusterMessage>;
  readonly records: TraceRecord[];
  /** Sends a request at the edge, and runs until its answer has come. */
  ask(request: Asking): ApiResponse;
  /** Sends a request without waiting; its answer stands in the list afterwards. */
  send(request: Asking): ApiResponse[];
  /** Opens a watch; events are added to the list as time goes on. */
  watch(path: string, query?: Readonly<Record<string, string>>): WatchEvent[];
  advance(ms: number): void;
}

/** A bench with the namespace default, its service account, and a client that calls itself `userAgent`. */
export function createBench(userAgent = 'kubectl'): Bench {
  const run = createRun<ClusterMessage>(1);
  const etcd = createEtcd();
  const server = createApiServer({ startAtMs: START_MS });
  const client = createApiClient(userAgent);
  const todo: ((context: Parameters<typeof client.request>[0]) => void)[] = [];
  run.add(etcd);
  run.add(server);
  run.add({
    name: 'client',
    handle(context, { body }) {
      if (client.handle(context, body)) return;
      for (const act of todo.splice(0)) act(context);
    },
  });
  run.setUp(ETCD, (context) => {
    const stand = (key: string, value: unknown) => server.stand(etcd.stand(context, [{ key, value }]));
    const metadata = { uid: 'u', creationTimestamp: '2025-12-31T23:00:00Z' };
    stand('/registry/namespaces/default', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'default', ...metadata },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    });
    stand('/registry/serviceaccounts/default/default', {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'default', namespace: 'default', ...metadata },
    });
  });
  run.input(0, API_SERVER, { type: 'start' });
  const records: TraceRecord[] = [];
  const advance = (ms: number): void => {
    run.advance(run.edge + ms);
    records.push(...run.take());
  };
  const act = (what: (typeof todo)[number]): void => {
    todo.push(what);
    run.input(run.edge, 'client', { type: 'start' });
  };
  const send = (request: Asking): ApiResponse[] => {
    const answers: ApiResponse[] = [];
    act((context) => client.request(context, request, { level: 'story', label: request.method }, (_, response) => answers.push(response)));
    return answers;
  };
  return {
    run,
    records,
    advance,
    send,
    ask(request) {
      const answers = send(request);
      for (let i = 0; i < 100 && answers.length === 0; i += 1) advance(1);
      return must(answers[0], `no answer to ${request.method} ${request.path}`);
    },
    watch(path, query = {}) {
      const events: WatchEvent[] = [];
      act((context) => client.watch(context, path, query, (_, event) => events.push(event)));
      advance(10);
      return events;
    },
  };
}

/** A Pod with one container. */
export const podOf = (name: string, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, ...((more.metadata as object | undefined) ?? {}) },
  spec: { containers: [{ name: 'c', image: 'nginx:1.14' }], ...((more.spec as object | undefined) ?? {}) },
});

export const PODS = '/api/v1/namespaces/default/pods';
