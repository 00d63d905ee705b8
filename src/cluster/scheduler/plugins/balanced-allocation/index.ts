// NodeResourcesBalancedAllocation: prefers the node whose CPU and memory the Pod brings closer together.
// Models plugins/noderesources/balanced_allocation.go (1.36: it compares the node with and without the Pod).
import { MAX_NODE_SCORE, type Plugin } from '../../framework/plugin.ts';
import type { Resources } from '../../framework/resources.ts';

const HALF = MAX_NODE_SCORE / 2;

/** How even the shares in use are: 100 where CPU and memory are used to the same share. */
function balance(cpuMilli: number, memoryBytes: number, of: Resources): number {
  // Of a single resource there is nothing to be uneven with.
  if (of.cpuMilli === 0 || of.memoryBytes === 0) return MAX_NODE_SCORE;
  const cpu = Math.min(cpuMilli / of.cpuMilli, 1);
  const memory = Math.min(memoryBytes / of.memoryBytes, 1);
  return Math.trunc((1 - Math.abs((cpu - memory) / 2)) * MAX_NODE_SCORE);
}

const plugin: Plugin = {
  name: 'NodeResourcesBalancedAllocation',
  order: 15,
  weight: 1,
  preScore({ requests }) {
    if (requests.cpuMilli === 0 && requests.memoryBytes === 0) return undefined;
    return {
      score({ allocatable, requested }) {
        const without = balance(requested.cpuMilli, requested.memoryBytes, allocatable);
        const withPod = balance(requested.cpuMilli + requests.cpuMilli, requested.memoryBytes + requests.memoryBytes, allocatable);
        return HALF + Math.trunc((HALF + withPod - without) / 2);
      },
    };
  },
};
export default plugin;
