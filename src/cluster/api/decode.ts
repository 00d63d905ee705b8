// A request's body becomes an object, or a refusal in the words of Go's JSON decoder. Models sigs.k8s.io/json (strict, case-sensitive),
// k8s.io/apimachinery/pkg/runtime/serializer/json and k8s.io/apiserver/pkg/endpoints/handlers/create.go.
// The object that comes out is what the API server would write again: empty values left out where their field says so.
import { freeze, isObject } from '../../base/json.ts';
import { sortedKeys } from '../../base/order.ts';
import { goJson, quote } from './go-text.ts';
import { formatQuantity, parseQuantity } from './quantity.ts';
import type { Resource } from './resources.ts';
import { type FieldSchema, type FieldType, knownKinds, structOf, structOfKind } from './schema/schema.ts';
import { badRequest } from './status.ts';
import { decodeTime } from './time.ts';
import type { Status } from './types.ts';

/** What becomes of unknown fields: `Strict` refuses, `Warn` warns, `Ignore` drops them silently. */
export type FieldValidation = 'Strict' | 'Warn' | 'Ignore';

/** A place in a value: field names and list indices, from the root. */
export type ValuePath = readonly (string | number)[];

/** A finding of decoding, with the place that it is about. */
export interface DecodeFinding {
  readonly text: string;
  readonly path: ValuePath;
}

/** A value that was read as a struct; `unknown` are the fields that it does not have, in the order in which they were met. */
export interface Decoded {
  readonly object: Record<string, unknown>;
  readonly unknown: readonly DecodeFinding[];
}

/** Reading stopped. */
export interface DecodeError {
  readonly error: DecodeFinding;
}

/** An object, with the warnings to send; or the refusal. `findings` say where in the body. */
export type DecodedBody =
  | { readonly object: Record<string, unknown>; readonly warnings: readonly string[]; readonly findings: readonly DecodeFinding[] }
  | { readonly status: Status; readonly findings: readonly DecodeFinding[] };

/** Go stops listing strict errors here. */
const MOST_STRICT_ERRORS = 100;
/** Deeper than any type nests; free-form values are cut off with an error. */
const MOST_LEVELS = 200;

interface State {
  /** Fields are met in the order of their names, not in the one in which they stand: where anything is found, its order counts. */
  readonly isSorted: boolean;
  readonly unknown: DecodeFinding[];
  /** The first wrong type: reading goes on after it, as Go's does. */
  wrongType?: DecodeFinding;
}

/** Ends the reading at once, as an error of a type's own UnmarshalJSON does. */
class Stop extends Error {
  readonly finding: DecodeFinding;
  constructor(finding: DecodeFinding) {
    super(finding.text);
    this.finding = finding;
  }
}

/**
 * Where the reading is, from the value up to the root: for the texts of type errors and of strict errors, which are rare. So a place is
 * no more than a step, and is put together only when it has to be told.
 */
interface Place {
  readonly above: Place | undefined;
  /** A field's name, a map's key or a list's index. */
  readonly step: string | number;
  /** The struct of which `step` is a field. */
  readonly struct: string | undefined;
  readonly depth: number;
}

function pathOf(place: Place | undefined): ValuePath {
  const path: (string | number)[] = [];
  for (let each = place; each !== undefined; each = each.above) path.push(each.step);
  return path.reverse();
}

/**
 * Reads a JSON value as a struct of the schema (`core.Pod`). What stands there as the API server would write it is answered as it is,
 * not copied, so that revisions of an object share what they have in common.
 */
export function decodeStruct(struct: string, value: unknown): Decoded | DecodeError {
  const plain = readStruct(struct, value, false);
  return 'error' in plain || plain.unknown.length > 0 ? readStruct(struct, value, true) : plain;
}

