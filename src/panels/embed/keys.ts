// The keys of an embedded figure. They are the page's own until somebody has clicked into the figure, and again once the focus is elsewhere.
import type { Session } from '../../session/session.ts';
import { keyName } from '../../widgets/key-name.ts';

const KEYS: Readonly<Record<string, (session: Session) => void>> = {
  ' ': (session) => session.toggle(),
  ArrowRight: (session) => session.next(),
  ArrowLeft: (session) => session.previous(),
  'Shift+ArrowRight': (session) => session.next('story'),
  'Shift+ArrowLeft': (session) => session.previous('story'),
  Home: (session) => session.home(),
  End: (session) => session.end(),
};

/** Listens while `isIn`; answers how to stop. */
export function listenToKeys(session: Session, isIn: () => boolean): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.isComposing || event.defaultPrevented || event.altKey || !isIn()) return;
    const act = KEYS[keyName(event)];
    const on = event.target instanceof Element ? event.target : undefined;
    if (!act || on?.closest('select, input')) return;
    if (event.key === ' ' && on?.closest('button, a, summary')) return;
    event.preventDefault();
    act(session);
  };
  addEventListener('keydown', onKey);
  return () => removeEventListener('keydown', onKey);
}
