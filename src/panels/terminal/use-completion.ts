// Tab on a terminal's line. It never holds the keyboard: on an empty line, where nothing fits, once the words are shown, and after
// Escape it moves the focus on as everywhere.
import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import type { Session } from '../../session/session.ts';
import { completed, type Typed } from './completion.ts';

export interface Completing {
  /** Words of which one may be meant; shown once Tab has been pressed twice. */
  readonly offers: readonly string[];
  /** Takes Tab and Escape; answers whether the key was taken. */
  press(event: KeyboardEvent<HTMLInputElement>): boolean;
}

/** What has been offered for a line, and whether it is shown. */
interface Offer {
  readonly text: string;
  readonly words: readonly string[];
  readonly isShown: boolean;
}

const NOTHING: Offer = { text: '', words: [], isShown: false };

/** Completion of the line in a field. */
export function useCompletion(
  session: Session,
  field: RefObject<HTMLInputElement | null>,
  draft: string,
  onDraft: (draft: string) => void,
): Completing {
  const [offer, setOffer] = useState(NOTHING);
  const cursor = useRef<number>(undefined);
  const isLeaving = useRef(false);
  const current = offer.text === draft && offer.words.length > 0 ? offer : NOTHING;
  // React puts the cursor at the end of what it writes.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the draft is what is written
  useLayoutEffect(() => {
    if (cursor.current !== undefined) field.current?.setSelectionRange(cursor.current, cursor.current);
    cursor.current = undefined;
  }, [draft, field]);

  const ask = (typed: Typed): void =>
    session.complete(typed.text.slice(0, typed.cursor), (completions) => {
      // Somebody has typed on meanwhile.
      if (field.current?.value !== typed.text) return;
      if (completions.words.length === 0) {
        focusAfter(field.current);
        return;
      }
      const next = completed(typed, completions);
      if (next.text !== typed.text) {
        cursor.current = next.cursor;
        onDraft(next.text);
      }
      setOffer({ text: next.text, words: completions.words.length > 1 ? completions.words : [], isShown: false });
    });

  return {
    offers: current.isShown ? current.words : [],
    press(event) {
      if (event.key === 'Escape' && draft !== '') {
        isLeaving.current = true;
        setOffer(NOTHING);
        event.preventDefault();
        return true;
      }
      if (event.key !== 'Tab' || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) {
        isLeaving.current = false;
        return false;
      }
      if (draft.trim() === '' || isLeaving.current || current.isShown) return false;
      event.preventDefault();
      if (current.words.length > 0) setOffer({ ...current, isShown: true });
      else ask({ text: draft, cursor: event.currentTarget.selectionStart ?? draft.length });
      return true;
    },
  };
}

const FOCUSABLE = 'a[href], button:not([disabled]), input:not([disabled]), select, textarea, summary, [tabindex], [contenteditable="true"]';

/** Moves the focus on, as Tab does. */
function focusAfter(element: HTMLElement): void {
  const all = [...document.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
    (each) => each.tabIndex >= 0 && each.getClientRects().length > 0,
  );
  all[all.indexOf(element) + 1]?.focus();
}
