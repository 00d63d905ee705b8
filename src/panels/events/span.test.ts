// Ten thousand events cost no more than a hundred.
import { expect, test } from 'vitest';
import { grow, spanAround } from './span.ts';

test.each([
  [0, 10, { first: 0, end: 10 }],
  [0, 10_000, { first: 0, end: 100 }],
  [5000, 10_000, { first: 4950, end: 5050 }],
  [9999, 10_000, { first: 9900, end: 10_000 }],
  [0, 0, { first: 0, end: 0 }],
])('around %i of %i', (place, count, span) => {
  expect(spanAround(place, count)).toEqual(span);
});

test('more of either side, as far as there is any', () => {
  expect(grow({ first: 50, end: 150 }, 'first', 1000)).toEqual({ first: 0, end: 150 });
  expect(grow({ first: 50, end: 150 }, 'end', 200)).toEqual({ first: 50, end: 200 });
});
