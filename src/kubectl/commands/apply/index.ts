// `kubectl apply -f`: creates what is missing, and patches what stands by three-way merge. Models k8s.io/kubectl/pkg/cmd/apply.
import { isObject } from '../../../base/json.ts';
import { isStatus } from '../../../cluster/api/request.ts';
import { structOfKind } from '../../../cluster/api/schema/schema.ts';
import type { Kubectl } from '../../ask.ts';
import type { ApiObject } from '../../client.ts';
import { isApiObject } from '../../client.ts';
import { type Command, type CommandContext, complain, print } from '../../command.ts';
import { DRY_RUN_FLAG, dryRunOf, dryRunSuffix, VALIDATE_FLAG, writeQuery } from '../../dry-run.ts';
import { type Failure, fail, KubectlError, refused, throwAll, usageError, withSource } from '../../failure.ts';
import { type FileObject, FILE_FLAGS, readFiles } from '../../manifest-files.ts';
import { compactJson, LAST_APPLIED, lastApplied, withLastApplied } from '../../patch/last-applied.ts';
import { threeWayPatch } from '../../patch/three-way.ts';
import { OUTPUT_FLAGS, outputFormat, PLAIN_FORMATS, printObjects } from '../../printers/output.ts';
import { objectName } from '../../resource-names.ts';

const apply: Command = {
  name: 'apply',
  usage: 'apply (-f FILENAME | -k DIRECTORY) [options]',
  about: 'Apply a configuration to a resource by file name or stdin.',
  flags: [
    ...FILE_FLAGS,
    ...OUTPUT_FLAGS,
    DRY_RUN_FLAG,
    VALIDATE_FLAG,
    { name: 'force', type: 'bool' },
    { name: 'server-side', type: 'bool' },
    { name: 'force-conflicts', type: 'bool' },
    { name: 'prune', type: 'bool' },
    { name: 'overwrite', type: 'bool', default: 'true' },
    { name: 'selector', short: 'l', type: 'string' },
    { name: 'wait', type: 'bool' },
    { name: 'grace-period', type: 'int', default: '-1' },
    { name: 'field-manager', type: 'string', default: 'kubectl-client-side-apply' },
  ],
  *run(context) {
    const { flags, args } = context;
    if (args.length > 0) throw usageError('apply', `Unexpected args: [${args.join(' ')}]`);
    if (flags.isOn('server-side')) throw fail('Podscope does not simulate apply --server-side');
    if (flags.isOn('prune')) throw fail('Podscope does not simulate apply --prune');
    if (!flags.has('filename') && !flags.has('kustomize')) throw fail('must specify one of -f and -k');
    const entries = yield* readFiles(context);
    const failures: Failure[] = entries.flatMap((entry) => (entry.is === 'failure' ? [entry.failure] : []));
    const objects = entries.flatMap((entry) => (entry.is === 'object' ? [entry.entry] : []));
    if (entries.length === 0) throw fail('no objects passed to apply');
    for (const object of objects) {
      try {
        yield* applyOne(context, object);
      } catch (error) {
        if (!(error instanceof KubectlError)) throw error;
        failures.push(error.failure);
      }
    }
    throwAll(failures);
    return 0;
  },
};

function* applyOne(context: CommandContext, entry: FileObject): Kubectl<void> {
  const { client } = context;
  const { resource, namespace, name } = entry;
  if (name === '' && entry.generateName !== '') throw fail(`from ${entry.generateName}: cannot use generate name with apply`);
  const modified = withLastApplied(entry.object);
  const response = yield* client.ask({ method: 'GET', resource, namespace, name });
  if (response.code === 404) return yield* createApplied(context, entry, modified);
  if (isStatus(response.body)) {
    const doing = `retrieving current configuration of:\n${infoText(entry)}\nfrom server for:`;
    throw new KubectlError(withSource({ is: 'status', status: response.body }, doing, entry.source));
  }
  if (!isApiObject(response.body)) throw fail('unexpected object in the response');
  return yield* patchApplied(context, entry, modified, response.body);
}

