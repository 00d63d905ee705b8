import { expect, test } from 'vitest';
import { podInfoOf } from '../framework/pod-info.ts';
import type { Plugin } from '../framework/plugin.ts';
import { profileOf } from '../framework/profile.ts';
import { podOf } from '../framework/test-objects.ts';
import { backoffMs } from './queued-pod.ts';
import { createSchedulingQueue } from './scheduling-queue.ts';

const fit: Plugin = { name: 'Fit', order: 1, requeue: [{ resource: 'AssignedPod', actions: ['Delete'] }] };
const rejected = new Set(['Fit']);
const gone = { resource: 'AssignedPod', actions: ['Delete'] } as const;

function queueOf() {
  const moves: string[] = [];
  const queue = createSchedulingQueue({
    profile: profileOf([fit]),
    startedAt: 0,
    startAtMs: 0,
    moved: ({ info }, to) => moves.push(`${info.pod.metadata.name} ${to}`),
  });
  const add = (name: string, at: number, priority = 0): void => queue.set(podInfoOf(podOf(name, { priority })), at);
  return { queue, moves, add };
}
const popped = (queue: ReturnType<typeof createSchedulingQueue>): string | undefined => queue.pop()?.info.pod.metadata.name;

test.each([
  [0, 0],
  [1, 1000],
  [2, 2000],
  [3, 4000],
  [4, 8000],
  [5, 10_000],
  [2000, 10_000],
])('after %d attempts a Pod waits %d ms', (count, ms) => {
  expect(backoffMs({ unschedulableCount: count, errorCount: 0 })).toBe(ms);
  expect(backoffMs({ unschedulableCount: 9, errorCount: count })).toBe(count === 0 ? 10_000 : ms);
});

test('higher priority first, then whoever waits longer', () => {
  const { queue, add } = queueOf();
  add('b', 2);
  add('a', 1);
  add('high', 3, 10);
  add('c', 2);
  expect([1, 2, 3, 4, 5].map(() => popped(queue))).toEqual(['high', 'a', 'b', 'c', undefined]);
});

test('a rejected Pod comes back by an event of its plugin, and does not wait for its backoff where nothing else waits', () => {
  const { queue, moves, add } = queueOf();
  add('a', 0);
  const pod = queue.pop();
  if (pod) queue.giveBack(pod, rejected, 10);
  expect(queue.ready).toBe(false);
  queue.happened({ resource: 'Node', actions: ['Add'] }, 20);
  expect(queue.ready).toBe(false);
  queue.happened(gone, 30);
  expect(moves).toEqual(['a active', 'a unschedulable', 'a backoff']);
  expect(popped(queue)).toBe('a');
});

test('whoever is active comes before whoever backs off; a backoff ends on a whole second', () => {
  const { queue, moves, add } = queueOf();
  add('a', 0);
  const pod = queue.pop();
  if (pod) queue.giveBack(pod, rejected, 1500);
  queue.happened(gone, 1600);
  add('b', 1700);
  expect(queue.nextFlushAt()).toBe(2000);
  expect(popped(queue)).toBe('b');
  queue.flush(2000);
  expect(moves.at(-1)).toBe('a active');
});

test('after an error a Pod waits out its backoff', () => {
  const { queue, add } = queueOf();
  add('a', 0);
  const pod = queue.pop();
  if (pod) queue.giveBack(pod, new Set(), 500);
  expect(queue.ready).toBe(false);
  expect(queue.nextFlushAt()).toBe(1000);
  queue.flush(1000);
  expect(popped(queue)).toBe('a');
});

test('after more than five minutes a Pod is tried again, at a look every 30 s', () => {
  const { queue, add } = queueOf();
  expect(queue.nextFlushAt()).toBeUndefined();
  add('a', 0);
  const pod = queue.pop();
  if (pod) queue.giveBack(pod, rejected, 5);
  expect(queue.nextFlushAt()).toBe(330_000);
  queue.flush(330_000);
  expect(popped(queue)).toBe('a');
});
