// `kubectl create configmap|secret generic|namespace|serviceaccount ...`: objects made of flags. Models k8s.io/kubectl/pkg/cmd/create.
import type { Kubectl } from '../../ask.ts';
import type { ApiObject } from '../../client.ts';
import { type Command, type CommandContext, print } from '../../command.ts';
import { DRY_RUN_FLAG, dryRunOf, dryRunSuffix, VALIDATE_FLAG, writeQuery } from '../../dry-run.ts';
import { fail, KubectlError, usageError, withPrefix } from '../../failure.ts';
import type { FlagSpec } from '../../flags.ts';
import { base64 } from '../../base64.ts';
import { OUTPUT_FLAGS, outputFormat, PLAIN_FORMATS, printObjects } from '../../printers/output.ts';
import { objectName, requireResource } from '../../resource-names.ts';

const SHARED: readonly FlagSpec[] = [
  ...OUTPUT_FLAGS,
  DRY_RUN_FLAG,
  VALIDATE_FLAG,
  { name: 'save-config', type: 'bool' },
  { name: 'field-manager', type: 'string', default: 'kubectl-create' },
];
const DATA_FLAGS: readonly FlagSpec[] = [
  { name: 'from-literal', type: 'array' },
  { name: 'from-file', type: 'list' },
  { name: 'from-env-file', type: 'list' },
  { name: 'append-hash', type: 'bool' },
];

/** One name, and nothing else. Models NameFromCommandArgs. */
function nameOf(context: CommandContext, command: string): string {
  const { args } = context;
  if (args.length === 0) throw usageError(command, 'NAME is required');
  if (args.length > 1) throw usageError(command, `exactly one NAME is required, got ${args.length}`);
  return args[0] ?? '';
}

