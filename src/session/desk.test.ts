// The desk of a page: a link never overwrites kept work, until its reader keeps it.
import { expect, test, vi } from 'vitest';
import { writeLink } from '../scenario/link.ts';
import { openDesk } from './desk.ts';
import { keepWork, readWork } from './keep.ts';
import { EMPTY_RECIPE } from './state.ts';
import { createToyWorld } from './toy-world.ts';

const WORK = {
  recipe: { ...EMPTY_RECIPE, inputs: [{ at: 0, apply: 'mine', file: 'mine.yaml' }] },
  draft: 'mine',
  file: 'mine.yaml',
  at: 3,
  step: 2,
  savedAt: 1,
};
const THEIRS = { ...EMPTY_RECIPE, inputs: [{ at: 0, apply: 'theirs', file: 'theirs.yaml' }], view: { at: 9 } };

/** A page with as much of a window as the desk uses. */
function createPage(hash: string) {
  const items = new Map<string, string>();
  const listeners = new Map<string, () => void>();
  const localStorage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
  const addEventListener = (name: string, act: () => void) => void listeners.set(name, act);
  const document = { documentElement: { lang: '', dataset: {} }, visibilityState: 'visible', addEventListener };
  const history = { replaceState: vi.fn() };
  const location = { hash, pathname: '/', search: '' };
  const page = { localStorage, document, history, location, addEventListener, removeEventListener: () => {} };
  return { page: page as unknown as Window, localStorage, history, leave: () => listeners.get('pagehide')?.() };
}

async function opened(hash: string, work: typeof WORK | undefined) {
  const world = createToyWorld();
  const page = createPage(hash);
  if (work) keepWork(page.localStorage, work);
  const desk = openDesk(world.session, page.page);
  // A link's decoder is fetched first.
  if (hash !== '') await vi.waitFor(() => expect(world.session.messagesSent()).toBeGreaterThan(0));
  world.settle();
  return { ...page, ...world, desk, state: world.session.store.getState };
}

test('a link shows its moment and leaves kept work alone', async () => {
  const { state, localStorage, leave, session, settle } = await opened(`#${writeLink(THEIRS)}`, WORK);
  expect([state().t, state().isShared, state().draft, state().playing]).toEqual([9, true, 'theirs', false]);
  session.setDraft('changed');
  session.act({ apply: 'changed', file: 'x.yaml' });
  settle();
  leave();
  expect(readWork(localStorage)).toEqual(WORK);
});

test("kept, the shared copy is one's own, and the address forgets the link", async () => {
  const { desk, localStorage, history, state } = await opened(`#${writeLink(THEIRS)}`, WORK);
  desk.keep();
  expect(readWork(localStorage)?.draft).toBe('theirs');
  expect(state().isShared).toBe(false);
  expect(history.replaceState).toHaveBeenCalledWith(null, '', '/');
});

test('a damaged link opens the work and says so', async () => {
  const { state, localStorage } = await opened(`#${writeLink(THEIRS).slice(0, -2)}`, WORK);
  expect(state().notice).toBe('damaged-link');
  expect(state().draft).toBe('mine');
  expect(readWork(localStorage)?.draft).toBe('mine');
});

test('work comes back at its place, paused', async () => {
  const { state } = await opened('', WORK);
  expect([state().t, state().file, state().playing, state().isFirstVisit]).toEqual([3, 'mine.yaml', false, false]);
});

test('the first visit keeps nothing', async () => {
  const { localStorage, leave, state } = await opened('', undefined);
  leave();
  expect(state().isFirstVisit).toBe(true);
  expect(readWork(localStorage)).toBeUndefined();
});
