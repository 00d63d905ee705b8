import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatDuration, parseDurationMs } from './durations.ts';
import { createHash } from './hash.ts';
import { createHeap } from './heap.ts';
import { equal, freeze } from './json.ts';
import { compareText } from './order.ts';
import { createRandom } from './prng.ts';
import { fromUtf8, toUtf8, utf8Length } from './utf8.ts';

test.each([
  ['1m30s', 90_000],
  ['250ms', 250],
  ['1.5h', 5_400_000],
  ['0', 0],
  ['-2s', -2000],
  ['.5s', 500],
])('parseDurationMs(%s)', (text, ms) => expect(parseDurationMs(text)).toBe(ms));
test.each(['', '5', 's', '1m30', '1 s', 'five'])('parseDurationMs refuses %j', (text) => expect(parseDurationMs(text)).toBeUndefined());

test.each([
  [10_000, '10s'],
  [80_000, '1m20s'],
  [300_000, '5m0s'],
  [1234, '1.234s'],
  [512, '512ms'],
  [3_600_000, '1h0m0s'],
  [0, '0s'],
  [0.5, '500µs'],
])('formatDuration(%d)', (ms, text) => expect(formatDuration(ms)).toBe(text));

test('compareText orders as UTF-8 bytes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      expect(Math.sign(compareText(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
  );
});

test('UTF-8 there and back, with its length', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(fromUtf8(toUtf8(text))).toBe(text);
      expect([...toUtf8(text)]).toEqual([...Buffer.from(text)]);
      expect(utf8Length(text)).toBe(Buffer.byteLength(text));
    }),
  );
});

test('the hash tells values apart, whatever the order of keys, and knows frozen parts', () => {
  const digest = (...values: unknown[]): string => {
    const hash = createHash();
    for (const value of values) hash.add(value);
    return hash.digest();
  };
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      expect(digest(freeze(structuredClone(a)))).toBe(digest(a));
      if (!equal(a, b) && JSON.stringify(a) !== JSON.stringify(b)) expect(digest(a)).not.toBe(digest(b));
    }),
  );
  expect(digest({ a: 1, b: [2] })).toBe(digest({ b: [2], a: 1 }));
  expect(digest({ a: 1 }, { b: 2 })).not.toBe(digest({ b: 2 }, { a: 1 }));
  expect(digest({ a: '1' })).not.toBe(digest({ a: 1 }));
  expect(digest([[], 1])).not.toBe(digest([[1]]));
});

test('the heap gives back in order', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer()), (items) => {
      const heap = createHeap<number>((a, b) => a < b);
      for (const item of items) heap.push(item);
      const sorted: number[] = [];
      while (heap.size > 0) sorted.push(heap.pop() as number);
      expect(sorted).toEqual([...items].sort((a, b) => a - b));
    }),
  );
});

test('chance repeats for its seed and name, and spreads', () => {
  const draw = (seed: number, name: string): number[] => {
    const random = createRandom(seed, name);
    return Array.from({ length: 1000 }, () => random.below(10));
  };
  expect(draw(1, 'uid/a')).toEqual(draw(1, 'uid/a'));
  expect(draw(1, 'uid/a')).not.toEqual(draw(1, 'uid/b'));
  expect(draw(1, 'uid/a')).not.toEqual(draw(2, 'uid/a'));
  const counts = Array.from({ length: 10 }, (_, digit) => draw(7, 'spread').filter((drawn) => drawn === digit).length);
  for (const count of counts) expect(count).toBeGreaterThan(60);
});
