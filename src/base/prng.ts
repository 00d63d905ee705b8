// Seeded chance: sfc32, integers only, so that every machine draws the same.

/** A stream of chance. */
export interface Random {
  /** An integer from 0 up to but not including 2^32. */
  uint32(): number;
  /** An integer from 0 up to but not including `bound` (at most 2^32). */
  below(bound: number): number;
  /** An integer from `low` to `high`, both included. */
  between(low: number, high: number): number;
  /** `length` characters of `alphabet`. */
  text(length: number, alphabet: string): string;
}

/** The stream that belongs to a seed and a name: other names, other streams. */
export function createRandom(seed: number, name: string): Random {
  let a = 0x9e3779b9 ^ seed;
  let b = 0x243f6a88;
  let c = 0xb7e15162;
  let counter = 1;
  const uint32 = (): number => {
    const t = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  for (let i = 0; i < name.length; i += 1) {
    a = Math.imul(a ^ name.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ name.charCodeAt(i), 0x85ebca6b) ^ (a >>> 13);
  }
  for (let i = 0; i < 12; i += 1) uint32();
  const below = (bound: number): number => Math.floor((uint32() / 4294967296) * bound);
  return {
    uint32,
    below,
    between: (low, high) => low + below(high - low + 1),
    text(length, alphabet) {
      let text = '';
      for (let i = 0; i < length; i += 1) text += alphabet.charAt(below(alphabet.length));
      return text;
    },
  };
}
