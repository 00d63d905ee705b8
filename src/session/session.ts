// An opened scenario: its recipe, its trace, the worker that lengthens it, the playhead. Panels and diagrams act through it alone.
import { createStore, type StoreApi } from 'zustand/vanilla';
import { must } from '../base/assert.ts';
import type { Level, RecordId } from '../engine/records.ts';
import { createTrace } from '../engine/trace.ts';
import type { Language } from '../i18n/messages.ts';
import type { Recipe } from '../scenario/recipe.ts';
import { subjectOf } from './cursor.ts';
import { type StoryEvent, countBy, createEventIndex } from './events.ts';
import { AFTER_LAST_INPUT_MS, cutAfter, cutRecipe, endOf, hashBefore } from './fork.ts';
import { groundOf } from './ground.ts';
import { createPlayhead } from './playhead.ts';
import type { Action, Chunk, FromWorker, Goal, ToWorker, WorkerPort } from './protocol.ts';
import {
  type Ghost,
  type Pace,
  PACE_LIMIT,
  type SessionState,
  type Theme,
  EMPTY_RECIPE,
  START,
  initialState,
  isAtEnd,
  isLive,
} from './state.ts';

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

export interface Session {
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
  answerFork(goOn: boolean): void;
  play(): void;
  pause(): void;
  toggle(): void;
  seek(place: { readonly t: number; readonly step?: number }): void;
  /** Goes to another event, of the level of detail that is shown or of a coarser one. */
  next(level?: Level): void;
  previous(level?: Level): void;
  /** To the start, or to where the run has got to. */
  home(): void;
  end(): void;
  /** Lets a run that has ended go on for another minute. */
  extend(): void;
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
  set(change: Partial<Pick<SessionState, 'dialog' | 'notice' | 'isShared' | 'file' | 'isFirstVisit' | 'letterKeys'>>): void;
  /** Calls back whenever the picture may have changed: the playhead moved, the trace grew, another selection or level. */
  onFrame(draw: (state: SessionState) => void): () => void;
}

/** A run in a worker that has not become the one that is shown. */
interface Pending {
  readonly port: WorkerPort;
  readonly trace: ReturnType<typeof createTrace>;
  readonly recipe: Recipe;
  readonly to: number;
  readonly onReady: (opened: Pending, chunk: Chunk) => void;
}

