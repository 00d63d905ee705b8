// The second composition root: a figure in somebody else's page (`?embed=1`). It fetches neither editor nor terminal and keeps nothing.
import './widgets/tokens.css';
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { must } from './base/assert.ts';
import { LanguageContext } from './i18n/language.ts';
import { preferredLanguage } from './i18n/messages.ts';
import { Embed } from './panels/embed/embed.tsx';
import { readOptions } from './panels/embed/options.ts';
import { openLine } from './panels/embed/posts.ts';
import { readLink } from './scenario/link.ts';
import type { Recipe } from './scenario/recipe.ts';
import { addressOf as writeAddress } from './session/address.ts';
import { BROWSER } from './session/browser.ts';
import { selectionOfText } from './session/cursor.ts';
import { createSession } from './session/session.ts';
import { sharedRecipe } from './session/share.ts';
import { EMPTY_RECIPE, FIRST_POD } from './session/state.ts';
import { SessionContext } from './session/use-session.ts';

// The figure, and what tells of it, come together with the simulation: before the first click the cluster stands as index.html draws it.
const Bug = lazy(() => import('./embed-parts.tsx').then(({ Bug: part }) => ({ default: part })));
const Caption = lazy(() => import('./embed-parts.tsx').then(({ Caption: part }) => ({ default: part })));
const Figure = lazy(() => import('./embed-parts.tsx').then(({ EmbeddedFigure: part }) => ({ default: part })));
const Time = lazy(() => import('./embed-parts.tsx').then(({ Time: part }) => ({ default: part })));

/** Without a link: one Pod. */
const ONE_POD: Recipe = { ...EMPTY_RECIPE, inputs: [{ at: 0, apply: FIRST_POD, file: 'web.yaml' }] };

const options = readOptions(location.search);
const given = location.hash.length > 1 ? readLink(location.hash) : { recipe: ONE_POD };
const view = 'recipe' in given ? given.recipe.view : undefined;
const language = options.language ?? view?.lang ?? preferredLanguage(navigator.languages);
const session = createSession(BROWSER, language, options.theme);
const line = openLine(window);

const root = document.documentElement;
const ground = document.querySelector('.first') ?? undefined;
root.lang = language;
if (options.theme !== 'auto') root.dataset.theme = options.theme;
session.set({ isFirstVisit: false });
session.setTab(options.view ?? view?.tab ?? 'cluster');
if (view?.level !== undefined) session.setLevel(view.level);
session.select(selectionOfText(view?.select));
addEventListener('hashchange', () => location.reload());
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') session.pause();
});

/** This moment in the whole of Podscope; before anything runs, what the figure was given. */
function addressOf(): string {
  const state = session.store.getState();
  if (state.phase !== 'ready') return location.pathname + location.hash;
  return writeAddress(sharedRecipe(state, 'moment'));
}

window.podscope = {
  session,
  setEditorText: session.setDraft,
  hash: () => session.store.getState().hash,
  messagesSent: session.messagesSent,
};

createRoot(must(document.getElementById('root'), 'index.html has a root')).render(
  <StrictMode>
    <SessionContext value={session}>
      <LanguageContext value={language}>
        <Suspense fallback={null}>
          <Embed
            options={options}
            given={given}
            ground={ground}
            figure={<Figure />}
            caption={<Caption look="small" />}
            timeline={<Time />}
            bug={<Bug />}
            line={line}
            addressOf={addressOf}
          />
        </Suspense>
      </LanguageContext>
    </SessionContext>
  </StrictMode>,
);
