// The desk: what lies open when the page is opened, and what is put away when it is left. Links, kept work, settings.
import type { Language } from '../i18n/messages.ts';
import type { LinkFault } from '../scenario/link.ts';
import type { Recipe } from '../scenario/recipe.ts';
import { selectionOfText } from './cursor.ts';
import { type Kept, type Shelf, addSnapshot, keepWork, readWork, toKeep } from './keep.ts';
import type { Session } from './session.ts';
import { lastManifest, openingOf } from './share.ts';
import { FIRST_POD, LEFT_WIDTH, type Notice, type SessionState, TERMINAL_SHARE, type Theme } from './state.ts';

const SETTINGS = 'podscope:settings';
/** Work is put away this long after the last change. */
const SAVE_AFTER_MS = 500;

const SETTING_KEYS = ['language', 'theme', 'level', 'letterKeys', 'leftWidth', 'terminalShare', 'hasWalked', 'showsInspector'] as const;

/** What the header and the dialogs ask of the desk. */
export interface Desk {
  /** Makes a shared copy one's own. */
  readonly keep: () => void;
  /** Opens earlier work; what lies open is put away first. */
  readonly restore: (kept: Kept) => void;
}

/** What is to be opened first. */
export type FirstSight =
  | { readonly open: 'link'; readonly recipe: Recipe }
  | { readonly open: 'work'; readonly kept: Kept; readonly notice?: Notice }
  | { readonly open: 'nothing'; readonly notice?: Notice };

/** What a link's answer and the kept work make of the first sight: a link that cannot be read leaves the work as it is. */
export function firstSight(
  link: { readonly recipe: Recipe } | { readonly fault: LinkFault } | undefined,
  kept: Kept | undefined,
): FirstSight {
  if (link && 'recipe' in link) return { open: 'link', recipe: link.recipe };
  const notice: Notice | undefined = link?.fault === 'damaged' ? 'damaged-link' : link?.fault === 'newer' ? 'newer-link' : undefined;
  const told = notice !== undefined ? { notice } : {};
  return kept ? { open: 'work', kept, ...told } : { open: 'nothing', ...told };
}

/** Whether a fragment claims to be a link of some version. */
const looksLikeLink = (fragment: string): boolean => /^#\d/.test(fragment);

