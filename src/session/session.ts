// An opened scenario: its recipe, its trace, the worker that lengthens it, the playhead. Panels and diagrams act through it alone.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Level, RecordId } from '../engine/records.ts';
import type { Language } from '../i18n/messages.ts';
import type { Recipe } from '../scenario/recipe.ts';
import type { Completions } from '../scenario/terminal/complete.ts';
import { createChecker } from './checker.ts';
import { createCompleter } from './completer.ts';
import { type Connection, createConnection } from './connection.ts';
import { subjectOf } from './cursor.ts';
import { type Stage, createDeeds } from './deeds.ts';
import { createEventIndex } from './events.ts';
import { endOf } from './fork.ts';
import { groundOf } from './ground.ts';
import { createPlayhead } from './playhead.ts';
import type { Action, WorkerPort } from './protocol.ts';
import { EMPTY_RECIPE, START, type Pace, PACE_LIMIT, type SessionState, type Theme, initialState, isAtEnd } from './state.ts';
import { type Steps, createSteps } from './steps.ts';
import { createTrackIndex } from './tracks.ts';

/** What a session needs of the world. */
export interface SessionWorld {
  openWorker(): WorkerPort;
  requestFrame(act: (now: number) => void): () => void;
}

/** Where to stand after a recipe has been opened. */
export interface Opening {
  readonly at?: number;
  readonly step?: number;
  /** From a link: nothing is saved until it is kept. */
  readonly isShared?: boolean;
}

/** What the page may set without more ado. */
type SettableState =
  | ('mode' | 'dialog' | 'notice' | 'isShared' | 'file' | 'isFirstVisit' | 'letterKeys' | 'leftWidth' | 'terminalShare' | 'showsInspector')
  | ('isWalking' | 'hasWalked' | 'asked');

export interface Session extends Steps {
  readonly store: StoreApi<SessionState>;
  /** How many messages the worker has been sent; seeking adds none. */
  messagesSent(): number;
  /** Shows the cluster as it stands, without running it: that waits for `wake`, or for something to be done. */
  start(): void;
  /** Somebody means to do something: loads the simulation, if nothing runs yet. */
  wake(): void;
  open(recipe: Recipe, opening?: Opening): void;
  /** Does something at the edge; where the playhead is behind it, asks first, then forks. */
  act(action: Action): void;
  apply(verb: 'apply' | 'create'): void;
  /** Asks what may come next on a terminal's line (up to the cursor). Of questions that overtake each other the last is answered. */
  complete(text: string, onAnswer: (completions: Completions) => void): void;
  answerFork(goOn: boolean): void;
  play(): void;
  pause(): void;
  toggle(): void;
  seek(place: { readonly t: number; readonly step?: number }): void;
  setPace(pace: Pace): void;
  setDraft(text: string): void;
  /** Selects an object or a container (see cursor.ts), and the record that was clicked, where one was. Time stays as it is. */
  select(selection: string | undefined, picked?: RecordId): void;
  /** Goes to the moment of a record and selects what it is about. */
  goTo(record: RecordId): void;
  setLevel(level: Level): void;
  setTab(tab: string): void;
  setLanguage(language: Language): void;
  setTheme(theme: Theme): void;
  set(change: Partial<Pick<SessionState, SettableState>>): void;
  /** Something on the page itself went wrong: it is shown as our bug, with the link that replays this moment. */
  report(error: unknown): void;
  /** Calls back whenever the picture may have changed: the playhead moved, the trace grew, another selection or level. */
  onFrame(draw: (state: SessionState) => void): () => void;
}

