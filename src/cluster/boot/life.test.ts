import { expect, test } from 'vitest';
import { type Trace, createTrace } from '../../engine/trace.ts';
import { createApiClient } from '../api/client.ts';
import type { ApiRequest, ApiResponse, StreamData } from '../api/request.ts';
import type { Pod, Status } from '../api/types.ts';
import type { ClusterMessage } from '../messages.ts';
import { FAULTS } from '../names.ts';
import type { Run } from '../../engine/run.ts';
import { createCluster } from './boot.ts';

type Asking = Omit<ApiRequest, 'userAgent'>;

interface Person {
  readonly run: Run<ClusterMessage>;
  readonly trace: Trace;
  /** The pieces of every stream that has been opened, in order. */
  readonly pieces: StreamData[];
  ask(request: Asking): ApiResponse;
  advance(to: number): void;
  break(kind: string, more?: Readonly<Record<string, string>>): void;
}

/** A person before a cluster of three nodes. */
function person(): Person {
  const run = createCluster({
    seed: 1,
    preset: 'three-node',
    startAtMs: Date.UTC(2026, 0, 1),
    nodes: [],
    nodeManifests: [],
    images: [],
    objects: [],
  });
  const client = createApiClient('kubectl');
  const trace = createTrace();
  const pieces: StreamData[] = [];
  let answer: ApiResponse | undefined;
  run.add({
    name: 'terminal/1',
    handle(context, { body }) {
      if (client.handle(context, body)) return;
      if (body.type === 'stream') pieces.push(body.data);
      if (body.type !== 'wake') return;
      const request = body.value as Asking;
      client.request(context, request, { level: 'story', label: request.method }, (_, response) => {
        answer = response;
      });
    },
  });
  const advance = (to: number): void => {
    run.advance(to);
    trace.append(run.take());
  };
  return {
    run,
    trace,
    pieces,
    advance,
    ask(request) {
      answer = undefined;
      run.input(run.edge, 'terminal/1', { type: 'wake', wake: 'ask', value: request });
      for (let i = 0; i < 100 && answer === undefined; i += 1) advance(run.edge + 10);
      if (answer === undefined) throw new Error(`no answer to ${request.method} ${request.path}`);
      return answer;
    },
    break(kind, more = {}) {
      run.input(run.edge, FAULTS, { type: 'fault', kind, ...more });
    },
  };
}

const PODS = '/api/v1/namespaces/default/pods';
const web = (command?: readonly string[]) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: { containers: [{ name: 'c', image: 'busybox:1.28', ...(command && { command }) }] },
});
const podIn = ({ trace }: Person): Pod | undefined => trace.row('/registry/pods/default/web', trace.lastStep) as Pod | undefined;

test('a Pod runs, tells its log, and goes', () => {
  const me = person();
  me.ask({ method: 'POST', path: PODS, body: web(['sh', '-c', 'echo hello; sleep 1000']) });
  me.advance(20_000);
  expect(podIn(me)?.status.phase).toBe('Running');
  expect(me.ask({ method: 'GET', path: `${PODS}/web/log` })).toMatchObject({ code: 200, body: 'hello\n' });
  const following = me.ask({ method: 'GET', path: `${PODS}/web/log`, query: { follow: 'true' } });
  expect(following.stream).toBeDefined();
  me.ask({ method: 'DELETE', path: `${PODS}/web`, body: { gracePeriodSeconds: 1 } });
  me.advance(40_000);
  expect(podIn(me)).toBeUndefined();
  expect(me.pieces.map(({ text }) => text ?? '').join('')).toBe('hello\n');
  expect(me.pieces.at(-1)?.end).toBeDefined();
});

test('the log of a Pod whose kubelet has stopped is refused', () => {
  const me = person();
  me.ask({ method: 'POST', path: PODS, body: web(['sleep', '1000']) });
  me.advance(20_000);
  me.break('kubelet-down', { node: podIn(me)?.spec.nodeName ?? '' });
  const refused = me.ask({ method: 'GET', path: `${PODS}/web/log` });
  expect(refused.code).toBe(500);
  expect((refused.body as Status).message).toMatch(
    /^Get "https:\/\/172\.18\.0\.\d:10250\/containerLogs\/default\/web\/c": dial tcp 172\.18\.0\.\d:10250: connect: connection refused$/,
  );
});

test('a killed container is restarted, because of the fault', () => {
  const me = person();
  me.ask({ method: 'POST', path: PODS, body: web(['sleep', '1000']) });
  me.advance(20_000);
  me.break('kill-container', { pod: 'web', container: 'c' });
  me.advance(25_000);
  expect(podIn(me)?.status.containerStatuses?.[0]?.restartCount).toBe(1);
  const restart = me.trace
    .history('/registry/pods/default/web')
    .find(({ value }) => (value as Pod).status.containerStatuses?.[0]?.restartCount === 1);
  const names: string[] = [];
  for (let record = me.trace.record(restart?.cause ?? 0); record; record = me.trace.record(record.cause)) {
    if (record.type === 'note') names.push(record.name);
  }
  expect(names.at(-1)).toBe('fault');
});

test('a cluster that is left alone changes no row', () => {
  const me = person();
  me.advance(20_000);
  const { size } = me.trace;
  const { steps } = me.run;
  me.advance(3_600_000);
  expect(me.trace.size - size).toBe(0);
  expect(me.run.steps - steps).toBeLessThan(100_000);
});