/** Lays out the desk of a page: opens what is to be opened, and keeps what is worked on. */
export function openDesk(session: Session, page: Window): Desk {
  const { store } = session;
  const shelf = page.localStorage;
  readSettings(session, shelf.getItem(SETTINGS));
  dress(store.getState(), page.document);

  const save = (): void => {
    const state = store.getState();
    if (state.isShared || state.isFirstVisit) return;
    if (!keepWork(shelf, toKeep(state, Date.now()))) session.set({ notice: 'storage-full' });
  };
  const snapshot = (state = store.getState()): void => {
    const isWork = state.recipe.inputs.length > 0 || state.draft !== FIRST_POD;
    if (!state.isShared && isWork) addSnapshot(shelf, toKeep(state, Date.now()));
  };
  const openKept = ({ recipe, draft, file, at, step }: Kept): void => {
    session.open(recipe, { at, step });
    session.set({ file, isFirstVisit: false });
    session.setDraft(draft);
  };
  const openShared = (recipe: Recipe): void => {
    const manifest = lastManifest(recipe);
    session.open(recipe, openingOf(recipe));
    if (manifest) {
      session.set({ file: manifest.file });
      session.setDraft(manifest.text);
    }
    if (recipe.view?.tab !== undefined) session.setTab(recipe.view.tab);
    if (recipe.view?.level !== undefined) session.setLevel(recipe.view.level);
    if (recipe.view?.lang !== undefined) session.setLanguage(recipe.view.lang);
    session.select(selectionOfText(recipe.view?.select));
  };
  const arrive = async (isFirst: boolean): Promise<void> => {
    const fragment = page.location.hash;
    const link = looksLikeLink(fragment) ? (await import('../scenario/link.ts')).readLink(fragment) : undefined;
    if (!isFirst && !link) return;
    const sight = firstSight(link, readWork(shelf));
    if (sight.open === 'link') {
      // Before the first sight there is nothing of this page to be kept: saving would overwrite what the last visit left.
      if (!isFirst) save();
      openShared(sight.recipe);
      return;
    }
    session.set({ notice: sight.notice });
    if (!isFirst) return;
    if (sight.open === 'work') openKept(sight.kept);
    else {
      session.set({ isFirstVisit: true });
      session.start();
      wakeOnInterest();
    }
  };
  /** The simulation is fetched when somebody moves towards it, not before: the first sight costs a page and no more. */
  const wakeOnInterest = (): void => {
    const signs = ['pointermove', 'pointerdown', 'touchstart', 'keydown', 'focusin'] as const;
    const wake = (): void => {
      for (const sign of signs) page.removeEventListener(sign, wake);
      session.wake();
    };
    for (const sign of signs) page.addEventListener(sign, wake, { passive: true });
  };

  let timer: ReturnType<typeof setTimeout> | undefined;
  store.subscribe((state, before) => {
    if (SETTING_KEYS.some((key) => state[key] !== before[key])) {
      dress(state, page.document);
      if (!state.isShared) saveSettings(shelf, state);
    }
    // Another manifest takes the place of what stands in the editor: that is put away first.
    if (state.file !== before.file && before.phase === 'ready' && state.phase === 'ready') snapshot(before);
    const isWork = state.recipe !== before.recipe || state.draft !== before.draft || (before.playing && !state.playing);
    if (!isWork) return;
    clearTimeout(timer);
    timer = setTimeout(save, SAVE_AFTER_MS);
    if (state.recipe.inputs.length > before.recipe.inputs.length && state.phase === 'ready') snapshot();
  });
  page.addEventListener('pagehide', save);
  page.addEventListener('hashchange', () => void arrive(false));
  page.document.addEventListener('visibilitychange', () => {
    if (page.document.visibilityState !== 'hidden') return;
    session.pause();
    save();
  });
  // What is opened from a link or from the last visit is no first visit, not even for the moment until it has come.
  if (looksLikeLink(page.location.hash)) session.set({ isFirstVisit: false });
  void arrive(true);

  return {
    keep() {
      const before = readWork(shelf);
      if (before) addSnapshot(shelf, before);
      session.set({ isShared: false, notice: 'kept' });
      save();
      // Otherwise a reload would open the link again instead of what was kept.
      page.history.replaceState(null, '', page.location.pathname + page.location.search);
    },
    restore(kept) {
      snapshot();
      save();
      openKept(kept);
    },
  };
}

/** What of the state the document itself shows. */
function dress({ language, theme }: SessionState, document: Document): void {
  document.documentElement.lang = language;
  if (theme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

function saveSettings(shelf: Shelf, state: SessionState): void {
  try {
    shelf.setItem(SETTINGS, JSON.stringify(Object.fromEntries(SETTING_KEYS.map((key) => [key, state[key]]))));
  } catch {
    // No room, or no right to keep anything: the settings last as long as the page.
  }
}

function readSettings(session: Session, text: string | null): void {
  try {
    const settings = JSON.parse(text ?? '{}') as Partial<Record<(typeof SETTING_KEYS)[number], unknown>>;
    const isOneOf = <T extends string>(value: unknown, ...choices: readonly T[]): value is T => choices.some((choice) => choice === value);
    if (isOneOf<Language>(settings.language, 'ko', 'en')) session.setLanguage(settings.language);
    if (isOneOf<Theme>(settings.theme, 'auto', 'light', 'dark')) session.setTheme(settings.theme);
    if (isOneOf(settings.level, 'story', 'api', 'all')) session.setLevel(settings.level);
    if (settings.letterKeys === false) session.set({ letterKeys: false });
    if (settings.hasWalked === true) session.set({ hasWalked: true });
    const within = (value: unknown, { min, max }: { readonly min: number; readonly max: number }): number | undefined =>
      typeof value === 'number' && value >= min && value <= max ? value : undefined;
    session.set({
      leftWidth: within(settings.leftWidth, LEFT_WIDTH),
      terminalShare: within(settings.terminalShare, TERMINAL_SHARE),
    });
    if (settings.showsInspector === false) session.set({ showsInspector: false });
  } catch {
    // Settings that cannot be read are as good as none.
  }
}
