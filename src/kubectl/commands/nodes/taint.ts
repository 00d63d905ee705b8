// `kubectl taint`. Models k8s.io/kubectl/pkg/cmd/taint.
import type { Node, Taint } from '../../../cluster/api/types.ts';
import type { Kubectl } from '../../ask.ts';
import { type Command, type CommandContext, print } from '../../command.ts';
import { DRY_RUN_FLAG, dryRunOf, dryRunSuffix } from '../../dry-run.ts';
import { fail } from '../../failure.ts';
import { requireResource } from '../../resource-names.ts';

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** A taint to take away; without an effect all of its key. */
interface Removal {
  readonly key: string;
  readonly effect: string;
}

/** The command. */
export const taint: Command = {
  name: 'taint',
  usage: 'taint NODE NAME KEY_1=VAL_1:TAINT_EFFECT_1 ... KEY_N=VAL_N:TAINT_EFFECT_N [options]',
  about: 'Update the taints on one or more nodes.',
  flags: [
    DRY_RUN_FLAG,
    { name: 'overwrite', type: 'bool' },
    { name: 'all', type: 'bool' },
    { name: 'selector', short: 'l', type: 'string' },
    { name: 'field-manager', type: 'string', default: 'kubectl-taint' },
  ],
  *run(context) {
    const { args } = context;
    const at = args.findIndex((arg) => arg.includes('=') || arg.includes(':') || arg.endsWith('-'));
    const named = at < 0 ? args : args.slice(0, at);
    const specs = at < 0 ? [] : args.slice(at);
    if (named.length === 0) throw fail('one or more resources must be specified as <resource> <name> or <resource>/<name>');
    if (specs.length === 0) throw fail('at least one taint update is required');
    const { add, remove } = readTaints(specs);
    for (const node of yield* taintedNodes(context, named)) yield* retaint(context, node, add, remove);
    return 0;
  },
};

/** Models ParseTaints. */
function readTaints(specs: readonly string[]): { readonly add: readonly Taint[]; readonly remove: readonly Removal[] } {
  const add: Taint[] = [];
  const remove: Removal[] = [];
  for (const spec of specs) {
    const isRemoval = spec.endsWith('-');
    const text = isRemoval ? spec.slice(0, -1) : spec;
    const [left = '', effect = '', ...more] = text.split(':');
    const [key = '', value = '', ...rest] = left.split('=');
    if (more.length > 0 || rest.length > 0 || key === '') throw fail(`invalid taint spec: ${spec}`);
    if (effect !== '' && !EFFECTS.includes(effect)) {
      throw fail(`invalid taint spec: ${spec}, invalid taint effect: ${effect}, unsupported taint effect`);
    }
    if (isRemoval) remove.push({ key, effect });
    else if (effect === '') throw fail(`invalid taint spec: ${spec}`);
    else add.push({ key, ...(value && { value }), effect });
  }
  return { add, remove };
}

function* taintedNodes({ client, flags }: CommandContext, named: readonly string[]): Kubectl<readonly Node[]> {
  const resource = requireResource('nodes');
  const names = named.flatMap((word, i) => (word.includes('/') ? [word.split('/')[1] ?? ''] : i === 0 ? [] : [word]));
  const [first = ''] = named;
  const kind = requireResource(first.includes('/') ? (first.split('/')[0] ?? '') : first);
  if (kind.kind !== 'Node') throw fail(`invalid resource type ${kind.resource}, only node(s) is supported`);
  const labelSelector = flags.text('selector');
  if (flags.isOn('all') || labelSelector) {
    return (yield* client.list({ method: 'GET', resource, query: labelSelector ? { labelSelector } : {} })) as unknown as readonly Node[];
  }
  if (names.length === 0) throw fail("at least one resource name must be specified since 'all' parameter is not set");
  const nodes: Node[] = [];
  for (const name of names) nodes.push((yield* client.object({ method: 'GET', resource, name })) as unknown as Node);
  return nodes;
}

function* retaint({ client, flags }: CommandContext, node: Node, add: readonly Taint[], remove: readonly Removal[]): Kubectl<void> {
  const { name } = node.metadata;
  const standing = node.spec.taints ?? [];
  const isSame = (a: { key: string; effect: string }, b: Taint) => a.key === b.key && (a.effect === '' || a.effect === b.effect);
  const taken = add.filter((one) => standing.some((other) => isSame(one, other)));
  if (taken.length > 0 && !flags.isOn('overwrite')) {
    const texts = taken.map(({ key, value, effect }) => `{${key} ${value ?? ''} ${effect} <nil>}`).join(' ');
    throw fail(`node ${name} already has ${texts} taint(s) with same effect(s) and --overwrite is false`);
  }
  const missing = remove.find((one) => !standing.some((other) => isSame(one, other)));
  if (missing) throw fail(`taint ${JSON.stringify(missing.effect ? `${missing.key}:${missing.effect}` : missing.key)} not found`);
  const kept = standing.filter((other) => !remove.some((one) => isSame(one, other)) && !add.some((one) => isSame(one, other)));
  const taints = [...add, ...kept];
  const dryRun = dryRunOf(flags);
  if (dryRun !== 'client') {
    yield* client.object({
      method: 'PATCH',
      resource: requireResource('nodes'),
      name,
      query: { fieldManager: flags.text('field-manager'), ...(dryRun === 'server' && { dryRun: 'All' }) },
      contentType: 'application/strategic-merge-patch+json',
      body: { spec: { taints: taints.length > 0 ? taints : null } },
    });
  }
  const what = add.length === 0 ? 'untainted' : remove.length === 0 ? 'tainted' : 'modified';
  yield* print(`node/${name} ${what}${dryRunSuffix(dryRun)}\n`);
}
