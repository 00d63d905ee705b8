// Rows of `kubectl get events`, and the Events that they were printed from.
import { expect, test } from 'vitest';
import { createTrace } from '../../engine/trace.ts';
import { findEvent } from './find-event.ts';

const WEB = '/registry/pods/default/web';
const event = (container: string | undefined, message: string) => ({
  involvedObject: {
    ...{ kind: 'Pod', namespace: 'default', name: 'web' },
    ...(container !== undefined && { fieldPath: `spec.containers{${container}}` }),
  },
  reason: 'Created',
  message,
});
const row = (id: number, at: number, name: string, value?: unknown) =>
  ({ type: 'row', id, at, step: id, cause: 0, key: `/registry/events/default/${name}`, value }) as const;

/** Two containers are created in one second, the first again later; a command prints at 20 s. */
function traceOf() {
  const trace = createTrace();
  trace.append([
    row(1, 4000, 'a', event('api', 'Container created')),
    row(2, 4600, 'b', event('helper', 'Container created')),
    row(3, 5000, 'c', event(undefined, 'scheduled')),
    { type: 'note', id: 4, at: 20_000, step: 4, cause: 0, name: 'command-ended', level: 'api', subject: '', data: {} },
    row(5, 30_000, 'a', event('api', 'Container created')),
    row(6, 40_000, 'b'),
  ]);
  return trace;
}
const created = { about: WEB, reason: 'Created', message: 'Container created', ageMs: 15_000, nth: 0 };

test.each([
  ['the first of two alike', created, 4, { selection: `${WEB}/api`, record: 1 }],
  ['the second', { ...created, nth: 1 }, 4, { selection: `${WEB}/helper`, record: 2 }],
  ['its newest revision', created, 5, { selection: `${WEB}/api`, record: 5 }],
  ['one that is gone since', { ...created, nth: 1 }, 6, undefined],
  ['about the Pod itself', { ...created, message: 'scheduled' }, 4, { selection: WEB, record: 3 }],
  ['another message', { ...created, message: 'nope' }, 4, undefined],
  ['another Pod', { ...created, about: '/registry/pods/shop/web' }, 4, undefined],
])('%s', (_, given, step, found) => {
  expect(findEvent(traceOf(), given, 4, step)).toEqual(found);
});
