// The tree of what stands, for whoever reads it: made once for a step, however many ask.
import type { Trace } from '../../engine/trace.ts';
import { createPodMarker, type PodMarker } from '../pod-marks.ts';
import { useCalm } from '../use-calm.ts';
import { outlineAt } from './outline.ts';

type Outline = ReturnType<typeof outlineAt>;

const LAST = new WeakMap<Trace, { readonly step: number; readonly outline: Outline; readonly marker: PodMarker }>();

/** The outline as of a step. */
function outlineOf(trace: Trace, step: number): Outline {
  const last = LAST.get(trace);
  if (last?.step === step) return last.outline;
  const marker = last?.marker ?? createPodMarker();
  const outline = outlineAt(trace, step, marker);
  LAST.set(trace, { step, outline, marker });
  return outline;
}

/** The outline at the playhead, as calm as `useCalm`. */
export function useOutline(): Outline {
  const { trace, step } = useCalm();
  return outlineOf(trace, step);
}
