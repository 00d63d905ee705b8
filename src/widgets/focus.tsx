// The focus is never lost: where what has it goes away, something else takes it.
import { type ReactNode, useLayoutEffect, useRef } from 'react';

/** Gives the focus to something of the page, once what was asked for is drawn. */
export function focusOn(selector: string): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(selector)?.focus());
}

/** The same at once, where it is drawn already: the next key may follow on the heels of this one. */
export function focusAtOnce(selector: string): void {
  const found = document.querySelector<HTMLElement>(selector);
  found?.focus();
  if (!found || document.activeElement !== found) focusOn(selector);
}

interface FocusHeirProps {
  /** A selector, or one for what had the focus; of what it finds the first takes it. */
  readonly heir: string | ((lost: Element) => string);
  readonly children: ReactNode;
}

/** When what stands in it goes away and has the focus, its heir takes it. */
export function FocusHeir({ heir, children }: FocusHeirProps) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    return () => {
      const lost = document.activeElement;
      if (lost && element?.contains(lost)) focusOn(typeof heir === 'string' ? heir : heir(lost));
    };
  }, [heir]);
  return (
    <div ref={box} style={{ display: 'contents' }}>
      {children}
    </div>
  );
}
