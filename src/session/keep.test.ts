// Links, kept work and what is opened first.
import { expect, test } from 'vitest';
import { readLink, writeLink } from '../scenario/link.ts';
import type { Recipe } from '../scenario/recipe.ts';
import { firstSight } from './desk.ts';
import { type Kept, addSnapshot, keepWork, readHistory, readWork, toKeep } from './keep.ts';
import { openingOf, sharedRecipe } from './share.ts';
import { EMPTY_RECIPE, initialState } from './state.ts';

const recipe: Recipe = { ...EMPTY_RECIPE, inputs: [{ at: 0, apply: 'kind: Pod', file: 'web.yaml' }] };
const kept: Kept = { recipe, draft: 'kind: Pod', file: 'web.yaml', at: 5, step: 7, savedAt: 1000 };

const shelf = (limit = Number.POSITIVE_INFINITY) => {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem(key: string, value: string) {
      if (value.length > limit) throw new Error('full');
      items.set(key, value);
    },
    removeItem: (key: string) => void items.delete(key),
  };
};

test('work survives being put away', () => {
  const on = shelf();
  expect(keepWork(on, kept)).toBe(true);
  expect(readWork(on)).toEqual(kept);
});

test('what is broken or foreign is as if nothing were kept', () => {
  for (const text of ['', '{', 'null', '[]', '{"recipe":{"podscope":9},"draft":"","file":""}', '{"recipe":{"podscope":1}}']) {
    const on = shelf();
    on.setItem('podscope:work', text);
    on.setItem('podscope:history', text);
    expect(readWork(on)).toBeUndefined();
    expect(readHistory(on)).toEqual([]);
  }
});

test('a full shelf is told, not thrown', () => {
  expect(keepWork(shelf(10), kept)).toBe(false);
});

test('the history holds thirty, the newest first, each once', () => {
  const on = shelf();
  for (let i = 0; i < 40; i += 1) addSnapshot(on, { ...kept, draft: `v${i}`, savedAt: i });
  addSnapshot(on, { ...kept, draft: 'v39', savedAt: 99 });
  const history = readHistory(on);
  expect(history).toHaveLength(30);
  expect(history.slice(0, 2).map(({ savedAt }) => savedAt)).toEqual([99, 38]);
});

test('a link opens at its moment, as a shared copy', () => {
  const state = {
    ...initialState('ko', 'auto'),
    recipe,
    t: 461.7,
    step: 33,
    level: 'api' as const,
    selection: '/registry/pods/default/web',
  };
  const read = readLink(`#${writeLink(sharedRecipe(state, 'moment'))}`);
  const sight = firstSight(read, kept);
  expect(sight.open).toBe('link');
  if (sight.open !== 'link') return;
  expect(sight.recipe.inputs).toEqual(recipe.inputs);
  expect(openingOf(sight.recipe)).toEqual({ isShared: true, at: 461, step: 33 });
  expect(sight.recipe.view).toMatchObject({ level: 'api', select: 'pod/default/web' });
  expect(sharedRecipe(state, 'start').view).not.toHaveProperty('at');
});

test.each([
  ['damaged', 'damaged-link'],
  ['newer', 'newer-link'],
] as const)('a %s link leaves the work open and says so', (fault, notice) => {
  expect(firstSight({ fault }, kept)).toEqual({ open: 'work', kept, notice });
  expect(firstSight({ fault }, undefined)).toEqual({ open: 'nothing', notice });
});

test('a link cut short is damaged, one of a later version is newer', () => {
  const link = writeLink(recipe);
  expect(readLink(`#${link.slice(0, -3)}`)).toEqual({ fault: 'damaged' });
  expect(readLink(`#2${link.slice(1)}`)).toEqual({ fault: 'newer' });
});

test('without link and work there is the first visit', () => {
  expect(firstSight(undefined, undefined)).toEqual({ open: 'nothing' });
  expect(firstSight(undefined, kept)).toEqual({ open: 'work', kept });
});

test('what is kept is a whole millisecond', () => {
  expect(toKeep({ ...initialState('ko', 'auto'), t: 12.7, step: 3 }, 1).at).toBe(12);
});
