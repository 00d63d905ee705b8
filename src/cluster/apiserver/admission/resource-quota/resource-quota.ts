// What all Pods of a namespace use together stays within its ResourceQuotas.
// Models k8s.io/apiserver/pkg/admission/plugin/resourcequota and pkg/quota/v1/evaluator/core/pods.go.
import { sortedKeys } from '../../../../base/order.ts';
import { type ResourceList, podLimits, podRequests } from '../../../api/pod-resources.ts';
import { podQos } from '../../../api/qos.ts';
import { addQuantities, nanosOf } from '../../../api/quantity.ts';
import type { Container, Pod, ResourceQuota } from '../../../api/types.ts';
import { type AdmissionPlugin, isPodWrite, refuse } from '../plugin.ts';

/** Resources that each container must give once a quota counts them. */
const DEMANDED: ReadonlySet<string> = new Set(['cpu', 'memory', 'requests.cpu', 'requests.memory', 'limits.cpu', 'limits.memory']);

/** What one Pod counts for, by the names that quotas use. */
function usageOf(pod: Pod): ResourceList {
  const usage: Record<string, string> = { pods: '1', 'count/pods': '1' };
  for (const [name, amount] of Object.entries(podRequests(pod.spec))) {
    usage[`requests.${name}`] = amount;
    if (name === 'cpu' || name === 'memory' || name === 'ephemeral-storage') usage[name] = amount;
  }
  for (const [name, amount] of Object.entries(podLimits(pod.spec))) usage[`limits.${name}`] = amount;
  return usage;
}

const isOver = (pod: Pod): boolean => pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';

const IN_SCOPE: Readonly<Record<string, (pod: Pod) => boolean>> = {
  BestEffort: (pod) => podQos(pod) === 'BestEffort',
  NotBestEffort: (pod) => podQos(pod) !== 'BestEffort',
  Terminating: (pod) => pod.spec.activeDeadlineSeconds !== undefined,
  NotTerminating: (pod) => pod.spec.activeDeadlineSeconds === undefined,
};

const isCounted = (quota: ResourceQuota, pod: Pod): boolean => (quota.spec?.scopes ?? []).every((scope) => IN_SCOPE[scope]?.(pod) ?? true);

/** `must specify limits.cpu for: app; ...`, or undefined. */
function missing(pod: Pod, hard: ResourceList): string | undefined {
  const containers = [...pod.spec.containers, ...(pod.spec.initContainers ?? [])];
  const lacks = (container: Container, name: string): boolean => {
    const [part, resource] = name.startsWith('limits.')
      ? (['limits', name.slice(7)] as const)
      : (['requests', name.replace(/^requests\./, '')] as const);
    return container.resources?.[part]?.[resource] === undefined && pod.spec.resources?.[part]?.[resource] === undefined;
  };
  const texts = sortedKeys(hard).flatMap((name) => {
    if (!DEMANDED.has(name)) return [];
    const names = containers.filter((container) => lacks(container, name)).map((container) => container.name);
    return names.length === 0 ? [] : [`${name} for: ${[...new Set(names)].sort().join(',')}`];
  });
  return texts.length === 0 ? undefined : `must specify ${texts.join('; ')}`;
}

const listed = (names: readonly string[], amounts: ResourceList): string =>
  names.map((name) => `${name}=${amounts[name] ?? '0'}`).join(',');

/** ResourceQuota, for Pods; what is used is counted from the Pods that stand. */
export const resourceQuota: AdmissionPlugin = {
  name: 'ResourceQuota',
  validate(request, lookup) {
    if (!isPodWrite(request) || request.operation !== 'CREATE') return undefined;
    const pod = request.object as unknown as Pod;
    for (const quota of lookup.list('resourcequotas', request.namespace) as readonly ResourceQuota[]) {
      const hard = quota.spec?.hard ?? {};
      if (!isCounted(quota, pod)) continue;
      const lack = missing(pod, hard);
      if (lack !== undefined) return refuse(request, `failed quota: ${quota.metadata.name}: ${lack}`);
      const requested = usageOf(pod);
      const standing = (lookup.list('pods', request.namespace) as readonly Pod[]).filter((each) => !isOver(each) && isCounted(quota, each));
      const used: Record<string, string> = {};
      for (const name of Object.keys(hard)) used[name] = addQuantities('0', ...standing.map((each) => usageOf(each)[name] ?? '0'));
      const exceeded = sortedKeys(hard).filter((name) => {
        const asked = requested[name];
        return asked !== undefined && nanosOf(used[name] ?? '0') + nanosOf(asked) > nanosOf(hard[name] ?? '0');
      });
      if (exceeded.length === 0) continue;
      const parts = `requested: ${listed(exceeded, requested)}, used: ${listed(exceeded, used)}, limited: ${listed(exceeded, hard)}`;
      return refuse(request, `exceeded quota: ${quota.metadata.name}, ${parts}`);
    }
    return undefined;
  },
};
