import { expect, test } from 'vitest';
import { naturalLog } from './logarithm.ts';

test('agrees with Math.log', () => {
  for (const x of [0.001, 0.5, 0.75, 1, 1.5, 2, 3, 4, 7, 10, 100, 1002, 123456]) expect(naturalLog(x)).toBeCloseTo(Math.log(x), 13);
});
