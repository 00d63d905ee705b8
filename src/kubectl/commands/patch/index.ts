// `kubectl patch`. Models k8s.io/kubectl/pkg/cmd/patch.
import { equal } from '../../../base/json.ts';
import type { Kubectl } from '../../ask.ts';
import { type Command, type CommandContext, print } from '../../command.ts';
import { DRY_RUN_FLAG, dryRunOf, dryRunSuffix } from '../../dry-run.ts';
import { fail } from '../../failure.ts';
import { readManifests } from '../../manifest-text.ts';
import { OBJECT_FLAGS, objectsOf } from '../../objects-of.ts';
import { OUTPUT_FLAGS, outputFormat, PLAIN_FORMATS, printObjects } from '../../printers/output.ts';
import { objectName } from '../../resource-names.ts';

const TYPES: Readonly<Record<string, string>> = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
};

const patch: Command = {
  name: 'patch',
  usage: 'patch (-f FILENAME | TYPE NAME) [-p PATCH|--patch-file FILE] [options]',
  about: 'Update fields of a resource using strategic merge patch, a JSON merge patch, or a JSON patch.',
  flags: [
    ...OBJECT_FLAGS,
    ...OUTPUT_FLAGS,
    DRY_RUN_FLAG,
    { name: 'patch', short: 'p', type: 'string' },
    { name: 'patch-file', type: 'string' },
    { name: 'type', type: 'string', default: 'strategic' },
    { name: 'subresource', type: 'string' },
    { name: 'local', type: 'bool' },
    { name: 'field-manager', type: 'string', default: 'kubectl-patch' },
  ],
  *run(context) {
    const { flags, args, client } = context;
    if (flags.text('patch') && flags.text('patch-file')) throw fail('cannot specify --patch and --patch-file together');
    if (!flags.text('patch') && !flags.text('patch-file')) {
      throw fail('must specify --patch or --patch-file containing the contents of the patch');
    }
    const contentType = TYPES[flags.text('type')];
    if (contentType === undefined) throw fail(`--type must be one of [json merge strategic], not ${JSON.stringify(flags.text('type'))}`);
    const body = yield* readPatch(context);
    const dryRun = dryRunOf(flags);
    const format = outputFormat(flags.text('output'), PLAIN_FORMATS);
    for (const { resource, object } of yield* objectsOf(context, args)) {
      const { namespace, name } = object.metadata;
      const query = { fieldManager: flags.text('field-manager'), ...(dryRun === 'server' && { dryRun: 'All' }) };
      const subresource = flags.text('subresource') || undefined;
      const patched =
        dryRun === 'client'
          ? object
          : yield* client.object({ method: 'PATCH', resource, namespace, name, subresource, query, contentType, body });
      const isSame = dryRun !== 'client' && equal(patched, object);
      if (format.name !== '') yield* print(printObjects(format, [patched], true));
      else yield* print(`${objectName(resource, name)} patched${isSame ? ' (no change)' : ''}${dryRunSuffix(dryRun)}\n`);
    }
    return 0;
  },
};

function* readPatch({ flags }: CommandContext): Kubectl<unknown> {
  const path = flags.text('patch-file');
  const { text = '' } = path ? yield { ask: 'file', path } : { text: flags.text('patch') };
  if (path && text === '') throw fail(`unable to read patch file: open ${path}: no such file or directory`);
  const [document] = readManifests(text);
  if (document && 'value' in document) return document.value;
  const reason = document && 'error' in document ? document.error.message.replace('error converting YAML to JSON: ', '') : 'empty patch';
  throw fail(`unable to parse ${JSON.stringify(text)}: ${reason}`);
}

export default patch;
