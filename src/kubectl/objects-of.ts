// The objects that a command which changes them is about: from files, by name, by selector or all of a kind.
import type { Resource } from '../cluster/api/resources.ts';
import type { Kubectl } from './ask.ts';
import type { ApiObject } from './client.ts';
import type { CommandContext } from './command.ts';
import { type Failure, fail, KubectlError, throwAll } from './failure.ts';
import { FILE_FLAGS, readFiles } from './manifest-files.ts';
import { ALL_NAMESPACES_FLAG, FIELD_SELECTOR_FLAG, listNamespace, SELECTOR_FLAG, selectorQuery } from './selectors.ts';
import type { FlagSpec } from './flags.ts';
import { readTargets } from './targets.ts';

/** The flags that say which objects. */
export const OBJECT_FLAGS: readonly FlagSpec[] = [
  ...FILE_FLAGS,
  SELECTOR_FLAG,
  FIELD_SELECTOR_FLAG,
  ALL_NAMESPACES_FLAG,
  { name: 'all', type: 'bool' },
];

/** An object with its resource. */
export interface FoundObject {
  readonly resource: Resource;
  readonly object: ApiObject;
}

const NOTHING_NAMED = 'one or more resources must be specified as <resource> <name> or <resource>/<name>';

/** Gets them all; what could not be got is thrown once every one has been tried. `isEmptyAllowed`: no arguments is no mistake. */
export function* objectsOf(context: CommandContext, args: readonly string[]): Kubectl<readonly FoundObject[]> {
  const { client, flags, namespace } = context;
  const found: FoundObject[] = [];
  const failures: Failure[] = [];
  const attempt = function* (resource: Resource, inNamespace: string, name: string): Kubectl<void> {
    try {
      found.push({ resource, object: yield* client.object({ method: 'GET', resource, namespace: inNamespace, name }) });
    } catch (error) {
      if (!(error instanceof KubectlError)) throw error;
      failures.push(error.failure);
    }
  };
  if (flags.has('filename')) {
    for (const entry of yield* readFiles(context)) {
      if (entry.is === 'failure') failures.push(entry.failure);
      else yield* attempt(entry.entry.resource, entry.entry.namespace, entry.entry.name);
    }
    throwAll(failures);
    return found;
  }
  const targets = readTargets(args);
  if (!targets) throw fail(NOTHING_NAMED);
  const isMany = flags.isOn('all') || flags.text('selector') !== '' || flags.text('field-selector') !== '';
  for (const { resource, name } of targets.targets) {
    if (name !== undefined) {
      yield* attempt(resource, namespace, name);
      continue;
    }
    if (!isMany) throw fail('resource(s) were provided, but no name was specified');
    const items = yield* client.list({ method: 'GET', resource, namespace: listNamespace(context), query: selectorQuery(context) });
    found.push(...items.map((object) => ({ resource, object })));
  }
  throwAll(failures);
  return found;
}
