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
      take(hasher, value);
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

/** What takes values, one after the other. Its parts are functions of the module, which stay compiled from one run to the next. */
interface Hasher {
  /** Those of the last value: no pair is made for each of them, of which there are millions. */
  readonly lanes: Lanes;
  /** What has been hashed before: frozen objects, of which the next revision shares most parts with the last, and keys. */
  readonly objects: WeakMap<object, Known>;
  readonly keys: Map<string, Known>;
  /** How many values it has taken. */
  taken: number;
}

const createHasher = (): Hasher => ({ lanes: new Int32Array(2), objects: new WeakMap(), keys: new Map(), taken: 0 });

const known = (lanes: Lanes): Known => [at(lanes, HIGH), at(lanes, LOW)];

function set(lanes: Lanes, high: number, low: number): void {
  lanes[HIGH] = high;
  lanes[LOW] = low;
}

function take(hasher: Hasher, value: unknown): void {
  hasher.taken += 1;
  if (typeof value === 'string') takeText(value, 1, hasher.lanes);
  else if (typeof value === 'number') takeText(String(value), 2, hasher.lanes);
  else if (typeof value === 'boolean') set(hasher.lanes, value ? 3 : 4, value ? 5 : 6);
  else if (typeof value !== 'object' || value === null) set(hasher.lanes, 1, 2);
  else takeObject(hasher, value);
}

function takeObject(hasher: Hasher, value: object): void {
  const seen = hasher.objects.get(value);
  if (seen !== undefined) {
    set(hasher.lanes, seen[0], seen[1]);
    return;
  }
  const before = hasher.taken;
  if (Array.isArray(value)) takeList(hasher, value);
  else takeMap(hasher, value as Record<string, unknown>);
  if (hasher.taken - before >= WORTH_REMEMBERING && Object.isFrozen(value)) hasher.objects.set(value, known(hasher.lanes));
}

function takeList(hasher: Hasher, items: readonly unknown[]): void {
  const { lanes } = hasher;
  let high = mix(11, items.length);
  let low = mix(17, items.length);
  for (const item of items) {
    take(hasher, item);
    high = mix(high, at(lanes, HIGH));
    low = mix(low ^ high, at(lanes, LOW));
  }
  set(lanes, high, low);
}

/** The entries' hashes are added up, so that their order does not count and need not be sorted. */
function takeMap(hasher: Hasher, entries: Readonly<Record<string, unknown>>): void {
  const { lanes } = hasher;
  let high = 13;
  let low = 19;
  // Values are plain objects, which inherit nothing that could be met here; this way no list of keys is made.
  for (const key in entries) {
    const value = entries[key];
    if (value === undefined) continue;
    const ofKey = keyLanes(hasher, key);
    take(hasher, value);
    const entry = mix(ofKey[0], at(lanes, HIGH));
    high = (high + entry) | 0;
    low = (low + mix(ofKey[1] ^ entry, at(lanes, LOW))) | 0;
  }
  set(lanes, mix(high, 23), mix(low ^ high, 29));
}

function keyLanes({ keys, lanes }: Hasher, key: string): Known {
  const seen = keys.get(key);
  if (seen !== undefined) return seen;
  takeText(key, 8, lanes);
  const own = known(lanes);
  if (keys.size < KEYS_REMEMBERED) keys.set(key, own);
  return own;
}