function readStruct(struct: string, value: unknown, isSorted: boolean): Decoded | DecodeError {
  const state: State = { isSorted, unknown: [] };
  try {
    const object = decodeValue({ is: 'struct', name: struct, go: struct }, value, undefined, state);
    if (state.wrongType) return { error: state.wrongType };
    return { object: isObject(object) ? object : {}, unknown: state.unknown };
  } catch (stop) {
    if (stop instanceof Stop) return { error: stop.finding };
    throw stop;
  }
}

const kindOf = (value: unknown): string => {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'object') return 'object';
  return typeof value === 'boolean' ? 'bool' : typeof value;
};

function typeError(value: string, type: string, place: Place | undefined): DecodeFinding {
  const fields: string[] = [];
  let struct: string | undefined;
  for (let each = place; each !== undefined; each = each.above) {
    if (each.struct === undefined) continue;
    struct ??= each.struct;
    fields.push(String(each.step));
  }
  const target = struct === undefined ? 'Go value' : `Go struct field ${struct}.${fields.reverse().join('.')}`;
  return { text: `json: cannot unmarshal ${value} into ${target} of type ${type}`, path: pathOf(place) };
}

/** Remembers the first wrong type and answers the type's empty value. */
function wrong(value: string, type: FieldType, place: Place | undefined, state: State): unknown {
  state.wrongType ??= typeError(value, type.go, place);
  return zeroOf(type);
}

function decodeValue(type: FieldType, value: unknown, place: Place | undefined, state: State): unknown {
  if (value === null || value === undefined) return zeroOf(type);
  if (place !== undefined && place.depth > MOST_LEVELS) throw new Stop({ text: 'exceeded max depth', path: pathOf(place) });
  switch (type.is) {
    case 'struct':
      return isObject(value) ? decodeFields(type.name, value, place, state) : wrong(kindOf(value), type, place, state);
    case 'list':
      return Array.isArray(value) ? decodeList(type.of, value, place, state) : wrong(kindOf(value), type, place, state);
    case 'map':
      return isObject(value) ? decodeMap(type.of, value, place, state) : wrong(kindOf(value), type, place, state);
    case 'quantity':
      return decodeQuantity(value, place);
    case 'time':
      return decodeTimeAt(value, place);
    case 'int-or-string':
      return decodeIntOrString(value, place);
    case 'any':
      return value;
    default:
      return decodePlain(type, value, place, state);
  }
}

const below = (above: Place | undefined, step: string | number, struct?: string): Place => ({
  above,
  step,
  struct,
  depth: (above?.depth ?? 0) + 1,
});

function decodePlain(type: FieldType, value: unknown, place: Place | undefined, state: State): unknown {
  switch (type.is) {
    case 'bool':
      return typeof value === 'boolean' ? value : wrong(kindOf(value), type, place, state);
    case 'int32':
    case 'int64':
      if (typeof value !== 'number') return wrong(kindOf(value), type, place, state);
      return fits(value, type.is) ? value : wrong(`number ${value}`, type, place, state);
    case 'float64':
      return typeof value === 'number' ? value : wrong(kindOf(value), type, place, state);
    case 'bytes':
      if (typeof value !== 'string') return wrong(kindOf(value), type, place, state);
      return decodeBase64(value, place, state);
    default:
      return typeof value === 'string' ? value : wrong(kindOf(value), type, place, state);
  }
}

function fits(value: number, type: 'int32' | 'int64'): boolean {
  if (!Number.isInteger(value)) return false;
  return type === 'int32' ? value >= -(2 ** 31) && value < 2 ** 31 : value >= -(2 ** 63) && value < 2 ** 63;
}

function decodeBase64(value: string, place: Place | undefined, state: State): string {
  const text = value.replace(/[\r\n]/g, '');
  const wrongAt = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text) ? -1 : firstBadByte(text);
  if (wrongAt < 0) return text;
  state.wrongType ??= { text: `illegal base64 data at input byte ${wrongAt}`, path: pathOf(place) };
  return '';
}

