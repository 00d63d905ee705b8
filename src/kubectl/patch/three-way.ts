// What `kubectl apply` sends: the difference between what was applied last, what is to be applied and what stands, as a strategic merge
// patch. Models k8s.io/apimachinery/pkg/util/strategicpatch/patch.go CreateThreeWayMergePatch.
import { equal, isObject } from '../../base/json.ts';
import { type FieldSchema, structOf } from '../../cluster/api/schema/schema.ts';

type Fields = Record<string, unknown>;

/** Which kinds of difference count. */
interface Counting {
  readonly ignoreDeletions: boolean;
  readonly ignoreChanges: boolean;
}

/** The patch that makes `current` what `modified` says, and takes away what only `original` had. `struct`: the kind's (`core.Pod`). */
export function threeWayPatch(struct: string | undefined, original: Fields, modified: Fields, current: Fields): Fields {
  const delta = diffMaps(struct, current, modified, { ignoreDeletions: true, ignoreChanges: false }, false);
  const deletions = diffMaps(struct, original, modified, { ignoreDeletions: false, ignoreChanges: true }, false);
  return mergePatches(struct, deletions, delta);
}

/** The patch that makes `original` into `modified`. Models CreateTwoWayMergePatch. */
export function twoWayPatch(struct: string | undefined, original: Fields, modified: Fields): Fields {
  return diffMaps(struct, original, modified, { ignoreDeletions: false, ignoreChanges: false }, false);
}

const fieldOf = (struct: string | undefined, name: string): FieldSchema | undefined =>
  struct === undefined ? undefined : structOf(struct)?.fields.get(name);

/** The struct that a field holds, or that the items of its list are. */
function structIn(field: FieldSchema | undefined): string | undefined {
  const type = field?.type.is === 'list' ? field.type.of : field?.type;
  return type?.is === 'struct' ? type.name : undefined;
}

function diffMaps(struct: string | undefined, before: Fields, after: Fields, counting: Counting, retainKeys: boolean): Fields {
  const patch: Fields = {};
  for (const [name, value] of Object.entries(after)) {
    if (!(name in before)) {
      if (!counting.ignoreChanges) patch[name] = value;
    } else diffField(patch, name, fieldOf(struct, name), before[name], value, counting);
  }
  if (!counting.ignoreDeletions) for (const name of Object.keys(before)) if (!(name in after)) patch[name] = null;
  if (retainKeys) addRetainKeys(patch, before, after);
  return patch;
}

/** Says which fields stay, where a choice of one field (a volume's source) may have changed. */
function addRetainKeys(patch: Fields, before: Fields, after: Fields): void {
  const kept = Object.keys(after).filter((name) => after[name] !== null);
  const hasMore = Object.keys(before).some((name) => !(name in after));
  if (kept.length > 0 && (Object.keys(patch).length > 0 || hasMore)) patch.$retainKeys = kept.sort();
}

function diffField(patch: Fields, name: string, field: FieldSchema | undefined, was: unknown, is: unknown, counting: Counting): void {
  if (isObject(was) && isObject(is)) {
    const inner = diffMaps(structIn(field), was, is, counting, field?.retainKeys ?? false);
    if (Object.keys(inner).length > 0) patch[name] = inner;
    return;
  }
  if (Array.isArray(was) && Array.isArray(is) && field?.mergeKey !== undefined) {
    diffList(patch, name, field, was, is, counting);
    return;
  }
  if (!counting.ignoreChanges && !equal(was, is)) patch[name] = is;
}

function diffList(patch: Fields, name: string, field: FieldSchema, was: unknown[], is: unknown[], counting: Counting): void {
  if (was.length === 0) {
    if (is.length > 0 && !counting.ignoreChanges) patch[name] = is;
    return;
  }
  if (field.mergeKey === '') diffSet(patch, name, was, is, counting);
  else diffKeyed(patch, name, field, field.mergeKey ?? '', was, is, counting);
}

/** A list of texts that is a set: finalizers. */
function diffSet(patch: Fields, name: string, was: unknown[], is: unknown[], counting: Counting): void {
  const added = is.filter((item) => !was.includes(item));
  const gone = was.filter((item) => !is.includes(item));
  if (!counting.ignoreChanges && added.length > 0) patch[name] = added;
  if (!counting.ignoreDeletions && gone.length > 0) patch[`$deleteFromPrimitiveList/${name}`] = gone;
  const isOrdered = (!counting.ignoreDeletions && gone.length > 0) || (!counting.ignoreChanges && !equal(was, is));
  if (isOrdered) patch[`$setElementOrder/${name}`] = is;
}

/** A list whose items are told apart by a key: containers by name. */
function diffKeyed(patch: Fields, name: string, field: FieldSchema, key: string, was: unknown[], is: unknown[], counting: Counting): void {
  const before = was.filter(isObject);
  const after = is.filter(isObject);
  const changes: unknown[] = [];
  for (const item of after) {
    const old = before.find((other) => equal(other[key], item[key]));
    if (!old) {
      if (!counting.ignoreChanges) changes.push(item);
      continue;
    }
    const inner = diffMaps(structIn(field), old, item, counting, field.retainKeys);
    if (Object.keys(inner).length > 0) changes.push({ ...inner, [key]: item[key] });
  }
  if (!counting.ignoreDeletions) {
    const gone = before.filter((item) => !after.some((other) => equal(other[key], item[key])));
    changes.push(...gone.map((item) => ({ $patch: 'delete', [key]: item[key] })));
  }
  if (changes.length > 0) patch[name] = changes;
  const isOrdered = changes.length > 0 || (!counting.ignoreChanges && !inSameOrder(before, after, key));
  if (isOrdered) patch[`$setElementOrder/${name}`] = after.map((item) => ({ [key]: item[key] }));
}

function inSameOrder(before: readonly Fields[], after: readonly Fields[], key: string): boolean {
  const shared = before.filter((item) => after.some((other) => equal(other[key], item[key])));
  const wanted = after.filter((item) => before.some((other) => equal(other[key], item[key])));
  return shared.every((item, i) => equal(item[key], wanted[i]?.[key]));
}

/** Both patches in one: the second wins. */
function mergePatches(struct: string | undefined, first: Fields, second: Fields): Fields {
  const merged: Fields = { ...first };
  for (const [name, value] of Object.entries(second)) {
    const before = merged[name];
    const field = fieldOf(struct, name);
    if (isObject(before) && isObject(value)) merged[name] = mergePatches(structIn(field), before, value);
    else if (Array.isArray(before) && Array.isArray(value) && field?.mergeKey)
      merged[name] = mergeLists(field, field.mergeKey, before, value);
    else merged[name] = value;
  }
  return merged;
}

function mergeLists(field: FieldSchema, key: string, first: unknown[], second: unknown[]): unknown[] {
  const items = first.map((item) => {
    const other = second.find((each) => isObject(item) && isObject(each) && equal(item[key], each[key]));
    return isObject(item) && isObject(other) ? mergePatches(structIn(field), item, other) : item;
  });
  const isKnown = (item: unknown) => first.some((each) => isObject(each) && isObject(item) && equal(each[key], item[key]));
  return [...items, ...second.filter((item) => !isKnown(item))];
}
