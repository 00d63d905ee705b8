// PostFilter: what can be done for a Pod that fits nowhere. Models RunPostFilterPlugins of framework/runtime/framework.go.
import type { NodeInfo } from '../framework/node-info.ts';
import type { PostFiltered } from '../framework/plugin.ts';
import { type Rejection, type Status, SUCCESS } from '../framework/status.ts';
import type { Cycle } from './cycle.ts';

/** Asks each plugin in turn until one succeeds; where none does, all their reasons are told. */
export function runPostFilters(
  { profile, pod, snapshot, random }: Cycle,
  rejections: ReadonlyMap<string, Rejection>,
  check: (node: NodeInfo) => Status | undefined,
): PostFiltered {
  const reasons: string[] = [];
  let nominated: string | undefined;
  for (const plugin of profile.postFilter) {
    const result = plugin.postFilter?.({
      pod,
      snapshot,
      statusOf: (node) => rejections.get(node) ?? SUCCESS,
      filterAgain: (node) => check(node) ?? SUCCESS,
      random: random('preemption-offset'),
    });
    if (!result) continue;
    if (result.status.code === 'Success') return result;
    reasons.push(...result.status.reasons);
    nominated = result.nominated ?? nominated;
  }
  return { status: { code: 'Unschedulable', reasons }, ...(nominated !== undefined && { nominated }) };
}