/** A session with nothing opened. */
export function createSession(world: SessionWorld, language: Language, theme: Theme): Session {
  const store = createStore<SessionState>(() => initialState(language, theme));
  const get = store.getState;
  const set = store.setState;
  let port: WorkerPort | undefined;
  let pending: Pending | undefined;
  let goal: Goal | undefined;
  let sent = 0;
  let asked = 0;
  let askedText = '';
  let isChecking = false;
  let waiting: Action | undefined;

  const post = (to: WorkerPort, message: ToWorker): void => {
    sent += 1;
    to.post(message);
  };
  const playhead = createPlayhead({
    store,
    requestFrame: world.requestFrame,
    isAdvancing: () => goal !== undefined || port === undefined,
    settle: () => settle(),
    advance(wanted) {
      if (!port) return;
      goal = wanted;
      post(port, { type: 'advance', ...wanted });
    },
  });

  const fail = (bug: SessionState['bug']): void => {
    playhead.pause();
    goal = undefined;
    set({ phase: 'bug', bug });
  };
  /** What has come from the worker since the last frame. */
  let held: Pick<SessionState, 'version' | 'edge' | 'nextAt' | 'hash'> | undefined;
  const takeChunk = (chunk: Chunk): void => {
    const { trace } = get();
    trace.append(chunk.records);
    if (chunk.isDone) goal = undefined;
    held = { version: trace.size, edge: chunk.edge, nextAt: chunk.nextAt, hash: chunk.hash };
    // While it plays the next frame tells of it together with its own move: the page is drawn once, not twice.
    if (!get().playing) settle();
  };
  const settle = (): void => {
    if (held) set(held);
    held = undefined;
  };
  const takePending = (opening: Pending, chunk: Chunk): void => {
    opening.trace.append(chunk.records);
    if (!chunk.isDone) return;
    pending = undefined;
    port?.close();
    port = opening.port;
    goal = undefined;
    held = undefined;
    // What was asked of the old worker is never answered.
    isChecking = false;
    opening.onReady(opening, chunk);
    check();
    const action = waiting;
    waiting = undefined;
    if (action) act(action);
  };
  const hear = (from: WorkerPort, message: FromWorker): void => {
    const opening = pending?.port === from ? pending : undefined;
    if (!opening && from !== port) return;
    switch (message.type) {
      case 'chunk':
        if (opening) takePending(opening, message);
        else takeChunk(message);
        break;
      case 'dated':
        goal = undefined;
        takeInput(message.input);
        break;
      case 'answer':
        if (message.id !== asked) break;
        isChecking = false;
        set({ checked: { text: askedText, problems: message.problems } });
        check();
        break;
      case 'bug':
        // A worker that has died or fallen silent does not know where it was.
        fail({ ...message, edge: message.edge || (opening ? 0 : get().edge) });
        break;
    }
  };
  const takeInput = (input: Recipe['inputs'][number]): void => {
    const { recipe } = get();
    const until = Math.max(recipe.until ?? 0, input.at + AFTER_LAST_INPUT_MS);
    const inputs = [...recipe.inputs, input];
    const { until: _old, ...rest } = recipe;
    const next: Recipe = recipe.until === undefined ? { ...rest, inputs } : { ...rest, inputs, until };
    set({ recipe: next, until, isFirstVisit: false });
    playhead.play();
  };
  const launch = (recipe: Recipe, to: number, onReady: Pending['onReady']): void => {
    pending?.port.close();
    const next = world.openWorker();
    pending = { port: next, trace: createTrace(), recipe, to, onReady };
    next.listen((message) => hear(next, message));
    post(next, { type: 'open', recipe, to });
  };
  const show = (opened: Pending, chunk: Chunk, place: { readonly t: number; readonly step?: number }, ghost?: Ghost): void => {
    const { trace, recipe } = opened;
    set({
      recipe,
      trace,
      picked: undefined,
      events: createEventIndex(trace),
      version: trace.size,
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
  };
  const open = (recipe: Recipe, { at, step, isShared = false }: Opening): void => {
    playhead.pause();
    waiting = undefined;
    const t = Math.min(at ?? 0, endOf(recipe));
    set({
      phase: 'opening',
      bug: undefined,
      isShared,
      asking: undefined,
      isFirstVisit: recipe.inputs.length === 0 && !isShared && get().isFirstVisit,
    });
    launch(recipe, t > 0 || step ? t + 1 : 0, (opened, chunk) => {
      show(opened, chunk, { t, ...(step !== undefined && { step: Math.min(step, chunk.toStep) }) });
    });
  };
  const fork = (action: Action, cutAt: number): void => {
    playhead.pause();
    const { recipe, trace, seen } = get();
    const expected = hashBefore(trace, recipe.seed, cutAt);
    const hasSeenMore = seen >= cutAt;
    set({ phase: 'opening', asking: undefined });
    launch(cutRecipe(recipe, cutAt), cutAt, (opened, chunk) => {
      if (expected !== undefined && chunk.hash !== expected) {
        const message = `the run up to ${cutAt} ms is not what it was: ${chunk.hash} instead of ${expected}`;
        fail({ message, stack: '', edge: cutAt });
        return;
      }
      show(opened, chunk, { t: Math.max(0, cutAt - 1) }, hasSeenMore ? { recipe, trace, cutAt } : undefined);
      give(action);
    });
  };
  const give = (action: Action): void => {
    post(must(port, 'a run is open'), { type: 'input', action });
  };
  const wake = (): void => {
    if (get().phase === 'closed') open(EMPTY_RECIPE, {});
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
      give(action);
      return;
    }
    const cutAt = cutAfter(state);
    if (isUnseen) fork(action, cutAt);
    else {
      playhead.pause();
      set({ asking: { action, cutAt } });
    }
  };
  const play = (): void => {
    if (get().phase !== 'ready') return;
    if (isAtEnd(get())) playhead.seek(START);
    playhead.play();
  };
  const eventsAt = (level: Level | undefined): readonly StoryEvent[] => get().events.at(level ?? get().level);
  /** Asks about the draft; while an answer is on its way, the next question waits for it. */
  const check = (): void => {
    const { draft, checked } = get();
    if (!port || isChecking || checked?.text === draft) return;
    isChecking = true;
    asked += 1;
    askedText = draft;
    post(port, { type: 'query', id: asked, query: { query: 'check', text: draft, verb: 'apply' } });
  };

  return {
    store,
    messagesSent: () => sent,
    start() {
      if (get().phase !== 'closed') return;
      const trace = groundOf(EMPTY_RECIPE);
      set({ trace, events: createEventIndex(trace), version: trace.size });
    },
    wake,
    open: (recipe, opening = {}) => open(recipe, opening),
    act,
    apply(verb) {
      const { draft, file } = get();
      act(verb === 'apply' ? { apply: draft, file } : { create: draft, file });
    },
    answerFork(goOn) {
      const { asking } = get();
      set({ asking: undefined });
      if (goOn && asking) fork(asking.action, asking.cutAt);
    },
    play,
    pause: playhead.pause,
    toggle() {
      if (get().playing) playhead.pause();
      else play();
    },
    seek(place) {
      playhead.seek(place);
    },
    next(level) {
      playhead.pause();
      const events = eventsAt(level);
      const event = events[countBy(events, get().step)];
      if (event) playhead.seek(event);
      else if (get().edge <= get().until && goal === undefined && port) {
        // Nothing more is known: the run goes on to its next event, and the playhead with it.
        goal = { to: get().until + 1, stopAtStory: true };
        post(port, { type: 'advance', ...goal });
        const stopWaiting = store.subscribe(({ version, trace, edge, until }) => {
          if (goal !== undefined) return;
          stopWaiting();
          const later = eventsAt('story');
          const found = later[countBy(later, get().step)];
          if (found) playhead.seek(found);
          else if (version === trace.size && edge > until) playhead.seek({ t: until });
        });
      }
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
      set({ recipe: { ...recipe, until: until + AFTER_LAST_INPUT_MS }, until: until + AFTER_LAST_INPUT_MS });
      playhead.play();
    },
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
      check();
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
    onFrame: (draw) =>
      store.subscribe((state, before) => {
        const isSame =
          state.t === before.t &&
          state.step === before.step &&
          state.version === before.version &&
          state.selection === before.selection &&
          state.picked === before.picked &&
          state.level === before.level &&
          state.language === before.language;
        if (!isSame) draw(state);
      }),
  };
}
