// Everything that the page shows or remembers of an opened scenario. Panels and diagrams read it; only the session writes it.
import type { Instant, Level, RecordId } from '../engine/records.ts';
import { createTrace, type Position, type Trace } from '../engine/trace.ts';
import type { Language } from '../i18n/messages.ts';
import type { Recipe } from '../scenario/recipe.ts';
import { createEventIndex, type EventIndex } from './events.ts';
import { AFTER_LAST_INPUT_MS } from './fork.ts';
import type { Asked } from './prediction.ts';
import type { Action, Problem } from './protocol.ts';
import { createTrackIndex, type TrackIndex } from './tracks.ts';

/** Story pace, or simulated seconds in a real one: 1 to 600. */
export type Pace = 'story' | number;
export const PACE_LIMIT = 600;
/** Light or dark as the system says, or one of them always. */
export type Theme = 'auto' | 'light' | 'dark';
/** Between what the left column's width and the terminal's share may be chosen, in percent. */
export const LEFT_WIDTH = { min: 15, max: 60 } as const;
export const TERMINAL_SHARE = { min: 10, max: 85 } as const;
/** A dialog that is open. */
export type DialogName = 'share' | 'help' | 'history' | 'events' | 'glossary';

/** The page with its panels, or the stage alone before an audience. */
export type Mode = 'page' | 'present';

/** What the page has to tell of itself. */
export type Notice = 'damaged-link' | 'newer-link' | 'storage-full' | 'kept';

/** An input that would change the past, while the person is asked. */
export interface ForkQuestion {
  readonly action: Action;
  readonly cutAt: Instant;
}

/** The branch that was left at a fork. */
export interface Ghost {
  readonly recipe: Recipe;
  readonly trace: Trace;
  readonly cutAt: Instant;
}

/** What the API server would say to the editor's text. */
export interface Checked {
  readonly text: string;
  readonly problems: readonly Problem[];
}

export interface SessionState {
  readonly recipe: Recipe;
  /** `closed`: nothing runs yet. `opening`: on its way to the place to be shown. */
  readonly phase: 'closed' | 'opening' | 'ready' | 'bug';
  readonly trace: Trace;
  readonly events: EventIndex;
  /** What every Pod and container was in turn, read as far as somebody has asked. */
  readonly tracks: TrackIndex;
  /** Grows whenever the trace does. */
  readonly version: number;
  readonly ghost: Ghost | undefined;
  readonly edge: Instant;
  readonly nextAt: Instant | undefined;
  readonly hash: string;
  /** The instant at which this run ends. */
  readonly until: Instant;

  /** The playhead: an instant, fractions allowed while it moves, and the last step taken. */
  readonly t: number;
  readonly step: number;
  readonly playing: boolean;
  readonly pace: Pace;
  /** The last factor of a real pace. */
  readonly factor: number;
  /** Simulated milliseconds that are being skipped right now. */
  readonly skipping: number | undefined;
  /** The furthest instant that the playhead has been at. */
  readonly seen: number;

  /** What is selected: see cursor.ts. */
  readonly selection: string | undefined;
  /** The record that was picked: an event, a message, a state, a log line. `Why?` asks about it. */
  readonly picked: RecordId | undefined;
  readonly level: Level;
  readonly tab: string;
  readonly language: Language;
  readonly theme: Theme;
  /** Whether single letters are keys of the page (WCAG 2.1.4: they can be turned off). */
  readonly letterKeys: boolean;
  /** How wide the left column is, in percent of the window, and how much of it the terminal takes; undefined: as the page sees fit. */
  readonly leftWidth: number | undefined;
  readonly terminalShare: number | undefined;
  /** Whether the inspector stands beside the stage, where there is room for it. */
  readonly showsInspector: boolean;

  /** What is in the editor. */
  readonly draft: string;
  readonly file: string;
  readonly checked: Checked | undefined;

  /** Nothing has been done yet: the page invites. */
  readonly isFirstVisit: boolean;
  /** The first Pod is on its way, accompanied: see first-walk.ts. */
  readonly isWalking: boolean;
  /** The first walk has been gone: it does not come again. */
  readonly hasWalked: boolean;
  /** The prediction that lies open. */
  readonly asked: Asked | undefined;
  /** Opened from a link; nothing is saved until it is kept. */
  readonly isShared: boolean;
  readonly asking: ForkQuestion | undefined;
  readonly mode: Mode;
  readonly dialog: DialogName | undefined;
  readonly notice: Notice | undefined;
  readonly bug: { readonly message: string; readonly stack: string; readonly edge: Instant } | undefined;
}

/** A recipe in which nothing happens. */
export const EMPTY_RECIPE: Recipe = {
  podscope: 1,
  seed: 1,
  cluster: { preset: 'three-node', startAt: '2026-01-01T00:00:00Z', nodes: [], images: [] },
  files: {},
  inputs: [],
};

/** The Pod of the first visit: twelve lines. */
export const FIRST_POD = `apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    app: web
spec:
  containers:
  - name: nginx
    image: nginx:1.14
    ports:
    - containerPort: 80
`;

export const START: Position = { t: 0, step: 0 };

/** The state of a page that has just been opened. */
export function initialState(language: Language, theme: Theme): SessionState {
  const trace = createTrace();
  return {
    recipe: EMPTY_RECIPE,
    phase: 'closed',
    trace,
    events: createEventIndex(trace),
    tracks: createTrackIndex(trace),
    version: 0,
    ghost: undefined,
    edge: 0,
    nextAt: undefined,
    hash: '',
    until: AFTER_LAST_INPUT_MS,
    ...START,
    playing: false,
    pace: 'story',
    factor: 1,
    skipping: undefined,
    seen: 0,
    selection: undefined,
    picked: undefined,
    level: 'story',
    tab: 'cluster',
    language,
    theme,
    letterKeys: true,
    leftWidth: undefined,
    terminalShare: undefined,
    showsInspector: true,
    draft: FIRST_POD,
    file: 'web.yaml',
    checked: undefined,
    isFirstVisit: true,
    isWalking: false,
    hasWalked: false,
    asked: undefined,
    isShared: false,
    asking: undefined,
    mode: 'page',
    dialog: undefined,
    notice: undefined,
    bug: undefined,
  };
}

/** Whether the playhead is where the run has got to. */
export const isLive = ({ t, edge }: Pick<SessionState, 't' | 'edge'>): boolean => Math.floor(t) >= edge - 1;
/** Whether the run has come to its end, and the playhead with it. */
export const isAtEnd = ({ t, until }: Pick<SessionState, 't' | 'until'>): boolean => t >= until;
