// What is read aloud, and when: every step while one steps, milestones while it plays, and never more often than one can listen.
import { countBy, type StoryEvent } from '../../session/events.ts';
import { type SessionState, isAtEnd } from '../../session/state.ts';

/** While it plays, no more than one sentence is read in this time. */
const PLAYING_MS = 2000;
/** While somebody scrubs, only where the playhead comes to rest. */
const STEPPING_MS = 120;

/** What an announcer needs of the world. */
export interface AnnouncerWorld {
  now(): number;
  /** Acts later; answers how not to. */
  later(act: () => void, ms: number): () => void;
  state(): SessionState;
  /** Reads what happened last (undefined: nothing yet), and whether the run is over with it. */
  read(event: StoryEvent | undefined, isOver: boolean): void;
}

/** The event that is told: of the story while it plays, else of the level of detail that is shown. */
function told({ events, level, step, playing }: SessionState): StoryEvent | undefined {
  const shown = events.at(playing ? 'story' : level);
  return shown[countBy(shown, step) - 1];
}

/** Hears of every change of the session; answers it, and how to stop. */
export function createAnnouncer(world: AnnouncerWorld) {
  let cancel: (() => void) | undefined;
  let isPatient = false;
  let readAt = Number.NEGATIVE_INFINITY;
  let last = '';
  const keyOf = (state: SessionState, event: StoryEvent | undefined): string => `${event?.step ?? ''} ${isOverIn(state)} ${state.language}`;
  const read = (): void => {
    cancel = undefined;
    const state = world.state();
    const event = told(state);
    if (keyOf(state, event) === last) return;
    last = keyOf(state, event);
    readAt = world.now();
    world.read(event, isOverIn(state));
  };
  return {
    hear(): void {
      const state = world.state();
      if (state.isFirstVisit || state.phase !== 'ready' || keyOf(state, told(state)) === last) return;
      // What waits tells of the newest when its time has come; but who stops listening to the film wants to hear where it stands.
      if (cancel && isPatient && state.playing) return;
      cancel?.();
      isPatient = state.playing;
      cancel = world.later(read, state.playing ? Math.max(0, readAt + PLAYING_MS - world.now()) : STEPPING_MS);
    },
    stop(): void {
      cancel?.();
    },
  };
}

const isOverIn = (state: SessionState): boolean => !state.playing && isAtEnd(state);
