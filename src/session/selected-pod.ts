// Which Pod a figure of one Pod shows: the selected one, or the one that a selected container belongs to; else the newest.
import type { Trace } from '../engine/trace.ts';
import { podOfSelection } from './cursor.ts';

const PODS = '/registry/pods/';
const SYSTEM = '/registry/pods/kube-system/';

/** The key of the Pod to be shown as of a step; undefined where nobody has made one. A deleted Pod can still be looked at. */
export function selectedPod(trace: Trace, step: number, selection: string | undefined): string | undefined {
  const chosen = podOfSelection(selection);
  return chosen !== undefined && existedBy(trace, step, chosen) ? chosen : newestPods(trace, step, 1)[0];
}

/** The keys of the last Pods made by a step, newest first; those of kube-system only where there are no others. */
export function newestPods(trace: Trace, step: number, limit: number): readonly string[] {
  const found: string[] = [];
  const keys = trace.keysUnder(PODS);
  for (let i = keys.length - 1; i >= 0 && found.length < limit; i -= 1) {
    const key = keys[i];
    if (key !== undefined && !key.startsWith(SYSTEM) && existedBy(trace, step, key)) found.push(key);
  }
  return found;
}

function existedBy(trace: Trace, step: number, key: string): boolean {
  const first = trace.history(key)[0];
  return first !== undefined && first.step <= step;
}
