// What a plugin can do, and at which points of a Pod's scheduling. Models staging/src/k8s.io/kube-scheduler/framework/interface.go:
// PreFilter and Filter are one point here (what PreFilter computed lives in the Filter that it answers), as are PreScore and Score.
import type { Random } from '../../../base/prng.ts';
import type { Pod } from '../../api/types.ts';
import type { NodeInfo } from './node-info.ts';
import type { PodInfo } from './pod-info.ts';
import type { RequeueRule } from './requeue.ts';
import type { Snapshot } from './snapshot.ts';
import type { Status } from './status.ts';

/** The highest score of a node. */
export const MAX_NODE_SCORE = 100;

/** How a plugin filters nodes for one Pod. */
export interface Filtering {
  filter(node: NodeInfo): Status;
  /** Only these nodes come into question. */
  readonly nodeNames?: ReadonlySet<string>;
}

/** Of one Pod, before any node is looked at: nothing to check (undefined), refused everywhere, or a filter. */
export type PreFiltered = undefined | { readonly rejected: Status } | Filtering;

/** How a plugin scores nodes for one Pod. */
export interface Scoring {
  /** Any integer. */
  score(node: NodeInfo): number;
  /** Brings the raw scores (in the order of the feasible nodes) to 0..100; without it they are so already. */
  normalise?(scores: readonly number[]): readonly number[];
}

/** A Pod that fits nowhere, and what can still be tried for it. */
export interface FailedCycle {
  readonly pod: PodInfo;
  readonly snapshot: Snapshot;
  /** How filtering ended for a node. */
  statusOf(node: string): Status;
  /** Runs the filters again, for a node in another state. */
  filterAgain(node: NodeInfo): Status;
  readonly random: Random;
}

/** What came of trying. */
export interface PostFiltered {
  readonly status: Status;
  /** The node on which room is made; the empty text takes an earlier nomination back. */
  readonly nominated?: string;
  /** Pods to be evicted from it. */
  readonly victims?: readonly PodInfo[];
}

/** A scheduler plugin: a folder of plugins/. */
export interface Plugin {
  readonly name: string;
  /** Its place among the plugins, unique: filters are asked in this order, and the first that rejects a node is the one named. */
  readonly order: number;
  /** How much its score counts. */
  readonly weight?: number;
  /** What must happen before a Pod that this plugin rejected is worth another try. */
  readonly requeue?: readonly RequeueRule[];
  /** Whether a Pod may enter the queue at all. */
  preEnqueue?(pod: Pod): Status;
  preFilter?(pod: PodInfo, snapshot: Snapshot): PreFiltered;
  /** Whether its filter counts Pods on other nodes too, so that it must be prepared anew where Pods are added or taken away. */
  readonly countsPods?: boolean;
  postFilter?(failed: FailedCycle): PostFiltered;
  /** Undefined: there is nothing to score. */
  preScore?(pod: PodInfo, snapshot: Snapshot, feasible: readonly NodeInfo[]): Scoring | undefined;
}

/** Brings scores to 0..100 by the highest of them. Models plugins/helper/normalize_score.go DefaultNormalizeScore. */
export function normaliseByMaximum(scores: readonly number[], reverse: boolean): readonly number[] {
  const highest = scores.reduce((a, b) => Math.max(a, b), 0);
  if (highest === 0) return reverse ? scores.map(() => MAX_NODE_SCORE) : scores;
  return scores.map((score) => {
    const scaled = Math.trunc((MAX_NODE_SCORE * score) / highest);
    return reverse ? MAX_NODE_SCORE - scaled : scaled;
  });
}
