// One test a recorded case: as recorded, or in the ledger of known differences; a case that has come right must leave the ledger.
import { expect, test } from 'vitest';
import { differenceOrBug, readLedger } from './ledger.ts';
import { type Kind, recordingsOf } from './recordings.ts';

/** Defines the tests of one kind. */
export function holdRecordings(kind: Kind): void {
  const known = new Set(readLedger()[kind]);
  const recordings = recordingsOf(kind);
  test.each(recordings.map((recording) => [recording.id, recording] as const))('%s', (id, recording) => {
    const difference = differenceOrBug(() => recording.difference());
    if (!known.has(id)) expect(difference, 'differs from the recording, and is not in the ledger').toBeUndefined();
    else expect(difference, 'is as recorded now: `npm run ledger` takes it out of the ledger').toBeDefined();
  });
  test('the ledger names recorded cases only', () => {
    const ids = new Set(recordings.map(({ id }) => id));
    expect([...known].filter((id) => !ids.has(id))).toEqual([]);
  });
}
