// `kubectl label` and `kubectl annotate`. Models k8s.io/kubectl/pkg/cmd/label and annotate.
import { equal } from '../../../base/json.ts';
import { sortedKeys } from '../../../base/order.ts';
import { labelValue } from '../../../cluster/api/name-rules.ts';
import type { Kubectl } from '../../ask.ts';
import type { ApiObject } from '../../client.ts';
import { type Command, type CommandContext, print } from '../../command.ts';
import { DRY_RUN_FLAG, dryRunOf, dryRunSuffix } from '../../dry-run.ts';
import { fail } from '../../failure.ts';
import { type FoundObject, OBJECT_FLAGS, objectsOf } from '../../objects-of.ts';
import { type Changes, readChanges, splitArguments } from '../../pairs.ts';
import { OUTPUT_FLAGS, outputFormat, PLAIN_FORMATS, printObjects } from '../../printers/output.ts';
import { objectName } from '../../resource-names.ts';

const FLAGS = [
  ...OBJECT_FLAGS,
  ...OUTPUT_FLAGS,
  DRY_RUN_FLAG,
  { name: 'overwrite', type: 'bool' },
  { name: 'list', type: 'bool' },
  { name: 'local', type: 'bool' },
  { name: 'resource-version', type: 'string' },
  { name: 'field-manager', type: 'string' },
] as const;

type Map = Readonly<Record<string, string>>;

const label: Command = {
  name: 'label',
  usage: 'label [--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version] [options]',
  about: 'Update the labels on a resource.',
  flags: FLAGS,
  *run(context) {
    const { flags, args } = context;
    const { resources, pairs } = splitArguments(args, 'label');
    const changes = readChanges(pairs, 'label');
    for (const value of Object.values(changes.set)) {
      const wrong = labelValue(value);
      if (wrong.length > 0)
        throw fail(`invalid label value: ${JSON.stringify(pairs.find((pair) => pair.endsWith(`=${value}`)))}: ${wrong.join('; ')}`);
    }
    if (pairs.length === 0 && !flags.isOn('list')) throw fail('at least one label update is required');
    const found = yield* objectsOf(context, resources);
    for (const each of found) {
      if (flags.isOn('list')) yield* list(each, each.object.metadata.labels ?? {}, found.length > 1);
      else yield* relabel(context, each, changes);
    }
    return 0;
  },
};

function* relabel(context: CommandContext, { resource, object }: FoundObject, changes: Changes): Kubectl<void> {
  const { flags } = context;
  const before = object.metadata.labels ?? {};
  if (!flags.isOn('overwrite')) {
    const taken = Object.entries(changes.set).filter(([key, value]) => key in before && before[key] !== value);
    const texts = taken.map(([key]) => `'${key}' already has a value (${before[key]}), and --overwrite is false`);
    if (texts.length > 0) throw fail(texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(', ')}]`);
  }
  for (const key of changes.remove) if (!(key in before)) yield* print(`label ${JSON.stringify(key)} not found.\n`);
  const after = changed(before, changes);
  const patched = equal(before, after) ? object : yield* patch(context, { resource, object }, 'labels', before, after, 'kubectl-label');
  const isShorter = Object.keys(after).length < Object.keys(before).length && Object.keys(changes.set).length === 0;
  const what = equal(before, after) ? 'not labeled' : isShorter ? 'unlabeled' : 'labeled';
  yield* say(context, { resource, object: patched }, what);
}

const annotate: Command = {
  name: 'annotate',
  usage: 'annotate [--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version] [options]',
  about: 'Update the annotations on a resource.',
  flags: FLAGS,
  *run(context) {
    const { flags, args } = context;
    const { resources, pairs } = splitArguments(args, 'annotation');
    const changes = readChanges(pairs, 'annotation');
    if (pairs.length === 0 && !flags.isOn('list')) throw fail('at least one annotation update is required');
    const found = yield* objectsOf(context, resources);
    for (const each of found) {
      if (flags.isOn('list')) yield* list(each, each.object.metadata.annotations ?? {}, found.length > 1);
      else yield* reannotate(context, each, changes);
    }
    return 0;
  },
};

function* reannotate(context: CommandContext, { resource, object }: FoundObject, changes: Changes): Kubectl<void> {
  const before = object.metadata.annotations ?? {};
  if (!context.flags.isOn('overwrite')) {
    const taken = Object.entries(changes.set).filter(([key, value]) => key in before && before[key] !== value);
    const texts = taken.map(([key]) => `'${key}' already has a value (${before[key]})`);
    if (texts.length > 0) throw fail(`--overwrite is false but found the following declared annotation(s): ${texts.join('; ')}`);
  }
  const after = changed(before, changes);
  const patched = equal(before, after)
    ? object
    : yield* patch(context, { resource, object }, 'annotations', before, after, 'kubectl-annotate');
  yield* say(context, { resource, object: patched }, 'annotated');
}

function changed(before: Map, { set, remove }: Changes): Map {
  return Object.fromEntries(Object.entries({ ...before, ...set }).filter(([key]) => !remove.includes(key)));
}

function* patch(
  { client, flags }: CommandContext,
  { resource, object }: FoundObject,
  field: 'labels' | 'annotations',
  before: Map,
  after: Map,
  manager: string,
): Kubectl<ApiObject> {
  const dryRun = dryRunOf(flags);
  const { namespace, name } = object.metadata;
  if (dryRun === 'client') return { ...object, metadata: { ...object.metadata, [field]: after } };
  const changes = Object.fromEntries(
    [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
      before[key] === after[key] ? [] : [[key, after[key] ?? null]],
    ),
  );
  const query = { fieldManager: flags.text('field-manager') || manager, ...(dryRun === 'server' && { dryRun: 'All' }) };
  const contentType = 'application/merge-patch+json';
  return yield* client.object({ method: 'PATCH', resource, namespace, name, query, contentType, body: { metadata: { [field]: changes } } });
}

function* say({ flags }: CommandContext, { resource, object }: FoundObject, what: string): Kubectl<void> {
  const format = outputFormat(flags.text('output'), PLAIN_FORMATS);
  if (format.name !== '') yield* print(printObjects(format, [object], true));
  else yield* print(`${objectName(resource, object.metadata.name)} ${what}${dryRunSuffix(dryRunOf(flags))}\n`);
}

function* list({ resource, object }: FoundObject, map: Map, isMany: boolean): Kubectl<void> {
  if (isMany) yield* print(`Listing labels for ${resource.kind}.${resource.group}/${object.metadata.name}:\n`);
  yield* print(
    sortedKeys(map)
      .map((key) => `${isMany ? ' ' : ''}${key}=${map[key]}\n`)
      .join(''),
  );
}

export default [label, annotate];
