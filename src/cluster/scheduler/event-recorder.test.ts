import { expect, test } from 'vitest';
import { createRun } from '../../engine/run.ts';
import { createApiClient } from '../api/client.ts';
import type { ApiRequest } from '../api/request.ts';
import type { ClusterContext } from '../component.ts';
import type { ClusterMessage } from '../messages.ts';
import { createEventRecorder } from './event-recorder.ts';
import { podOf } from './framework/test-objects.ts';

test('repeats become a series whose last count is written when it ends; another revision of the Pod is another event', () => {
  const asked: ApiRequest[] = [];
  const run = createRun<ClusterMessage>(1);
  const recorder = createEventRecorder(createApiClient('kube-scheduler'), 0);
  let act: (context: ClusterContext) => void = () => {};
  run.add({ name: 'apiserver', handle: (_, { body }) => void (body.type === 'request' && asked.push(body.request)) });
  run.add({ name: 'scheduler', handle: (context) => act(context) });
  const at = (ms: number, what: typeof act): void => {
    act = what;
    run.input(ms, 'scheduler', { type: 'start' });
    run.advance(ms + 10);
  };
  const fail = (revision: string) => (context: ClusterContext) => {
    const pod = podOf('web');
    const event = { type: 'Warning', reason: 'FailedScheduling', action: 'Scheduling', note: 'x'.repeat(2000) } as const;
    recorder.record(context, { ...event, pod: { ...pod, metadata: { ...pod.metadata, resourceVersion: revision } } });
  };
  for (const ms of [0, 10_000, 20_000, 30_000]) at(ms, fail('1'));
  at(40_000, fail('2'));
  expect(recorder.nextFinishAt()).toBe(390_000);
  at(390_000, (context) => recorder.finish(context));
  expect(recorder.nextFinishAt()).toBeUndefined();
  expect(asked.map(({ method, body }) => [method, (body as { series?: { count: number } }).series?.count])).toEqual([
    ['POST', undefined],
    ['PATCH', 2],
    ['POST', undefined],
    ['PATCH', 4],
  ]);
  expect(asked[0]?.body).toMatchObject({ message: `${'x'.repeat(1020)} ...` });
});
