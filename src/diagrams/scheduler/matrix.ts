// One attempt as a matrix: a row for each node, a column for each plugin.
import type { Pod } from '../../cluster/api/types.ts';
import type { NodeVerdict } from '../../cluster/notes.ts';
import type { AttemptNote } from './attempts.ts';
import { type FitText, fitText } from './fit-text.ts';
import { hasNothingToCheck, usualWeight } from './plugins.ts';

/** What a filter said of a node; `nothing`: there was nothing to check for this Pod. */
export type Verdict = 'pass' | 'reject' | 'unasked' | 'nothing';

/** What a score plugin gave a node. */
export interface ScoreCell {
  readonly raw: number;
  /** 0 to 100. */
  readonly normalised: number;
  readonly weighted: number;
}

export interface FilterColumn {
  readonly plugin: string;
  /** It rejected a node, or had something to check. */
  readonly isTelling: boolean;
}

export interface ScoreColumn {
  readonly plugin: string;
  readonly weight: number;
  /** Every node got the same, so that it decides nothing. */
  readonly isEqual: boolean;
  readonly isZero: boolean;
}

/** A node; or, in a large cluster, one of several that were found alike. */
export interface Row {
  readonly node: string;
  /** How many others are as this one. */
  readonly alike: number;
  readonly filters: readonly Verdict[];
  readonly reject:
    | { readonly plugin: string; readonly reasons: readonly { readonly text: string; readonly letter: string | undefined }[] }
    | undefined;
  readonly scores: readonly (ScoreCell | undefined)[];
  readonly total: number | undefined;
  /** How much less than the highest total. */
  readonly behind: number;
  /** From the lowest total (0) to the highest (1): where all are equal, 1. */
  readonly share: number;
  readonly isChosen: boolean;
  /** It shares the highest total with others. */
  readonly isTied: boolean;
}

/** How an attempt ended. */
export type Outcome =
  | { readonly kind: 'nowhere' }
  /** One node was left: none is scored. */
  | { readonly kind: 'alone'; readonly node: string }
  | { readonly kind: 'drawn'; readonly node: string; readonly among: readonly string[]; readonly total: number }
  | {
      readonly kind: 'best';
      readonly node: string;
      readonly total: number;
      readonly second: string;
      readonly secondTotal: number;
      /** What made the difference: the largest first. */
      readonly because: readonly { readonly plugin: string; readonly by: number }[];
    };

/** One attempt. */
export interface Matrix {
  readonly id: number;
  readonly step: number;
  readonly at: number;
  readonly number: number;
  readonly filters: readonly FilterColumn[];
  readonly scores: readonly ScoreColumn[];
  readonly rows: readonly Row[];
  /** Nodes that passed and are not drawn, in a large cluster. */
  readonly hidden: number;
  /** Nodes that were not looked at, because enough were found before. */
  readonly notLooked: number;
  readonly outcome: Outcome;
  readonly text: FitText;
  readonly preemption: { readonly node: string; readonly victims: readonly string[] } | undefined;
}

/** Up to this many nodes each has its row. */
const ROWS = 24;

/** The matrix of an attempt, for a cluster of these nodes. */
export function matrixOf(note: AttemptNote, pod: Pod | undefined, nodeNames: readonly string[]): Matrix {
  const { nodes, chosen, nominated, victims, message, attempt } = note.data;
  const verdicts = Object.values(nodes);
  const text = fitText(message, verdicts);
  const scored = verdicts.filter(({ raw }) => raw !== undefined);
  const scores = scoreColumns(scored);
  const names = Object.keys(verdicts.find(({ filters }) => filters !== undefined)?.filters ?? {});
  const filters = names.map((plugin) => ({
    plugin,
    isTelling: !hasNothingToCheck(plugin, pod) && isAskedForItself(plugin, verdicts, pod),
  }));
  const isIdle = new Set(names.filter((plugin) => hasNothingToCheck(plugin, pod)));
  const totals = scored.map(({ total }) => total);
  const [highest, lowest] = [Math.max(...totals), Math.min(...totals)];
  const ties = totals.filter((total) => total === highest).length;
  const rowOf = ([node, alike]: readonly [string, number]): Row => {
    const verdict = nodes[node] as NodeVerdict;
    const isScored = verdict.raw !== undefined;
    return {
      node,
      alike,
      filters: names.map((plugin) => verdictOf(verdict.filters?.[plugin] ?? 'unasked', isIdle.has(plugin))),
      reject: verdict.reject
        ? {
            plugin: verdict.reject.plugin,
            reasons: verdict.reject.reasons.map((reason) => ({ text: reason, letter: text.letters.get(reason) })),
          }
        : undefined,
      scores: scores.map(({ plugin }) => (isScored ? scoreCell(verdict, plugin) : undefined)),
      total: isScored ? verdict.total : undefined,
      behind: isScored ? highest - verdict.total : 0,
      share: highest === lowest ? 1 : (verdict.total - lowest) / (highest - lowest),
      isChosen: node === chosen,
      isTied: isScored && ties > 1 && verdict.total === highest,
    };
  };
  const { shown, hidden } = chooseRows(note, nodeNames);
  return {
    id: note.id,
    step: note.step,
    at: note.at,
    number: attempt,
    filters,
    scores,
    rows: shown.map(rowOf),
    hidden,
    notLooked: nodeNames.filter((name) => !(name in nodes)).length,
    outcome: outcomeOf(note, scores),
    text,
    preemption: nominated === null || nominated === '' ? undefined : { node: nominated, victims },
  };
}