/** Reads `--from-literal` and `--from-file` into keys and texts. */
function* readData(context: CommandContext): Kubectl<Record<string, string>> {
  const data: Record<string, string> = {};
  for (const literal of context.flags.list('from-literal')) {
    const at = literal.indexOf('=');
    if (at < 1) throw fail(`invalid literal source ${literal}, expected key=value`);
    data[literal.slice(0, at)] = literal.slice(at + 1).replace(/^(['"])(.*)\1$/, '$2');
  }
  for (const source of context.flags.list('from-file')) {
    const at = source.indexOf('=');
    const path = at < 0 ? source : source.slice(at + 1);
    const { text, names } = yield { ask: 'file', path };
    if (text !== undefined) data[at < 0 ? (path.split('/').at(-1) ?? path) : source.slice(0, at)] = text;
    else if (names === undefined) throw fail(`error reading ${path}: no such file or directory`);
    for (const name of names ?? []) {
      const inner = yield { ask: 'file', path: `${path}/${name}` };
      if (inner.text !== undefined) data[name] = inner.text;
    }
  }
  return data;
}

function* store(context: CommandContext, object: ApiObject, word: string): Kubectl<number> {
  const { flags, client, namespace } = context;
  const resource = requireResource(object.kind);
  const dryRun = dryRunOf(flags);
  const stored = dryRun === 'client' ? object : yield* post(context, object, word);
  const format = outputFormat(flags.text('output'), PLAIN_FORMATS);
  if (format.name === '') yield* print(`${objectName(resource, stored.metadata.name)} created${dryRunSuffix(dryRun)}\n`);
  else yield* print(printObjects(format, [stored], true));
  return 0;

  function* post(_context: CommandContext, body: ApiObject, what: string): Kubectl<ApiObject> {
    try {
      return yield* client.object({ method: 'POST', resource, namespace, query: writeQuery(flags, flags.text('field-manager')), body });
    } catch (error) {
      if (!(error instanceof KubectlError) || error.failure.is !== 'status' || what === '') throw error;
      throw new KubectlError(withPrefix(error.failure, `failed to create ${what}: `));
    }
  }
}

const metadataOf = (context: CommandContext, name: string, namespaced: boolean) =>
  namespaced && context.isNamespaceGiven ? { name, namespace: context.namespace } : { name };

const configMap: Command = {
  name: 'create configmap',
  aliases: ['create cm'],
  usage: 'create configmap NAME [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none] [options]',
  about: 'Create a config map based on a file, directory, or specified literal value.',
  flags: [...SHARED, ...DATA_FLAGS],
  *run(context) {
    const name = nameOf(context, 'create configmap');
    const data = yield* readData(context);
    const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: metadataOf(context, name, true) };
    return yield* store(context, Object.keys(data).length === 0 ? body : { ...body, data }, 'configmap');
  },
};

const secret: Command = {
  name: 'create secret generic',
  usage: 'create secret generic NAME [--type=string] [--from-file=[key=]source] [--from-literal=key1=value1] [options]',
  about: 'Create a secret based on a file, directory, or specified literal value.',
  flags: [...SHARED, ...DATA_FLAGS, { name: 'type', type: 'string' }],
  *run(context) {
    const name = nameOf(context, 'create secret generic');
    const plain = yield* readData(context);
    const data = Object.fromEntries(Object.entries(plain).map(([key, text]) => [key, base64(text)]));
    const type = context.flags.text('type');
    const body = { apiVersion: 'v1', kind: 'Secret', metadata: metadataOf(context, name, true), ...(type && { type }) };
    return yield* store(context, Object.keys(data).length === 0 ? body : { ...body, data }, 'secret');
  },
};

const namespaceCommand: Command = {
  name: 'create namespace',
  aliases: ['create ns'],
  usage: 'create namespace NAME [--dry-run=server|client|none] [options]',
  about: 'Create a namespace with the specified name.',
  flags: SHARED,
  *run(context) {
    const name = nameOf(context, 'create namespace');
    return yield* store(context, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, '');
  },
};

const serviceAccount: Command = {
  name: 'create serviceaccount',
  aliases: ['create sa'],
  usage: 'create serviceaccount NAME [--dry-run=server|client|none] [options]',
  about: 'Create a service account with the specified name.',
  flags: SHARED,
  *run(context) {
    const name = nameOf(context, 'create serviceaccount');
    const body = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: metadataOf(context, name, true) };
    return yield* store(context, body, 'serviceaccount');
  },
};

const service = (type: 'ClusterIP' | 'NodePort'): Command => ({
  name: `create service ${type.toLowerCase()}`,
  aliases: [`create svc ${type.toLowerCase()}`],
  usage: `create service ${type.toLowerCase()} NAME [--tcp=<port>:<targetPort>] [--dry-run=server|client|none] [options]`,
  about: `Create a ${type} service with the specified name.`,
  flags: [
    ...SHARED,
    { name: 'tcp', type: 'list' },
    { name: 'clusterip', type: 'string' },
    { name: 'node-port', type: 'int', default: '0' },
  ],
  *run(context) {
    const { flags } = context;
    const name = nameOf(context, `create service ${type.toLowerCase()}`);
    const clusterIP = flags.text('clusterip');
    if (flags.list('tcp').length === 0 && clusterIP !== 'None') throw fail('at least one tcp port specifier must be provided');
    const ports = flags.list('tcp').map((text) => portOf(text, flags.number('node-port')));
    const metadata = { ...metadataOf(context, name, true), labels: { app: name } };
    const spec = { ports, selector: { app: name }, type, ...(clusterIP && { clusterIP }) };
    return yield* store(context, { apiVersion: 'v1', kind: 'Service', metadata, spec, status: { loadBalancer: {} } }, `${type} service`);
  },
});

/** `80:8080`: a port, and where it leads. */
function portOf(text: string, nodePort: number) {
  const [left = '', right = left] = text.split(':');
  const port = Number(left);
  if (!/^\d+$/.test(left) || port < 1 || port > 65_535) throw fail(`invalid port: ${text}`);
  const targetPort = /^\d+$/.test(right) ? Number(right) : right;
  return { name: text.replace(':', '-'), port, protocol: 'TCP', targetPort, ...(nodePort > 0 && { nodePort }) };
}

/** The commands below `kubectl create`. */
export const generators: readonly Command[] = [
  configMap,
  secret,
  namespaceCommand,
  serviceAccount,
  service('ClusterIP'),
  service('NodePort'),
];
