// POST of an Eviction: a deletion that a PodDisruptionBudget may refuse. Models pkg/registry/core/pod/storage/eviction.go.
import { isObject } from '../../../base/json.ts';
import { podKey, storagePrefix } from '../../api/resources.ts';
import { matchesLabelSelector } from '../../api/selector.ts';
import { notFound, tooManyRequests } from '../../api/status.ts';
import type { Pod, PodCondition, PodDisruptionBudget } from '../../api/types.ts';
import type { ClusterContext } from '../../component.ts';
import type { Stored } from '../cache.ts';
import { canonicalPodStatus } from '../canonical.ts';
import { type Ask, type Edit, type Server, editStored, refuse, respond, timeNow } from '../server.ts';
import { type DeleteOptions, deleteStored } from './delete.ts';

/** Serves an eviction. */
export function evict(server: Server, context: ClusterContext, ask: Ask): void {
  const { namespace, name } = ask.target;
  const key = podKey(namespace, name);
  const given = isObject(ask.request.body) && isObject(ask.request.body.deleteOptions) ? ask.request.body.deleteOptions : {};
  const { gracePeriodSeconds } = given as { gracePeriodSeconds?: number };
  const options: DeleteOptions = { ...(gracePeriodSeconds !== undefined && { gracePeriodSeconds }), isDryRun: ask.query.dryRun === 'All' };
  const edit = (entry: { readonly object: Stored } | undefined, now: ClusterContext): Edit => {
    if (!entry) return { refusal: notFound({ group: '', name: 'pods' }, name) };
    const pod = entry.object as Stored & Pod;
    // A Pod that has ended, waits or is going already disrupts nothing.
    const isFree = pod.status.phase !== 'Running' || pod.metadata.deletionTimestamp !== undefined;
    if (!isFree && isProtected(server, pod)) {
      return { refusal: tooManyRequests("Cannot evict pod as it would violate the pod's disruption budget.") };
    }
    return isFree || options.isDryRun ? { same: pod } : { put: withCondition(pod, timeNow(server, now)) };
  };
  editStored(server, context, ask, key, edit, (later, marked) => {
    if ('refusal' in marked) return refuse(later, ask, marked.refusal);
    deleteStored(server, later, ask, key, options, (end, result) => {
      if ('refusal' in result) return refuse(end, ask, result.refusal);
      respond(end, ask, 201, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 });
    });
  });
}

function withCondition(pod: Stored & Pod, now: string): Stored {
  const condition: PodCondition = {
    type: 'DisruptionTarget',
    ...(pod.metadata.generation !== undefined && { observedGeneration: pod.metadata.generation }),
    status: 'True',
    lastTransitionTime: now,
    reason: 'EvictionByEvictionAPI',
    message: 'Eviction API: evicting',
  };
  const conditions = [...(pod.status.conditions ?? []).filter(({ type }) => type !== 'DisruptionTarget'), condition];
  return { ...pod, status: canonicalPodStatus({ ...pod.status, conditions }) };
}

/** Whether a budget needs this Pod: counted here and now, as the disruption controller would. */
function isProtected(server: Server, pod: Stored & Pod): boolean {
  const { namespace = '', labels = {} } = pod.metadata;
  const inNamespace = (resource: string) => server.cache.list(resource, `${storagePrefix(resource)}${namespace}/`);
  return inNamespace('poddisruptionbudgets').some(({ object }) => {
    const { spec } = object as Stored & PodDisruptionBudget;
    if (!matchesLabelSelector(spec?.selector, labels)) return false;
    const covered = inNamespace('pods')
      .map((entry) => entry.object as Stored & Pod)
      .filter((each) => matchesLabelSelector(spec?.selector, each.metadata.labels ?? {}));
    const healthy = covered.filter(isReady).length;
    const unhealthyMayGo = !isReady(pod) && (spec?.unhealthyPodEvictionPolicy === 'AlwaysAllow' || healthy >= wanted(spec, covered.length));
    return !unhealthyMayGo && healthy - 1 < wanted(spec, covered.length);
  });
}

const isReady = ({ status, metadata }: Pod): boolean =>
  metadata.deletionTimestamp === undefined &&
  (status.conditions ?? []).some(({ type, status: value }) => type === 'Ready' && value === 'True');

/** How many Pods must stay healthy. */
function wanted(spec: PodDisruptionBudget['spec'], count: number): number {
  const scaled = (value: number | string): number =>
    typeof value === 'number' ? value : Math.ceil((Number.parseInt(value, 10) / 100) * count);
  if (spec?.minAvailable !== undefined) return scaled(spec.minAvailable);
  return spec?.maxUnavailable === undefined ? count - 1 : Math.max(0, count - scaled(spec.maxUnavailable));
}
