// What a real kubectl v1.36 printed of recorded Pods and their events, to the letter.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { tableOf } from '../../cluster/apiserver/tables/table-of.ts';
import type { Event, Pod } from '../../cluster/api/types.ts';
import { describePod } from './describe/pod.ts';
import { createTablePrinter } from './table-printer.ts';

interface Recorded {
  readonly id: string;
  readonly argv: readonly string[];
  readonly pod: Pod;
  readonly events: readonly Event[];
  readonly stdout: string;
  /** Instants at which it was being printed: of several that are all true, one must fit. */
  readonly runs: readonly { readonly startAt: string }[];
}

const path = new URL('../../../conformance/printing.json', import.meta.url);
const cases: readonly Recorded[] = JSON.parse(readFileSync(path, 'utf8'));
const trimmed = (text: string) => text.split('\n').map((line) => line.trimEnd());

function printed(recorded: Recorded, nowMs: number): string {
  if (recorded.argv[0] === 'describe') return describePod(recorded.pod, recorded.events, nowMs);
  const table = tableOf('Pod', [recorded.pod], nowMs);
  return createTablePrinter({ wide: true, withNamespace: false, showLabels: true, labelColumns: [], noHeaders: false }).print(table);
}

test.each(cases.map((recorded) => [recorded.id, recorded] as const))('%s', (_id, recorded) => {
  const want = trimmed(recorded.stdout);
  // A description is printed after two requests have come and gone.
  const all = recorded.runs.map((run) => trimmed(printed(recorded, Date.parse(run.startAt) + 12)));
  const fits = all.find((lines) => lines.join('\n') === want.join('\n'));
  expect(fits ?? all[0]).toEqual(want);
});
