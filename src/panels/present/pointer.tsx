// A pointer that the last row sees: a ring where the mouse is.
import { type ReactNode, useEffect, useRef } from 'react';
import css from './present.module.css';

export function Pointer(): ReactNode {
  const ring = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const follow = ({ clientX, clientY }: PointerEvent): void => {
      const element = ring.current;
      if (!element) return;
      element.style.transform = `translate(${clientX}px, ${clientY}px)`;
      element.dataset.placed = '';
    };
    addEventListener('pointermove', follow, { passive: true });
    return () => removeEventListener('pointermove', follow);
  }, []);
  return <div ref={ring} className={css.pointer} data-testid="pointer" aria-hidden />;
}
