// The order in which nodes are looked at: one of each zone in turn. Models pkg/scheduler/backend/cache/node_tree.go.
import type { Node } from '../../api/types.ts';

const LABELS: readonly (readonly [string, string])[] = [
  ['topology.kubernetes.io/region', 'failure-domain.beta.kubernetes.io/region'],
  ['topology.kubernetes.io/zone', 'failure-domain.beta.kubernetes.io/zone'],
];

/** A node's region and zone as one text; empty where it has neither. */
export function zoneOf({ metadata: { labels = {} } }: Node): string {
  const [region = '', zone = ''] = LABELS.map(([key, old]) => labels[key] ?? labels[old] ?? '');
  return region === '' && zone === '' ? '' : `${region}:${zone}`;
}

/** The names of nodes, one of each zone in turn; zones and nodes in the order in which they were seen first. */
export function zoneRoundRobin(nodes: Iterable<Node>): string[] {
  const zones = new Map<string, string[]>();
  for (const node of nodes) {
    const zone = zoneOf(node);
    const names = zones.get(zone);
    if (names) names.push(node.metadata.name);
    else zones.set(zone, [node.metadata.name]);
  }
  const order: string[] = [];
  const longest = Math.max(0, ...[...zones.values()].map((names) => names.length));
  for (let i = 0; i < longest; i += 1) {
    for (const names of zones.values()) {
      const name = names[i];
      if (name !== undefined) order.push(name);
    }
  }
  return order;
}
