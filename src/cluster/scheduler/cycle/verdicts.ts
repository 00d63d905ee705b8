// The record of a cycle: what was found of each node. Equal findings are one frozen object, so that a thousand nodes cost little to keep.
import { freeze } from '../../../base/json.ts';
import type { NodeVerdict } from '../../notes.ts';
import type { Profile } from '../framework/profile.ts';
import type { Rejection } from '../framework/status.ts';
import type { PluginScores } from './scoring.ts';

/** Makes verdicts. */
export interface Verdicts {
  /** A node that a filter rejected. */
  rejected(rejection: Rejection): NodeVerdict;
  /** A node that was ruled out before any filter was asked about it. */
  ruledOut(rejection: Rejection): NodeVerdict;
  /** A feasible node, where nothing was scored. */
  feasible(): NodeVerdict;
  /** The i-th of the nodes that were scored. */
  scored(scores: readonly PluginScores[], i: number, total: number): NodeVerdict;
}

/** More different verdicts than this are not kept for sharing. */
const KEPT = 10_000;

/** Verdicts by the plugins of a profile. */
export function createVerdicts(profile: Profile): Verdicts {
  const known = new Map<string, NodeVerdict>();
  const filterNames = profile.filter.map(({ name }) => name);
  const shared = (key: string, make: () => NodeVerdict): NodeVerdict => {
    const had = known.get(key);
    if (had) return had;
    if (known.size >= KEPT) known.clear();
    const verdict = freeze(make());
    known.set(key, verdict);
    return verdict;
  };
  /** Filters after the one that rejected were not asked. */
  const filtersUntil = (plugin: string | undefined, before: 'pass' | 'unasked'): NonNullable<NodeVerdict['filters']> => {
    const last = plugin === undefined ? filterNames.length : filterNames.indexOf(plugin);
    return Object.fromEntries(filterNames.map((name, i) => [name, i < last ? before : i === last ? 'reject' : 'unasked']));
  };
  const allPassed = freeze(filtersUntil(undefined, 'pass'));
  const rejectedBy = ({ plugin, reasons }: Rejection, before: 'pass' | 'unasked'): NodeVerdict =>
    shared(`${before} ${plugin}: ${reasons.join('; ')}`, () => ({
      reject: { plugin, reasons },
      scores: {},
      total: 0,
      filters: filtersUntil(plugin, before),
    }));
  const byPlugin = (scores: readonly PluginScores[], value: (one: PluginScores) => number): Readonly<Record<string, number>> =>
    Object.fromEntries(scores.map((one) => [one.plugin, value(one)]));
  return {
    rejected: (rejection) => rejectedBy(rejection, 'pass'),
    ruledOut: (rejection) => rejectedBy(rejection, 'unasked'),
    feasible: () => shared('', () => ({ reject: null, scores: {}, total: 0, filters: allPassed })),
    scored(scores, i, total) {
      const key = scores.map(({ plugin, raw, normalised }) => `${plugin} ${raw[i]} ${normalised[i]}`).join();
      return shared(key, () => ({
        reject: null,
        scores: byPlugin(scores, ({ weight, normalised }) => weight * (normalised[i] ?? 0)),
        total,
        filters: allPassed,
        raw: byPlugin(scores, ({ raw }) => raw[i] ?? 0),
        normalised: byPlugin(scores, ({ normalised }) => normalised[i] ?? 0),
      }));
    },
  };
}
