// A chained 64-bit hash of JSON values: not for secrets, but any changed field changes it. Two 32-bit lanes (murmur3's mixer) over a
// canonical encoding: the order of keys does not count, undefined is left out, numbers are their shortest text.

/** A hash that is fed values in order. */
export interface Hash {
  /** Takes one value into the chain. */
  add(value: unknown): void;
  /** The state of the chain: 16 hexadecimal digits. */
  digest(): string;
}

/** An empty chain. */
export function createHash(): Hash {
  const chain = new Int32Array([0x6a09e667, 0xbb67ae85]);
  const hasher = createHasher();
  return {
    add(value) {
      hasher.take(value);
      const high = mix(at(chain, HIGH), at(hasher.lanes, HIGH));
      chain[LOW] = mix(at(chain, LOW) ^ high, at(hasher.lanes, LOW));
      chain[HIGH] = high;
    },
    digest: () => hexOf(chain),
  };
}

/** The hash of one string: 16 hexadecimal digits. */
export function hashText(text: string): string {
  const lanes: Lanes = new Int32Array(2);
  takeText(text, 7, lanes);
  return hexOf(lanes);
}

/** The two 32-bit lanes of one value: a place to write them to. */
type Lanes = Int32Array;
/** The lanes of a value that is remembered: smaller than such a place. */
type Known = readonly [number, number];
const HIGH = 0;
const LOW = 1;
const at = (lanes: Lanes, lane: typeof HIGH | typeof LOW): number => lanes[lane] as number;

const hex = (lane: number): string => (lane >>> 0).toString(16).padStart(8, '0');
const hexOf = (lanes: Lanes): string => hex(at(lanes, HIGH)) + hex(at(lanes, LOW));

function mix(lane: number, value: number): number {
  let k = Math.imul(value, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  let h = lane ^ Math.imul(k, 0x1b873593);
  h = (h << 13) | (h >>> 19);
  return (Math.imul(h, 5) + 0xe6546b64) | 0;
}

function takeText(text: string, kind: number, lanes: Lanes): void {
  let high = mix(0x811c9dc5, text.length ^ (kind << 28));
  let low = mix(0x9747b28c, kind);
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    high = Math.imul(high ^ unit, 0x01000193);
    low = Math.imul((low ^ unit) + (low << 7), 0x85ebca6b) ^ (low >>> 15);
  }
  lanes[HIGH] = mix(high, low);
  lanes[LOW] = mix(low, high);
}

/** Keys come from types, but labels and data are keys as well: only so many are remembered. */
const KEYS_REMEMBERED = 4096;
/** An object with fewer values in it is hashed again sooner than it is found. */
const WORTH_REMEMBERING = 12;

/** Takes values, one after the other; `lanes` are those of the last: no pair is made for each value, of which there are millions. */
interface Hasher {
  readonly lanes: Lanes;
  take(value: unknown): void;
}

function createHasher(): Hasher {
  const lanes: Lanes = new Int32Array(2);
  /** What has been hashed before: frozen objects, of which the next revision shares most parts with the last, and keys. */
  const objects = new WeakMap<object, Known>();
  const keys = new Map<string, Known>();
  let taken = 0;

  const set = (high: number, low: number): void => {
    lanes[HIGH] = high;
    lanes[LOW] = low;
  };
  const known = (): Known => [at(lanes, HIGH), at(lanes, LOW)];
  const keyLanes = (key: string): Known => {
    const seen = keys.get(key);
    if (seen !== undefined) return seen;
    takeText(key, 8, lanes);
    const own = known();
    if (keys.size < KEYS_REMEMBERED) keys.set(key, own);
    return own;
  };
  const takeList = (items: readonly unknown[]): void => {
    let high = mix(11, items.length);
    let low = mix(17, items.length);
    for (const item of items) {
      take(item);
      high = mix(high, at(lanes, HIGH));
      low = mix(low ^ high, at(lanes, LOW));
    }
    set(high, low);
  };
  /** The entries' hashes are added up, so that their order does not count and need not be sorted. */
  const takeMap = (entries: Readonly<Record<string, unknown>>): void => {
    let high = 13;
    let low = 19;
    for (const key of Object.keys(entries)) {
      const value = entries[key];
      if (value === undefined) continue;
      const [keyHigh, keyLow] = keyLanes(key);
      take(value);
      const entry = mix(keyHigh, at(lanes, HIGH));
      high = (high + entry) | 0;
      low = (low + mix(keyLow ^ entry, at(lanes, LOW))) | 0;
    }
    set(mix(high, 23), mix(low ^ high, 29));
  };
  const takeObject = (value: object): void => {
    const seen = objects.get(value);
    if (seen !== undefined) {
      set(seen[0], seen[1]);
      return;
    }
    const before = taken;
    if (Array.isArray(value)) takeList(value);
    else takeMap(value as Record<string, unknown>);
    if (taken - before >= WORTH_REMEMBERING && Object.isFrozen(value)) objects.set(value, known());
  };
  const take = (value: unknown): void => {
    taken += 1;
    if (typeof value === 'string') takeText(value, 1, lanes);
    else if (typeof value === 'number') takeText(String(value), 2, lanes);
    else if (typeof value === 'boolean') value ? set(3, 5) : set(4, 6);
    else if (typeof value !== 'object' || value === null) set(1, 2);
    else takeObject(value);
  };
  return { lanes, take };
}
