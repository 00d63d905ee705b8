// Keeping work in this browser: the last state, and thirty earlier ones. What is opened from a link is not kept until its reader says so.
import { equal } from '../base/json.ts';
import { type Recipe, type RecipeFile, readRecipe } from '../scenario/recipe.ts';
import { writeRecipe } from '../scenario/write-recipe.ts';
import type { SessionState } from './state.ts';

const WORK = 'podscope:work';
const HISTORY = 'podscope:history';
const SNAPSHOTS = 30;

/** The part of localStorage that is used. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Work as it lies on the shelf. */
export interface Kept {
  readonly recipe: Recipe;
  readonly draft: string;
  readonly file: string;
  readonly at: number;
  readonly step: number;
  /** When it was put there, in milliseconds since 1970. */
  readonly savedAt: number;
}

interface Stored extends Omit<Kept, 'recipe'> {
  readonly recipe: RecipeFile;
}

/** The state of a session, to be kept. */
export function toKeep({ recipe, draft, file, t, step }: SessionState, savedAt: number): Kept {
  return { recipe, draft, file, at: Math.floor(t), step, savedAt };
}

/** Keeps the work; answers whether there was room. */
export function keepWork(shelf: Shelf, kept: Kept): boolean {
  return store(shelf, WORK, pack(kept));
}

/** The work that was kept, where it can still be read. */
export function readWork(shelf: Shelf): Kept | undefined {
  return unpack(load(shelf, WORK));
}

/** Adds a snapshot to the earlier work: the newest first, the same thing only once. */
export function addSnapshot(shelf: Shelf, kept: Kept): boolean {
  const isSame = (before: Kept): boolean => before.draft === kept.draft && equal(before.recipe.inputs, kept.recipe.inputs);
  const earlier = readHistory(shelf).filter((before) => !isSame(before));
  return store(shelf, HISTORY, [kept, ...earlier].slice(0, SNAPSHOTS).map(pack));
}

/** The earlier work, the newest first. */
export function readHistory(shelf: Shelf): readonly Kept[] {
  const list = load(shelf, HISTORY);
  return Array.isArray(list) ? list.flatMap((item) => unpack(item) ?? []) : [];
}

const pack = (kept: Kept): Stored => ({ ...kept, recipe: writeRecipe(kept.recipe) });

function unpack(value: unknown): Kept | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { recipe: file, draft, file: name, at, step, savedAt } = value as Partial<Record<keyof Kept, unknown>>;
  const read = readRecipe(file);
  if (!('recipe' in read) || typeof draft !== 'string' || typeof name !== 'string') return undefined;
  const count = (n: unknown): number => (typeof n === 'number' && Number.isFinite(n) && n >= 0 ? Math.floor(n) : 0);
  return { recipe: read.recipe, draft, file: name, at: count(at), step: count(step), savedAt: count(savedAt) };
}

function load(shelf: Shelf, key: string): unknown {
  try {
    return JSON.parse(shelf.getItem(key) ?? 'null');
  } catch {
    // Whatever lies there is not ours, or is broken: as if nothing were kept.
    return undefined;
  }
}

function store(shelf: Shelf, key: string, value: unknown): boolean {
  try {
    shelf.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}
