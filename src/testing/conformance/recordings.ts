// What a real Kubernetes v1.36.3 did, kind by kind, and how each case is held against the simulated one.
import { readFileSync } from 'node:fs';
import { type AdmissionCase, admissionDifference } from './admission.ts';
import { type LifecycleCase, lifecycleDifference } from './lifecycle.ts';
import { type PrintingCase, printingDifference } from './printing.ts';
import { type SchedulingCase, schedulingDifference } from './scheduling.ts';
import { type ShellCase, shellDifference } from './shell.ts';

/** The kinds of recordings: a file of `conformance/` each. */
export const KINDS = ['admission', 'scheduling', 'lifecycle', 'printing', 'shell'] as const;
export type Kind = (typeof KINDS)[number];

/** A recorded case. */
export interface Recording {
  readonly id: string;
  /** Runs the case; answers what differs first, in a sentence, or undefined where ours did as the real one. */
  difference(): string | undefined;
}

/** Every case of a kind. Read from the project's root. */
export function recordingsOf(kind: Kind): readonly Recording[] {
  const cases: unknown = JSON.parse(readFileSync(`conformance/${kind}.json`, 'utf8'));
  switch (kind) {
    case 'admission':
      return (cases as readonly AdmissionCase[]).map((one) => ({ id: one.id, difference: () => admissionDifference(one) }));
    case 'scheduling':
      return (cases as readonly SchedulingCase[]).map((one) => ({ id: one.id, difference: () => schedulingDifference(one) }));
    case 'lifecycle':
      return (cases as readonly LifecycleCase[]).map((one) => ({ id: one.id, difference: () => lifecycleDifference(one) }));
    case 'printing':
      return (cases as readonly PrintingCase[]).map((one) => ({ id: one.id, difference: () => printingDifference(one) }));
    case 'shell':
      return (cases as readonly ShellCase[]).map((one) => ({ id: one.id, difference: () => shellDifference(one) }));
  }
}
