// JSON patch. Models RFC 6902 with the texts of gopkg.in/evanphx/json-patch.v4, which the API server uses.
import { equal, isObject } from '../../../base/json.ts';

/** What a patch comes to. */
export type Patched = { readonly value: unknown } | { readonly error: string };

interface Operation {
  readonly op: string;
  readonly path: string;
  readonly from?: string;
  readonly value?: unknown;
}

/** Ends a patch: a failure of one operation fails the whole. */
class PatchFailure extends Error {}

/** Applies the operations in order. */
export function jsonPatch(document: unknown, patch: unknown): Patched {
  if (!Array.isArray(patch)) return { error: 'json: cannot unmarshal object into Go value of type jsonpatch.Patch' };
  try {
    return { value: patch.reduce((value: unknown, each: unknown) => applyOne(value, readOperation(each)), document) };
  } catch (failure) {
    if (failure instanceof PatchFailure) return { error: failure.message };
    throw failure;
  }
}

function readOperation(given: unknown): Operation {
  if (!isObject(given)) throw new PatchFailure('json: cannot unmarshal value into Go value of type jsonpatch.Operation');
  const { op, path, from, value } = given;
  if (typeof op !== 'string') throw new PatchFailure(`Unexpected kind: ${String(op ?? 'unknown')}`);
  if (typeof path !== 'string') throw new PatchFailure(`${op} operation failed to decode path: missing path`);
  return { op, path, ...(typeof from === 'string' && { from }), ...('value' in given && { value }) };
}

function applyOne(document: unknown, operation: Operation): unknown {
  const { op, path, value } = operation;
  switch (op) {
    case 'add':
      return change(document, pointer(path), (parent, key) => add(parent, key, value), operation);
    case 'remove':
      return change(document, pointer(path), (parent, key) => remove(parent, key, operation), operation);
    case 'replace':
      return change(document, pointer(path), (parent, key) => replace(parent, key, value, operation), operation);
    case 'move': {
      const moved = find(document, operation.from ?? '', operation);
      const without = change(document, pointer(operation.from ?? ''), (parent, key) => remove(parent, key, operation), operation);
      return change(without, pointer(path), (parent, key) => add(parent, key, moved), operation);
    }
    case 'copy': {
      const copied = find(document, operation.from ?? '', operation);
      return change(document, pointer(path), (parent, key) => add(parent, key, copied), operation);
    }
    case 'test':
      if (!equal(find(document, path, operation, true) ?? null, value ?? null)) {
        throw new PatchFailure(`testing value ${path} failed: test failed`);
      }
      return document;
    default:
      throw new PatchFailure(`Unexpected kind: ${op}`);
  }
}

const pointer = (path: string): string[] =>
  path
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

const missing = ({ op, path }: Operation): PatchFailure =>
  new PatchFailure(`${op} operation does not apply: doc is missing path: "${path}": missing value`);
const missingKey = ({ op, path }: Operation): PatchFailure =>
  op === 'remove'
    ? new PatchFailure(`error in remove for path: '${path}': Unable to remove nonexistent key: ${path.split('/').at(-1)}: missing value`)
    : new PatchFailure(`${op} operation does not apply: doc is missing key: ${path}: missing value`);

type Container = Record<string, unknown> | readonly unknown[];

/** A copy of the document in which the container that holds the last step has been changed. */
function change(
  document: unknown,
  steps: readonly string[],
  edit: (parent: Container, key: string) => unknown,
  operation: Operation,
): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return replaceRoot(document, edit);
  if (!isObject(document) && !Array.isArray(document)) throw missing(operation);
  if (rest.length === 0) return edit(document, step);
  const inner = Array.isArray(document) ? document[indexIn(document, step, operation)] : document[step];
  if (inner === undefined) throw missing(operation);
  const changed = change(inner, rest, edit, operation);
  if (!Array.isArray(document)) return { ...document, [step]: changed };
  const at = indexIn(document, step, operation);
  return document.map((item, i) => (i === at ? changed : item));
}

/** An operation on the whole document. */
function replaceRoot(document: unknown, edit: (parent: Container, key: string) => unknown): unknown {
  const changed = edit({ '': document }, '');
  return isObject(changed) ? changed[''] : document;
}

function indexIn(list: readonly unknown[], step: string, { path }: Operation): number {
  const index = /^-?\d+$/.test(step) ? Number(step) : Number.NaN;
  const at = index < 0 ? index + list.length : index;
  if (Number.isNaN(at)) throw new PatchFailure(`strconv.Atoi: parsing "${step}": invalid syntax`);
  if (at < 0 || at >= list.length) throw new PatchFailure(`Unable to access invalid index: ${path}: invalid index referenced`);
  return at;
}

function add(parent: Container, key: string, value: unknown): Container {
  if (!Array.isArray(parent)) return { ...parent, [key]: value };
  if (key === '-') return [...parent, value];
  const at = Number(key);
  if (!/^\d+$/.test(key))
    throw new PatchFailure(`value was not a proper array index: '${key}': strconv.Atoi: parsing "${key}": invalid syntax`);
  if (at > parent.length) throw new PatchFailure(`Unable to access invalid index: ${at}: invalid index referenced`);
  return [...parent.slice(0, at), value, ...parent.slice(at)];
}

function remove(parent: Container, key: string, operation: Operation): Container {
  if (Array.isArray(parent)) {
    const at = indexIn(parent, key, operation);
    return parent.filter((_, i) => i !== at);
  }
  const held = parent as Record<string, unknown>;
  if (!Object.hasOwn(held, key)) throw missingKey(operation);
  const { [key]: _, ...rest } = held;
  return rest;
}

function replace(parent: Container, key: string, value: unknown, operation: Operation): Container {
  if (Array.isArray(parent)) {
    const at = indexIn(parent, key, operation);
    return parent.map((item, i) => (i === at ? value : item));
  }
  if (!Object.hasOwn(parent, key)) throw missingKey(operation);
  return { ...(parent as Record<string, unknown>), [key]: value };
}

function find(document: unknown, path: string, operation: Operation, orNothing = false): unknown {
  let value: unknown = document;
  for (const step of pointer(path)) {
    if (Array.isArray(value)) value = value[indexIn(value, step, operation)];
    else if (isObject(value) && Object.hasOwn(value, step)) value = value[step];
    else if (orNothing) return undefined;
    else throw missing(operation);
  }
  return value;
}
