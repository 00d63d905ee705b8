// InterPodAffinity: Pods that want to be near others, or away from them. Models plugins/interpodaffinity.
import type { Pod } from '../../../api/types.ts';
import type { Plugin } from '../../framework/plugin.ts';
import { podInfoOf, termMatches } from '../../framework/pod-info.ts';
import { preFilter } from './filtering.ts';
import { preScore } from './scoring.ts';

/** Whether a Pod that came, went or changed its labels is one that the waiting Pod's terms, or whose own terms, speak of. */
function concerns(pod: Pod, before: Pod | undefined, after: Pod | undefined): boolean {
  const waiting = podInfoOf(pod);
  // Labels of namespaces are not at hand here: a term that chooses namespaces by labels is taken to match, and the Pod is tried.
  const speaksOf = (terms: ReturnType<typeof podInfoOf>['affinity']['required'], other: Pod): boolean =>
    terms.some((term) => term.namespaceSelector !== undefined || termMatches(term, podInfoOf(other), () => ({})));
  const { required, requiredAnti } = waiting.affinity;
  const arrived = after !== undefined && speaksOf(required, after) && !(before && speaksOf(required, before));
  const left = before !== undefined && speaksOf(requiredAnti, before) && !(after && speaksOf(requiredAnti, after));
  const released = before !== undefined && after === undefined && speaksOf(podInfoOf(before).affinity.requiredAnti, pod);
  return arrived || left || released;
}

const plugin: Plugin = {
  name: 'InterPodAffinity',
  order: 12,
  weight: 2,
  countsPods: true,
  requeue: [
    { resource: 'AssignedPod', actions: ['Add', 'Delete', 'UpdateLabel'], hint: concerns },
    { resource: 'Own', actions: ['UpdateLabel'] },
    {
      resource: 'Node',
      actions: ['Add', 'UpdateLabel'],
      hint(pod, before, after) {
        const { required, requiredAnti } = podInfoOf(pod).affinity;
        const keys = [...required, ...requiredAnti].map(({ topologyKey }) => topologyKey);
        return keys.length === 0 || keys.some((key) => after?.metadata.labels?.[key] !== before?.metadata.labels?.[key]);
      },
    },
  ],
  preFilter,
  preScore,
};
export default plugin;
