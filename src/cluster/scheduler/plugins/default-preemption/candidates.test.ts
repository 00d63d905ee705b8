import { expect, test } from 'vitest';
import { podInfoOf } from '../../framework/pod-info.ts';
import { podOf } from '../../framework/test-objects.ts';
import { byImportance, chooseCandidate } from './candidates.ts';

const victim = (priority: number, startTime = '2026-01-01T00:00:00Z') => podInfoOf({ ...podOf('v', { priority }), status: { startTime } });

test.each([
  ['nothing to choose from', {}, undefined],
  ['the lowest highest priority', { a: [victim(10)], b: [victim(5), victim(5)] }, 'b'],
  ['the smallest sum', { a: [victim(5), victim(4)], b: [victim(5), victim(3)] }, 'b'],
  ['the fewest', { a: [victim(5), victim(-5)], b: [victim(5)] }, 'b'],
  ['who started last', { a: [victim(5, '2026-01-01T00:00:00Z')], b: [victim(5, '2026-01-01T00:01:00Z')] }, 'b'],
  ['the first of equals', { a: [victim(5)], b: [victim(5)] }, 'a'],
])('%s', (_, nodes, chosen) => {
  const candidates = Object.entries(nodes).map(([node, victims]) => ({ node, victims }));
  expect(chooseCandidate(candidates)?.node).toBe(chosen);
});

test('higher priority is spared first, then who has run longer; of those that have not started, who came last', () => {
  const pod = (name: string, priority: number, startTime?: string) =>
    podInfoOf({ ...podOf(name, { priority }), status: { ...(startTime && { startTime }) } });
  const pods = [pod('a', 1), pod('b', 1), pod('late', 1, '2026-01-01T00:01:00Z'), pod('early', 1, '2026-01-01T00:00:00Z'), pod('high', 2)];
  expect(byImportance(pods).map(({ uid }) => uid)).toEqual(['high', 'early', 'late', 'b', 'a']);
});
