// How long ago, as the real one says it.
import { expect, test } from 'vitest';
import { humanDuration } from './human-duration.ts';

const [S, M, H, D] = [1000, 60_000, 3_600_000, 86_400_000];

test.each<[number, string]>([
  [-2 * S, '<invalid>'],
  [-1 * S, '0s'],
  [119 * S, '119s'],
  [120 * S, '2m'],
  [125 * S, '2m5s'],
  [10 * M, '10m'],
  [179 * M, '179m'],
  [3 * H, '3h'],
  [3 * H + 5 * M, '3h5m'],
  [8 * H, '8h'],
  [47 * H, '47h'],
  [48 * H, '2d'],
  [2 * D + 5 * H, '2d5h'],
  [8 * D, '8d'],
  [729 * D, '729d'],
  [735 * D, '2y5d'],
  [8 * 365 * D, '8y'],
])('%i ms is %s', (ms, text) => {
  expect(humanDuration(ms)).toBe(text);
});