function firstBadByte(text: string): number {
  const good = /^[A-Za-z0-9+/]*/.exec(text)?.[0].length ?? 0;
  return good === text.length ? text.length - (text.length % 4) : good;
}

function decodeList(type: FieldType, items: readonly unknown[], place: Place | undefined, state: State): readonly unknown[] {
  let list: unknown[] | undefined;
  for (let i = 0; i < items.length; i += 1) {
    const item = decodeValue(type, items[i], below(place, i), state);
    if (item === items[i]) continue;
    list ??= [...items];
    list[i] = item;
  }
  return list ?? items;
}

function decodeMap(
  type: FieldType,
  value: Record<string, unknown>,
  place: Place | undefined,
  state: State,
): Readonly<Record<string, unknown>> {
  const given = Object.keys(value);
  const keys = sortedKeys(value);
  const map: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  let isSame = true;
  for (let i = 0; i < keys.length; i += 1) {
    const key = keys[i] as string;
    const read = decodeValue(type, value[key], below(place, key), state);
    map[key] = read;
    isSame &&= key === given[i] && read === value[key];
  }
  return isSame ? value : { ...map };
}

function decodeQuantity(value: unknown, place: Place | undefined): string {
  const text = typeof value === 'string' ? value : goJson(value);
  const parsed = parseQuantity(text.trim());
  if ('error' in parsed) throw new Stop({ text: parsed.error, path: pathOf(place) });
  return formatQuantity(parsed);
}

function decodeTimeAt(value: unknown, place: Place | undefined): string {
  if (typeof value !== 'string') throw new Stop(typeError(kindOf(value), 'string', place));
  const time = decodeTime(value);
  if ('error' in time) throw new Stop({ text: time.error, path: pathOf(place) });
  return time.time;
}

function decodeIntOrString(value: unknown, place: Place | undefined): number | string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'number') throw new Stop(typeError(kindOf(value), 'int32', place));
  if (!fits(value, 'int32')) throw new Stop(typeError(`number ${value}`, 'int32', place));
  return value;
}

/** A field as the reading needs it. */
interface FieldPlan extends FieldSchema {
  /** Its place in Go's order. */
  readonly index: number;
  /** What is written where nothing is given; undefined: nothing. */
  readonly absent: unknown;
}

/** A struct as the reading needs it. */
interface Plan {
  readonly name: string;
  readonly fields: ReadonlyMap<string, FieldPlan>;
  readonly inOrder: readonly FieldPlan[];
  /** How many fields are written even where nothing is given. */
  readonly always: number;
}

/** Made once for each struct of the schema. */
const plans = new Map<string, Plan>();

function planOf(name: string): Plan | undefined {
  const known = plans.get(name);
  if (known !== undefined) return known;
  const struct = structOf(name);
  if (struct === undefined) return undefined;
  const inOrder = [...struct.fields.values()].map((field, index): FieldPlan => {
    const zero = field.pointer ? undefined : zeroOf(field.type);
    return { ...field, index, absent: zero === undefined || isLeftOut(field, zero) ? undefined : freeze(zero) };
  });
  const always = inOrder.filter(({ absent }) => absent !== undefined).length;
  const plan: Plan = { name: struct.name, fields: new Map(inOrder.map((field) => [field.name, field])), inOrder, always };
  plans.set(name, plan);
  return plan;
}

