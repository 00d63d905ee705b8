// `kubectl api-resources` and `kubectl api-versions`. Models k8s.io/kubectl/pkg/cmd/apiresources.
import { compareText } from '../../../base/order.ts';
import { RESOURCES, type Resource } from '../../../cluster/api/resources.ts';
import { type Command, print } from '../../command.ts';
import { fail, usageError } from '../../failure.ts';
import { alignTabs, TABLE_TABS } from '../../printers/tab-writer.ts';
import { apiVersionOf } from '../../resource-names.ts';

const apiResources: Command = {
  name: 'api-resources',
  usage: 'api-resources [options]',
  about: 'Print the supported API resources on the server.',
  flags: [
    { name: 'output', short: 'o', type: 'string' },
    { name: 'api-group', type: 'string' },
    { name: 'namespaced', type: 'bool', default: 'true' },
    { name: 'no-headers', type: 'bool' },
    { name: 'verbs', type: 'list' },
    { name: 'sort-by', type: 'string' },
    { name: 'cached', type: 'bool' },
    { name: 'categories', type: 'list' },
  ],
  *run({ flags, args }) {
    if (args.length > 0) throw usageError('api-resources', `unexpected arguments: [${args.join(' ')}]`);
    const output = flags.text('output');
    if (output !== '' && output !== 'wide' && output !== 'name') throw fail(`--output ${output} is not available`);
    const sortBy = flags.text('sort-by');
    if (sortBy !== '' && sortBy !== 'name' && sortBy !== 'kind') throw fail('--sort-by accepts only name or kind');
    const shown = RESOURCES.filter(
      (resource) =>
        (!flags.has('api-group') || resource.group === flags.text('api-group')) &&
        (!flags.has('namespaced') || resource.namespaced === flags.isOn('namespaced')),
    ).toSorted(
      (a, b) =>
        (sortBy === 'kind' ? compareText(a.kind, b.kind) : sortBy === '' ? compareText(a.group, b.group) : 0) ||
        compareText(a.resource, b.resource),
    );
    if (output === 'name') {
      yield* print(shown.map(({ resource, group }) => `${resource}${group ? `.${group}` : ''}\n`).join(''));
      return 0;
    }
    const headers = ['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND', ...(output === 'wide' ? ['VERBS'] : [])];
    const rows = shown.map((resource) => rowOf(resource, output === 'wide'));
    const lines = flags.isOn('no-headers') ? rows : [headers, ...rows];
    yield* print(alignTabs(lines.map((line) => `${line.join('\t')}\n`).join(''), TABLE_TABS));
    return 0;
  },
};

function rowOf(resource: Resource, isWide: boolean): string[] {
  const verbs = resource.kind === 'Binding' ? 'create' : 'create,delete,deletecollection,get,list,patch,update,watch';
  const row = [resource.resource, resource.shortNames.join(','), apiVersionOf(resource), String(resource.namespaced), resource.kind];
  return isWide ? [...row, verbs] : row;
}

const apiVersions: Command = {
  name: 'api-versions',
  usage: 'api-versions',
  about: 'Print the supported API versions on the server, in the form of "group/version".',
  flags: [],
  *run({ args }) {
    if (args.length > 0) throw usageError('api-versions', `unexpected arguments: [${args.join(' ')}]`);
    const versions = [...new Set(RESOURCES.map(apiVersionOf))].sort(compareText);
    yield* print(versions.map((version) => `${version}\n`).join(''));
    return 0;
  },
};

export default [apiResources, apiVersions];
