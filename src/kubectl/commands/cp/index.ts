// `kubectl cp`: refused once the Pod has been found. Simplified: images carry no tar, over which the real one copies.
import type { Command } from '../../command.ts';
import { fail } from '../../failure.ts';
import { requireResource } from '../../resource-names.ts';

const cp: Command = {
  name: 'cp',
  usage: 'cp <file-spec-src> <file-spec-dest> [options]',
  about: 'Copy files and directories to and from containers.',
  flags: [
    { name: 'container', short: 'c', type: 'string' },
    { name: 'no-preserve', type: 'bool' },
    { name: 'retries', type: 'int', default: '0' },
  ],
  *run({ args, client, namespace }) {
    if (args.length !== 2) throw fail('source and destination are required');
    const remote = args.map(fileSpec).filter((spec) => spec.pod !== '');
    if (remote.length === 0) throw fail('one of src or dest must be a remote file specification');
    if (remote.length === 2) throw fail('src and dest cannot both be remote file specifications');
    const [spec] = remote;
    const name = spec?.pod ?? '';
    yield* client.object({ method: 'GET', resource: requireResource('pods'), namespace: spec?.namespace || namespace, name });
    throw fail('Podscope does not simulate copying files; use "kubectl exec POD -- cat FILE"');
  },
};

/** `[[namespace/]pod:]file`. */
function fileSpec(text: string): { readonly pod: string; readonly namespace: string } {
  const at = text.indexOf(':');
  if (at < 0) return { pod: '', namespace: '' };
  const owner = text.slice(0, at).split('/');
  return { pod: owner.at(-1) ?? '', namespace: owner.length > 1 ? (owner[0] ?? '') : '' };
}

export default cp;
