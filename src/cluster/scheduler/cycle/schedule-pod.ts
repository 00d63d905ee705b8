// One scheduling cycle: a Pod, a snapshot, a node or the reasons why not. Models pkg/scheduler/schedule_one.go schedulePod.
import type { NodeVerdict } from '../../notes.ts';
import { fitErrorMessage } from '../framework/fit-error.ts';
import type { NodeInfo } from '../framework/node-info.ts';
import type { PodInfo } from '../framework/pod-info.ts';
import type { Rejection, Status } from '../framework/status.ts';
import type { Cycle } from './cycle.ts';
import { type Filters, prepareFilters } from './filtering.ts';
import { runPostFilters } from './post-filter.ts';
import { scoreNodes, totals } from './scoring.ts';

/** How a cycle ended. */
export interface CycleResult {
  readonly nodes: Readonly<Record<string, NodeVerdict>>;
  readonly chosen: string | null;
  /** Where room is being made; the empty text takes an earlier nomination back. */
  readonly nominated?: string;
  readonly victims: readonly PodInfo[];
  /** The text of FailedScheduling; empty where a node was chosen. */
  readonly message: string;
  /** The plugins that rejected the Pod on some node: their events bring it back. */
  readonly rejectors: ReadonlySet<string>;
  /** How many nodes were looked at. */
  readonly looked: number;
}

/** Without any node there is nothing to say of nodes. */
const NO_NODES = 'no nodes available to schedule pods';
/** From this many nodes on, not all are looked at. */
const MIN_FEASIBLE = 100;
const MIN_PERCENTAGE = 5;

/** How many feasible nodes are enough. Models numFeasibleNodesToFind. */
export function numFeasibleNodesToFind(nodes: number): number {
  if (nodes < MIN_FEASIBLE) return nodes;
  const percentage = Math.max(50 - Math.trunc(nodes / 125), MIN_PERCENTAGE);
  return Math.max(Math.trunc((nodes * percentage) / 100), MIN_FEASIBLE);
}

/** Tries to find a node for a Pod; where there is none, what can be done about it. */
export function schedulePod(cycle: Cycle): CycleResult {
  const { profile, snapshot, pod } = cycle;
  if (snapshot.nodes.length === 0) {
    return { nodes: {}, chosen: null, victims: [], message: NO_NODES, rejectors: new Set(), looked: 0 };
  }
  const filters = prepareFilters(profile, pod, snapshot);
  if ('code' in filters) return refusedEverywhere(cycle, filters);
  const found = findFeasible(cycle, filters);
  if (found.feasible.length === 0) return fitsNowhere(cycle, filters, found.rejections);
  return choose(cycle, found);
}

interface Found {
  readonly feasible: readonly NodeInfo[];
  readonly rejections: ReadonlyMap<string, Rejection>;
  readonly looked: number;
}

function findFeasible({ snapshot, pod, startAt }: Cycle, filters: Filters): Found {
  const rejections = new Map<string, Rejection>();
  const nominated = snapshot.node(pod.pod.status.nominatedNodeName ?? '');
  if (nominated && (filters.subset?.names.has(nominated.name) ?? true) && !filters.check(nominated)) {
    return { feasible: [nominated], rejections, looked: 0 };
  }
  const { nodes } = snapshot;
  if (filters.subset)
    for (const { name } of nodes) if (!filters.subset.names.has(name)) rejections.set(name, outside(filters.subset.plugins));
  const candidates = filters.subset ? nodes.filter(({ name }) => filters.subset?.names.has(name)) : nodes;
  const enough = numFeasibleNodesToFind(candidates.length);
  const feasible: NodeInfo[] = [];
  let looked = 0;
  while (looked < candidates.length && feasible.length < enough) {
    const node = candidates[(startAt + looked) % candidates.length] as NodeInfo;
    const rejection = filters.check(node);
    if (rejection) rejections.set(node.name, rejection);
    else feasible.push(node);
    looked += 1;
  }
  return { feasible, rejections, looked };
}

/** A PreFilter's rejection says of a node that no filter was asked. */
interface RuledOut extends Rejection {
  readonly ruledOut: true;
}

const isRuledOut = (rejection: Rejection): rejection is RuledOut => 'ruledOut' in rejection;

function rejectedNodes({ verdicts }: Cycle, rejections: ReadonlyMap<string, Rejection>): Record<string, NodeVerdict> {
  const nodes: Record<string, NodeVerdict> = {};
  for (const [name, rejection] of rejections) {
    nodes[name] = isRuledOut(rejection) ? verdicts.ruledOut(rejection) : verdicts.rejected(rejection);
  }
  return nodes;
}

const outside = (plugins: readonly string[]): RuledOut => ({
  ruledOut: true,
  code: 'UnschedulableAndUnresolvable',
  reasons: [`node(s) didn't satisfy plugin(s) [${plugins.join(' ')}]`],
  plugin: plugins[0] ?? '',
});

function choose(cycle: Cycle, { feasible, rejections, looked }: Found): CycleResult {
  const { profile, snapshot, pod, verdicts } = cycle;
  const nodes = rejectedNodes(cycle, rejections);
  const done = (chosen: string): CycleResult => ({ nodes, chosen, victims: [], message: '', rejectors: new Set(), looked });
  const [only] = feasible;
  if (only && feasible.length === 1) {
    nodes[only.name] = verdicts.feasible();
    return done(only.name);
  }
  const scores = scoreNodes(profile, pod, snapshot, feasible);
  const sums = totals(scores, feasible.length);
  for (const [i, { name }] of feasible.entries()) nodes[name] = verdicts.scored(scores, i, sums[i] ?? 0);
  const highest = sums.reduce((a, b) => Math.max(a, b));
  const best = feasible.filter((_, i) => sums[i] === highest);
  const drawn = best.length > 1 ? cycle.random('scheduler-tie').below(best.length) : 0;
  return done(best[drawn]?.name ?? '');
}

function refusedEverywhere(cycle: Cycle, rejection: Rejection): CycleResult {
  const { snapshot } = cycle;
  const ruledOut: RuledOut = { ...rejection, ruledOut: true };
  const rejections = new Map(snapshot.nodes.map(({ name }) => [name, ruledOut]));
  return failed(cycle, rejections, () => rejection, rejection.reasons.join(', '), new Set([rejection.plugin]));
}

function fitsNowhere(cycle: Cycle, filters: Filters, rejections: ReadonlyMap<string, Rejection>): CycleResult {
  const rejectors = new Set([...rejections.values()].map(({ plugin }) => plugin));
  return failed(cycle, rejections, (node) => filters.checkChanged(node), '', rejectors);
}

function failed(
  cycle: Cycle,
  rejections: ReadonlyMap<string, Rejection>,
  check: (node: NodeInfo) => Status | undefined,
  preFilter: string,
  rejectors: ReadonlySet<string>,
): CycleResult {
  const { snapshot } = cycle;
  const { status, nominated, victims = [] } = runPostFilters(cycle, rejections, check);
  const allNodes = snapshot.nodes.length;
  const message = fitErrorMessage({ allNodes, statuses: [...rejections.values()], preFilter, postFilter: status.reasons.join(', ') });
  const nodes = rejectedNodes(cycle, rejections);
  return { nodes, chosen: null, ...(nominated !== undefined && { nominated }), victims, message, rejectors, looked: allNodes };
}
