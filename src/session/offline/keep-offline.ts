// Keeping the page for when there is no network. Nothing is fetched for that before the first click or key, and then not before what
// was clicked for has come.
import type { Session } from '../session.ts';

/** After the simulation has come, whatever else the click asked for is let go first. */
const REST_MS = 3000;

/** Has the browser keep this build once somebody has begun to use the page; needs a built page and a secure address. */
export function keepOffline({ store }: Session, page: Window): void {
  const { serviceWorker } = page.navigator;
  if (serviceWorker === undefined) return;
  const register = (): void => {
    // A browser that refuses (a private window, no room) works as before.
    serviceWorker.register('./sw.js').catch((error: unknown) => console.warn('not kept for use without a network:', error));
  };
  const begin = (): void => {
    page.removeEventListener('click', begin);
    page.removeEventListener('keydown', begin);
    const wait = (): void => {
      if (store.getState().phase !== 'ready') return;
      stop();
      page.setTimeout(register, REST_MS);
    };
    const stop = store.subscribe(wait);
    wait();
  };
  page.addEventListener('click', begin);
  page.addEventListener('keydown', begin);
}
