// What the page and its worker say to each other. The worker owns the run; it never goes past what the page has asked for.
import type { Instant, TraceRecord } from '../engine/records.ts';
import type { Input, Recipe } from '../scenario/recipe.ts';
import type { Completions } from '../scenario/terminal/complete.ts';

/** Something a person does, not dated yet. */
export type Action = Input extends infer I ? (I extends unknown ? Omit<I, 'at'> : never) : never;

/** How far to go: up to an instant, or less far, to the end of the next instant in which the story goes on. */
export interface Goal {
  readonly to: Instant;
  readonly stopAtStory: boolean;
}

/** A place in the editor's text: lines and columns from 1, the end not included. */
export interface TextRange {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** What applying a text would say about a place in it. */
export interface Problem extends TextRange {
  /** `error`: refused. `warning`: taken, with a warning. `info`: valid, not simulated. */
  readonly severity: 'error' | 'warning' | 'info';
  /** The API server's or kubectl's own words. */
  readonly message: string;
  /** Set for what is not Kubernetes' own text: the page says it in its language. */
  readonly own?: 'not-simulated' | 'duplicate-key';
}

/** What applying a text would say: a question that touches neither the recipe nor the trace. */
export interface Query {
  readonly query: 'check';
  readonly text: string;
  readonly verb: 'apply' | 'create';
}

/** What may come next on a line of a terminal: another such question. */
export interface Completing {
  readonly query: 'complete';
  /** The line up to the cursor. */
  readonly text: string;
}

/** From the page to the worker. */
export type ToWorker =
  | { readonly type: 'open'; readonly recipe: Recipe; readonly to: Instant }
  | ({ readonly type: 'advance' } & Goal)
  | { readonly type: 'input'; readonly action: Action }
  | { readonly type: 'query'; readonly id: number; readonly query: Query | Completing };

/** A piece of the trace; `isDone` says that the goal has been reached. */
export interface Chunk {
  readonly type: 'chunk';
  readonly fromStep: number;
  readonly toStep: number;
  readonly records: readonly TraceRecord[];
  readonly hash: string;
  readonly edge: Instant;
  readonly nextAt: Instant | undefined;
  readonly isDone: boolean;
}

/** From the worker to the page. */
export type FromWorker =
  | Chunk
  /** The input has been dated at the edge and given to the run. */
  | { readonly type: 'dated'; readonly input: Input }
  | { readonly type: 'answer'; readonly id: number; readonly problems: readonly Problem[] }
  | { readonly type: 'completed'; readonly id: number; readonly completions: Completions }
  /** Podscope itself is wrong. */
  | { readonly type: 'bug'; readonly message: string; readonly stack: string; readonly edge: Instant };

/** The page's end of a worker. */
export interface WorkerPort {
  post(message: ToWorker): void;
  /** Who hears the worker; set once, before the first message. */
  listen(onMessage: (message: FromWorker) => void): void;
  close(): void;
}
