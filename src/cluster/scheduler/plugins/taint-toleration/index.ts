// TaintToleration: keeps Pods off nodes whose taints they do not tolerate, and prefers nodes with fewer PreferNoSchedule taints.
// Models plugins/tainttoleration.
import { normaliseByMaximum, type Plugin } from '../../framework/plugin.ts';
import { SUCCESS, unresolvable } from '../../framework/status.ts';
import { isTolerated, toleratesAll } from '../../framework/taints.ts';

const REJECTED = unresolvable('node(s) had untolerated taint(s)');

const plugin: Plugin = {
  name: 'TaintToleration',
  order: 4,
  weight: 3,
  requeue: [
    {
      resource: 'Node',
      actions: ['Add', 'UpdateTaint'],
      hint(pod, before, after) {
        const { tolerations } = pod.spec;
        return (
          after !== undefined && toleratesAll(after.spec.taints, tolerations) && !(before && toleratesAll(before.spec.taints, tolerations))
        );
      },
    },
    { resource: 'Own', actions: ['UpdateToleration'] },
  ],
  preFilter: ({ pod }) => ({ filter: ({ node }) => (toleratesAll(node.spec.taints, pod.spec.tolerations) ? SUCCESS : REJECTED) }),
  preScore({ pod }) {
    const tolerations = (pod.spec.tolerations ?? []).filter(({ effect = '' }) => effect === '' || effect === 'PreferNoSchedule');
    return {
      score: ({ node }) =>
        (node.spec.taints ?? []).filter((taint) => taint.effect === 'PreferNoSchedule' && !isTolerated(taint, tolerations)).length,
      normalise: (scores) => normaliseByMaximum(scores, true),
    };
  },
};
export default plugin;
