// NodePorts: two Pods cannot take the same port of a node. Models plugins/nodeports.
import type { Plugin } from '../../framework/plugin.ts';
import { type HostPort, podInfoOf } from '../../framework/pod-info.ts';
import { SUCCESS, unschedulable } from '../../framework/status.ts';

const REJECTED = unschedulable("node(s) didn't have free ports for the requested pod ports");
const EVERYWHERE = '0.0.0.0';

const conflict = (a: HostPort, b: HostPort): boolean =>
  a.port === b.port && a.protocol === b.protocol && (a.ip === b.ip || a.ip === EVERYWHERE || b.ip === EVERYWHERE);
const conflictsWithAny = (wanted: readonly HostPort[], taken: readonly HostPort[]): boolean =>
  taken.some((port) => wanted.some((other) => conflict(other, port)));

const plugin: Plugin = {
  name: 'NodePorts',
  order: 6,
  requeue: [
    {
      resource: 'AssignedPod',
      actions: ['Delete'],
      hint: (pod, before) => before !== undefined && conflictsWithAny(podInfoOf(pod).hostPorts, podInfoOf(before).hostPorts),
    },
    { resource: 'Node', actions: ['Add'] },
  ],
  preFilter({ hostPorts }) {
    if (hostPorts.length === 0) return undefined;
    return { filter: ({ pods }) => (pods.some((other) => conflictsWithAny(hostPorts, other.hostPorts)) ? REJECTED : SUCCESS) };
  },
};
export default plugin;
