// Comparing texts: what differs between two real runs of the same case is made the same before.
import { sortedKeys } from '../../base/order.ts';

/** What is drawn by lot, or tells the time, with what stands for it. */
const DRAWN: readonly (readonly [RegExp, string])[] = [
  [/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uid>'],
  [/\b[0-9a-f]{64}\b/g, '<container>'],
  [/kube-api-access-[a-z0-9]{5}/g, 'kube-api-access-<drawn>'],
  [/\b10\.(?:244|250)\.\d+\.\d+/g, '<address>'],
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, '<date>'],
  [/\b\d+(?:\.\d+)?(?:ms|µs|s)\b/g, '<span>'],
  [/\b\d+m\d+(?:\.\d+)?s\b/g, '<span>'],
  [/(resourceVersion"?: )"\d+"/g, '$1"<revision>"'],
];

/** A text without identities, Pod addresses, times and ages. */
export function masked(text: string): string {
  return DRAWN.reduce((rest, [pattern, stands]) => rest.replace(pattern, stands), text);
}

/** The first line in which two texts differ, told in a sentence; undefined where they are equal. */
export function lineDifference(what: string, real: string, ours: string): string | undefined {
  if (real === ours) return undefined;
  const [theirs, mine] = [real.split('\n'), ours.split('\n')];
  const at = theirs.findIndex((line, i) => line !== mine[i]);
  const line = at < 0 ? theirs.length : at;
  return `${what}, line ${line + 1}: the real one has ${JSON.stringify(theirs[line])}, ours ${JSON.stringify(mine[line])}`;
}

/** A value as text that does not depend on the order of keys, masked. */
export function canonicalText(value: unknown): string {
  return masked(JSON.stringify(withSortedKeys(value), null, 1));
}

function withSortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(sortedKeys(value).map((key) => [key, withSortedKeys((value as Record<string, unknown>)[key])]));
}
