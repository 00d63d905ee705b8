// activeDeadlineSeconds. Models pkg/kubelet/active_deadline.go.
import type { Instant } from '../../engine/records.ts';
import type { Pod, PodStatus } from '../api/types.ts';
import { instantOf } from './clock.ts';

/** When a Pod has been active for as long as it may; undefined where nothing limits it or it has not begun. */
export function deadlineOf(pod: Pod, status: PodStatus, startAtMs: number): Instant | undefined {
  const { activeDeadlineSeconds } = pod.spec;
  if (activeDeadlineSeconds === undefined || status.startTime === undefined) return undefined;
  return instantOf(startAtMs, status.startTime) + activeDeadlineSeconds * 1000;
}
