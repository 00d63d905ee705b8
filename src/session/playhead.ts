// The playhead: the only wall clock of the page. It owns the animation frame and moves the position; seeking is reading, nothing more.
import type { StoreApi } from 'zustand/vanilla';
import type { Position } from '../engine/trace.ts';
import { countBy } from './events.ts';
import { BEAT_MS, type Leg, REST_MS, instantOn, planLeg, restBefore } from './pace.ts';
import type { Goal } from './protocol.ts';
import { isAtEnd, type SessionState } from './state.ts';

/** Of a slow frame no more than this counts, so that nothing jumps. */
const FRAME_LIMIT_MS = 100;
/** What a person has just done needs no telling: the first event after pressing Play rests this long and no longer. */
const FIRST_REST_MS = BEAT_MS - REST_MS;
/** In a real pace the worker is asked this much wall time ahead. */
const AHEAD_MS = 60;

/** What the playhead needs of the world. */
export interface PlayheadWorld {
  readonly store: StoreApi<SessionState>;
  /** Asks for the next frame; answers how to call it off. */
  requestFrame(act: (now: number) => void): () => void;
  /** Lets the run go on. */
  advance(goal: Goal): void;
  /** Whether the run is on its way already. */
  isAdvancing(): boolean;
  /** Makes known what has come from the run since the last frame. */
  settle(): void;
}

export interface Playhead {
  play(): void;
  pause(): void;
  /** Moves to a place; what has not been simulated cannot be reached. */
  seek(place: { readonly t: number; readonly step?: number }): void;
}

/** A playhead at rest. */
export function createPlayhead({ store, requestFrame, advance, isAdvancing, settle }: PlayheadWorld): Playhead {
  let callOff: (() => void) | undefined;
  let last: number | undefined;
  let leg: Leg | undefined;
  let elapsedMs = 0;
  let restedMs = 0;
  let isFirst = false;

  const moveTo = (t: number, step: number, skipping?: number): void => {
    const { seen } = store.getState();
    store.setState({ t, step, skipping, seen: Math.max(seen, t) });
  };
  const stop = (): void => {
    callOff?.();
    callOff = undefined;
    last = undefined;
    leg = undefined;
    elapsedMs = 0;
  };
  const pause = (): void => {
    stop();
    settle();
    if (store.getState().playing) store.setState({ playing: false, skipping: undefined });
  };
  /** The next event of the story, the end of the run, or nothing while it is not known. */
  const nextStop = (state: SessionState): Position | undefined => {
    const events = state.events.at('story');
    const event = events[countBy(events, state.step)];
    if (event) return event;
    return state.edge > state.until ? { t: state.until, step: state.trace.lastStep } : undefined;
  };
  const travel = (state: SessionState, going: Leg, dt: number): void => {
    elapsedMs += dt;
    if (elapsedMs >= going.ms) {
      leg = undefined;
      restedMs = isFirst ? FIRST_REST_MS : 0;
      isFirst = false;
      moveTo(going.to.t, going.to.step);
      return;
    }
    const { t, skipped } = instantOn(going, elapsedMs);
    const step = Math.min(going.to.step, Math.max(going.from.step, state.trace.stepAt(Math.floor(t))));
    moveTo(t, step, skipped && skipped.to - skipped.from);
  };
  const storyFrame = (state: SessionState, dt: number): void => {
    if (leg) {
      travel(state, leg, dt);
      return;
    }
    restedMs += dt;
    if (restedMs < REST_MS) return;
    const to = nextStop(state);
    if (!to) {
      if (!isAdvancing()) advance({ to: state.until + 1, stopAtStory: true });
      return;
    }
    const planned = planLeg(state.trace, { t: state.t, step: state.step }, to, state.level);
    if (restedMs < restBefore(planned)) return;
    leg = planned;
    elapsedMs = 0;
  };
  const realFrame = (state: SessionState, factor: number, dt: number): void => {
    const wanted = Math.min(state.until, state.t + dt * factor);
    const goal = Math.min(state.until, Math.ceil(wanted + AHEAD_MS * factor)) + 1;
    if (state.edge < goal && !isAdvancing()) advance({ to: goal, stopAtStory: false });
    const t = Math.min(wanted, Math.max(state.t, state.edge - 1));
    moveTo(t, Math.max(state.step, state.trace.stepAt(Math.floor(t))));
  };
  const frame = (now: number): void => {
    callOff = undefined;
    settle();
    const state = store.getState();
    if (!state.playing) return;
    const dt = Math.min(FRAME_LIMIT_MS, now - (last ?? now));
    last = now;
    if (state.pace === 'story') storyFrame(state, dt);
    else {
      leg = undefined;
      realFrame(state, state.pace, dt);
    }
    // Whoever heard of the move may have stopped here.
    if (!store.getState().playing) return;
    if (isAtEnd(store.getState())) pause();
    else callOff = requestFrame(frame);
  };

  return {
    play() {
      if (store.getState().playing) return;
      store.setState({ playing: true });
      // Pressing Play is a wish to see something move: no rest before the first leg.
      restedMs = Number.POSITIVE_INFINITY;
      isFirst = true;
      callOff = requestFrame(frame);
    },
    pause,
    seek({ t, step }) {
      const { trace, edge, playing } = store.getState();
      const clamped = Math.max(0, Math.min(t, edge - 1));
      leg = undefined;
      restedMs = 0;
      isFirst = false;
      moveTo(clamped, step ?? trace.stepAt(Math.floor(clamped)));
      if (playing && !callOff) callOff = requestFrame(frame);
    },
  };
}
