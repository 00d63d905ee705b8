// A manifest: text into values with their places, as kubectl reads a file. Models k8s.io/apimachinery/pkg/util/yaml (documents),
// sigs.k8s.io/yaml (YAML to JSON) and go-yaml's decoding (merges, aliases, repeated keys).
import { LimitError, type MappingNode, type YamlLimits, type YamlNode, readDocument } from './nodes.ts';
import { resolveScalar } from './resolve.ts';
import { type Mark, YamlError } from './scan.ts';

/** A place in the whole text; lines and columns count from 1, `end` is past the last character. */
export interface TextRange {
  readonly startLine: number;
  readonly startCol: number;
  readonly endLine: number;
  readonly endCol: number;
  readonly start: number;
  readonly end: number;
}

/** A place in a value: keys and indices from the root. */
export type ManifestPath = readonly (string | number)[];

/** A key that is there twice: the last one counts. */
export interface DuplicateKey {
  readonly path: ManifestPath;
  readonly key: string;
  readonly first: TextRange;
  readonly second: TextRange;
}

/** One document of a manifest. */
export interface ManifestDocument {
  /** A JSON value; null where the document says nothing. */
  readonly value: unknown;
  /** Where its first line is in the text, from 1. */
  readonly startLine: number;
  readonly duplicateKeys: readonly DuplicateKey[];
  /** The place of a value: a scalar itself, else its key. Where the path leads past what is there, the nearest that is. */
  rangeOf(path: ManifestPath): TextRange;
  /** The place of a key; of an item of a list, its first line. */
  keyRangeOf(path: ManifestPath): TextRange;
}

/** Why a manifest cannot be read. */
export interface ManifestError {
  /** As kubectl has it after `error parsing pod.yaml: `: `error converting YAML to JSON: yaml: line 5: ...`. */
  readonly message: string;
  /** From 1, in the whole text. */
  readonly line: number;
  readonly col: number;
}

/** A manifest that was read: its documents up to the first that could not be, and that one's error. */
export interface Manifest {
  readonly documents: readonly ManifestDocument[];
  readonly error?: ManifestError;
}

/** The most that is read of one text. */
export const MANIFEST_LIMITS = { bytes: 1_048_576, levels: 500, nodes: 100_000, documents: 1000, aliases: 100 } as const;
const NODE_LIMITS: YamlLimits = { levels: MANIFEST_LIMITS.levels, nodes: MANIFEST_LIMITS.nodes };

interface Chunk {
  readonly text: string;
  readonly line: number;
  readonly offset: number;
}

/** Cuts a text at lines of `---`; a chunk with nothing in it joins the next. Models YAMLReader. */
function chunksOf(text: string): Chunk[] {
  const chunks: Chunk[] = [];
  let start = 0;
  let startLine = 0;
  let line = 0;
  for (let at = 0; at < text.length; line += 1) {
    const found = text.indexOf('\n', at);
    const end = found < 0 ? text.length : found + 1;
    const isSeparator = text.startsWith('---', at) && text.slice(at + 3, end).trim() === '';
    if (isSeparator && at > start) {
      chunks.push({ text: text.slice(start, at), line: startLine, offset: start });
      start = end;
      startLine = line + 1;
    }
    at = end;
  }
  if (start < text.length) chunks.push({ text: text.slice(start), line: startLine, offset: start });
  return chunks;
}

/** Reads a manifest of any number of documents, in YAML or JSON. */
export function parseManifest(text: string): Manifest {
  const first = { line: 1, col: 1 };
  if (text.length > MANIFEST_LIMITS.bytes) {
    return { documents: [], error: { message: `the manifest is larger than ${MANIFEST_LIMITS.bytes} bytes`, ...first } };
  }
  const documents: ManifestDocument[] = [];
  for (const chunk of chunksOf(text.replaceAll('\r\n', ' \n'))) {
    if (documents.length >= MANIFEST_LIMITS.documents) {
      const message = `the manifest has more than ${MANIFEST_LIMITS.documents} documents`;
      return { documents, error: { message, line: chunk.line + 1, col: 1 } };
    }
    const read = readChunk(chunk);
    if ('error' in read) return { documents, error: read.error };
    documents.push(read.document);
  }
  return { documents };
}

function readChunk(chunk: Chunk): { readonly document: ManifestDocument } | { readonly error: ManifestError } {
  const place = (mark: Mark) => ({ line: mark.line + chunk.line + 1, col: mark.column + 1 });
  try {
    const root = readDocument(chunk.text, NODE_LIMITS);
    return { document: documentOf(root, chunk) };
  } catch (error) {
    if (error instanceof LimitError) return { error: { message: error.message, ...place(error.at) } };
    if (error instanceof YamlError) {
      return {
        error: {
          message: `error converting YAML to JSON: ${error.message.startsWith('json:') ? '' : 'yaml: '}${error.message}`,
          ...place(error.at),
        },
      };
    }
    throw error;
  }
}

