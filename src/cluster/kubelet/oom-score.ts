// How willingly the kernel kills a container where its node has no memory left. Models GetContainerOOMScoreAdjust of
// pkg/kubelet/qos/policy.go.
import { aggregateRequests, isSidecar } from '../api/pod-resources.ts';
import { podQos } from '../api/qos.ts';
import { unitValue } from '../api/quantity.ts';
import type { Container, PodSpec } from '../api/types.ts';

const GUARANTEED = -997;
const BEST_EFFORT = 1000;
const NODE_CRITICAL = 'system-node-critical';

const memoryOf = ({ resources }: Container): number => unitValue(resources?.requests?.memory ?? '0');

/** The adjustment of a container's score, on a node with so many bytes of memory: -997 (last) to 1000 (first). */
export function oomScoreAdjust(spec: PodSpec, container: Container, capacityBytes: number): number {
  if (spec.priorityClassName === NODE_CRITICAL) return GUARANTEED;
  const qos = podQos({ spec });
  if (qos === 'Guaranteed') return GUARANTEED;
  if (qos === 'BestEffort') return BEST_EFFORT;
  const shared = sharedBytes(spec);
  const adjust = (bytes: number): number => BEST_EFFORT - Math.floor((BEST_EFFORT * (bytes + shared)) / Math.max(1, capacityBytes));
  const own = adjust(memoryOf(container));
  const least = Math.min(...spec.containers.map(memoryOf));
  // A sidecar is not killed before the containers that it serves.
  const score = isSidecar(container) ? Math.min(own, adjust(least)) : own;
  return Math.min(BEST_EFFORT - 1, Math.max(BEST_EFFORT + GUARANTEED, score));
}

/** What the whole Pod asks for beyond its containers, for each of them. */
function sharedBytes(spec: PodSpec): number {
  const whole = spec.resources?.requests?.memory;
  if (whole === undefined) return 0;
  const rest = unitValue(whole) - unitValue(aggregateRequests(spec).memory ?? '0');
  return Math.max(0, Math.floor(rest / (spec.containers.length + (spec.initContainers ?? []).filter(isSidecar).length)));
}
