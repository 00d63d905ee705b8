// The natural logarithm by additions, multiplications and divisions alone, so that every machine computes the same bits:
// Math.log may differ between engines in its last digit.

const LN_2 = Math.LN2;

/** The natural logarithm of a positive finite number, within a few units in the last place. */
export function naturalLog(x: number): number {
  let mantissa = x;
  let powers = 0;
  while (mantissa > 1.5) {
    mantissa /= 2;
    powers += 1;
  }
  while (mantissa < 0.75) {
    mantissa *= 2;
    powers -= 1;
  }
  // ln m = 2 artanh((m - 1) / (m + 1)); |ratio| <= 1/5, so every term is at most 1/25 of the one before.
  const ratio = (mantissa - 1) / (mantissa + 1);
  const square = ratio * ratio;
  let sum = 0;
  for (let odd = 25; odd >= 1; odd -= 2) sum = sum * square + 1 / odd;
  return powers * LN_2 + 2 * ratio * sum;
}