function decodeFields(
  name: string,
  value: Record<string, unknown>,
  place: Place | undefined,
  state: State,
): Readonly<Record<string, unknown>> {
  const plan = planOf(name);
  if (plan === undefined) return value;
  let changed: Map<string, unknown> | undefined;
  let isSame = true;
  let last = -1;
  let always = 0;
  const keys = state.isSorted ? sortedKeys(value) : Object.keys(value);
  for (let i = 0; i < keys.length; i += 1) {
    const key = keys[i] as string;
    const field = plan.fields.get(key);
    const given = value[key];
    if (field === undefined) {
      isSame = false;
      if (state.unknown.length >= MOST_STRICT_ERRORS) continue;
      const path = pathOf(below(place, key));
      state.unknown.push({ text: `unknown field ${quote(pathText(path))}`, path });
      continue;
    }
    const isGiven = given !== null && given !== undefined;
    const read = !isGiven
      ? field.absent
      : isAsRead(field.type, given)
        ? given
        : decodeValue(field.type, given, below(place, key, plan.name), state);
    if (isGiven && read !== given) {
      changed ??= new Map();
      changed.set(key, read);
    }
    isSame &&= read === given && read !== undefined && field.index > last && !isLeftOut(field, read);
    last = field.index;
    if (field.absent !== undefined) always += 1;
  }
  return isSame && always === plan.always ? value : written(plan, value, changed);
}

/** Most values are texts, flags and numbers: they are read as they are, and need no place. */
const isAsRead = ({ is }: FieldType, value: unknown): boolean =>
  (is === 'string' && typeof value === 'string') ||
  (is === 'bool' && typeof value === 'boolean') ||
  ((is === 'int32' || is === 'int64') && typeof value === 'number' && fits(value, is));

/** The fields in Go's order, empty ones left out where their tag says so. */
function written(
  { inOrder }: Plan,
  given: Readonly<Record<string, unknown>>,
  changed: ReadonlyMap<string, unknown> | undefined,
): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const field of inOrder) {
    const { name } = field;
    const value = (changed?.has(name) ? changed.get(name) : given[name]) ?? field.absent;
    if (value !== undefined && !isLeftOut(field, value)) object[name] = value;
  }
  return object;
}

function isLeftOut({ omitEmpty, pointer, type }: FieldSchema, value: unknown): boolean {
  if (!omitEmpty || pointer) return false;
  if (type.is === 'struct' || type.is === 'quantity' || type.is === 'time' || type.is === 'int-or-string') return false;
  if (Array.isArray(value)) return value.length === 0;
  if (isObject(value)) return Object.keys(value).length === 0;
  return value === '' || value === 0 || value === false || value === null;
}

/** Go's zero value, as JSON. */
function zeroOf(type: FieldType): unknown {
  switch (type.is) {
    case 'struct': {
      const plan = planOf(type.name);
      return plan === undefined ? {} : written(plan, {}, undefined);
    }
    case 'list':
      return [];
    case 'map':
      return {};
    case 'bool':
      return false;
    case 'int32':
    case 'int64':
    case 'float64':
    case 'int-or-string':
      return 0;
    case 'quantity':
      return '0';
    case 'time':
    case 'any':
      return null;
    default:
      return '';
  }
}

/** `spec.containers[0].image`: how errors write a place. */
export function pathText(path: ValuePath): string {
  let text = '';
  for (const step of path) text += typeof step === 'number' ? `[${step}]` : text === '' ? step : `.${step}`;
  return text;
}

