// What a real kubectl printed of a Pod and its events, to the letter but for blanks at the ends of lines.
import { kubectlLine, listOf, simulate, terminalsOf } from './simulate.ts';
import { lineDifference } from './text.ts';

/** A recorded case. */
export interface PrintingCase {
  readonly id: string;
  readonly argv: readonly string[];
  readonly pod: unknown;
  readonly events: readonly object[];
  readonly stdout: string;
  /** Instants at which it was being printed: an age may have changed meanwhile, so equal at one of them is equal. */
  readonly runs: readonly { readonly startAt: string }[];
}

/** What differs first; undefined where nothing does. */
export function printingDifference({ argv, pod, events, stdout, runs }: PrintingCase): string | undefined {
  let first: string | undefined;
  for (const { startAt } of runs) {
    const records = simulate({
      cluster: { preset: 'none', startAt },
      objects: listOf([pod, ...events.map((event) => ({ apiVersion: 'v1', kind: 'Event', ...event }))]),
      inputs: [
        { at: '0s', fault: { kind: 'scheduler-down' } },
        { at: '0s', run: kubectlLine(argv) },
      ],
      until: '1s',
    });
    const said = terminalsOf(records)[0];
    const difference = said ? lineDifference('stdout', trimmed(stdout), trimmed(said.stdout)) : 'no command ended';
    if (difference === undefined) return undefined;
    first ??= difference;
  }
  return first;
}

const trimmed = (text: string): string => text.replace(/[ \t]+$/gm, '');
