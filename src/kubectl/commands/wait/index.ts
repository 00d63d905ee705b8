// `kubectl wait`. Models k8s.io/kubectl/pkg/cmd/wait.
import { isObject } from '../../../base/json.ts';
import type { Kubectl } from '../../ask.ts';
import { type ApiObject, isApiObject } from '../../client.ts';
import { type Command, type CommandContext, print } from '../../command.ts';
import { type Failure, fail, KubectlError, throwAll } from '../../failure.ts';
import { relaxed } from '../../printers/custom-columns.ts';
import { findValues, valueText } from '../../printers/jsonpath/evaluate.ts';
import { parseTemplate } from '../../printers/jsonpath/parse.ts';
import { OBJECT_FLAGS } from '../../objects-of.ts';
import { readFiles } from '../../manifest-files.ts';
import { objectName } from '../../resource-names.ts';
import { listNamespace, selectorQuery } from '../../selectors.ts';
import { readTargets } from '../../targets.ts';
import type { Resource } from '../../../cluster/api/resources.ts';

/** Tells whether an object is as wanted; undefined: it is gone, or is not there yet. */
type Condition = (object: ApiObject | undefined) => boolean;
interface Waited {
  readonly resource: Resource;
  readonly namespace: string;
  readonly name: string;
}

const wait: Command = {
  name: 'wait',
  usage:
    "wait ([-f FILENAME] | resource.group/resource.name | resource.group [(-l label | --all)]) [--for=create|--for=delete|--for condition=available|--for=jsonpath='{}'[=value]] [options]",
  about: 'Experimental: Wait for a specific condition on one or many resources.',
  flags: [
    ...OBJECT_FLAGS,
    { name: 'for', type: 'array' },
    { name: 'timeout', type: 'duration', default: '30s' },
    { name: 'output', short: 'o', type: 'string' },
  ],
  *run(context) {
    const { flags, environment } = context;
    const given = flags.list('for');
    if (given.length === 0) throw fail('required flag(s) "for" not set');
    const isDelete = given.includes('delete');
    const conditions = given.map(conditionOf);
    const waited = yield* waitedFor(context, isDelete || given.includes('create'));
    const timeout = flags.ms('timeout');
    const endsAt = environment.now() + (timeout < 0 ? 7 * 86_400_000 : timeout);
    if (waited.length === 0 && !isDelete) throw fail('no matching resources found');
    const failures: Failure[] = [];
    for (const one of waited) {
      try {
        yield* waitForOne(context, one, conditions, endsAt, isDelete, given.includes('create'));
      } catch (error) {
        if (!(error instanceof KubectlError)) throw error;
        failures.push(error.failure);
      }
    }
    throwAll(failures);
    return 0;
  },
};

/** Reads `--for`. */
function conditionOf(text: string): Condition {
  const lower = text.toLowerCase();
  if (lower === 'delete') return (object) => object === undefined;
  if (lower === 'create') return (object) => object !== undefined;
  if (lower.startsWith('condition=')) {
    const [name = '', value = 'true'] = text.slice('condition='.length).split('=');
    return (object) => statusOf(object, name).toLowerCase() === value.toLowerCase();
  }
  if (lower.startsWith('jsonpath=')) return jsonPathCondition(text.slice('jsonpath='.length));
  throw fail(`unrecognized condition: ${JSON.stringify(text)}`);
}

function statusOf(object: ApiObject | undefined, name: string): string {
  const status = isObject(object?.status) ? object.status : {};
  const conditions = Array.isArray(status.conditions) ? status.conditions.filter(isObject) : [];
  const found = conditions.find((condition) => String(condition.type).toLowerCase() === name.toLowerCase());
  return found ? String(found.status) : '';
}

function jsonPathCondition(text: string): Condition {
  const parts = /^(\{.*?\}|[^=]*)(?:=(.*))?$/s.exec(text.replace(/^(['"])(.*)\1$/s, '$2'));
  const path = parts?.[1]?.replaceAll(/^['"]|['"]$/g, '') ?? '';
  const value = parts?.[2]?.replaceAll(/^['"]|['"]$/g, '');
  const template = parseTemplate(relaxed(path));
  return (object) => {
    if (!object) return false;
    const values = findValues(template, object, { allowMissing: true });
    if (value === undefined) return values.length > 0;
    return values.length === 1 && valueText(values[0]) === value;
  };
}

function* waitedFor(context: CommandContext, mayBeMissing: boolean): Kubectl<readonly Waited[]> {
  const { flags, args, client, namespace } = context;
  if (flags.has('filename')) {
    const entries = yield* readFiles(context);
    throwAll(entries.flatMap((entry) => (entry.is === 'failure' ? [entry.failure] : [])));
    return entries.flatMap((entry) => (entry.is === 'object' ? [entry.entry] : []));
  }
  const targets = readTargets(args);
  if (!targets) throw fail('arguments in resource/name form must have a single resource and name');
  const waited: Waited[] = [];
  for (const { resource, name } of targets.targets) {
    if (name !== undefined) {
      if (!mayBeMissing) yield* client.object({ method: 'GET', resource, namespace, name });
      waited.push({ resource, namespace, name });
      continue;
    }
    if (!flags.isOn('all') && !flags.text('selector') && !flags.text('field-selector')) {
      throw fail('resource(s) were provided, but no name was specified');
    }
    const items = yield* client.list({ method: 'GET', resource, namespace: listNamespace(context), query: selectorQuery(context) });
    waited.push(...items.map(({ metadata }) => ({ resource, namespace: metadata.namespace ?? namespace, name: metadata.name })));
  }
  return waited;
}

function* waitForOne(
  { client, environment }: CommandContext,
  { resource, namespace, name }: Waited,
  conditions: readonly Condition[],
  endsAt: number,
  isDelete: boolean,
  isCreate: boolean,
): Kubectl<void> {
  const standing = yield* client.ask({ method: 'GET', resource, namespace, name });
  const isThere = standing.code < 400 && isApiObject(standing.body);
  // What was gone from the start is not worth a word.
  if (!isThere && isDelete) return;
  if (!isThere && !isCreate) yield* client.send({ method: 'GET', resource, namespace, name });
  const pending = new Set(conditions);
  const query = { fieldSelector: `metadata.name=${name}`, watch: 'true' };
  const { stream } = yield* client.send({ method: 'GET', resource, namespace, query });
  if (stream === undefined) return;
  const met = (object: ApiObject | undefined) => {
    for (const condition of [...pending]) if (condition(object)) pending.delete(condition);
    return pending.size === 0;
  };
  try {
    for (;;) {
      const left = endsAt - environment.now();
      const answer = left <= 0 ? { timedOut: true } : yield { ask: 'next', streams: [stream], timeoutMs: left };
      if (answer.timedOut) throw fail(`timed out waiting for the condition on ${resource.resource}/${name}`);
      const data = 'data' in answer ? answer.data : undefined;
      if (data?.end) throw fail('watch closed before UntilWithoutRetry timeout');
      const { event } = data ?? {};
      if (!event || event.type === 'BOOKMARK') continue;
      const isOver = met(event.type === 'DELETED' || !isApiObject(event.object) ? undefined : event.object);
      if (!isOver) continue;
      yield* print(`${objectName(resource, name)} condition met\n`);
      return;
    }
  } finally {
    yield { ask: 'close', stream };
  }
}

export default wait;
