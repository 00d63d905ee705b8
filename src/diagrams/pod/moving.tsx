// Text that depends on the playhead between two steps: written by its frame, without rendering anything again.
import { type ReactNode, useEffect, useRef } from 'react';
import type { Session } from '../../session/session.ts';

interface MovingProps {
  readonly session: Session;
  readonly className?: string | undefined;
  readonly text: (t: number) => string;
}

/** A text of the playhead's instant. */
export function Moving({ session, className, text }: MovingProps): ReactNode {
  const element = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const write = ({ t }: { readonly t: number }): void => {
      const now = text(t);
      if (element.current && element.current.textContent !== now) element.current.textContent = now;
    };
    write(session.store.getState());
    return session.onFrame(write);
  }, [session, text]);
  return <span ref={element} className={className} />;
}
