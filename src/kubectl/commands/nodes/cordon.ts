// `kubectl cordon` and `uncordon`.
import type { Node } from '../../../cluster/api/types.ts';
import type { Kubectl } from '../../ask.ts';
import { type Command, type CommandContext, print } from '../../command.ts';
import { DRY_RUN_FLAG, dryRunOf, dryRunSuffix } from '../../dry-run.ts';
import { usageError } from '../../failure.ts';
import { requireResource } from '../../resource-names.ts';

/** The nodes that are named, or selected by labels. */
export function* nodesOf(context: CommandContext, command: string): Kubectl<readonly Node[]> {
  const { client, args, flags } = context;
  const labelSelector = flags.text('selector');
  const resource = requireResource('nodes');
  if (args.length > 0 && labelSelector) throw usageError(command, 'error: cannot specify both a node name and a --selector option');
  if (args.length === 0 && !labelSelector) throw usageError(command, `USAGE: ${command} NODE [flags]`);
  if (labelSelector) return (yield* client.list({ method: 'GET', resource, query: { labelSelector } })) as unknown as readonly Node[];
  const nodes: Node[] = [];
  for (const arg of args)
    nodes.push((yield* client.object({ method: 'GET', resource, name: arg.replace(/^no(des?)?\//, '') })) as unknown as Node);
  return nodes;
}

/** Marks a node as (un)schedulable, and says so. */
export function* setSchedulable({ client, flags }: CommandContext, node: Node, isCordon: boolean): Kubectl<void> {
  const { name } = node.metadata;
  const what = isCordon ? 'cordoned' : 'uncordoned';
  const dryRun = dryRunOf(flags);
  if ((node.spec.unschedulable ?? false) === isCordon) return yield* print(`node/${name} already ${what}${dryRunSuffix(dryRun)}\n`);
  if (dryRun !== 'client') {
    yield* client.object({
      method: 'PATCH',
      resource: requireResource('nodes'),
      name,
      contentType: 'application/strategic-merge-patch+json',
      ...(dryRun === 'server' && { query: { dryRun: 'All' } }),
      body: { spec: { unschedulable: isCordon ? true : null } },
    });
  }
  yield* print(`node/${name} ${what}${dryRunSuffix(dryRun)}\n`);
}

const command = (name: 'cordon' | 'uncordon'): Command => ({
  name,
  usage: `${name} NODE [options]`,
  about: name === 'cordon' ? 'Mark node as unschedulable.' : 'Mark node as schedulable.',
  flags: [DRY_RUN_FLAG, { name: 'selector', short: 'l', type: 'string' }],
  *run(context) {
    for (const node of yield* nodesOf(context, name)) yield* setSchedulable(context, node, name === 'cordon');
    return 0;
  },
});

/** Both commands. */
export const cordonCommands: readonly Command[] = [command('cordon'), command('uncordon')];
