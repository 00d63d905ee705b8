// `kubectl replace -f`. Models k8s.io/kubectl/pkg/cmd/replace.
import type { Kubectl } from '../../ask.ts';
import type { ApiObject } from '../../client.ts';
import { type Command, type CommandContext, complain, print } from '../../command.ts';
import { DRY_RUN_FLAG, dryRunOf, dryRunSuffix, VALIDATE_FLAG, writeQuery } from '../../dry-run.ts';
import { type Failure, fail, KubectlError, throwAll, withSource } from '../../failure.ts';
import { type FileObject, FILE_FLAGS, readFiles } from '../../manifest-files.ts';
import { withLastApplied, LAST_APPLIED } from '../../patch/last-applied.ts';
import { OUTPUT_FLAGS, outputFormat, PLAIN_FORMATS, printObjects } from '../../printers/output.ts';
import { objectName } from '../../resource-names.ts';
import { waitUntilGone } from '../../wait-until-gone.ts';

const replace: Command = {
  name: 'replace',
  usage: 'replace -f FILENAME [options]',
  about: 'Replace a resource by file name or stdin.',
  flags: [
    ...FILE_FLAGS,
    ...OUTPUT_FLAGS,
    DRY_RUN_FLAG,
    VALIDATE_FLAG,
    { name: 'force', type: 'bool' },
    { name: 'grace-period', type: 'int', default: '-1' },
    { name: 'timeout', type: 'duration', default: '0s' },
    { name: 'cascade', type: 'string', default: 'background', bare: 'background' },
    { name: 'wait', type: 'bool' },
    { name: 'save-config', type: 'bool' },
    { name: 'subresource', type: 'string' },
    { name: 'field-manager', type: 'string', default: 'kubectl-replace' },
  ],
  *run(context) {
    const { flags } = context;
    if (!flags.has('filename') && !flags.has('kustomize')) throw fail('must specify one of -f and -k');
    if (flags.number('grace-period') >= 0 && !flags.isOn('force')) throw fail('--grace-period must have --force specified');
    if (flags.ms('timeout') !== 0 && !flags.isOn('force')) throw fail('--timeout must have --force specified');
    const entries = yield* readFiles(context);
    const failures: Failure[] = entries.flatMap((entry) => (entry.is === 'failure' ? [entry.failure] : []));
    const objects = entries.flatMap((entry) => (entry.is === 'object' ? [entry.entry] : []));
    if (flags.isOn('force')) yield* removeAll(context, objects);
    for (const object of objects) {
      try {
        yield* replaceOne(context, object);
      } catch (error) {
        if (!(error instanceof KubectlError)) throw error;
        failures.push(withSource(error.failure, 'replacing', object.source));
      }
    }
    throwAll(failures);
    if (entries.length === 0) throw fail('no objects passed to replace');
    return 0;
  },
};

/** Of --force: what stands goes first, and its end is waited for. */
function* removeAll({ client, flags, environment }: CommandContext, objects: readonly FileObject[]): Kubectl<void> {
  const given = flags.number('grace-period');
  if (given === 0) {
    yield* complain(
      'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.\n',
    );
  }
  const gone = [];
  for (const { resource, namespace, name } of objects) {
    const body = {
      kind: 'DeleteOptions',
      apiVersion: 'v1',
      propagationPolicy: 'Background',
      ...(given >= 0 && { gracePeriodSeconds: given }),
    };
    const response = yield* client.ask({ method: 'DELETE', resource, namespace, name, body });
    if (response.code >= 400) continue;
    const from = resource.namespaced ? ` from ${namespace} namespace` : '';
    yield* print(`${resource.singular} ${JSON.stringify(name)} deleted${from}\n`);
    gone.push({ resource, namespace, name, uid: (response.body as ApiObject).metadata?.uid });
  }
  yield* waitUntilGone(client, gone, flags.ms('timeout'), environment);
}

function* replaceOne(context: CommandContext, { resource, namespace, name, object }: FileObject): Kubectl<void> {
  const { flags, client } = context;
  const dryRun = dryRunOf(flags);
  const isForced = flags.isOn('force');
  const metadata = (object as ApiObject).metadata;
  const isApplied = metadata?.annotations?.[LAST_APPLIED] !== undefined;
  const body = flags.isOn('save-config') || isApplied ? withLastApplied(object) : object;
  const query = writeQuery(flags, flags.text('field-manager'));
  const replaced =
    dryRun === 'client'
      ? (object as ApiObject)
      : yield* client.object({
          method: isForced ? 'POST' : 'PUT',
          resource,
          namespace,
          ...(!isForced && { name }),
          query,
          body,
          ...(flags.text('subresource') && { subresource: flags.text('subresource') }),
        });
  const format = outputFormat(flags.text('output'), PLAIN_FORMATS);
  if (format.name !== '') yield* print(printObjects(format, [replaced], true));
  else yield* print(`${objectName(resource, name)} replaced${dryRunSuffix(dryRun)}\n`);
}

export default replace;
