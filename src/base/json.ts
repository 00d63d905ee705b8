// Values as JSON knows them, frozen so that they can be shared between the past and the present. Objects are plain ones, which inherit
// nothing that `for in` could meet; it makes no list of their keys.

/** A value that JSON can write. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
/** A JSON object. */
export type JsonObject = { readonly [key: string]: Json };

/** Freezes a tree of plain objects and arrays. A frozen root is taken to be frozen throughout, so freezing again costs nothing. */
export function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  if (Array.isArray(value)) for (const inner of value) freezeInner(inner);
  else for (const key in value) freezeInner((value as Record<string, unknown>)[key]);
  return value;
}

/** Most of what is in a tree are texts and numbers: those cost no call. */
function freezeInner(inner: unknown): void {
  if (typeof inner === 'object' && inner !== null) freeze(inner);
}

/** Tells whether two JSON values are equal; a key whose value is undefined counts as absent. */
export function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    for (let i = 0; i < a.length; i += 1) if (!equal(a[i], b[i])) return false;
    return true;
  }
  if (Array.isArray(b)) return false;
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  for (const key in left) if (!equal(left[key], right[key])) return false;
  for (const key in right) if (right[key] !== undefined && left[key] === undefined) return false;
  return true;
}

/** Tells whether a value is a plain JSON object (not an array, not null). */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
