// Containers of a Docker Engine and a Pod's, side by side, as a function of (trace, step): which namespaces each has of its own, which they
// share, and who connected to whom.
import { equal } from '../../base/json.ts';
import type { Trace } from '../../engine/trace.ts';
import { type Asked, lastLine, lastQuestion, NO_SUCH_THING, type Question } from './questions.ts';
import type { Side } from './rooms.ts';
import { dockerSide, type PodSide, podSide } from './sides.ts';

/** All that the figure shows. */
export interface Scene {
  readonly docker: Side | undefined;
  readonly pod: PodSide | undefined;
  readonly question: Question | undefined;
  /** The step of the last command that asked anything. */
  readonly askedStep: number;
  /** The API server asked for containers. */
  readonly refused: Asked | undefined;
}

/** Where the figure is read, and what for. */
export interface Look {
  readonly trace: Trace;
  /** Grows with the trace, which is filled in place. */
  readonly version: number;
  readonly step: number;
  readonly selection: string | undefined;
}

/** A question that was chosen to be looked at again, and the step of the last that had been asked by then. */
export interface Choice {
  readonly question: Question;
  readonly after: number;
}

/** Reads the figure again and again: as long as nothing in it changes it stays the same object, and nobody draws it anew. */
export function createSceneReader(): (look: Look, choice: Choice | undefined) => Scene {
  let seen: (Look & { readonly choice: Choice | undefined; readonly scene: Scene }) | undefined;
  return ({ trace, version, step, selection }, choice) => {
    const isSame =
      seen?.trace === trace && seen.version === version && seen.step === step && seen.selection === selection && seen.choice === choice;
    if (seen && isSame) return seen.scene;
    // What is asked after a choice is shown again.
    const isChosen = choice !== undefined && (lastQuestion(trace, step)?.step ?? 0) === choice.after;
    const scene = sceneAt(trace, step, selection, isChosen ? choice.question : undefined);
    seen = { trace, version, step, selection, choice, scene: seen && equal(seen.scene, scene) ? seen.scene : scene };
    return seen.scene;
  };
}

/** The figure as of a step. `wanted`: the question to be shown; the last one asked where none is. */
export function sceneAt(trace: Trace, step: number, selection: string | undefined, wanted: Question | undefined): Scene {
  const last = lastQuestion(trace, step);
  const question = wanted ?? last?.question;
  return {
    docker: dockerSide(trace, step, question),
    pod: podSide(trace, step, selection, question),
    question,
    askedStep: last?.step ?? 0,
    refused: lastLine(trace, step, NO_SUCH_THING),
  };
}
