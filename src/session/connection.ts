// The run behind the page, in its worker; and, while another is on its way, the one that will take its place.
import { createTrace, type Trace } from '../engine/trace.ts';
import type { Recipe } from '../scenario/recipe.ts';
import type { Completions } from '../scenario/terminal/complete.ts';
import type { Action, Chunk, Completing, FromWorker, Goal, Problem, Query, ToWorker, WorkerPort } from './protocol.ts';

/** A run that has come to the instant it was launched to. */
export interface Opened {
  readonly recipe: Recipe;
  readonly trace: Trace;
  /** The last chunk: where the run stands. */
  readonly chunk: Chunk;
}

/** What is heard of the run that is shown. */
export interface Listener {
  chunk(chunk: Chunk): void;
  dated(input: Recipe['inputs'][number]): void;
  answer(id: number, problems: readonly Problem[]): void;
  completed(id: number, completions: Completions): void;
  /** Also of a run that has not been shown yet: `isOpening`. */
  bug(bug: Extract<FromWorker, { readonly type: 'bug' }>, isOpening: boolean): void;
}

export interface Connection {
  /** How many messages the workers have been sent. */
  sent(): number;
  /** Whether a run is there. */
  isOpen(): boolean;
  /** Whether the run is on its way to a goal; where there is none, nobody needs to ask it to go on. */
  isAdvancing(): boolean;
  /** Starts another run and brings it to an instant; then it takes the place of the old one. A second call overtakes the first. */
  launch(recipe: Recipe, to: number, onReady: (opened: Opened) => void): void;
  advance(goal: Goal): void;
  input(action: Action): void;
  /** Answered with the same id. */
  query(id: number, query: Query | Completing): void;
  /** Forgets the goal: the run has failed. */
  rest(): void;
}

/** A run in a worker that has not become the one that is shown. */
interface Pending {
  readonly port: WorkerPort;
  readonly trace: Trace;
  readonly recipe: Recipe;
  readonly onReady: (opened: Opened) => void;
}

/** A connection without a run. */
export function createConnection(openWorker: () => WorkerPort, listener: Listener): Connection {
  let port: WorkerPort | undefined;
  let pending: Pending | undefined;
  let goal: Goal | undefined;
  let sent = 0;

  const post = (to: WorkerPort | undefined, message: ToWorker): void => {
    if (!to) return;
    sent += 1;
    to.post(message);
  };
  const takePending = (opening: Pending, chunk: Chunk): void => {
    const { trace, recipe, onReady } = opening;
    trace.append(chunk.records);
    if (!chunk.isDone) return;
    pending = undefined;
    port?.close();
    port = opening.port;
    goal = undefined;
    onReady({ recipe, trace, chunk });
  };
  const hear = (from: WorkerPort, message: FromWorker): void => {
    const opening = pending?.port === from ? pending : undefined;
    if (!opening && from !== port) return;
    switch (message.type) {
      case 'chunk':
        if (opening) {
          takePending(opening, message);
          break;
        }
        if (message.isDone) goal = undefined;
        listener.chunk(message);
        break;
      case 'dated':
        goal = undefined;
        listener.dated(message.input);
        break;
      case 'answer':
        listener.answer(message.id, message.problems);
        break;
      case 'completed':
        listener.completed(message.id, message.completions);
        break;
      case 'bug':
        goal = undefined;
        listener.bug(message, opening !== undefined);
        break;
    }
  };

  return {
    sent: () => sent,
    isOpen: () => port !== undefined,
    isAdvancing: () => goal !== undefined || port === undefined,
    launch(recipe, to, onReady) {
      pending?.port.close();
      const next = openWorker();
      pending = { port: next, trace: createTrace(), recipe, onReady };
      next.listen((message) => hear(next, message));
      post(next, { type: 'open', recipe, to });
    },
    advance(wanted) {
      if (port) goal = wanted;
      post(port, { type: 'advance', ...wanted });
    },
    input: (action) => post(port, { type: 'input', action }),
    query: (id, query) => post(port, { type: 'query', id, query }),
    rest() {
      goal = undefined;
    },
  };
}
