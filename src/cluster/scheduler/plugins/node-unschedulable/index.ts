// NodeUnschedulable: a cordoned node takes no Pods that do not tolerate it. Models plugins/nodeunschedulable.
import type { Node, Pod, Taint } from '../../../api/types.ts';
import type { Plugin } from '../../framework/plugin.ts';
import { SUCCESS, unresolvable } from '../../framework/status.ts';
import { isTolerated } from '../../framework/taints.ts';

const CORDONED: Taint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };
const REJECTED = unresolvable('node(s) were unschedulable');

const takes = (node: Node, pod: Pod): boolean => !node.spec.unschedulable || isTolerated(CORDONED, pod.spec.tolerations ?? []);

const plugin: Plugin = {
  name: 'NodeUnschedulable',
  order: 2,
  requeue: [
    {
      resource: 'Node',
      actions: ['Add', 'UpdateTaint'],
      hint: (pod, before, after) => after !== undefined && takes(after, pod) && !(before && takes(before, pod)),
    },
    { resource: 'Own', actions: ['UpdateToleration'] },
  ],
  preFilter: ({ pod }) => ({ filter: ({ node }) => (takes(node, pod) ? SUCCESS : REJECTED) }),
};
export default plugin;
