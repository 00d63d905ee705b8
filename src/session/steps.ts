// Steps of the playhead: from event to event, to both ends, and past the end of what has been simulated.
import type { StoreApi } from 'zustand/vanilla';
import type { Level } from '../engine/records.ts';
import type { Connection } from './connection.ts';
import { type StoryEvent, countBy } from './events.ts';
import { AFTER_LAST_INPUT_MS } from './fork.ts';
import type { Playhead } from './playhead.ts';
import { type SessionState, START } from './state.ts';

export interface Steps {
  /** Goes to another event, of the level of detail that is shown or of a coarser one. */
  next(level?: Level): void;
  previous(level?: Level): void;
  /** To the start, or to where the run has got to. */
  home(): void;
  end(): void;
  /** Lets a run that has ended go on for another minute. */
  extend(): void;
}

/** The steps of a playhead. */
export function createSteps(store: StoreApi<SessionState>, playhead: Playhead, connection: Connection): Steps {
  const get = store.getState;
  const eventsAt = (level: Level | undefined): readonly StoryEvent[] => get().events.at(level ?? get().level);
  /** Nothing more is known: the run goes on to its next event, and the playhead with it. */
  const goOn = (): void => {
    connection.advance({ to: get().until + 1, stopAtStory: true });
    const stopWaiting = store.subscribe(({ version, trace, edge, until }) => {
      if (connection.isAdvancing()) return;
      stopWaiting();
      const events = eventsAt('story');
      const found = events[countBy(events, get().step)];
      if (found) playhead.seek(found);
      else if (version === trace.size && edge > until) playhead.seek({ t: until });
    });
  };
  return {
    next(level) {
      playhead.pause();
      const events = eventsAt(level);
      const event = events[countBy(events, get().step)];
      if (event) playhead.seek(event);
      else if (get().edge <= get().until && !connection.isAdvancing()) goOn();
    },
    previous(level) {
      playhead.pause();
      const { step, t } = get();
      const events = eventsAt(level);
      const count = countBy(events, step);
      const current = events[count - 1];
      // From between two events, back to the one that is being told.
      const event = current && current.t < Math.floor(t) ? current : events[count - 2];
      playhead.seek(event ?? START);
    },
    home() {
      playhead.seek(START);
    },
    end() {
      const { edge, trace, until } = get();
      playhead.seek({ t: Math.min(until, Math.max(0, edge - 1)), step: trace.lastStep });
    },
    extend() {
      const { recipe, until } = get();
      store.setState({ recipe: { ...recipe, until: until + AFTER_LAST_INPUT_MS }, until: until + AFTER_LAST_INPUT_MS });
      playhead.play();
    },
  };
}
