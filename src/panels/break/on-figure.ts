// Hears on the stage that somebody wants the menu of a part: the browser's own event for it (right click, Shift+F10, a long press where
// the browser has one), and a long press where it has none.
import { type Target, targetOfElement } from './target.ts';

/** A place on the screen, in CSS pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

const LONG_PRESS_MS = 550;
/** A finger that moves further than this scrolls. */
const STILL_PX = 10;

/** Calls back with what was meant and where; answers how to stop. */
export function listenOnFigure(stage: HTMLElement, onAsk: (target: Target, place: Place) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let from: Place = { x: 0, y: 0 };
  const rest = (): void => clearTimeout(timer);
  const askAt = (element: EventTarget | null, x: number, y: number): boolean => {
    const target = element instanceof Element ? targetOfElement(element) : undefined;
    if (!target || !(element instanceof Element)) return false;
    // From the keyboard there is no place: the menu opens at the part itself.
    const box = element.getBoundingClientRect();
    onAsk(target, x === 0 && y === 0 ? { x: box.left + box.width / 2, y: box.top + box.height / 2 } : { x, y });
    return true;
  };
  const onContextMenu = (event: MouseEvent): void => {
    rest();
    if (askAt(event.target, event.clientX, event.clientY)) event.preventDefault();
  };
  const onDown = (event: PointerEvent): void => {
    rest();
    if (event.pointerType !== 'touch' || !event.isPrimary) return;
    const { target, clientX, clientY } = event;
    from = { x: clientX, y: clientY };
    timer = setTimeout(() => askAt(target, clientX, clientY), LONG_PRESS_MS);
  };
  const onMove = (event: PointerEvent): void => {
    if (Math.hypot(event.clientX - from.x, event.clientY - from.y) > STILL_PX) rest();
  };
  const heard = new AbortController();
  const { signal } = heard;
  stage.addEventListener('contextmenu', onContextMenu, { signal });
  stage.addEventListener('pointerdown', onDown, { signal });
  stage.addEventListener('pointermove', onMove, { signal, passive: true });
  stage.addEventListener('pointerup', rest, { signal });
  stage.addEventListener('pointercancel', rest, { signal });
  return () => {
    rest();
    heard.abort();
  };
}