interface Decoding {
  readonly anchors: Map<string, { readonly node: YamlNode; open: boolean }>;
  readonly duplicates: { path: ManifestPath; key: string; first: YamlNode; second: YamlNode }[];
  aliases: number;
  count: number;
}

function documentOf(root: YamlNode | undefined, chunk: Chunk): ManifestDocument {
  const state: Decoding = { anchors: new Map(), duplicates: [], aliases: 0, count: 0 };
  const value = root === undefined ? null : decode(root, [], state);
  const toRange = (start: Mark, end: Mark): TextRange => ({
    startLine: start.line + chunk.line + 1,
    startCol: start.column + 1,
    endLine: end.line + chunk.line + 1,
    endCol: end.column + 1,
    start: start.index + chunk.offset,
    end: end.index + chunk.offset,
  });
  const whole = { line: 0, column: 0, index: 0 };
  const anchors = new Map([...state.anchors].map(([name, { node }]) => [name, node]));
  const rangeAt = (path: ManifestPath, ofKey: boolean): TextRange => {
    const found = locate(root, path, anchors);
    if (found === undefined) return toRange(whole, whole);
    const { key, value: node, complete } = found;
    const shown = !complete || ofKey || node.is !== 'scalar' || (node.value === '' && node.plain) ? (key ?? firstOf(node)) : node;
    return toRange(shown.start, shown.end);
  };
  return {
    value,
    startLine: chunk.line + 1,
    duplicateKeys: state.duplicates.map(({ path, key, first, second }) => ({
      path,
      key,
      first: toRange(first.start, first.end),
      second: toRange(second.start, second.end),
    })),
    rangeOf: (path) => rangeAt(path, false),
    keyRangeOf: (path) => rangeAt(path, true),
  };
}

/** What stands first in a node: where a mark on a whole list or mapping goes. */
function firstOf(node: YamlNode): YamlNode {
  if (node.is === 'mapping') return node.pairs[0]?.key ?? node;
  if (node.is === 'sequence') return node.items[0] === undefined ? node : firstOf(node.items[0]);
  return node;
}

interface Located {
  readonly key?: YamlNode;
  readonly value: YamlNode;
  /** The whole path is there. */
  readonly complete: boolean;
}

function locate(root: YamlNode | undefined, path: ManifestPath, anchors: ReadonlyMap<string, YamlNode>): Located | undefined {
  if (root === undefined) return undefined;
  let found: Located = { value: root, complete: path.length === 0 };
  for (const [i, step] of path.entries()) {
    const node = found.value.is === 'alias' ? (anchors.get(found.value.name) ?? found.value) : found.value;
    const next = node.is === 'sequence' && typeof step === 'number' ? node.items[step] : undefined;
    const pair = node.is === 'mapping' ? pairOf(node, String(step), anchors) : undefined;
    if (next === undefined && pair === undefined) return { ...found, complete: false };
    const complete = i === path.length - 1;
    found = pair ? { key: pair.key, value: pair.value, complete } : { value: next as YamlNode, complete };
  }
  return found;
}

/** The pair that counts: the last of its key, else one that was merged in. */
function pairOf(node: MappingNode, key: string, anchors: ReadonlyMap<string, YamlNode>): MappingNode['pairs'][number] | undefined {
  const own = node.pairs.findLast((pair) => pair.key.is === 'scalar' && keyText(pair.key.value, pair.key.plain) === key);
  if (own) return own;
  for (const pair of node.pairs) {
    if (pair.key.is !== 'scalar' || pair.key.value !== '<<' || !pair.key.plain) continue;
    const sources = pair.value.is === 'sequence' ? pair.value.items : [pair.value];
    for (const source of sources) {
      const merged = source.is === 'alias' ? anchors.get(source.name) : source;
      const inner = merged?.is === 'mapping' ? pairOf(merged, key, anchors) : undefined;
      if (inner) return { key: pair.key, value: inner.value };
    }
  }
  return undefined;
}

/** A key as JSON has it: numbers and booleans become text. */
function keyText(value: string, plain: boolean): string {
  if (!plain) return value;
  const resolved = resolveScalar(value);
  return resolved.tag === '!!str' || resolved.tag === '!!timestamp' ? value : String(resolved.value);
}

function decode(node: YamlNode, path: ManifestPath, state: Decoding): unknown {
  state.count += 1;
  if (state.count > MANIFEST_LIMITS.nodes) throw new LimitError(`the manifest has more than ${MANIFEST_LIMITS.nodes} values`, node.start);
  if (node.anchor !== undefined) state.anchors.set(node.anchor, { node, open: true });
  const value = decodeInner(node, path, state);
  const anchored = node.anchor === undefined ? undefined : state.anchors.get(node.anchor);
  if (anchored?.node === node) anchored.open = false;
  return value;
}

