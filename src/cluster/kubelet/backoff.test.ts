import { expect, test } from 'vitest';
import { createBackoff } from './backoff.ts';

test('delays double up to the maximum', () => {
  const backoff = createBackoff(10_000, 300_000, 600_000);
  const delays = Array.from({ length: 8 }, (_, i) => {
    backoff.next('k', i * 1000, i * 1000);
    return backoff.get('k') / 1000;
  });
  expect(delays).toEqual([10, 20, 40, 80, 160, 300, 300, 300]);
});

test('a key waits for its delay after an event', () => {
  const backoff = createBackoff(10_000, 300_000, 600_000);
  expect(backoff.isWithinSince('k', 0, 1)).toBe(false);
  backoff.next('k', 0, 0);
  expect(backoff.isWithinSince('k', 5000, 14_999)).toBe(true);
  expect(backoff.isWithinSince('k', 5000, 15_000)).toBe(false);
  expect(backoff.isWithinSinceUpdate('k', 9999)).toBe(true);
  expect(backoff.isWithinSinceUpdate('k', 10_000)).toBe(false);
});

test('after ten quiet minutes it begins again', () => {
  const backoff = createBackoff(10_000, 300_000, 600_000);
  backoff.next('k', 0, 0);
  backoff.next('k', 0, 0);
  backoff.next('k', 600_000, 600_000);
  expect(backoff.get('k')).toBe(40_000);
  expect(backoff.isWithinSince('k', 1_200_001, 1_200_002)).toBe(false);
  backoff.next('k', 1_200_001, 1_200_001);
  expect(backoff.get('k')).toBe(10_000);
});
