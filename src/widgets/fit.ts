// How large a figure is drawn in its place: as large as that allows without cutting anything off.
import { type RefObject, useLayoutEffect } from 'react';

/** How much a figure may be enlarged or made smaller. */
export interface Fit {
  /** The pixels in which it can say everything; without a width it takes any. */
  readonly width?: number;
  readonly height: number;
  readonly least: number;
  readonly most: number;
}

const STEP = 0.05;
/** Smaller than this part of where it began it does not become: then it rather scrolls. */
const LEAST_PART = 0.8;
/** Frames after which a figure that lays itself out by its size has done so. */
const FRAMES_TO_SETTLE = 3;

/** A figure that scrolls has more to say than it has room for. */
function overflows(frame: HTMLElement): boolean {
  return [...frame.querySelectorAll<HTMLElement>(':scope > *, :scope > * section')].some(
    ({ scrollWidth, clientWidth, scrollHeight, clientHeight }) => scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1,
  );
}

/**
 * Scales what is inside a frame by its `--scale`. It starts as large as the figure's room allows and shrinks while something is cut off;
 * it grows again only when another thing is shown (`of`) or the window changes, so that nothing jumps to and fro while it is told.
 */
export function useFit(place: RefObject<HTMLElement | null>, { width = 0, height, least: smallest, most }: Fit, of: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another figure or Pod starts anew
  useLayoutEffect(() => {
    const frame = place.current;
    if (!frame) return;
    let scale = 1;
    let least = smallest;
    let asked = 0;
    let wait = 0;
    const put = (next: number): void => {
      scale = next;
      frame.style.setProperty('--scale', next.toFixed(2));
    };
    const shrink = (): void => {
      wait -= 1;
      if (wait > 0) asked = requestAnimationFrame(shrink);
      else while (scale - STEP >= least && overflows(frame)) put(scale - STEP);
    };
    const ask = (frames: number): void => {
      wait = Math.max(wait, frames);
      cancelAnimationFrame(asked);
      asked = requestAnimationFrame(shrink);
    };
    const begin = (): void => {
      const { clientWidth, clientHeight } = frame.parentElement ?? frame;
      const widest = width > 0 ? clientWidth / width : most;
      put(Math.max(smallest, Math.min(most, widest, clientHeight / height)));
      least = Math.max(smallest, scale * LEAST_PART);
      ask(FRAMES_TO_SETTLE);
    };
    begin();
    const resized = new ResizeObserver(begin);
    resized.observe(frame.parentElement ?? frame);
    const changed = new MutationObserver(() => ask(1));
    changed.observe(frame, { childList: true, subtree: true });
    return () => {
      resized.disconnect();
      changed.disconnect();
      cancelAnimationFrame(asked);
    };
  }, [place, width, height, smallest, most, of]);
}
