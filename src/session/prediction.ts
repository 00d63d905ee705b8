// A prediction: a question about what will come of an act, asked before it is done. The act is an input like any other, and what came of
// it is read from the trace: no answer is written down as the right one.
import type { Input } from '../scenario/recipe.ts';
import type { Trace } from '../engine/trace.ts';
import type { Language } from '../i18n/messages.ts';
import type { Action } from './protocol.ts';
import type { Session } from './session.ts';

/** A text of a prediction. */
export type Words = Readonly<Record<Language, string>>;

/** Something that may come of the act. */
export interface Option {
  readonly id: string;
  readonly words: Words;
  /** Why it came so, where it did. */
  readonly because: Words;
}

/** One thing that was looked at before and after. */
export interface Fact {
  readonly name: Words;
  /** How it was; undefined where there was nothing to compare with. */
  readonly was: string | undefined;
  readonly is: string;
}

/** What came of the act. */
export interface Finding {
  /** The options that came true. */
  readonly cameTrue: readonly string[];
  readonly facts: readonly Fact[];
}

export interface Prediction {
  readonly id: string;
  readonly question: Words;
  readonly options: readonly Option[];
  /** What is done to find out. */
  readonly action: Action;
  /** What came of the act between a step before it and a later one; undefined while nothing is decided. */
  readonly read: (trace: Trace, since: number, step: number) => Finding | undefined;
}

/** A prediction that lies open: being asked, being found out once something is chosen, answered once something is found. */
export interface Asked {
  readonly prediction: Prediction;
  /** The last step before the act. */
  readonly since: number;
  readonly chosen?: string;
  readonly finding?: Finding;
}

/** Lays a prediction open, at the moment that is shown. It is taken back when the person does anything else. */
export function ask(session: Session, prediction: Prediction): void {
  const { store } = session;
  const { recipe, step: since, t, draft } = store.getState();
  const known = recipe.inputs;
  session.set({ asked: { prediction, since } });
  const stop = store.subscribe((state, before) => {
    const { asked } = state;
    if (asked?.prediction !== prediction) {
      stop();
      return;
    }
    const isElsewhere =
      state.phase === 'bug' || state.mode !== 'page' || state.draft !== draft || !isSameWork(state.recipe.inputs, known, asked);
    const hasMoved = state.step !== since || state.t !== t || state.playing;
    if (isElsewhere || (asked.chosen === undefined ? hasMoved : state.step < since)) {
      dismiss(session);
      return;
    }
    if (asked.chosen === undefined || asked.finding || (state.step === before.step && state.trace === before.trace)) return;
    const finding = prediction.read(state.trace, since, state.step);
    if (!finding) return;
    // What has been found out stays in sight.
    session.pause();
    session.set({ asked: { ...asked, finding } });
  });
}

/** Takes an answer, and does what shows whether it is right. */
export function choose(session: Session, option: string): void {
  const { asked } = session.store.getState();
  if (!asked || asked.chosen !== undefined) return;
  session.set({ asked: { ...asked, chosen: option } });
  session.act(asked.prediction.action);
}

/** Puts the prediction away. */
export const dismiss = (session: Session): void => session.set({ asked: undefined });

/** Whether the recipe is the one in which it was asked, with no more than the act added. */
function isSameWork(inputs: readonly Input[], known: readonly Input[], asked: Asked): boolean {
  const allowed = known.length + (asked.chosen === undefined ? 0 : 1);
  return inputs.length <= allowed && known.every((input, i) => inputs[i] === input);
}
