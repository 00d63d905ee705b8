// The taints that follow from what a node says of itself. Models doNoScheduleTaintingPass and processTaintBaseEviction of
// pkg/controller/nodelifecycle/node_lifecycle_controller.go.
import type { Node, Taint } from '../../api/types.ts';

const NOT_READY = 'node.kubernetes.io/not-ready';
const UNREACHABLE = 'node.kubernetes.io/unreachable';
const UNSCHEDULABLE = 'node.kubernetes.io/unschedulable';

/** Condition, the status that matters, and the taint. */
const BY_CONDITION: readonly (readonly [type: string, status: string, key: string])[] = [
  ['Ready', 'False', NOT_READY],
  ['Ready', 'Unknown', UNREACHABLE],
  ['MemoryPressure', 'True', 'node.kubernetes.io/memory-pressure'],
  ['DiskPressure', 'True', 'node.kubernetes.io/disk-pressure'],
  ['NetworkUnavailable', 'True', 'node.kubernetes.io/network-unavailable'],
  ['PIDPressure', 'True', 'node.kubernetes.io/pid-pressure'],
];
/** The keys that this controller owns. */
export const NODE_CONDITIONS: ReadonlySet<string> = new Set([...BY_CONDITION.map(([, , key]) => key), UNSCHEDULABLE]);

const statusOf = (node: Node, type: string): string | undefined => node.status?.conditions?.find((each) => each.type === type)?.status;

/** Whether its Ready condition is True. */
export const isReady = (node: Node): boolean => statusOf(node, 'Ready') === 'True';

/** The keys of the NoSchedule taints that a node should have. */
export function noScheduleTaints(node: Node): readonly string[] {
  const keys = BY_CONDITION.filter(([type, status]) => statusOf(node, type) === status).map(([, , key]) => key);
  return node.spec?.unschedulable ? [...keys, UNSCHEDULABLE] : keys;
}

/** The key of the NoExecute taint that a node should have, if any. */
export function noExecuteTaint(node: Node): string | undefined {
  const ready = statusOf(node, 'Ready');
  if (ready === 'False') return NOT_READY;
  return ready === 'Unknown' ? UNREACHABLE : undefined;
}

/** The node's taints with exactly these of this controller's for an effect; undefined where they are so already. */
export function withTaints(node: Node, effect: string, keys: readonly string[]): readonly Taint[] | undefined {
  const before = node.spec?.taints ?? [];
  const isOwn = (taint: Taint): boolean => taint.effect === effect && NODE_CONDITIONS.has(taint.key);
  const standing = before.filter(isOwn).map(({ key }) => key);
  if (standing.length === keys.length && keys.every((key) => standing.includes(key))) return undefined;
  const kept = before.filter((taint) => !isOwn(taint) || keys.includes(taint.key));
  return [...kept, ...keys.filter((key) => !standing.includes(key)).map((key) => ({ key, effect }))];
}
