// Taints and tolerations.
import type { Taint, Toleration } from '../../api/types.ts';

/** Whether a toleration tolerates a taint. Models k8s.io/api/core/v1/toleration.go ToleratesTaint. */
export function tolerates(toleration: Toleration, taint: Taint): boolean {
  const { effect = '', key = '', operator = 'Equal', value = '' } = toleration;
  if (effect !== '' && effect !== taint.effect) return false;
  if (key !== '' && key !== taint.key) return false;
  if (operator === 'Exists') return true;
  return operator === 'Equal' && value === (taint.value ?? '');
}

/** Whether any toleration tolerates the taint. */
export const isTolerated = (taint: Taint, tolerations: readonly Toleration[]): boolean =>
  tolerations.some((toleration) => tolerates(toleration, taint));

/** Whether a taint keeps Pods away, rather than being a preference. */
export const keepsAway = (taint: Taint): boolean => taint.effect === 'NoSchedule' || taint.effect === 'NoExecute';

/** Whether every taint that keeps Pods away is tolerated. */
export const toleratesAll = (taints: readonly Taint[] | undefined, tolerations: readonly Toleration[] | undefined): boolean =>
  !taints?.some((taint) => keepsAway(taint) && !isTolerated(taint, tolerations ?? []));