function decodeInner(node: YamlNode, path: ManifestPath, state: Decoding): unknown {
  switch (node.is) {
    case 'scalar':
      return decodeScalar(node);
    case 'sequence':
      return node.items.map((item, i) => decode(item, [...path, i], state));
    case 'mapping':
      return decodeMapping(node, path, state);
    case 'alias':
      return decode(target(node.name, node.start, state), path, state);
  }
}

function target(name: string, at: Mark, state: Decoding): YamlNode {
  const anchored = state.anchors.get(name);
  if (anchored === undefined) throw new YamlError(`unknown anchor '${name}' referenced`, at, 0);
  if (anchored.open) throw new YamlError(`anchor '${name}' value contains itself`, at, 0);
  state.aliases += 1;
  if (state.aliases > MANIFEST_LIMITS.aliases) throw new LimitError(`the manifest has more than ${MANIFEST_LIMITS.aliases} aliases`, at);
  // An anchor inside what is repeated names the same thing again.
  return anchored.node;
}

function decodeScalar(node: YamlNode & { readonly is: 'scalar' }): unknown {
  const { value, plain, tag, start } = node;
  if (tag === undefined) return plain ? finite(resolveScalar(value), start, value) : value;
  if (tag === '!' || tag === '!!str' || tag === 'tag:yaml.org,2002:str') return value;
  const wanted = tag.replace('tag:yaml.org,2002:', '!!');
  if (!/^!!(bool|int|float|null|timestamp)$/.test(wanted)) return value;
  const resolved = resolveScalar(value);
  const fits = resolved.tag === wanted || (wanted === '!!float' && resolved.tag === '!!int');
  if (!fits) throw new YamlError(`cannot decode ${resolved.tag} \`${value}\` as a ${wanted}`, start, 0);
  return finite(resolved, start, value);
}

function finite(resolved: { readonly tag: string; readonly value: unknown }, at: Mark, text: string): unknown {
  const { value } = resolved;
  if (typeof value !== 'number' || Number.isFinite(value)) return resolved.tag === '!!timestamp' ? text : value;
  const shown = Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  throw new YamlError(`json: unsupported value: ${shown}`, at, 0);
}

function decodeMapping(node: MappingNode, path: ManifestPath, state: Decoding): Record<string, unknown> {
  const entries = new Map<string, unknown>();
  const places = new Map<string, YamlNode>();
  for (const { key, value } of node.pairs) {
    if (key.is === 'scalar' && key.value === '<<' && key.plain) {
      merge(value, entries, path, state);
      continue;
    }
    if (key.anchor !== undefined) state.anchors.set(key.anchor, { node: key, open: false });
    const name = keyOf(key, state);
    const first = places.get(name);
    if (first) state.duplicates.push({ path: [...path, name], key: name, first, second: key });
    places.set(name, key);
    entries.set(name, decode(value, [...path, name], state));
  }
  // A key may be called __proto__: it is a key like any other.
  const object: Record<string, unknown> = {};
  for (const [name, value] of entries) Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true });
  return object;
}

function keyOf(key: YamlNode, state: Decoding): string {
  const node = key.is === 'alias' ? target(key.name, key.start, state) : key;
  if (node.is !== 'scalar') {
    const shown = node.is === 'mapping' ? 'map[interface {}]interface {}{}' : '[]interface {}{}';
    throw new YamlError(`invalid map key: ${shown}`, key.start, 0);
  }
  const value = decodeScalar(node);
  if (value === null) throw new YamlError('unsupported map key of type: %!s(<nil>), key: <nil>', key.start, 0);
  return typeof value === 'string' ? value : String(value);
}

const MERGE_TEXT = 'map merge requires map or sequence of maps as the value';

/** What is merged counts as if it stood here: what comes later wins, and of several sources the first. */
function merge(node: YamlNode, entries: Map<string, unknown>, path: ManifestPath, state: Decoding): void {
  const source = node.is === 'alias' ? target(node.name, node.start, state) : node;
  if (source.is === 'mapping') {
    for (const [key, value] of Object.entries(decodeMapping(source, path, state))) entries.set(key, value);
    return;
  }
  if (source.is !== 'sequence' || node.is === 'alias') throw new YamlError(MERGE_TEXT, node.start, 0);
  for (const item of [...source.items].reverse()) {
    const inner = item.is === 'alias' ? target(item.name, item.start, state) : item;
    if (inner.is !== 'mapping') throw new YamlError(MERGE_TEXT, item.start, 0);
    merge(inner, entries, path, state);
  }
}
