// The ledger of known differences: cases that do not come out as recorded yet. It may only shrink: `npm run ledger` writes it anew.
import { readFileSync, writeFileSync } from 'node:fs';
import { KINDS, type Kind, recordingsOf } from './recordings.ts';

const FILE = 'src/testing/conformance/known-differences.json';

/** By kind, the ids of the cases that differ. */
export type Ledger = Readonly<Record<Kind, readonly string[]>>;

/** The ledger as it was committed. */
export const readLedger = (): Ledger => JSON.parse(readFileSync(FILE, 'utf8')) as Ledger;

/** What differs, or the complaint of Podscope itself: a case that stops the run differs too. */
export function differenceOrBug(difference: () => string | undefined): string | undefined {
  try {
    return difference();
  } catch (error) {
    return `the run stopped: ${String(error)}`;
  }
}

/** Runs every case of these kinds, says what differs, and writes the ledger. */
export function writeLedger(kinds: readonly Kind[] = KINDS): void {
  const ledger: Record<Kind, readonly string[]> = { ...readLedger() };
  for (const kind of kinds) {
    const started = Date.now();
    const recordings = recordingsOf(kind);
    const differing = recordings.flatMap(({ id, difference }) => {
      const told = differenceOrBug(difference);
      if (told !== undefined) console.log(`${kind} ${id}: ${told}`);
      return told === undefined ? [] : [id];
    });
    ledger[kind] = differing;
    console.log(`${kind}: ${recordings.length - differing.length} of ${recordings.length} equal, in ${(Date.now() - started) / 1000} s`);
  }
  writeFileSync(FILE, `${JSON.stringify(ledger, null, 2)}\n`);
}
