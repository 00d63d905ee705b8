// `kubectl set image`. Models k8s.io/kubectl/pkg/cmd/set/set_image.go.
import type { Container, Pod } from '../../../cluster/api/types.ts';
import { type Command, print } from '../../command.ts';
import { DRY_RUN_FLAG, dryRunOf, dryRunSuffix } from '../../dry-run.ts';
import { type Failure, fail, KubectlError, throwAll, withPrefix } from '../../failure.ts';
import { type FoundObject, OBJECT_FLAGS, objectsOf } from '../../objects-of.ts';
import { OUTPUT_FLAGS, outputFormat, PLAIN_FORMATS, printObjects } from '../../printers/output.ts';
import { objectName } from '../../resource-names.ts';

const setImage: Command = {
  name: 'set image',
  usage: 'set image (-f FILENAME | TYPE NAME) CONTAINER_NAME_1=CONTAINER_IMAGE_1 ... CONTAINER_NAME_N=CONTAINER_IMAGE_N [options]',
  about: 'Update existing container image(s) of resources.',
  flags: [
    ...OBJECT_FLAGS,
    ...OUTPUT_FLAGS,
    DRY_RUN_FLAG,
    { name: 'local', type: 'bool' },
    { name: 'field-manager', type: 'string', default: 'kubectl-set' },
  ],
  *run(context) {
    const { args, flags, client } = context;
    const at = args.findIndex((arg) => arg.includes('='));
    const named = at < 0 ? args : args.slice(0, at);
    const pairs = at < 0 ? [] : args.slice(at);
    const wrong: string[] = [];
    if (named.length === 0 && !flags.has('filename'))
      wrong.push('one or more resources must be specified as <resource> <name> or <resource>/<name>');
    if (pairs.length === 0) wrong.push('at least one image update is required');
    if (wrong.length > 0) throw fail(wrong.length === 1 ? (wrong[0] ?? '') : `[${wrong.join(', ')}]`);
    const images = new Map(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
    if (images.has('*') && images.size > 1)
      throw fail('all containers are already specified by *, but saw more than one container_name=container_image pairs');
    const dryRun = dryRunOf(flags);
    const failures: Failure[] = [];
    for (const found of yield* objectsOf(context, named)) {
      try {
        const body = patchOf(found, images);
        if (!body) continue;
        const { resource, object } = found;
        const { namespace, name } = object.metadata;
        const query = { fieldManager: flags.text('field-manager'), ...(dryRun === 'server' && { dryRun: 'All' }) };
        const contentType = 'application/strategic-merge-patch+json';
        const patched =
          dryRun === 'client' ? object : yield* client.object({ method: 'PATCH', resource, namespace, name, query, contentType, body });
        const format = outputFormat(flags.text('output'), PLAIN_FORMATS);
        if (format.name !== '') yield* print(printObjects(format, [patched], true));
        else yield* print(`${objectName(resource, name)} image updated${dryRunSuffix(dryRun)}\n`);
      } catch (error) {
        if (!(error instanceof KubectlError)) throw error;
        const isRefusal = error.failure.is === 'status';
        failures.push(isRefusal ? withPrefix(error.failure, 'failed to patch image update to pod template: ') : error.failure);
      }
    }
    throwAll(failures);
    return 0;
  },
};

/** The patch of the containers whose images change, or undefined where none does. */
function patchOf({ object }: FoundObject, images: ReadonlyMap<string, string>): unknown {
  const { spec } = object as unknown as Pod;
  const all = images.get('*');
  const missing = [...images.keys()].filter(
    (name) => name !== '*' && ![...spec.containers, ...(spec.initContainers ?? [])].some((c) => c.name === name),
  );
  if (missing.length > 0) throw fail(missing.map((name) => `unable to find container named ${JSON.stringify(name)}`).join(', '));
  const changed = (list: readonly Container[]) =>
    list.flatMap(({ name, image }) => {
      const wanted = all ?? images.get(name);
      return wanted === undefined || wanted === image ? [] : [{ name, image: wanted }];
    });
  const containers = changed(spec.containers);
  const initContainers = changed(spec.initContainers ?? []);
  if (containers.length + initContainers.length === 0) return undefined;
  const order = (list: readonly { readonly name: string }[]) => list.map(({ name }) => ({ name }));
  return {
    spec: {
      ...(containers.length > 0 && { '$setElementOrder/containers': order(spec.containers), containers }),
      ...(initContainers.length > 0 && { '$setElementOrder/initContainers': order(spec.initContainers ?? []), initContainers }),
    },
  };
}

export default setImage;
