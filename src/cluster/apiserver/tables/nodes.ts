// Nodes as a table. Models pkg/printers/internalversion/printers.go printNode.
import { sortedKeys } from '../../../base/order.ts';
import { age } from '../../api/human-duration.ts';
import type { Node } from '../../api/types.ts';
import { AGE, column, NAME, type TableKind, wideColumn } from './table-kind.ts';

const ROLE_PREFIX = 'node-role.kubernetes.io/';

/** The table of Nodes. */
export const nodeTable: TableKind<Node> = {
  columns: [
    NAME,
    column('Status'),
    column('Roles'),
    AGE,
    column('Version'),
    wideColumn('Internal-IP'),
    wideColumn('External-IP'),
    wideColumn('OS-Image'),
    wideColumn('Kernel-Version'),
    wideColumn('Container-Runtime'),
  ],
  cells(node, nowMs) {
    const { nodeInfo, addresses = [] } = node.status ?? {};
    const address = (type: string) => addresses.find((item) => item.type === type)?.address ?? '<none>';
    const kernel = nodeInfo?.kernelVersion || '<unknown>';
    return [
      node.metadata.name,
      nodeStatus(node),
      nodeRoles(node).join(',') || '<none>',
      age(node.metadata.creationTimestamp, nowMs),
      nodeInfo?.kubeletVersion ?? '',
      address('InternalIP'),
      address('ExternalIP'),
      nodeInfo?.osImage || '<unknown>',
      nodeInfo?.architecture ? `${kernel} (${nodeInfo.architecture})` : kernel,
      nodeInfo?.containerRuntimeVersion || '<unknown>',
    ];
  },
};

/** The STATUS column of a node: `Ready`, `NotReady`, `Unknown`, with `SchedulingDisabled` once it is cordoned. */
export function nodeStatus(node: Node): string {
  const ready = (node.status?.conditions ?? []).find((condition) => condition.type === 'Ready');
  const states = [ready === undefined ? 'Unknown' : ready.status === 'True' ? 'Ready' : 'NotReady'];
  if (node.spec?.unschedulable) states.push('SchedulingDisabled');
  return states.join(',');
}

/** The roles in a node's labels, sorted. */
export function nodeRoles(node: Node): string[] {
  const labels = node.metadata.labels ?? {};
  const roles = new Set<string>();
  for (const key of sortedKeys(labels)) {
    if (key.startsWith(ROLE_PREFIX) && key.length > ROLE_PREFIX.length) roles.add(key.slice(ROLE_PREFIX.length));
    else if (key === 'kubernetes.io/role' && labels[key]) roles.add(labels[key]);
  }
  return [...roles].sort();
}
