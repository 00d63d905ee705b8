// `kubectl get`. Models k8s.io/kubectl/pkg/cmd/get.
import type { Kubectl } from '../../ask.ts';
import { type ApiObject, isApiObject } from '../../client.ts';
import { type Command, type CommandContext, complain, print } from '../../command.ts';
import { type Failure, fail, KubectlError, throwAll, usageError } from '../../failure.ts';
import { FILE_FLAGS, readFiles } from '../../manifest-files.ts';
import { OUTPUT_FLAGS, outputFormat, printObjects } from '../../printers/output.ts';
import { ALL_NAMESPACES_FLAG, FIELD_SELECTOR_FLAG, listNamespace, SELECTOR_FLAG, selectorQuery } from '../../selectors.ts';
import { readTargets, type Target, type Targets } from '../../targets.ts';
import { sortObjects } from './sort-by.ts';
import { printTables } from './tables.ts';
import { watchTargets } from './watch.ts';

const get: Command = {
  name: 'get',
  usage:
    'get [(-o|--output=)json|yaml|name|jsonpath|custom-columns|wide] (TYPE[.VERSION][.GROUP] [NAME | -l label] | TYPE/NAME ...) [options]',
  about: 'Display one or many resources.',
  flags: [
    ...FILE_FLAGS,
    ...OUTPUT_FLAGS,
    SELECTOR_FLAG,
    FIELD_SELECTOR_FLAG,
    ALL_NAMESPACES_FLAG,
    { name: 'watch', short: 'w', type: 'bool' },
    { name: 'watch-only', type: 'bool' },
    { name: 'output-watch-events', type: 'bool' },
    { name: 'label-columns', short: 'L', type: 'list' },
    { name: 'show-labels', type: 'bool' },
    { name: 'show-kind', type: 'bool' },
    { name: 'no-headers', type: 'bool' },
    { name: 'sort-by', type: 'string' },
    { name: 'ignore-not-found', type: 'bool' },
    { name: 'chunk-size', type: 'int', default: '500' },
    { name: 'subresource', type: 'string' },
    { name: 'raw', type: 'string' },
    { name: 'server-print', type: 'bool', default: 'true' },
  ],
  *run(context) {
    const { flags } = context;
    const targets = yield* targetsOf(context);
    const format = outputFormat(flags.text('output'));
    if (flags.isOn('watch') || flags.isOn('watch-only')) return yield* watchTargets(context, targets, format);
    if (format.name === '' || format.name === 'wide') return yield* printTables(context, targets);
    return yield* printWhole(context, targets);
  },
};

function* targetsOf(context: CommandContext): Kubectl<Targets> {
  const { args, flags } = context;
  if (flags.has('filename') || flags.has('kustomize')) {
    const entries = yield* readFiles(context);
    throwAll(entries.flatMap((entry) => (entry.is === 'failure' ? [entry.failure] : [])));
    const targets = entries.flatMap((entry) => (entry.is === 'object' ? [{ resource: entry.entry.resource, name: entry.entry.name }] : []));
    return { targets, isSingle: targets.length === 1 };
  }
  const targets = readTargets(args);
  if (!targets) {
    yield* complain(
      'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\n',
    );
    const hint = 'Use "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).';
    throw usageError('get', `Required resource not specified.\n${hint}`);
  }
  const isNamed = targets.targets.some(({ name }) => name !== undefined);
  if (isNamed && flags.text('selector')) throw fail('name cannot be provided when a selector is specified');
  if (isNamed && flags.text('field-selector')) throw fail('name cannot be provided when a field selector is specified');
  if (isNamed && flags.isOn('all-namespaces')) {
    throw fail('a resource cannot be retrieved by name across all namespaces');
  }
  return targets;
}

/** Prints whole objects, in a list unless there was one name. */
function* printWhole(context: CommandContext, { targets, isSingle }: Targets): Kubectl<number> {
  const { flags } = context;
  const format = outputFormat(flags.text('output'));
  const failures: Failure[] = [];
  const objects: ApiObject[] = [];
  for (const target of targets) {
    try {
      objects.push(...(yield* objectsOf(context, target)));
    } catch (error) {
      if (!(error instanceof KubectlError)) throw error;
      if (!(flags.isOn('ignore-not-found') && isNotFound(error.failure))) failures.push(error.failure);
    }
  }
  const isNothing = isSingle && objects.length === 0;
  const sorted = sortObjects(objects, flags.text('sort-by'), (object) => object);
  if (!isNothing && !(objects.length === 0 && failures.length > 0)) {
    yield* print(printObjects(format, sorted, isSingle, flags.isOn('no-headers')));
  }
  throwAll(failures);
  return 0;
}

function* objectsOf(context: CommandContext, { resource, name }: Target): Kubectl<readonly ApiObject[]> {
  const { client, namespace } = context;
  if (name !== undefined) {
    const { body } = yield* client.send({ method: 'GET', resource, namespace, name });
    return isApiObject(body) ? [body] : [];
  }
  const items = yield* client.list({ method: 'GET', resource, namespace: listNamespace(context), query: selectorQuery(context) });
  return items.map((item) => ({ ...item, apiVersion: item.apiVersion ?? apiVersion(resource), kind: item.kind ?? resource.kind }));
}

const apiVersion = ({ group, version }: Target['resource']): string => (group === '' ? version : `${group}/${version}`);
const isNotFound = (failure: Failure): boolean => failure.is === 'status' && failure.status.reason === 'NotFound';

export default get;
