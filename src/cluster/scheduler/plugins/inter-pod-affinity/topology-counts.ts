// Numbers by topology domain: a label key and its value.
import type { NodeInfo } from '../../framework/node-info.ts';

/** Numbers by label key and value. */
export interface TopologyCounts {
  /** Whether anything was ever counted. */
  readonly empty: boolean;
  /** Adds to the domain of this key that a node is in, if it is in one. */
  add(node: NodeInfo, key: string, count: number): void;
  of(node: NodeInfo, key: string): number;
  /** The sum over all keys of the domains that a node is in. */
  sum(node: NodeInfo): number;
}

/** Nothing counted yet. */
export function createTopologyCounts(): TopologyCounts {
  const counts = new Map<string, Map<string, number>>();
  const of: TopologyCounts['of'] = ({ labels }, key) => {
    const domain = labels[key];
    return domain === undefined ? 0 : (counts.get(key)?.get(domain) ?? 0);
  };
  return {
    get empty() {
      return counts.size === 0;
    },
    add({ labels }, key, count) {
      const domain = labels[key];
      if (domain === undefined) return;
      let domains = counts.get(key);
      if (!domains) counts.set(key, (domains = new Map()));
      domains.set(domain, (domains.get(domain) ?? 0) + count);
    },
    of,
    sum(node) {
      let sum = 0;
      for (const key of counts.keys()) sum += of(node, key);
      return sum;
    },
  };
}
