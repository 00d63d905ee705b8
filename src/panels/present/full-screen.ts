// Full screen, and leaving it: the browser takes the first Escape for itself.

/** Full screen on, or off. A browser that refuses leaves things as they are. */
export function toggleFullScreen(): void {
  const done = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.();
  done?.catch((error: unknown) => console.warn('no full screen:', error));
}

/** Leaves full screen, if it is on. */
export function leaveFullScreen(): void {
  if (document.fullscreenElement) toggleFullScreen();
}
