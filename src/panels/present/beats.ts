// From one event of the story to the next, as a lecturer goes: the way there is played, then everything rests.
import { countBy } from '../../session/events.ts';
import type { Session } from '../../session/session.ts';
import { isAtEnd, type SessionState } from '../../session/state.ts';

/** The steps of a presentation. */
export interface Beats {
  /** Plays up to the next event; pressed again on the way, it is there at once. */
  next(): void;
  previous(): void;
  /** Ends what is on its way, where it is. */
  rest(): void;
}

const toldBy = ({ events, step }: SessionState): number => countBy(events.at('story'), step);

/** The beats of a session. `isStill`: somebody asked for less motion, so that nothing travels. */
export function createBeats(session: Session, isStill: () => boolean): Beats {
  const { store } = session;
  let arrive: (() => void) | undefined;
  const playOne = (): void => {
    const { pace, trace } = store.getState();
    const from = toldBy(store.getState());
    session.setPace('story');
    session.play();
    const stopWatching = store.subscribe((state) => {
      if (state.playing && state.trace === trace && toldBy(state) === from) return;
      arrive?.();
    });
    arrive = () => {
      arrive = undefined;
      stopWatching();
      session.pause();
      session.setPace(pace);
    };
  };
  return {
    next() {
      const state = store.getState();
      if (state.phase !== 'ready') return;
      if (arrive !== undefined || state.playing || isStill()) {
        arrive?.();
        session.next('story');
      } else if (!isAtEnd(state)) playOne();
    },
    previous() {
      arrive?.();
      session.previous('story');
    },
    rest: () => arrive?.(),
  };
}
