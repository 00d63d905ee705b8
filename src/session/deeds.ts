// What a person does: an input at the edge of the run, or in the past, where the run is cut and goes another way.
import type { StoreApi } from 'zustand/vanilla';
import type { Recipe } from '../scenario/recipe.ts';
import type { Connection, Opened } from './connection.ts';
import { AFTER_LAST_INPUT_MS, cutAfter, cutRecipe, hashBefore } from './fork.ts';
import type { Playhead } from './playhead.ts';
import type { Action } from './protocol.ts';
import { type Ghost, type SessionState, isLive } from './state.ts';

/** Where deeds are done. */
export interface Stage {
  readonly store: StoreApi<SessionState>;
  readonly playhead: Playhead;
  readonly connection: Connection;
  /** Opens the simulation, if nothing runs yet. */
  wake(): void;
  /** Puts a run on the page, the playhead at a place, beside the branch that was left for it. */
  show(opened: Opened, place: { readonly t: number; readonly step?: number }, ghost?: Ghost): void;
  fail(bug: NonNullable<SessionState['bug']>): void;
}

export interface Deeds {
  /** Does something at the edge; where the playhead is behind it, asks first, then forks. */
  act(action: Action): void;
  answerFork(goOn: boolean): void;
  /** The run has dated an input: it belongs to the recipe, and is played. */
  dated(input: Recipe['inputs'][number]): void;
  /** A run has been opened: what was asked for meanwhile is done now. */
  opened(): void;
  /** Another run is opened: what waits was not meant for it. */
  forget(): void;
}

/** Nothing has been done yet. */
export function createDeeds({ store, playhead, connection, wake, show, fail }: Stage): Deeds {
  const { getState: get, setState: set } = store;
  let waiting: Action | undefined;

  const fork = (action: Action, cutAt: number): void => {
    playhead.pause();
    const { recipe, trace, seen } = get();
    const expected = hashBefore(trace, recipe.seed, cutAt);
    const hasSeenMore = seen >= cutAt;
    set({ phase: 'opening', asking: undefined });
    connection.launch(cutRecipe(recipe, cutAt), cutAt, (run) => {
      const { hash } = run.chunk;
      if (expected !== undefined && hash !== expected) {
        fail({ message: `the run up to ${cutAt} ms is not what it was: ${hash} instead of ${expected}`, stack: '', edge: cutAt });
        return;
      }
      show(run, { t: Math.max(0, cutAt - 1) }, hasSeenMore ? { recipe, trace, cutAt } : undefined);
      connection.input(action);
      opened();
    });
  };
  const act = (action: Action): void => {
    wake();
    const state = get();
    // What is asked for while the simulation is on its way is done as soon as it has come.
    if (state.phase === 'opening') {
      waiting = action;
      set({ isFirstVisit: false });
    }
    if (state.phase !== 'ready') return;
    // While it plays, the playhead is only on its way to the edge.
    const isUnseen = state.seen <= state.t + 1;
    if (isLive(state) || (state.playing && isUnseen)) {
      connection.input(action);
      return;
    }
    const cutAt = cutAfter(state);
    if (isUnseen) fork(action, cutAt);
    else {
      playhead.pause();
      set({ asking: { action, cutAt } });
    }
  };
  const opened = (): void => {
    const action = waiting;
    waiting = undefined;
    if (action) act(action);
  };
  return {
    act,
    answerFork(goOn) {
      const { asking } = get();
      set({ asking: undefined });
      if (goOn && asking) fork(asking.action, asking.cutAt);
    },
    dated(input) {
      const { recipe } = get();
      const until = Math.max(recipe.until ?? 0, input.at + AFTER_LAST_INPUT_MS);
      const inputs = [...recipe.inputs, input];
      const { until: _old, ...rest } = recipe;
      const next: Recipe = recipe.until === undefined ? { ...rest, inputs } : { ...rest, inputs, until };
      set({ recipe: next, until, isFirstVisit: false });
      playhead.play();
    },
    opened,
    forget() {
      waiting = undefined;
    },
  };
}
