// The scheduler's matrix as a function of (trace, step): every attempt of one Pod up to the playhead, the newest first.
import type { Trace } from '../../engine/trace.ts';
import type { Node, Pod } from '../../cluster/api/types.ts';
import { newestPods, selectedPod } from '../../session/selected-pod.ts';
import type { AttemptIndex, AttemptNote, QueueNote } from './attempts.ts';
import { asksOf, type Fact } from './facts.ts';
import { type Matrix, matrixOf } from './matrix.ts';

/** An attempt with what led to it. */
export interface Attempt extends Matrix {
  /** The Pod that it was made for has been deleted since; another has its name. */
  readonly isOfEarlierPod: boolean;
  /** Through which queues the Pod came to this attempt. */
  readonly moves: readonly { readonly id: number; readonly at: number; readonly queue: string }[];
}

/** All that the figure shows. */
export interface Scene {
  readonly pod: string | undefined;
  readonly name: string;
  /** What the Pod asks of a node. */
  readonly asks: readonly Fact[];
  /** Where it has gone without being asked about: a static Pod, or one whose nodeName was given. */
  readonly placedWithout: string | undefined;
  readonly queue: string | undefined;
  readonly attempts: readonly Attempt[];
  /** The Pods that can be chosen. */
  readonly others: readonly string[];
}

const OFFERED = 30;
/** Attempts do not change, so their matrices are made once. */
export type MatrixCache = Map<number, Attempt>;

/** The whole figure as of a step. */
export function sceneAt(
  trace: Trace,
  step: number,
  selection: string | undefined,
  index: AttemptIndex,
  made: MatrixCache = new Map(),
): Scene {
  const others = newestPods(trace, step, OFFERED);
  const key = selectedPod(trace, step, selection);
  if (key === undefined) return { pod: undefined, name: '', asks: [], placedWithout: undefined, queue: undefined, attempts: [], others };
  const notes = index.attempts(key).filter((note) => note.step <= step);
  const moves = index.moves(key).filter((note) => note.step <= step);
  const pod = (trace.row(key, step) ?? lastPod(trace, step, key)) as Pod | undefined;
  const attempts = notes.map((note, i) => {
    const known = made.get(note.id);
    const isOfEarlierPod = podAt(trace, note, key)?.metadata.uid !== pod?.metadata.uid;
    if (known && known.isOfEarlierPod === isOfEarlierPod) return known;
    const attempt = attemptOf(trace, key, note, notes[i - 1], moves, isOfEarlierPod);
    made.set(note.id, attempt);
    return attempt;
  });
  return {
    pod: key,
    name: key.slice('/registry/pods/'.length).replace(/^default\//, ''),
    asks: pod ? asksOf(pod) : [],
    placedWithout: attempts.length === 0 ? pod?.spec.nodeName : undefined,
    queue: pod?.spec.nodeName === undefined ? moves.at(-1)?.data.queue : undefined,
    attempts: attempts.reverse(),
    others: others.includes(key) ? others : [key, ...others],
  };
}

/** The Pod as it was when it was tried. */
export const podAt = (trace: Trace, note: { readonly step: number }, key: string): Pod | undefined =>
  trace.row(key, note.step) as Pod | undefined;

/** A Pod that is gone, as it was last. */
const lastPod = (trace: Trace, step: number, key: string): unknown =>
  trace.history(key).findLast((row) => row.step <= step && row.value !== undefined)?.value;

function attemptOf(
  trace: Trace,
  key: string,
  note: AttemptNote,
  before: AttemptNote | undefined,
  moves: readonly QueueNote[],
  isOfEarlierPod: boolean,
): Attempt {
  const nodes = trace.rowsUnder('/registry/minions/', note.step).map(([, node]) => (node as Node).metadata.name);
  return {
    ...matrixOf(note, podAt(trace, note, key), nodes),
    isOfEarlierPod,
    moves: moves.filter(({ id }) => id < note.id && id > (before?.id ?? 0)).map(({ id, at, data }) => ({ id, at, queue: data.queue })),
  };
}
