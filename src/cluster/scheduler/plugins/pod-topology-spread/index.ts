// PodTopologySpread: spreads Pods over zones, nodes or any other label. Models plugins/podtopologyspread.
import type { Pod } from '../../../api/types.ts';
import type { Plugin } from '../../framework/plugin.ts';
import { constraintsOf, hasEveryTopology } from './constraints.ts';
import { preFilter } from './filtering.ts';
import { preScore } from './scoring.ts';

/** Whether a constraint of the waiting Pod counts the other Pod, as it was or as it is. */
function counts(pod: Pod, ...others: readonly (Pod | undefined)[]): boolean {
  const constraints = constraintsOf(pod, 'DoNotSchedule');
  return others.some(
    (other) =>
      other !== undefined &&
      other.metadata.namespace === pod.metadata.namespace &&
      constraints.some(({ selector }) => selector(other.metadata.labels ?? {})),
  );
}

const plugin: Plugin = {
  name: 'PodTopologySpread',
  order: 11,
  weight: 2,
  countsPods: true,
  requeue: [
    { resource: 'AssignedPod', actions: ['Add', 'Delete', 'UpdateLabel'], hint: counts },
    {
      resource: 'Node',
      actions: ['Add', 'Delete', 'UpdateLabel', 'UpdateTaint'],
      hint(pod, before, after) {
        const constraints = constraintsOf(pod, 'DoNotSchedule');
        return [before, after].some((node) => node !== undefined && hasEveryTopology(node.metadata.labels ?? {}, constraints));
      },
    },
    { resource: 'Own', actions: ['UpdateLabel'] },
  ],
  preFilter,
  preScore,
};
export default plugin;
