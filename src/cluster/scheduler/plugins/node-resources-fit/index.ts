// NodeResourcesFit: what a Pod requests must be left on the node; scores nodes by what stays free (LeastAllocated).
// Models plugins/noderesources/fit.go and least_allocated.go.
import type { Node, Pod } from '../../../api/types.ts';
import { type NodeInfo, nodeInfoOf } from '../../framework/node-info.ts';
import { MAX_NODE_SCORE, type Plugin } from '../../framework/plugin.ts';
import { podRequests, type Resources } from '../../framework/resources.ts';
import { type Status, SUCCESS, unresolvable, unschedulable } from '../../framework/status.ts';

/** What a node lacks for a request; unresolvable where even an empty node of its size would. */
function checkFit(requests: Resources, node: NodeInfo): Status {
  const { allocatable, requested, allowedPods, pods } = node;
  const reasons: string[] = [];
  let tooBig = false;
  const check = (name: string, asked: number, used: number, of: number): void => {
    if (asked === 0 || asked <= of - used) return;
    reasons.push(`Insufficient ${name}`);
    tooBig ||= asked > of;
  };
  if (pods.length + 1 > allowedPods) reasons.push('Too many pods');
  check('cpu', requests.cpuMilli, requested.cpuMilli, allocatable.cpuMilli);
  check('memory', requests.memoryBytes, requested.memoryBytes, allocatable.memoryBytes);
  check('ephemeral-storage', requests.ephemeralBytes, requested.ephemeralBytes, allocatable.ephemeralBytes);
  for (const [name, asked] of Object.entries(requests.scalars)) {
    check(name, asked, requested.scalars[name] ?? 0, allocatable.scalars[name] ?? 0);
  }
  if (reasons.length === 0) return SUCCESS;
  return tooBig ? unresolvable(...reasons) : unschedulable(...reasons);
}

const fitsEmpty = (pod: Pod, node: Node): boolean => checkFit(podRequests(pod), nodeInfoOf(node, [])).code === 'Success';

/** Whether a node got more of something that the Pod requests. */
function gained(pod: Pod, before: Node, after: Node): boolean {
  const [old, now, wanted] = [nodeInfoOf(before, []), nodeInfoOf(after, []), podRequests(pod)];
  return (
    now.allowedPods > old.allowedPods ||
    (wanted.cpuMilli > 0 && now.allocatable.cpuMilli > old.allocatable.cpuMilli) ||
    (wanted.memoryBytes > 0 && now.allocatable.memoryBytes > old.allocatable.memoryBytes) ||
    (wanted.ephemeralBytes > 0 && now.allocatable.ephemeralBytes > old.allocatable.ephemeralBytes) ||
    Object.keys(wanted.scalars).some((name) => (now.allocatable.scalars[name] ?? 0) > (old.allocatable.scalars[name] ?? 0))
  );
}

const freeShare = (used: number, of: number): number => (of === 0 || used > of ? 0 : Math.trunc(((of - used) * MAX_NODE_SCORE) / of));

const plugin: Plugin = {
  name: 'NodeResourcesFit',
  order: 7,
  weight: 1,
  requeue: [
    { resource: 'AssignedPod', actions: ['Delete', 'ScaleDown'] },
    {
      resource: 'Node',
      actions: ['Add', 'UpdateAllocatable'],
      hint: (pod, before, after) => after !== undefined && fitsEmpty(pod, after) && (before === undefined || gained(pod, before, after)),
    },
    { resource: 'Own', actions: ['ScaleDown'] },
  ],
  preFilter: ({ requests }) => ({ filter: (node) => checkFit(requests, node) }),
  preScore: ({ requestsForScore }) => ({
    score({ allocatable, requestedForScore }) {
      const shares: number[] = [];
      const { cpuMilli, memoryBytes } = allocatable;
      if (cpuMilli > 0) shares.push(freeShare(requestedForScore.cpuMilli + requestsForScore.cpuMilli, cpuMilli));
      if (memoryBytes > 0) shares.push(freeShare(requestedForScore.memoryBytes + requestsForScore.memoryBytes, memoryBytes));
      return shares.length === 0 ? 0 : Math.trunc(shares.reduce((a, b) => a + b, 0) / shares.length);
    },
  }),
};
export default plugin;
