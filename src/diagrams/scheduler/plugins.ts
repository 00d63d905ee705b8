// What the figure has to know of the plugins of the default profile besides what an attempt says of them.
import type { Pod } from '../../cluster/api/types.ts';
import { podInfoOf } from '../../cluster/scheduler/framework/pod-info.ts';

/** Weights of the default profile, for a plugin whose scores are all 0 (of others the attempt itself tells). Models getDefaultPlugins. */
const WEIGHTS: Readonly<Record<string, number>> = {
  TaintToleration: 3,
  NodeAffinity: 2,
  PodTopologySpread: 2,
  InterPodAffinity: 2,
  DynamicResources: 2,
};

/** How much a plugin's score counts, where an attempt does not tell. */
export const usualWeight = (plugin: string): number => WEIGHTS[plugin] ?? 1;

/** Filters that answer Skip in PreFilter where the Pod asks nothing of them: they pass every node without looking at it. */
const SKIPS: Readonly<Record<string, (pod: Pod) => boolean>> = {
  NodeAffinity: ({ spec }) =>
    spec.nodeSelector === undefined && spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution === undefined,
  NodePorts: (pod) => podInfoOf(pod).hostPorts.length === 0,
  VolumeBinding: ({ spec }) => !(spec.volumes ?? []).some((volume) => volume.persistentVolumeClaim || volume.ephemeral),
  PodTopologySpread: ({ spec }) => !(spec.topologySpreadConstraints ?? []).some((one) => one.whenUnsatisfiable === 'DoNotSchedule'),
  DynamicResources: ({ spec }) => (spec.resourceClaims ?? []).length === 0,
};

/** Whether a filter has nothing to check for a Pod. InterPodAffinity may have because of other Pods, and so is never said to be idle. */
export const hasNothingToCheck = (plugin: string, pod: Pod | undefined): boolean => pod !== undefined && (SKIPS[plugin]?.(pod) ?? false);
