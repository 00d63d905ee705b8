// The moment that the inspector shows: the playhead's, but while it plays taken anew only a few times a second. It is read, not watched.
import { startTransition, useEffect, useState } from 'react';
import type { SessionState } from '../../session/state.ts';
import { useSession } from '../../session/use-session.ts';

/** While it plays, a new look is taken no more often than this. */
const PLAYING_MS = 500;

export type Moment = Pick<SessionState, 'trace' | 'version' | 'step' | 't' | 'selection' | 'picked' | 'recipe'>;

const KEYS = ['trace', 'version', 'step', 't', 'selection', 'picked', 'recipe'] as const satisfies readonly (keyof Moment)[];
/** What a person does is answered at once. */
const AT_ONCE = ['trace', 'selection', 'picked', 'playing'] as const satisfies readonly (keyof SessionState)[];

/** A recent moment; the playhead's own while it stands. */
export function useMoment(): Moment {
  const { store } = useSession();
  const [moment, setMoment] = useState<Moment>(store.getState);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      clearTimeout(timer);
      timer = undefined;
      setMoment(store.getState());
    };
    look();
    const stop = store.subscribe((now, before) => {
      if (AT_ONCE.some((key) => now[key] !== before[key])) return look();
      if (!KEYS.some((key) => now[key] !== before[key])) return;
      // Whoever scrubs sees the figure move first.
      if (!now.playing) startTransition(look);
      else timer ??= setTimeout(look, PLAYING_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [store]);
  return moment;
}