/** A session with nothing opened. */
export function createSession(world: SessionWorld, language: Language, theme: Theme): Session {
  const store = createStore<SessionState>(() => initialState(language, theme));
  const { getState: get, setState: set } = store;
  /** What has come from the worker since the last frame. */
  let held: Pick<SessionState, 'version' | 'edge' | 'nextAt' | 'hash'> | undefined;
  const settle = (): void => {
    if (held) set(held);
    held = undefined;
  };
  const connection: Connection = createConnection(world.openWorker, {
    chunk({ records, edge, nextAt, hash }) {
      const { trace, playing } = get();
      trace.append(records);
      held = { version: trace.size, edge, nextAt, hash };
      // While it plays the next frame tells of it together with its own move: the page is drawn once, not twice.
      if (!playing) settle();
    },
    dated: (input) => deeds.dated(input),
    answer: (id, problems) => checker.answered(id, problems),
    completed: (id, completions) => completer.completed(id, completions),
    // A worker that has died or fallen silent does not know where it was.
    bug: (bug, isOpening) => fail({ ...bug, edge: bug.edge || (isOpening ? 0 : get().edge) }),
  });
  const checker = createChecker(store, () => connection);
  const completer = createCompleter(connection);
  const playhead = createPlayhead({
    store,
    requestFrame: world.requestFrame,
    isAdvancing: connection.isAdvancing,
    advance: connection.advance,
    settle,
  });
  const fail = (bug: NonNullable<SessionState['bug']>): void => {
    playhead.pause();
    connection.rest();
    set({ phase: 'bug', bug });
  };
  const show: Stage['show'] = ({ recipe, trace, chunk }, place, ghost) => {
    held = undefined;
    set({
      recipe,
      trace,
      events: createEventIndex(trace),
      tracks: createTrackIndex(trace),
      version: trace.size,
      picked: undefined,
      ghost,
      edge: chunk.edge,
      nextAt: chunk.nextAt,
      hash: chunk.hash,
      until: endOf(recipe),
      phase: 'ready',
      t: place.t,
      step: place.step ?? (place.t === 0 ? 0 : trace.stepAt(Math.floor(place.t))),
      seen: place.t,
      skipping: undefined,
    });
    checker.forget();
    checker.check();
  };
  const open = (recipe: Recipe, { at, step, isShared = false }: Opening = {}): void => {
    playhead.pause();
    deeds.forget();
    const t = Math.min(at ?? 0, endOf(recipe));
    const isFirstVisit = recipe.inputs.length === 0 && !isShared && get().isFirstVisit;
    set({ phase: 'opening', bug: undefined, isShared, asking: undefined, isFirstVisit });
    connection.launch(recipe, t > 0 || step ? t + 1 : 0, (opened) => {
      show(opened, { t, ...(step !== undefined && { step: Math.min(step, opened.chunk.toStep) }) });
      deeds.opened();
    });
  };
  const wake = (): void => {
    if (get().phase === 'closed') open(EMPTY_RECIPE);
  };
  const deeds = createDeeds({ store, playhead, connection, wake, show, fail });
  const play = (): void => {
    if (get().phase !== 'ready') return;
    if (isAtEnd(get())) playhead.seek(START);
    playhead.play();
  };

  return {
    store,
    messagesSent: connection.sent,
    start() {
      if (get().phase !== 'closed') return;
      const trace = groundOf(EMPTY_RECIPE);
      set({ trace, events: createEventIndex(trace), tracks: createTrackIndex(trace), version: trace.size });
    },
    wake,
    open,
    act: deeds.act,
    apply(verb) {
      const { draft, file } = get();
      deeds.act(verb === 'apply' ? { apply: draft, file } : { create: draft, file });
    },
    complete: completer.complete,
    answerFork: deeds.answerFork,
    play,
    pause: playhead.pause,
    toggle() {
      if (get().playing) playhead.pause();
      else play();
    },
    seek: playhead.seek,
    ...createSteps(store, playhead, connection),
    setPace(pace) {
      if (pace === 'story') set({ pace });
      else {
        const factor = Math.min(PACE_LIMIT, Math.max(1, Math.round(pace)));
        set({ pace: factor, factor });
      }
    },
    setDraft(draft) {
      if (draft === get().draft) return;
      set({ draft });
      checker.check();
    },
    select: (selection, picked) => set({ selection, picked }),
    goTo(id) {
      const { trace, selection } = get();
      const record = trace.record(id);
      if (!record) return;
      playhead.pause();
      playhead.seek({ t: record.at, step: record.step });
      set({ selection: subjectOf(trace, record) ?? selection, picked: id });
    },
    setLevel: (level) => set({ level }),
    setTab: (tab) => set({ tab }),
    setLanguage: (chosen) => set({ language: chosen }),
    setTheme: (chosen) => set({ theme: chosen }),
    set: (change) => set(change),
    report(error) {
      const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
      fail({ message, stack, edge: Math.floor(get().t) });
    },
    onFrame: (draw) =>
      store.subscribe((state, before) => {
        if (DRAWN.some((key) => state[key] !== before[key])) draw(state);
      }),
  };
}

/** What the picture is made of. */
const DRAWN = ['t', 'step', 'version', 'selection', 'picked', 'level', 'language'] as const satisfies readonly (keyof SessionState)[];
