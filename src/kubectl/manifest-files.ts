// Objects from files: what `-f` brings. Models cli-runtime/pkg/resource/visitor.go: a document that cannot be used is remembered and the
// next one goes on; text that cannot be read at all ends its file.
import { isObject } from '../base/json.ts';
import { compareText } from '../base/order.ts';
import { metadataError } from '../cluster/api/decode.ts';
import type { Resource } from '../cluster/api/resources.ts';
import { readManifests } from './manifest-text.ts';
import type { Kubectl } from './ask.ts';
import type { CommandContext } from './command.ts';
import { type Failure, fail, KubectlError } from './failure.ts';
import type { FlagSpec } from './flags.ts';
import { resourceOfKind } from './resource-names.ts';

/** Flags of commands that take files. */
export const FILE_FLAGS: readonly FlagSpec[] = [
  { name: 'filename', short: 'f', type: 'list' },
  { name: 'kustomize', short: 'k', type: 'string' },
  { name: 'recursive', short: 'R', type: 'bool' },
];

/** An object of a manifest, on its way to the API server. */
export interface FileObject {
  readonly object: Record<string, unknown>;
  readonly resource: Resource;
  readonly namespace: string;
  readonly name: string;
  readonly generateName: string;
  /** The path as it was given, for errors. */
  readonly source: string;
}

/** An object, or why a document brought none. */
export type FileEntry = { readonly is: 'object'; readonly entry: FileObject } | { readonly is: 'failure'; readonly failure: Failure };

/** Reads every file named with `-f`, in order; what is wrong with the names themselves is thrown at once. */
export function* readFiles(context: CommandContext): Kubectl<readonly FileEntry[]> {
  const { flags } = context;
  if (flags.has('kustomize')) throw fail('Podscope does not simulate kustomize');
  const texts: { source: string; text: string }[] = [];
  for (const path of flags.list('filename')) texts.push(...(yield* readPath(path, flags.isOn('recursive'))));
  const isValidated = !['false', 'ignore'].includes(flags.text('validate'));
  return texts.flatMap(({ source, text }) => entriesOf(context, source, text, isValidated));
}

function* readPath(path: string, isRecursive: boolean): Kubectl<{ source: string; text: string }[]> {
  if (path === '-') {
    const { text = '' } = yield { ask: 'read' };
    return [{ source: 'STDIN', text }];
  }
  if (/^https?:\/\//.test(path)) throw fail(`unable to read URL ${JSON.stringify(path)}, Podscope's terminal has no way to the internet`);
  const { text, names } = yield { ask: 'file', path };
  if (text !== undefined) return [{ source: path, text }];
  if (names === undefined) throw fail(`the path ${JSON.stringify(path)} does not exist`);
  const found: { source: string; text: string }[] = [];
  for (const name of names.toSorted(compareText)) {
    const inner = `${path.replace(/\/$/, '')}/${name}`;
    const answer = yield { ask: 'file', path: inner };
    if (answer.text !== undefined && /\.(json|ya?ml)$/.test(name)) found.push({ source: inner, text: answer.text });
    else if (answer.names && isRecursive) found.push(...(yield* readPath(inner, true)));
  }
  if (found.length === 0 && !isRecursive) throw fail(`error reading [${path}]: recognized file extensions are [.json .yaml .yml]`);
  return found;
}

function entriesOf(context: CommandContext, source: string, text: string, isValidated: boolean): FileEntry[] {
  const entries: FileEntry[] = [];
  const stop = (message: string) => entries.push({ is: 'failure', failure: { is: 'text', text: message } });
  for (const document of readManifests(text)) {
    if ('error' in document) {
      stop(`error parsing ${source}: ${document.error.message}`);
      break;
    }
    const { value } = document;
    if (value === null || value === undefined) continue;
    const wrong = isValidated ? wrongKind(value) : undefined;
    if (wrong !== undefined) {
      const hint = 'if you choose to ignore these errors, turn validation off with --validate=false';
      stop(`error validating ${JSON.stringify(source)}: error validating data: ${wrong}; ${hint}`);
      break;
    }
    entries.push(...flatten(value).map((item) => entryOf(context, source, item)));
  }
  return entries;
}

/** Models k8s.io/kubectl/pkg/validation getObjectKind. */
function wrongKind(value: unknown): string | undefined {
  if (!isObject(value)) return 'invalid object to validate';
  const wrong = ['apiVersion', 'kind'].flatMap((field) => {
    const given = value[field];
    if (given === undefined || given === null) return [`${field} not set`];
    return typeof given === 'string' ? [] : [`${field} isn't string type`];
  });
  return wrong.length > 1 ? `[${wrong.join(', ')}]` : wrong[0];
}

/** The items of a List, and of lists in it. */
function flatten(value: unknown): unknown[] {
  if (!isObject(value) || !Array.isArray(value.items) || !String(value.kind).endsWith('List')) return [value];
  return value.items.flatMap(flatten);
}

function entryOf(context: CommandContext, source: string, value: unknown): FileEntry {
  try {
    return { is: 'object', entry: fileObject(context, source, value) };
  } catch (error) {
    if (error instanceof KubectlError) return { is: 'failure', failure: error.failure };
    throw error;
  }
}

function fileObject(context: CommandContext, source: string, value: unknown): FileObject {
  const decodeFailure = (text: string) => fail(`unable to decode ${JSON.stringify(source)}: ${text}`);
  if (!isObject(value)) throw decodeFailure('json: cannot unmarshal into Go value');
  const { kind, apiVersion } = value;
  if (typeof kind !== 'string' || kind === '') throw decodeFailure(`Object 'Kind' is missing in '${JSON.stringify(value)}'`);
  if (typeof apiVersion !== 'string' || apiVersion === '') {
    throw decodeFailure(`Object 'apiVersion' is missing in '${JSON.stringify(value)}'`);
  }
  const wrong = metadataError(value);
  if (wrong) throw decodeFailure(wrong.text);
  const metadata = isObject(value.metadata) ? value.metadata : {};
  const text = (field: string) => (typeof metadata[field] === 'string' ? metadata[field] : '');
  const name = text('name');
  const resource = resourceOfKind(apiVersion, kind);
  if (!resource) {
    const subject = `name: ${JSON.stringify(name)} namespace: ${JSON.stringify(text('namespace'))} from ${JSON.stringify(source)}`;
    const matches = `no matches for kind ${JSON.stringify(kind)} in version ${JSON.stringify(apiVersion)}`;
    throw fail(`resource mapping not found for ${subject}: ${matches}\nensure CRDs are installed first`);
  }
  const namespace = namespaceOf(context, resource, text('namespace'));
  const object = resource.namespaced ? { ...value, metadata: { ...metadata, namespace } } : value;
  return { object, resource, namespace, name, generateName: text('generateName'), source };
}

/** The object's namespace, or that of the command; both must agree where `-n` was given. */
function namespaceOf(context: CommandContext, resource: Resource, own: string): string {
  if (!resource.namespaced || own === '') return context.namespace;
  if (!context.isNamespaceGiven || own === context.namespace) return own;
  const [ours, given] = [JSON.stringify(own), JSON.stringify(context.namespace)];
  const hint = `You must pass '--namespace=${own}' to perform this operation.`;
  throw fail(`the namespace from the provided object ${ours} does not match the namespace ${given}. ${hint}`);
}
