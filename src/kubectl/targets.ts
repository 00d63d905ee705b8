// What the arguments of a command point at: `TYPE`, `TYPE NAME...`, `TYPE/NAME...`, `TYPE,TYPE`. Models cli-runtime/pkg/resource/builder.go.
import { RESOURCES, type Resource } from '../cluster/api/resources.ts';
import { fail } from './failure.ts';
import { requireResource } from './resource-names.ts';

/** A kind, with the names that were given; undefined: all of the kind. */
export interface Target {
  readonly resource: Resource;
  readonly name: string | undefined;
}

/** What was pointed at. `isSingle`: one object by its name, so that it is printed as itself and not in a list. */
export interface Targets {
  readonly targets: readonly Target[];
  readonly isSingle: boolean;
}

const IN_ALL = ['pods', 'services'];

/** Reads the arguments; undefined where there are none. */
export function readTargets(args: readonly string[]): Targets | undefined {
  const [first, ...names] = args;
  if (first === undefined) return undefined;
  if (args.some((arg) => arg.includes('/'))) return readSlashes(args);
  const resources = first.split(',').flatMap((word) => (word === 'all' ? allResources() : [requireResource(word)]));
  if (names.length === 0) return { targets: resources.map((resource) => ({ resource, name: undefined })), isSingle: false };
  const targets = resources.flatMap((resource) => names.map((name) => ({ resource, name })));
  return { targets, isSingle: targets.length === 1 };
}

const allResources = (): Resource[] =>
  IN_ALL.flatMap((name) => RESOURCES.filter((resource) => resource.resource === name && resource.group === ''));

function readSlashes(args: readonly string[]): Targets {
  const targets = args.map((arg) => {
    const parts = arg.split('/');
    const [type = '', name = ''] = parts;
    if (parts.length === 1) {
      throw fail(
        "there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'",
      );
    }
    if (parts.length > 2) throw fail(`arguments in resource/name form may not have more than one slash`);
    if (type === '' || name === '') throw fail('arguments in resource/name form must have a single resource and name');
    return { resource: requireResource(type), name };
  });
  return { targets, isSingle: targets.length === 1 };
}