/** A filter that passes a node without having had anything to check has said nothing. */
const verdictOf = (found: 'pass' | 'reject' | 'unasked', isIdle: boolean): Verdict => (found === 'pass' && isIdle ? 'nothing' : found);

/** Filters that look at every Pod are always told; InterPodAffinity where the Pod has terms, or it rejected a node. */
function isAskedForItself(plugin: string, verdicts: readonly NodeVerdict[], pod: Pod | undefined): boolean {
  if (plugin !== 'InterPodAffinity') return true;
  const { podAffinity, podAntiAffinity } = pod?.spec.affinity ?? {};
  return podAffinity !== undefined || podAntiAffinity !== undefined || verdicts.some(({ reject }) => reject?.plugin === plugin);
}

function scoreCell({ raw, normalised, scores }: NodeVerdict, plugin: string): ScoreCell | undefined {
  const value = raw?.[plugin];
  return value === undefined ? undefined : { raw: value, normalised: normalised?.[plugin] ?? value, weighted: scores[plugin] ?? 0 };
}

function scoreColumns(scored: readonly NodeVerdict[]): readonly ScoreColumn[] {
  return Object.keys(scored[0]?.raw ?? {}).map((plugin) => {
    const cells = scored.map((verdict) => scoreCell(verdict, plugin));
    const telling = cells.find((cell) => cell !== undefined && cell.normalised !== 0);
    const first = cells[0]?.weighted ?? 0;
    return {
      plugin,
      weight: telling ? telling.weighted / telling.normalised : usualWeight(plugin),
      isEqual: cells.every((cell) => cell?.weighted === first),
      isZero: cells.every((cell) => cell?.raw === 0 && cell.weighted === 0),
    };
  });
}

/** Which nodes have a row, and how many others each stands for: in a large cluster, equal rejections are one row. */
function chooseRows(
  { data: { nodes, chosen } }: AttemptNote,
  nodeNames: readonly string[],
): { readonly shown: readonly (readonly [string, number])[]; readonly hidden: number } {
  const known = new Set(nodeNames);
  const names = [...nodeNames.filter((name) => name in nodes), ...Object.keys(nodes).filter((name) => !known.has(name))];
  if (names.length <= ROWS) return { shown: names.map((name) => [name, 0]), hidden: 0 };
  const rejected = new Map<string, [string, number]>();
  const passed: string[] = [];
  for (const name of names) {
    const { reject } = nodes[name] as NodeVerdict;
    if (reject === null) {
      passed.push(name);
      continue;
    }
    const key = `${reject.plugin}: ${reject.reasons.join('; ')}`;
    const group = rejected.get(key);
    if (group) group[1] += 1;
    else rejected.set(key, [name, 0]);
  }
  const rank = (name: string): number => (name === chosen ? Number.POSITIVE_INFINITY : (nodes[name]?.total ?? 0));
  const best = passed.sort((a, b) => rank(b) - rank(a)).slice(0, ROWS);
  return { shown: [...best.map((name) => [name, 0] as const), ...rejected.values()], hidden: passed.length - best.length };
}

function outcomeOf({ data: { nodes, chosen } }: AttemptNote, columns: readonly ScoreColumn[]): Outcome {
  const winner = chosen === null ? undefined : nodes[chosen];
  if (chosen === null || !winner) return { kind: 'nowhere' };
  if (winner.raw === undefined) return { kind: 'alone', node: chosen };
  const others = Object.entries(nodes).filter(([name, { raw }]) => raw !== undefined && name !== chosen);
  const tied = others.filter(([, { total }]) => total === winner.total).map(([name]) => name);
  if (tied.length > 0) return { kind: 'drawn', node: chosen, among: [chosen, ...tied], total: winner.total };
  const second = others.reduce((a, b) => (b[1].total > a[1].total ? b : a));
  const because = columns
    .map(({ plugin }) => ({ plugin, by: (winner.scores[plugin] ?? 0) - (second[1].scores[plugin] ?? 0) }))
    .filter(({ by }) => by !== 0)
    .sort((a, b) => Math.abs(b.by) - Math.abs(a.by));
  return { kind: 'best', node: chosen, total: winner.total, second: second[0], secondTotal: second[1].total, because };
}
