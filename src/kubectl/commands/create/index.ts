// `kubectl create -f`, and the small generators (`create configmap`, ...). Models k8s.io/kubectl/pkg/cmd/create.
import type { Kubectl } from '../../ask.ts';
import type { ApiObject } from '../../client.ts';
import { type Command, type CommandContext, print } from '../../command.ts';
import { DRY_RUN_FLAG, dryRunOf, dryRunSuffix, VALIDATE_FLAG, writeQuery } from '../../dry-run.ts';
import { type Failure, fail, KubectlError, throwAll, usageError, withSource } from '../../failure.ts';
import { type FileObject, FILE_FLAGS, readFiles } from '../../manifest-files.ts';
import { withLastApplied } from '../../patch/last-applied.ts';
import { OUTPUT_FLAGS, outputFormat, PLAIN_FORMATS, printObjects } from '../../printers/output.ts';
import { objectName } from '../../resource-names.ts';
import { generators } from './generators.ts';

const create: Command = {
  name: 'create',
  usage: 'create -f FILENAME [options]',
  about: 'Create a resource from a file or from stdin.',
  flags: [
    ...FILE_FLAGS,
    ...OUTPUT_FLAGS,
    DRY_RUN_FLAG,
    VALIDATE_FLAG,
    { name: 'save-config', type: 'bool' },
    { name: 'edit', type: 'bool' },
    { name: 'raw', type: 'string' },
    { name: 'selector', short: 'l', type: 'string' },
    { name: 'windows-line-endings', type: 'bool' },
    { name: 'field-manager', type: 'string', default: 'kubectl-create' },
  ],
  *run(context) {
    const { flags, args } = context;
    if (!flags.has('filename') && !flags.has('kustomize')) {
      if (args.length === 0) throw fail('must specify one of -f and -k');
      throw usageError('create', `Unexpected args: [${args.join(' ')}]`);
    }
    if (args.length > 0) throw usageError('create', `Unexpected args: [${args.join(' ')}]`);
    const failures: Failure[] = [];
    let count = 0;
    for (const entry of yield* readFiles(context)) {
      if (entry.is === 'failure') {
        failures.push(entry.failure);
        continue;
      }
      count += 1;
      try {
        yield* createOne(context, entry.entry);
      } catch (error) {
        if (!(error instanceof KubectlError)) throw error;
        failures.push(withSource(error.failure, 'creating', entry.entry.source));
      }
    }
    throwAll(failures);
    if (count === 0) throw fail('no objects passed to create');
    return 0;
  },
};

function* createOne(context: CommandContext, entry: FileObject): Kubectl<void> {
  const { flags, client } = context;
  const dryRun = dryRunOf(flags);
  const body = flags.isOn('save-config') ? withLastApplied(entry.object) : entry.object;
  const created =
    dryRun === 'client'
      ? (body as ApiObject)
      : yield* client.object({
          method: 'POST',
          resource: entry.resource,
          namespace: entry.namespace,
          query: writeQuery(flags, flags.text('field-manager')),
          body,
        });
  const format = outputFormat(flags.text('output'), PLAIN_FORMATS);
  if (format.name === '') yield* print(`${objectName(entry.resource, created.metadata.name)} created${dryRunSuffix(dryRun)}\n`);
  else yield* print(printObjects(format, [created], true));
}

export default [create, ...generators];
