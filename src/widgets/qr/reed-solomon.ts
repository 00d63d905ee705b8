// Reed-Solomon codes over GF(256) with the polynomial x^8 + x^4 + x^3 + x^2 + 1, as QR codes use them (ISO/IEC 18004, annex A).

function multiply(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ ((product >> 7) * 0x11d);
    product ^= ((b >> bit) & 1) * a;
  }
  return product;
}

/** The coefficients of the generator of a degree, the highest, which is 1, left out. */
export function generatorOf(degree: number): readonly number[] {
  const generator = [...Array<number>(degree - 1).fill(0), 1];
  let root = 1;
  for (let i = 0; i < degree; i += 1) {
    for (let j = 0; j < degree; j += 1) generator[j] = multiply(generator[j] ?? 0, root) ^ (generator[j + 1] ?? 0);
    root = multiply(root, 2);
  }
  return generator;
}

/** The codewords that are appended to a block of data. */
export function correctionOf(data: readonly number[], generator: readonly number[]): readonly number[] {
  const rest = generator.map(() => 0);
  for (const byte of data) {
    const factor = byte ^ (rest.shift() ?? 0);
    rest.push(0);
    for (const [i, coefficient] of generator.entries()) rest[i] = (rest[i] ?? 0) ^ multiply(coefficient, factor);
  }
  return rest;
}
