// Acting in the past: the recipe is cut, run again from 0, and what it leaves behind must be what was there before the cut.
import { createHash } from '../base/hash.ts';
import type { Instant } from '../engine/records.ts';
import type { Position, Trace } from '../engine/trace.ts';
import type { Recipe } from '../scenario/recipe.ts';

/** A run goes on for this long after the last input. */
export const AFTER_LAST_INPUT_MS = 60_000;

/** Where a run is cut so that all of a position's instant has happened; before the first step, nothing has. */
export const cutAfter = ({ t, step }: Position): Instant => (step === 0 && t < 1 ? 0 : Math.floor(t) + 1);

/** The recipe without what came at the cut or later. */
export function cutRecipe(recipe: Recipe, cutAt: Instant): Recipe {
  const { until: _until, view: _view, ...rest } = recipe;
  return { ...rest, inputs: recipe.inputs.filter((input) => input.at < cutAt) };
}

/** The instant at which a recipe's run ends. */
export function endOf(recipe: Recipe): Instant {
  return recipe.until ?? Math.max(0, ...recipe.inputs.map((input) => input.at)) + AFTER_LAST_INPUT_MS;
}

/** The hash that a run had when everything before the cut, and nothing later, had happened; undefined where the trace has forgotten some of it. */
export function hashBefore(trace: Trace, seed: number, cutAt: Instant): string | undefined {
  if (trace.forgotten > 0) return undefined;
  const chain = createHash();
  chain.add(seed);
  for (let id = 1; id <= trace.size; id += 1) {
    const record = trace.record(id);
    if (!record || (record.at >= cutAt && record.step > 0)) break;
    chain.add(record);
  }
  return chain.digest();
}
