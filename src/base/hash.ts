// A chained 64-bit hash of JSON values: not for secrets, but any changed field changes it. Two 32-bit lanes (murmur3's mixer) over a
// canonical encoding: keys sorted, undefined left out, numbers as their shortest text.
import { sortedKeys } from './order.ts';

/** A hash that is fed values in order. */
export interface Hash {
  /** Takes one value into the chain. */
  add(value: unknown): void;
  /** The state of the chain: 16 hexadecimal digits. */
  digest(): string;
}

/** The two 32-bit lanes of one value. */
type Lanes = readonly [number, number];

/** An empty chain. */
export function createHash(): Hash {
  let high = 0x6a09e667;
  let low = 0xbb67ae85;
  const known = new WeakMap<object, Lanes>();
  return {
    add(value) {
      const [h, l] = lanesOf(value, known);
      high = mix(high, h);
      low = mix(low ^ high, l);
    },
    digest: () => hex(high) + hex(low),
  };
}

/** The hash of one string: 16 hexadecimal digits. */
export function hashText(text: string): string {
  const [high, low] = textLanes(text, 7);
  return hex(high) + hex(low);
}

const hex = (lane: number): string => (lane >>> 0).toString(16).padStart(8, '0');

function mix(lane: number, value: number): number {
  let k = Math.imul(value, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  let h = lane ^ Math.imul(k, 0x1b873593);
  h = (h << 13) | (h >>> 19);
  return (Math.imul(h, 5) + 0xe6546b64) | 0;
}

function textLanes(text: string, kind: number): Lanes {
  let high = mix(0x811c9dc5, text.length ^ (kind << 28));
  let low = mix(0x9747b28c, kind);
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    high = Math.imul(high ^ unit, 0x01000193);
    low = Math.imul((low ^ unit) + (low << 7), 0x85ebca6b) ^ (low >>> 15);
  }
  return [mix(high, low), mix(low, high)];
}

/** Frozen objects are hashed once: the next revision of an object shares most of its parts with the last. */
function lanesOf(value: unknown, known: WeakMap<object, Lanes>): Lanes {
  if (typeof value === 'string') return textLanes(value, 1);
  if (typeof value === 'number') return textLanes(String(value), 2);
  if (typeof value === 'boolean') return value ? [3, 5] : [4, 6];
  if (typeof value !== 'object' || value === null) return [1, 2];
  const seen = known.get(value);
  if (seen !== undefined) return seen;
  let high = Array.isArray(value) ? 11 : 13;
  let low = high;
  const take = ([h, l]: Lanes): void => {
    high = mix(high, h);
    low = mix(low ^ high, l);
  };
  if (Array.isArray(value)) {
    take([value.length, 17]);
    for (const item of value) take(lanesOf(item, known));
  } else {
    for (const key of sortedKeys(value)) {
      const inner = (value as Record<string, unknown>)[key];
      if (inner === undefined) continue;
      take(textLanes(key, 8));
      take(lanesOf(inner, known));
    }
  }
  const lanes: Lanes = [high, low];
  if (Object.isFrozen(value)) known.set(value, lanes);
  return lanes;
}
