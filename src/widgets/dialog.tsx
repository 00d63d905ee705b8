// A modal dialog: the browser's own, which keeps the focus inside, closes on Escape and gives the focus back.
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { Button } from './button.tsx';
import css from './dialog.module.css';

interface DialogProps {
  readonly title: string;
  readonly closeLabel: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function Dialog({ title, closeLabel, onClose, children }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();
  /** Whether it stands: closed because another takes its place, it has nothing to tell. */
  const isStanding = useRef(true);
  // A layout effect: the dialog is closed while it is still in the document, so that the focus goes back to where it was.
  useLayoutEffect(() => {
    const dialog = element.current;
    const opener = document.activeElement;
    isStanding.current = true;
    dialog?.showModal();
    // The thing to do, where there is one; else the browser takes the first.
    dialog?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    return () => {
      isStanding.current = false;
      dialog?.close();
      // The browser has given the focus back, but not the place of the caret, which a click has put into the dialog: focused anew, an
      // editor takes both.
      if (opener instanceof HTMLElement && opener !== document.body)
        requestAnimationFrame(() => {
          if (document.activeElement !== opener) return;
          opener.blur();
          opener.focus();
        });
    };
  }, []);
  return (
    <dialog
      ref={element}
      className={css.dialog}
      aria-labelledby={id}
      onClose={() => {
        if (isStanding.current) onClose();
      }}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className={css.head}>
        <h2 id={id}>{title}</h2>
        <Button look="bare" icon="close" label={closeLabel} onClick={onClose} />
      </div>
      <div className={css.body}>{children}</div>
    </dialog>
  );
}
