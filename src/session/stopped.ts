// The parts of the cluster that have been stopped or taken away, and that nothing has brought back.
import type { Trace } from '../engine/trace.ts';
import type { Notes } from '../cluster/notes.ts';
import { REGISTRY, kubeletOf, runtimeOf } from '../cluster/names.ts';

/** The names of the components that stand still as of a step, and of the registry where it cannot be reached. */
export function stoppedParts(trace: Trace, step: number): ReadonlySet<string> {
  const stopped = new Set<string>();
  for (const note of trace.notesNamed('fault')) {
    if (note.step > step) break;
    const { kind, target } = note.data as Notes['fault'];
    for (const name of partsOf(kind, target)) {
      if (kind.endsWith('-down')) stopped.add(name);
      else stopped.delete(name);
    }
  }
  // With its container, the scheduler can also be stopped by hand.
  for (const note of trace.notesNamed('component-runs')) {
    if (note.step > step) break;
    const { component, runs } = note.data as Notes['component-runs'];
    if (runs) stopped.delete(component);
    else stopped.add(component);
  }
  return stopped;
}

function partsOf(kind: string, target: string): readonly string[] {
  if (kind.startsWith('registry-')) return [REGISTRY];
  if (kind.startsWith('node-')) return [kubeletOf(target), runtimeOf(target)];
  return kind.startsWith('kubelet-') ? [kubeletOf(target)] : [];
}
