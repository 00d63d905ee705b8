// The session's state for what is read, not watched: taken anew soon after a step, and now and then while it plays.
import { startTransition, useEffect, useState } from 'react';
import type { SessionState } from './state.ts';
import { useSession } from './use-session.ts';

/** While it plays, a new look is taken no more often than this. */
const PLAYING_MS = 2000;
/** While somebody scrubs or steps quickly, no more often than this. */
const PAUSED_MS = 100;

const QUICK = ['selection', 'playing', 'phase', 'tab', 'isFirstVisit', 'trace', 'asking'] as const;
const SLOW = ['step', 'version', 't', 'edge', 'level', 'pace', 'file', 'checked'] as const;

/** A recent state of the session. Drawing from it costs nothing per frame. */
export function useCalm(): SessionState {
  const { store } = useSession();
  const [state, setState] = useState(store.getState);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let lookedAt = Number.NEGATIVE_INFINITY;
    const look = (): void => {
      timer = undefined;
      lookedAt = performance.now();
      startTransition(() => setState(store.getState()));
    };
    const wait = (everyMs: number): void => {
      clearTimeout(timer);
      timer = setTimeout(look, Math.max(0, lookedAt + everyMs - performance.now()));
    };
    wait(0);
    const stop = store.subscribe((now, before) => {
      if (QUICK.some((key) => now[key] !== before[key])) wait(PAUSED_MS);
      else if (timer === undefined && SLOW.some((key) => now[key] !== before[key])) wait(now.playing ? PLAYING_MS : PAUSED_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [store]);
  return state;
}
