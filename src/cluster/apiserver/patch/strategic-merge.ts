// Strategic merge patch: a merge that knows by which key the items of a list are the same.
// Models k8s.io/apimachinery/pkg/util/strategicpatch/patch.go (StrategicMergeMapPatchUsingLookupPatchMeta).
import { equal, isObject } from '../../../base/json.ts';
import { sortedKeys } from '../../../base/order.ts';
import { type FieldSchema, type FieldType, structOf } from '../../api/schema/schema.ts';

type Fields = Readonly<Record<string, unknown>>;

const DIRECTIVE = '$patch';
const RETAIN_KEYS = '$retainKeys';
const DELETE_FROM = '$deleteFromPrimitiveList/';
const ORDER = '$setElementOrder/';

/** What a patch comes to. */
export type StrategicResult = { readonly value: Fields } | { readonly error: string };

/** A patch that means nothing. */
class BadPatch extends Error {}

/** Merges a patch into an object of a struct of the schema (`core.Pod`). */
export function strategicMerge(struct: string, object: Fields, patch: Fields): StrategicResult {
  try {
    return { value: mergeMaps(struct, object, patch) };
  } catch (failure) {
    if (failure instanceof BadPatch) return { error: failure.message };
    throw failure;
  }
}

/** `struct` undefined: nothing is known of what is below, so that lists are replaced whole. */
function mergeMaps(struct: string | undefined, original: Fields, patch: Fields): Fields {
  const directive = patch[DIRECTIVE];
  if (directive === 'replace') return withoutDirectives(patch);
  if (directive === 'delete') return {};
  if (directive !== undefined && directive !== 'merge') throw new BadPatch(`Unknown patch type found: ${String(directive)}`);
  const merged: Record<string, unknown> = retained(original, patch);
  const keys = Object.keys(patch);
  let gone: Set<string> | undefined;
  for (const key of keys) {
    const value = patch[key];
    if (key.startsWith(DELETE_FROM)) {
      const field = key.slice(DELETE_FROM.length);
      merged[field] = without(asList(merged[field]), asList(value));
    } else if (!key.startsWith('$')) {
      const next = mergeField(fieldOf(struct, key), merged[key], value, patch[ORDER + key]);
      if (next !== undefined) merged[key] = next;
      else if (Object.hasOwn(merged, key)) gone = (gone ?? new Set()).add(key);
    }
  }
  for (const key of keys) {
    const field = key.startsWith(ORDER) ? key.slice(ORDER.length) : undefined;
    if (field === undefined || patch[field] !== undefined || !Array.isArray(merged[field])) continue;
    merged[field] = inOrder(merged[field], asList(merged[field]), asList(patch[key]), fieldOf(struct, field)?.mergeKey ?? '');
  }
  // Not by `delete`, after which an object is slow to read for as long as it stands.
  if (gone) return Object.fromEntries(Object.entries(merged).filter(([key]) => !gone.has(key)));
  return isSame(original, merged) ? original : merged;
}

/** A patch that says what stands there changes nothing: what was hashed and frozen before stays the same object. */
function isSame(original: Fields, merged: Fields): boolean {
  const keys = Object.keys(merged);
  return keys.length === Object.keys(original).length && keys.every((key) => merged[key] === original[key]);
}

const fieldOf = (struct: string | undefined, key: string): FieldSchema | undefined =>
  struct === undefined ? undefined : structOf(struct)?.fields.get(key);
const structIn = (type: FieldType | undefined): string | undefined => (type?.is === 'struct' ? type.name : undefined);
const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const without = (list: readonly unknown[], gone: readonly unknown[]): readonly unknown[] =>
  list.filter((item) => !gone.some((each) => equal(each, item)));

/** `$retainKeys`: only the keys that it lists stay. */
function retained(original: Fields, patch: Fields): Record<string, unknown> {
  const keys = patch[RETAIN_KEYS];
  if (!Array.isArray(keys)) return { ...original };
  return Object.fromEntries(Object.entries(original).filter(([key]) => keys.includes(key)));
}

