// Full screen, and leaving it. The browser takes the Escape that ends it for itself, so that ending it otherwise than by our own key means
// that somebody wants out.

/** The whole screen for the page. */
export interface FullScreen {
  toggle(): void;
  /** Ends it, if it is on, and listens no more. */
  stop(): void;
}

/** Full screen that calls `onEscaped` when somebody ends it with Escape. A browser that refuses leaves things as they are. */
export function openFullScreen(page: Document, onEscaped: () => void): FullScreen {
  let isOurs = false;
  const end = (): void => {
    isOurs = true;
    page.exitFullscreen().catch((error: unknown) => console.warn('full screen cannot be ended:', error));
  };
  const onChange = (): void => {
    if (page.fullscreenElement) return;
    if (!isOurs) onEscaped();
    isOurs = false;
  };
  page.addEventListener('fullscreenchange', onChange);
  return {
    toggle() {
      if (page.fullscreenElement) end();
      else page.documentElement.requestFullscreen?.().catch((error: unknown) => console.warn('no full screen:', error));
    },
    stop() {
      page.removeEventListener('fullscreenchange', onChange);
      if (page.fullscreenElement) end();
    },
  };
}