function* createApplied(context: CommandContext, entry: FileObject, modified: Record<string, unknown>): Kubectl<void> {
  const { flags, client } = context;
  const { resource, namespace } = entry;
  const dryRun = dryRunOf(flags);
  const body = withoutNulls(modified);
  let created = body as ApiObject;
  if (dryRun !== 'client') {
    try {
      created = yield* client.object({
        method: 'POST',
        resource,
        namespace,
        query: writeQuery(flags, flags.text('field-manager')),
        body,
      });
    } catch (error) {
      if (!(error instanceof KubectlError)) throw error;
      throw new KubectlError(withSource(error.failure, 'creating', entry.source));
    }
  }
  yield* say(context, entry, created, `created${dryRunSuffix(dryRun)}`);
}

function* patchApplied(context: CommandContext, entry: FileObject, modified: Record<string, unknown>, current: ApiObject): Kubectl<void> {
  const { flags, client } = context;
  const { resource, namespace, name } = entry;
  const dryRun = dryRunOf(flags);
  if (dryRun === 'client') return yield* say(context, entry, current, `configured${dryRunSuffix(dryRun)}`);
  if (current.metadata.annotations?.[LAST_APPLIED] === undefined) {
    yield* complain(
      `Warning: resource ${resource.resource}/${name} is missing the ${LAST_APPLIED} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.\n`,
    );
  }
  const struct = structOfKind(resource.group, resource.version, resource.kind);
  const patch = threeWayPatch(struct, lastApplied(current) ?? {}, modified, current);
  const isEmpty = Object.keys(patch).length === 0;
  const patched = isEmpty ? current : yield* sendPatch(context, entry, patch);
  if (patched.metadata.deletionTimestamp) {
    yield* complain(`Warning: Detected changes to resource ${name} which is currently being deleted.\n`);
  }
  yield* say(context, entry, patched, `${isEmpty ? 'unchanged' : 'configured'}${dryRunSuffix(dryRun)}`);

  function* sendPatch(_context: CommandContext, of: FileObject, body: Record<string, unknown>): Kubectl<ApiObject> {
    const query = writeQuery(flags, flags.text('field-manager'));
    const contentType = 'application/strategic-merge-patch+json';
    const response = yield* client.ask({ method: 'PATCH', resource, namespace, name, query, body, contentType });
    if (isApiObject(response.body) && response.code < 400) return response.body;
    if (!isStatus(response.body)) throw fail(String(response.body));
    if (response.body.reason === 'Invalid') throw refused(response.body);
    const doing = `applying patch:\n${compactJson(body)}\nto:\n${infoText(of)}\nfor:`;
    throw new KubectlError(withSource({ is: 'status', status: withDoing(response.body, of) }, doing, of.source));
  }
}

/** The refusal of a patch tells what was being patched. Models Patcher.patchSimple. */
const withDoing = (status: Extract<Failure, { is: 'status' }>['status'], entry: FileObject) => ({
  ...status,
  message: `error when patching ${JSON.stringify(entry.source)}: ${status.message ?? ''}`,
});

/** How kubectl speaks of an object in errors. Models resource.Info.String. */
function infoText({ resource, name, namespace }: FileObject): string {
  const version = `${resource.group}/${resource.version}`;
  const mapping = `Resource: "${version}, Resource=${resource.resource}", GroupVersionKind: "${version}, Kind=${resource.kind}"`;
  return `${mapping}\nName: ${JSON.stringify(name)}, Namespace: ${JSON.stringify(resource.namespaced ? namespace : '')}`;
}

function* say(context: CommandContext, { resource }: FileObject, object: ApiObject, what: string): Kubectl<void> {
  const format = outputFormat(context.flags.text('output'), PLAIN_FORMATS);
  if (format.name === '') yield* print(`${objectName(resource, object.metadata.name)} ${what}\n`);
  else yield* print(printObjects(format, [object], true));
}

/** What an update would have done: keys that are null count as absent. Models pruneNullsFromMap. */
function withoutNulls(object: Record<string, unknown>): Record<string, unknown> {
  const clean = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(clean);
    return isObject(value) ? withoutNulls(value) : value;
  };
  return Object.fromEntries(Object.entries(object).flatMap(([key, value]) => (value === null ? [] : [[key, clean(value)]])));
}

export default apply;
