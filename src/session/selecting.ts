// A click or a key on a mark goes up as a selection. Marks say in attributes what they stand for, so that one handler serves a whole
// figure: `data-select` is a selection (see cursor.ts), `data-pick` the id of a record.
import { type KeyboardEvent, type MouseEvent, useMemo } from 'react';
import { subjectOf } from './cursor.ts';
import type { Session } from './session.ts';

/** The handlers of a figure. */
export interface Selecting {
  readonly onClick: (event: MouseEvent) => void;
  /** For marks that are no HTML buttons: Enter and Space press them. */
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** Selects what the innermost mark around an element stands for; answers whether there was one. A record's subject is found by itself. */
export function selectFrom(session: Session, target: EventTarget): boolean {
  const mark = target instanceof Element ? target.closest<HTMLElement | SVGElement>('[data-select], [data-pick]') : null;
  if (!mark) return false;
  const { select, pick } = mark.dataset;
  const { trace, selection } = session.store.getState();
  const record = pick === undefined ? undefined : trace.record(Number(pick));
  session.select(select ?? (record && subjectOf(trace, record)) ?? selection, record?.id);
  return true;
}

/** The handlers of a figure whose marks select. */
export function useSelecting(session: Session): Selecting {
  return useMemo(
    () => ({
      onClick: (event) => void selectFrom(session, event.target),
      onKeyDown: (event) => {
        if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== ' ')) return;
        // A button presses itself.
        if (event.target instanceof HTMLElement) return;
        if (!selectFrom(session, event.target)) return;
        event.preventDefault();
        event.stopPropagation();
      },
    }),
    [session],
  );
}
