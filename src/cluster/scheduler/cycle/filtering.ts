// PreFilter and Filter: which nodes a Pod fits on. Models RunPreFilterPlugins and RunFilterPluginsWithNominatedPods of
// pkg/scheduler/framework/runtime/framework.go.
import { type NodeInfo, withPod } from '../framework/node-info.ts';
import type { Filtering, Plugin } from '../framework/plugin.ts';
import type { PodInfo } from '../framework/pod-info.ts';
import type { Profile } from '../framework/profile.ts';
import { type Snapshot, withNode } from '../framework/snapshot.ts';
import type { Rejection } from '../framework/status.ts';

/** One plugin's filter for one Pod. */
interface Prepared {
  readonly plugin: Plugin;
  readonly filtering: Filtering;
}

/** The filters for one Pod. */
export interface Filters {
  /** Runs them on a node of the snapshot; answers the first rejection. */
  check(node: NodeInfo): Rejection | undefined;
  /** Runs them on a node that is in another state than the snapshot says. */
  checkChanged(node: NodeInfo): Rejection | undefined;
  /** The nodes that come into question, and the plugins that say so; undefined: all of them. */
  readonly subset?: { readonly names: ReadonlySet<string>; readonly plugins: readonly string[] };
}

/** The filters for a Pod, or the plugin that refuses it everywhere. */
export function prepareFilters(profile: Profile, pod: PodInfo, snapshot: Snapshot): Filters | Rejection {
  const prepared: Prepared[] = [];
  const subsetPlugins: string[] = [];
  let names: ReadonlySet<string> | undefined;
  for (const plugin of profile.filter) {
    const filtering = plugin.preFilter?.(pod, snapshot);
    if (!filtering) continue;
    if ('rejected' in filtering) return { ...filtering.rejected, plugin: plugin.name };
    prepared.push({ plugin, filtering });
    const { nodeNames } = filtering;
    if (!nodeNames) continue;
    subsetPlugins.push(plugin.name);
    const earlier = names;
    names = earlier ? new Set([...nodeNames].filter((name) => earlier.has(name))) : nodeNames;
    if (names.size === 0) return emptySubset(subsetPlugins);
  }
  const checkChanged = (node: NodeInfo): Rejection | undefined => checkWithNominated(prepared, pod, snapshot, node, true);
  return {
    check: (node) => checkWithNominated(prepared, pod, snapshot, node, false),
    checkChanged,
    ...(names && { subset: { names, plugins: subsetPlugins } }),
  };
}

function emptySubset(plugins: readonly string[]): Rejection {
  const reason =
    plugins.length === 1
      ? `node(s) didn't satisfy plugin ${plugins[0]}`
      : `node(s) didn't satisfy plugin(s) [${plugins.join(' ')}] simultaneously`;
  return { code: 'UnschedulableAndUnresolvable', reasons: [reason], plugin: plugins.at(-1) ?? '' };
}

/** Runs the filters with the Pods of equal or higher priority that are to come to the node, and then without: either may refuse. */
function checkWithNominated(
  prepared: readonly Prepared[],
  pod: PodInfo,
  snapshot: Snapshot,
  node: NodeInfo,
  changed: boolean,
): Rejection | undefined {
  const coming = snapshot.nominated(node.name).filter((other) => other.priority >= pod.priority && other.uid !== pod.uid);
  if (coming.length > 0) {
    const crowded = run(again(prepared, pod, snapshot, coming.reduce(withPod, node)), coming.reduce(withPod, node));
    if (crowded) return crowded;
  }
  return run(changed ? again(prepared, pod, snapshot, node) : prepared, node);
}

function run(prepared: readonly Prepared[], node: NodeInfo): Rejection | undefined {
  for (const { plugin, filtering } of prepared) {
    const status = filtering.filter(node);
    if (status.code !== 'Success') return { code: status.code, reasons: status.reasons, plugin: plugin.name };
  }
  return undefined;
}

/** The filters for a cluster in which one node is in another state. */
function again(prepared: readonly Prepared[], pod: PodInfo, snapshot: Snapshot, node: NodeInfo): readonly Prepared[] {
  if (!prepared.some(({ plugin }) => plugin.countsPods)) return prepared;
  const changed = withNode(snapshot, node);
  return prepared.flatMap(({ plugin, filtering }) => {
    const other = plugin.countsPods ? plugin.preFilter?.(pod, changed) : filtering;
    return other && !('rejected' in other) ? [{ plugin, filtering: other }] : [];
  });
}