/** A field's next value; undefined: it goes. */
function mergeField(field: FieldSchema | undefined, original: unknown, value: unknown, order: unknown): unknown {
  if (value === null) return undefined;
  if (isObject(value)) {
    const inner = field?.type.is === 'map' ? structIn(field.type.of) : structIn(field?.type);
    return mergeMaps(field?.type.is === 'map' ? undefined : inner, isObject(original) ? original : {}, value);
  }
  if (!Array.isArray(value) || field?.mergeKey === undefined) return Array.isArray(value) ? replaced(value) : value;
  const item = field.type.is === 'list' ? field.type.of : undefined;
  const had = asList(original);
  if (item?.is !== 'struct') return mergeSet(had, value, asList(order));
  const result = mergeLists(item.name, field.mergeKey, had, value);
  return inOrder(result, had, order === undefined ? value : asList(order), field.mergeKey);
}

/** A list without a merge key is replaced; its items may still say which of them go. */
const replaced = (list: readonly unknown[]): readonly unknown[] => list.map((item) => (isObject(item) ? withoutDirectives(item) : item));

function withoutDirectives(value: Fields): Fields {
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== DIRECTIVE && key !== RETAIN_KEYS));
}

function mergeSet(original: readonly unknown[], patch: readonly unknown[], order: readonly unknown[]): readonly unknown[] {
  const all = [...original, ...patch.filter((item) => !original.some((each) => equal(each, item)))];
  return inOrder(all, original, order.length === 0 ? patch : order, '');
}

/** Items with the same key are merged, others added at the end. */
function mergeLists(struct: string, key: string, original: readonly unknown[], patch: readonly unknown[]): readonly unknown[] {
  if (patch.some((item) => isObject(item) && item[DIRECTIVE] === 'replace')) {
    return patch.filter((item) => !(isObject(item) && item[DIRECTIVE] !== undefined));
  }
  const merged = [...original];
  for (const item of patch) {
    if (!isObject(item)) throw new BadPatch(`map: ${goMap(item)} does not contain declared merge key: ${key}`);
    const id = item[key];
    if (id === undefined) throw new BadPatch(`map: ${goMap(item)} does not contain declared merge key: ${key}`);
    const at = merged.findIndex((each) => isObject(each) && each[key] === id);
    const standing = merged[at];
    if (item[DIRECTIVE] === 'delete') {
      if (at >= 0) merged.splice(at, 1);
    } else if (isObject(standing)) merged[at] = mergeMaps(struct, standing, item);
    else merged.push(mergeMaps(struct, {}, item));
  }
  return merged;
}

/**
 * The order that a patch sets: items that it names come in its order; the others keep their places relative to those around them.
 * Models normalizeElementOrder and mergeSortedSlice.
 */
function inOrder(items: readonly unknown[], original: readonly unknown[], order: readonly unknown[], key: string): readonly unknown[] {
  const idOf = (item: unknown): unknown => (isObject(item) ? item[key] : item);
  const rank = new Map(order.map((item, i) => [idOf(item), i]));
  const place = new Map(original.map((item, i) => [idOf(item), i]));
  const named = items.filter((item) => rank.has(idOf(item))).sort((a, b) => (rank.get(idOf(a)) ?? 0) - (rank.get(idOf(b)) ?? 0));
  const serverOnly = items.filter((item) => !rank.has(idOf(item)));
  const result: unknown[] = [];
  let n = 0;
  for (const item of serverOnly) {
    const own = place.get(idOf(item)) ?? items.length;
    while (n < named.length && (place.get(idOf(named[n])) ?? -1) < own && place.has(idOf(named[n]))) {
      result.push(named[n]);
      n += 1;
    }
    result.push(item);
  }
  return [...result, ...named.slice(n)];
}

/** A value as Go's `%v` prints it. */
function goMap(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goMap).join(' ')}]`;
  if (!isObject(value)) return value === null ? '<nil>' : String(value);
  return `map[${sortedKeys(value)
    .map((key) => `${key}:${goMap(value[key])}`)
    .join(' ')}]`;
}
