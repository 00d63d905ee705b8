// The quality of service class of a Pod. Models pkg/apis/core/v1/helper/qos/qos.go.
import { compareQuantities, nanosOf } from './quantity.ts';
import { addQuantities } from './quantity.ts';
import type { PodSpec, ResourceRequirements } from './types.ts';

/** How a Pod fares when its node runs short. */
export type QosClass = 'Guaranteed' | 'Burstable' | 'BestEffort';

const COUNTED = ['cpu', 'memory'] as const;

/** Computes the class from CPU and memory: of the whole Pod where it sets them, else of all its containers. */
export function podQos({ spec }: { readonly spec: PodSpec }): QosClass {
  const parts =
    spec.resources !== undefined ? [spec.resources] : [...spec.containers, ...(spec.initContainers ?? [])].map((each) => each.resources);
  const requests = sumOf(parts, 'requests');
  const limits = sumOf(parts, 'limits');
  if (Object.keys(requests).length === 0 && Object.keys(limits).length === 0) return 'BestEffort';
  const allLimited = parts.every((part) => COUNTED.every((name) => isSet(part?.limits?.[name])));
  const equal = COUNTED.every((name) => requests[name] === undefined || compareQuantities(requests[name], limits[name] ?? '0') === 0);
  const sameNames = Object.keys(requests).length === Object.keys(limits).length;
  return allLimited && equal && sameNames ? 'Guaranteed' : 'Burstable';
}

const isSet = (quantity: string | undefined): quantity is string => quantity !== undefined && nanosOf(quantity) > 0n;

function sumOf(parts: readonly (ResourceRequirements | undefined)[], which: 'requests' | 'limits'): Partial<Record<string, string>> {
  const sum: Partial<Record<string, string>> = {};
  for (const part of parts) {
    for (const name of COUNTED) {
      const amount = part?.[which]?.[name];
      if (isSet(amount)) sum[name] = addQuantities(sum[name] ?? '0', amount);
    }
  }
  return sum;
}
