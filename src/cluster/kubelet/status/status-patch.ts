// The difference between two statuses as a strategic merge patch. Models pkg/util/pod/pod.go PatchPodStatus.
import { equal } from '../../../base/json.ts';
import { decodeStruct } from '../../api/decode.ts';
import type { PodCondition, PodStatus } from '../../api/types.ts';

/** What to send so that `from` becomes `to`; undefined where they say the same. Fields that the kubelet does not write stay. */
export function statusPatch(from: PodStatus, to: PodStatus): Readonly<Record<string, unknown>> | undefined {
  const patch: Record<string, unknown> = {};
  const before = from as Readonly<Record<string, unknown>>;
  const after = canonicalStatus(to);
  for (const [field, value] of Object.entries(after)) {
    if (field !== 'conditions' && !equal(before[field], value)) patch[field] = value;
  }
  for (const field of ['reason', 'message', 'podIP', 'podIPs'] as const) {
    if (before[field] !== undefined && to[field] === undefined) patch[field] = null;
  }
  Object.assign(patch, conditionsPatch(from.conditions ?? [], after.conditions ?? []));
  return Object.keys(patch).length === 0 ? undefined : patch;
}

/** A status as the server would write it again: what is compared with what it has written. */
function canonicalStatus(status: PodStatus): PodStatus {
  const decoded = decodeStruct('core.PodStatus', status);
  return 'error' in decoded ? status : (decoded.object as PodStatus);
}

/** Conditions are merged by type: those that differ, those that are gone, and the order of all. */
function conditionsPatch(from: readonly PodCondition[], to: readonly PodCondition[]): Readonly<Record<string, unknown>> {
  const changed = to.flatMap((each) => {
    const before = from.find(({ type }) => type === each.type);
    return equal(before, each) ? [] : [withoutOld(before, each)];
  });
  const gone = from.filter((each) => !to.some(({ type }) => type === each.type)).map(({ type }) => ({ $patch: 'delete', type }));
  if (changed.length === 0 && gone.length === 0) return {};
  return { '$setElementOrder/conditions': to.map(({ type }) => ({ type })), conditions: [...changed, ...gone] };
}

/** A field that is no longer said is taken away by null. */
function withoutOld(before: PodCondition | undefined, next: PodCondition): Readonly<Record<string, unknown>> {
  const nulls = ['reason', 'message'].filter((field) => (before as Record<string, unknown> | undefined)?.[field] !== undefined);
  return { ...Object.fromEntries(nulls.map((field) => [field, null])), ...next };
}
