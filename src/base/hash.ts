// A chained 64-bit hash of JSON values: not for secrets, but any changed field changes it. Two 32-bit lanes (murmur3's mixer) over a
// canonical encoding: the order of keys does not count, undefined is left out, numbers are their shortest text.

/** A hash that is fed values in order. */
export interface Hash {
  /** Takes one value into the chain. */
  add(value: unknown): void;
  /** The state of the chain: 16 hexadecimal digits. */
  digest(): string;
}

/** The two 32-bit lanes of one value. */
type Lanes = readonly [number, number];

/** What has been hashed before: frozen objects, of which the next revision shares most parts with the last, and keys, of which there are few. */
interface Known {
  readonly objects: WeakMap<object, Lanes>;
  readonly keys: Map<string, Lanes>;
}

/** An empty chain. */
export function createHash(): Hash {
  let high = 0x6a09e667;
  let low = 0xbb67ae85;
  const known: Known = { objects: new WeakMap(), keys: new Map() };
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

function lanesOf(value: unknown, known: Known): Lanes {
  if (typeof value === 'string') return textLanes(value, 1);
  if (typeof value === 'number') return textLanes(String(value), 2);
  if (typeof value === 'boolean') return value ? [3, 5] : [4, 6];
  if (typeof value !== 'object' || value === null) return [1, 2];
  const seen = known.objects.get(value);
  if (seen !== undefined) return seen;
  const lanes = Array.isArray(value) ? listLanes(value, known) : mapLanes(value as Record<string, unknown>, known);
  if (Object.isFrozen(value)) known.objects.set(value, lanes);
  return lanes;
}

function listLanes(items: readonly unknown[], known: Known): Lanes {
  let high = mix(11, items.length);
  let low = mix(17, items.length);
  for (const item of items) {
    const [h, l] = lanesOf(item, known);
    high = mix(high, h);
    low = mix(low ^ high, l);
  }
  return [high, low];
}

/** The entries' hashes are added up, so that their order does not count and need not be sorted. */
function mapLanes(entries: Readonly<Record<string, unknown>>, known: Known): Lanes {
  let high = 13;
  let low = 19;
  for (const key of Object.keys(entries)) {
    const value = entries[key];
    if (value === undefined) continue;
    const [keyHigh, keyLow] = keyLanes(key, known);
    const [h, l] = lanesOf(value, known);
    const entry = mix(keyHigh, h);
    high = (high + entry) | 0;
    low = (low + mix(keyLow ^ entry, l)) | 0;
  }
  return [mix(high, 23), mix(low ^ high, 29)];
}

/** Keys come from types, but labels and data are keys as well: only so many are remembered. */
const KEYS_REMEMBERED = 4096;

function keyLanes(key: string, { keys }: Known): Lanes {
  const seen = keys.get(key);
  if (seen !== undefined) return seen;
  const lanes = textLanes(key, 8);
  if (keys.size < KEYS_REMEMBERED) keys.set(key, lanes);
  return lanes;
}
