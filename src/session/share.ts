// What of a session goes into a link, and what a link says about where to stand.
import type { Recipe } from '../scenario/recipe.ts';
import { selectionText } from './cursor.ts';
import type { Opening } from './session.ts';
import type { SessionState } from './state.ts';

/** The recipe with the view to be opened: this moment, or the start. */
export function sharedRecipe(state: SessionState, from: 'moment' | 'start'): Recipe {
  const { recipe, t, step, tab, selection, level } = state;
  const moment = from === 'moment' && (t > 0 || step > 0) ? { at: Math.floor(t), step } : {};
  const view = {
    ...(tab !== 'cluster' && { tab }),
    ...moment,
    ...(selection !== undefined && { select: selectionText(selection) }),
    ...(level !== 'story' && { level }),
  };
  const { view: _old, ...rest } = recipe;
  return Object.keys(view).length > 0 ? { ...rest, view } : rest;
}

/** Where a shared recipe wants to be looked at. */
export function openingOf(recipe: Recipe): Opening {
  const { at, step } = recipe.view ?? {};
  return { isShared: true, ...(at !== undefined && { at }), ...(step !== undefined && { step }) };
}

/** The text that the editor shows of a recipe: what was applied last. */
export function lastManifest(recipe: Recipe): { readonly text: string; readonly file: string } | undefined {
  const input = recipe.inputs.findLast((candidate) => 'apply' in candidate || 'create' in candidate);
  if (!input) return undefined;
  if ('apply' in input) return { text: input.apply, file: input.file };
  return 'create' in input ? { text: input.create, file: input.file } : undefined;
}
