// The text of FailedScheduling. Models pkg/scheduler/framework/types.go FitError.Error.
import { compareText } from '../../../base/order.ts';
import type { Status } from './status.ts';

/** Why a Pod fits nowhere. */
export interface FitError {
  readonly allNodes: number;
  /** One for each node. */
  readonly statuses: readonly Status[];
  /** Where a plugin refused the Pod before any node was looked at. */
  readonly preFilter?: string;
  /** What came of trying to make room. */
  readonly postFilter?: string;
}

/** `0/3 nodes are available: 1 Insufficient cpu, 2 ... .`, its counted reasons sorted as texts (10 before 2), and what followed. */
export function fitErrorMessage({ allNodes, statuses, preFilter = '', postFilter = '' }: FitError): string {
  let message = `0/${allNodes} nodes are available:`;
  if (preFilter !== '') {
    message += ` ${preFilter}.`;
  } else {
    const counts = new Map<string, number>();
    for (const { reasons } of statuses) for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
    const counted = [...counts].map(([reason, count]) => `${count} ${reason}`).sort(compareText);
    if (counted.length > 0) message += ` ${counted.join(', ')}.`;
  }
  return postFilter === '' ? message : `${message} ${postFilter}`;
}
