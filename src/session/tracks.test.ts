// The tracks of a Pod: what it was in turn, and the record that began each state.
import { expect, test } from 'vitest';
import { createTrace } from '../engine/trace.ts';
import { createTrackIndex, segmentAt } from './tracks.ts';

const KEY = '/registry/pods/default/web';
const pod = (nodeName?: string) => ({
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'default', uid: 'u' },
  spec: { containers: [{ name: 'nginx', image: 'nginx:1.14' }], ...(nodeName !== undefined && { nodeName }) },
  status: { phase: 'Pending' },
});
const container = (state: string, exitCode?: number) => ({
  ...{ id: 'c', sandboxId: 's', podUid: 'u', name: 'nginx', attempt: 0, state },
  ...(exitCode !== undefined && { exitCode, reason: 'Error' }),
});
const row = (id: number, at: number, key: string, value?: unknown) => ({ type: 'row', id, at, step: id, cause: 0, key, value }) as const;

test('a state begins with the record that brought it, and ends with the next or with the Pod', () => {
  const trace = createTrace();
  const tracks = createTrackIndex(trace);
  expect(tracks.pod(KEY)).toBeUndefined();
  trace.append([row(1, 10, KEY, pod()), row(2, 20, KEY, pod('node1'))]);
  tracks.read();
  trace.append([
    row(3, 30, '/run/node1/sandboxes/s', {
      id: 's',
      podUid: 'u',
      namespace: 'default',
      podName: 'web',
      attempt: 0,
      state: 'ready',
      ip: '',
    }),
    row(4, 40, '/run/node1/containers/c', container('running')),
    row(5, 50, '/run/node1/containers/c', container('exited', 1)),
    row(6, 60, KEY),
  ]);
  const nginx = tracks.pod(KEY)?.tracks.find(({ id }) => id === 'nginx');
  expect(nginx?.segments.map(({ word, from, to, record }) => [word, from, to, record])).toEqual([
    ['Pending', 10, 20, 1],
    ['Waiting', 20, 40, 2],
    ['Running', 40, 50, 4],
    ['Error', 50, 60, 5],
  ]);
  const wordAt = (step: number) => nginx && segmentAt(nginx, step)?.word;
  expect([0, 1, 3, 4, 6].map(wordAt)).toEqual([undefined, 'Pending', 'Waiting', 'Running', 'Error']);
});
