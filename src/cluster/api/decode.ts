// A request's body becomes an object, or a refusal in the words of Go's JSON decoder. Models sigs.k8s.io/json (strict, case-sensitive),
// k8s.io/apimachinery/pkg/runtime/serializer/json and k8s.io/apiserver/pkg/endpoints/handlers/create.go.
// The object that comes out is what the API server would write again: empty values left out where their field says so.
import { isObject } from '../../base/json.ts';
import { sortedKeys } from '../../base/order.ts';
import { goJson, quote } from './go-text.ts';
import { formatQuantity, parseQuantity } from './quantity.ts';
import type { Resource } from './resources.ts';
import { type FieldSchema, type FieldType, type StructSchema, knownKinds, structOf, structOfKind } from './schema/schema.ts';
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

/** Where the reading is: for the texts of type errors and of strict errors. */
interface Place {
  readonly struct: string;
  readonly fields: readonly string[];
  readonly path: ValuePath;
}

/** Reads a JSON value as a struct of the schema (`core.Pod`). */
export function decodeStruct(struct: string, value: unknown): Decoded | DecodeError {
  const state: State = { unknown: [] };
  try {
    const object = decodeValue({ is: 'struct', name: struct, go: struct }, value, { struct: '', fields: [], path: [] }, state);
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

function typeError(value: string, type: string, place: Place): DecodeFinding {
  const target = place.fields.length > 0 ? `Go struct field ${place.struct}.${place.fields.join('.')}` : 'Go value';
  return { text: `json: cannot unmarshal ${value} into ${target} of type ${type}`, path: place.path };
}

/** Remembers the first wrong type and answers the type's empty value. */
function wrong(value: string, type: FieldType, place: Place, state: State): unknown {
  state.wrongType ??= typeError(value, type.go, place);
  return zeroOf(type);
}

function decodeValue(type: FieldType, value: unknown, place: Place, state: State): unknown {
  if (value === null || value === undefined) return zeroOf(type);
  if (place.path.length > MOST_LEVELS) throw new Stop({ text: 'exceeded max depth', path: place.path });
  switch (type.is) {
    case 'struct':
      return isObject(value) ? decodeFields(type.name, value, place, state) : wrong(kindOf(value), type, place, state);
    case 'list':
      if (!Array.isArray(value)) return wrong(kindOf(value), type, place, state);
      return value.map((item, i) => decodeValue(type.of, item, { ...place, path: [...place.path, i] }, state));
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

function decodePlain(type: FieldType, value: unknown, place: Place, state: State): unknown {
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

function decodeBase64(value: string, place: Place, state: State): string {
  const text = value.replace(/[\r\n]/g, '');
  const wrongAt = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text) ? -1 : firstBadByte(text);
  if (wrongAt < 0) return text;
  state.wrongType ??= { text: `illegal base64 data at input byte ${wrongAt}`, path: place.path };
  return '';
}

function firstBadByte(text: string): number {
  const good = /^[A-Za-z0-9+/]*/.exec(text)?.[0].length ?? 0;
  return good === text.length ? text.length - (text.length % 4) : good;
}

function decodeMap(type: FieldType, value: Record<string, unknown>, place: Place, state: State): Record<string, unknown> {
  const map: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const key of sortedKeys(value)) {
    map[key] = decodeValue(type, value[key], { ...place, path: [...place.path, key] }, state);
  }
  return { ...map };
}

function decodeQuantity(value: unknown, place: Place): string {
  const text = typeof value === 'string' ? value : goJson(value);
  const parsed = parseQuantity(text.trim());
  if ('error' in parsed) throw new Stop({ text: parsed.error, path: place.path });
  return formatQuantity(parsed);
}

function decodeTimeAt(value: unknown, place: Place): string {
  if (typeof value !== 'string') throw new Stop(typeError(kindOf(value), 'string', place));
  const time = decodeTime(value);
  if ('error' in time) throw new Stop({ text: time.error, path: place.path });
  return time.time;
}

function decodeIntOrString(value: unknown, place: Place): number | string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'number') throw new Stop(typeError(kindOf(value), 'int32', place));
  if (!fits(value, 'int32')) throw new Stop(typeError(`number ${value}`, 'int32', place));
  return value;
}

function decodeFields(name: string, value: Record<string, unknown>, place: Place, state: State): Record<string, unknown> {
  const struct = structOf(name);
  if (struct === undefined) return value;
  const read = new Map<string, unknown>();
  for (const key of sortedKeys(value)) {
    const path = [...place.path, key];
    const field = struct.fields.get(key);
    if (field !== undefined) {
      const inner = { struct: struct.name, fields: [...place.fields, key], path };
      if (value[key] !== null && value[key] !== undefined) read.set(key, decodeValue(field.type, value[key], inner, state));
    } else if (state.unknown.length < MOST_STRICT_ERRORS) {
      state.unknown.push({ text: `unknown field ${quote(pathText(path))}`, path });
    }
  }
  return written(struct, read);
}

/** The fields in Go's order, empty ones left out where their tag says so. */
function written(struct: StructSchema, read: ReadonlyMap<string, unknown>): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const field of struct.fields.values()) {
    const value = read.has(field.name) ? read.get(field.name) : field.pointer ? undefined : zeroOf(field.type);
    if (value !== undefined && !isLeftOut(field, value)) object[field.name] = value;
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
      const struct = structOf(type.name);
      return struct === undefined ? {} : written(struct, new Map());
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
