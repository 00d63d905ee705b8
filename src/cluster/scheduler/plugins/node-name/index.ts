// NodeName: a Pod that names its node goes there alone. Models plugins/nodename.
import type { Plugin } from '../../framework/plugin.ts';
import { SUCCESS, unresolvable } from '../../framework/status.ts';

const REJECTED = unresolvable("node(s) didn't match the requested node name");

const plugin: Plugin = {
  name: 'NodeName',
  order: 3,
  requeue: [{ resource: 'Node', actions: ['Add'], hint: (pod, _before, after) => after?.metadata.name === pod.spec.nodeName }],
  preFilter: ({ pod }) => ({ filter: ({ name }) => (!pod.spec.nodeName || pod.spec.nodeName === name ? SUCCESS : REJECTED) }),
};
export default plugin;
