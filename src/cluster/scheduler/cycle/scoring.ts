// PreScore, Score and NormalizeScore: which of the nodes is best. Models RunScorePlugins of pkg/scheduler/framework/runtime/framework.go.
import type { NodeInfo } from '../framework/node-info.ts';
import type { PodInfo } from '../framework/pod-info.ts';
import type { Profile } from '../framework/profile.ts';
import type { Snapshot } from '../framework/snapshot.ts';

/** One plugin's scores, in the order of the nodes. */
export interface PluginScores {
  readonly plugin: string;
  readonly weight: number;
  readonly raw: readonly number[];
  readonly normalised: readonly number[];
}

/** Scores the nodes by every plugin that has something to say of this Pod. */
export function scoreNodes(profile: Profile, pod: PodInfo, snapshot: Snapshot, nodes: readonly NodeInfo[]): readonly PluginScores[] {
  return profile.score.flatMap(({ name, weight = 1, preScore }) => {
    const scoring = preScore?.(pod, snapshot, nodes);
    if (!scoring) return [];
    const raw = nodes.map(scoring.score);
    return [{ plugin: name, weight, raw, normalised: scoring.normalise?.(raw) ?? raw }];
  });
}

/** The weighted sums, in the order of the nodes. */
export function totals(scores: readonly PluginScores[], nodes: number): number[] {
  return Array.from({ length: nodes }, (_, i) => scores.reduce((sum, { weight, normalised }) => sum + weight * (normalised[i] ?? 0), 0));
}
