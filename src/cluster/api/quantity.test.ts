import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addQuantities,
  canonicalQuantity,
  compareQuantities,
  formatQuantity,
  milliValue,
  parseQuantity,
  roundUpToMilli,
  subtractQuantities,
  unitValue,
} from './quantity.ts';

const shown = (text: string): string => {
  const parsed = parseQuantity(text);
  return 'error' in parsed ? parsed.error : formatQuantity(parsed);
};
const FORMAT = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

test.each([
  ['0.5', '500m'],
  ['1.5Gi', '1536Mi'],
  ['100.5Mi', '102912Ki'],
  ['1024Mi', '1Gi'],
  ['1000m', '1'],
  ['1500m', '1500m'],
  ['0', '0'],
  ['1e3', '1e3'],
  ['0.0001', '100u'],
  ['1.5', '1500m'],
  ['128974848', '128974848'],
  ['123Mi', '123Mi'],
  ['0.5Mi', '512Ki'],
  ['0.1Ki', '102400m'],
  ['-1', '-1'],
  ['1E', '1E'],
  ['12E6', '12E6'],
  ['abc', FORMAT],
  ['1 Gi', FORMAT],
  ['', FORMAT],
  ['100mi', "unable to parse quantity's suffix"],
  ['10K', "unable to parse quantity's suffix"],
  ['1ki', "unable to parse quantity's suffix"],
])('%s is %s', (text, wanted) => {
  expect(shown(text)).toBe(wanted);
});

test('amounts', () => {
  expect(milliValue('1.5')).toBe(1500);
  expect(milliValue('1u')).toBe(1);
  expect(unitValue('64Mi')).toBe(67_108_864);
  expect(unitValue('1500m')).toBe(2);
  expect(roundUpToMilli('0.0001')).toBe('1m');
  expect(compareQuantities('1Gi', '1G')).toBeGreaterThan(0);
  expect(addQuantities('1Gi', '512Mi')).toBe('1536Mi');
  expect(addQuantities('250m', '750m')).toBe('1');
  expect(subtractQuantities('1', '250m')).toBe('750m');
});

test('an absurd exponent costs nothing', () => {
  expect(typeof shown('1e999999999')).toBe('string');
  expect(milliValue('1e-999999999')).toBe(1);
});

const quantity = fc
  .tuple(
    fc.integer({ min: -1_000_000, max: 1_000_000 }),
    fc.integer({ min: 0, max: 999 }),
    fc.constantFrom('', 'm', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi', 'e3', 'u'),
  )
  .map(([whole, fraction, suffix]) => `${whole}${fraction === 0 ? '' : `.${fraction}`}${suffix}`);

test('the canonical form is the same amount, and its own canonical form', () => {
  fc.assert(
    fc.property(quantity, (text) => {
      const once = canonicalQuantity(text);
      expect(compareQuantities(once, text)).toBe(0);
      expect(canonicalQuantity(once)).toBe(once);
    }),
    { seed: 1 },
  );
});

test('adding and taking away come out even', () => {
  fc.assert(
    fc.property(quantity, quantity, (a, b) => {
      expect(compareQuantities(subtractQuantities(addQuantities(a, b), b), a)).toBe(0);
      expect(compareQuantities(addQuantities(a, b), addQuantities(b, a))).toBe(0);
    }),
    { seed: 2 },
  );
});