const hexOf = (text: string): string => [...utf8(text)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

function* utf8(text: string): Generator<number> {
  for (const byte of encodeURIComponent(text).matchAll(/%([0-9A-F]{2})|(.)/gs)) {
    yield byte[1] === undefined ? (byte[2] ?? '').charCodeAt(0) : Number.parseInt(byte[1], 16);
  }
}

/** The first bytes of a body in hexadecimal. Models summarizeData. */
function summaryOf(body: string): string {
  const hex = hexOf(body.slice(0, 31));
  return hex.length > 60 ? `${hex.slice(0, 60)} ...` : hex;
}

/** Reads the body of a create or an update of this resource. */
export function decodeBody(
  resource: Pick<Resource, 'group' | 'version' | 'kind'>,
  body: unknown,
  validation: FieldValidation,
): DecodedBody {
  const typed = typeMetaOf(resource, body);
  if ('status' in typed) return typed;
  const { group, version, kind } = typed;
  const refuse = (finding: DecodeFinding): DecodedBody => {
    const message = `${kind} in version "${version}" cannot be handled as a ${resource.kind}: ${finding.text}`;
    return { status: badRequest(message), findings: [finding] };
  };
  const struct = structOfKind(group, version, kind);
  if (struct === undefined && !isListKind(group, version, kind)) {
    const groupVersion = group === '' ? version : `${group}/${version}`;
    const text = `no kind "${kind}" is registered for version "${groupVersion}" in scheme "pkg/runtime/scheme.go:111"`;
    return refuse({ text, path: ['kind'] });
  }
  if (struct === undefined || group !== resource.group || version !== resource.version || kind !== resource.kind) {
    const text = `converting (${version}.${kind}) to (${internalGroup(resource.group)}.${resource.kind}): unknown conversion`;
    return refuse({ text, path: ['kind'] });
  }
  const decoded = decodeStruct(struct, body);
  if ('error' in decoded) return refuse(decoded.error);
  const texts = decoded.unknown.map((finding) => finding.text);
  if (validation === 'Strict' && texts.length > 0) {
    const refusal = refuse({ text: `strict decoding error: ${texts.join(', ')}`, path: [] });
    return { ...refusal, findings: decoded.unknown };
  }
  const apiVersion = group === '' ? version : `${group}/${version}`;
  const object = { ...decoded.object, kind, apiVersion };
  return { object, warnings: validation === 'Warn' ? texts : [], findings: decoded.unknown };
}

const internalGroup = (group: string): string => (group === '' ? 'core' : (group.split('.')[0] ?? group));
const isListKind = (group: string, version: string, kind: string): boolean =>
  kind.endsWith('List') &&
  (kind === 'List' || knownKinds().some((known) => known.group === group && known.version === version && `${known.kind}List` === kind));

/** Which kind a body says it is; the resource's own where it says nothing. */
function typeMetaOf(
  resource: Pick<Resource, 'group' | 'version' | 'kind'>,
  body: unknown,
):
  | { readonly group: string; readonly version: string; readonly kind: string }
  | { readonly status: Status; readonly findings: readonly DecodeFinding[] } {
  const unrecognized = (text: string, path: ValuePath) => {
    const whole = `couldn't get version/kind; json parse error: ${text}`;
    const message = `the object provided is unrecognized (must be of type ${resource.kind}): ${whole} (${summaryOf(goJson(body))})`;
    return { status: badRequest(message), findings: [{ text: whole, path }] };
  };
  const read = isObject(body) ? body : {};
  if (!isObject(body) && body !== null && body !== undefined) {
    const tags = String.raw`struct { APIVersion string "json:\"apiVersion,omitempty\""; Kind string "json:\"kind,omitempty\"" }`;
    return unrecognized(`json: cannot unmarshal ${kindOf(body)} into Go value of type ${tags}`, []);
  }
  for (const field of ['apiVersion', 'kind']) {
    const value = read[field];
    if (value !== undefined && value !== null && typeof value !== 'string') {
      return unrecognized(`json: cannot unmarshal ${kindOf(value)} into Go struct field .${field} of type string`, [field]);
    }
  }
  const apiVersion = typeof read.apiVersion === 'string' ? read.apiVersion : '';
  const kind = (typeof read.kind === 'string' && read.kind) || resource.kind;
  if (apiVersion === '') return { group: resource.group, version: resource.version, kind };
  const slash = apiVersion.indexOf('/');
  return slash < 0
    ? { group: '', version: apiVersion, kind }
    : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1), kind };
}

/** Why a manifest's metadata cannot be read, or undefined: kubectl looks at it before it sends anything. */
export function metadataError(value: unknown): DecodeFinding | undefined {
  if (!isObject(value)) return undefined;
  const decoded = decodeStruct('meta.PartialObjectMetadata', value);
  return 'error' in decoded ? decoded.error : undefined;
}
