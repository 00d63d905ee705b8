import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Chunk } from './protocol.ts';
import { createWatchdog } from './watchdog.ts';

const chunk = (isDone: boolean): Chunk => ({
  type: 'chunk',
  fromStep: 0,
  toStep: 0,
  records: [],
  hash: '',
  edge: 0,
  nextAt: undefined,
  isDone,
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a worker that owes an answer and is silent is reported once', () => {
  const reports: string[] = [];
  const watchdog = createWatchdog((message) => reports.push(message));
  watchdog.asked();
  vi.advanceTimersByTime(19_000);
  expect(reports).toEqual([]);
  vi.advanceTimersByTime(60_000);
  expect(reports).toEqual(['the simulation has said nothing for 20 s']);
});

test.each([
  ['nothing was asked', 0, []],
  ['it has answered', 1, [chunk(true)]],
  ['it has answered a question', 1, [{ type: 'answer', id: 1, problems: [] } as const]],
])('none is reported where %s', (_, asked, heard) => {
  const reports: string[] = [];
  const watchdog = createWatchdog((message) => reports.push(message));
  for (let i = 0; i < asked; i += 1) watchdog.asked();
  for (const message of heard) watchdog.heard(message);
  vi.advanceTimersByTime(60_000);
  expect(reports).toEqual([]);
});

test('a worker that goes on sending may take its time, and is reported when it stops half-way', () => {
  const reports: string[] = [];
  const watchdog = createWatchdog((message) => reports.push(message));
  watchdog.asked();
  for (let i = 0; i < 10; i += 1) {
    vi.advanceTimersByTime(15_000);
    watchdog.heard(chunk(false));
  }
  expect(reports).toEqual([]);
  vi.advanceTimersByTime(20_000);
  expect(reports).toHaveLength(1);
});
