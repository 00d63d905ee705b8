// What lies under a point of the timeline.
import { expect, test } from 'vitest';
import type { PodTracks, Segment, Track } from '../../session/tracks.ts';
import { layAxis } from './axis.ts';
import { createDots } from './dots.ts';
import { HEAD, hitAt, LANE, rowsOf } from './rows.ts';

const segment = (from: number, to: number | undefined, record: number): Segment => ({
  ...{ from, to, record, step: record, meaning: 'ready', word: 'Running', exitCode: undefined },
});
const track = (id: string, kind: Track['kind'], segments: Segment[]): Track => ({ id, label: id, kind, segments });
const pod = (name: string): PodTracks => ({
  key: `/registry/pods/default/${name}`,
  name,
  tracks: [
    track('status', 'status', [segment(0, 100, 1), segment(100, undefined, 2)]),
    track('nginx', 'app', [segment(50, 50, 3), segment(60, 200, 4)]),
  ],
  probes: [{ at: 150, step: 9, record: 9, container: 'nginx', probe: 'liveness', ok: true, count: 1, threshold: 1 }],
});
const WEB = '/registry/pods/default/web';
// Instants that are so far apart are a pixel each.
const axis = { ...layAxis([], 400, 0, 400), x: (t: number) => t, t: (x: number) => x };
const dots = createDots(axis)(
  [0, 3, 40].map((t, i) => ({
    t,
    step: i,
    notes: [{ id: 20 + i, step: i, at: t, cause: 0, type: 'note', name: 'x', level: 'story', subject: '', data: {} }],
  })),
);
const note = { id: 30, step: 2, at: 20, cause: 0, type: 'note', name: 'input', level: 'story', subject: '', data: {} } as const;
const deeds = [{ at: 20, step: 2, record: 30, isFault: false, note }];
const hit = (x: number, row: number) =>
  hitAt({ rows: rowsOf([pod('web')], undefined), deeds, dots, axis, end: 400 }, x, row < 0 ? 5 : HEAD + row * LANE + 10);

test.each([
  ['a bar of STATUS selects the Pod', 40, 0, { selection: WEB, record: 1, isMoment: false }],
  ['where two bars touch, the later', 100, 0, { selection: WEB, record: 2, isMoment: false }],
  ['a bar without an end', 390, 0, { selection: WEB, record: 2, isMoment: false }],
  ['a bar that lasted no time', 51, 1, { selection: `${WEB}/nginx`, record: 3, isMoment: false }],
  ['nothing before the first bar', 20, 1, undefined],
  ['nothing after the last', 300, 1, undefined],
  ['a tick before its bar', 148, 1, { selection: `${WEB}/nginx`, record: 9, isMoment: true }],
  ['a dot of the story', 44, 2, { selection: undefined, record: 22, isMoment: true }],
  ['an event that shares a dot', 4, 2, { selection: undefined, record: 20, isMoment: true }],
  ['no dot', 80, 2, undefined],
  ['a deed', 24, -1, { selection: undefined, record: 30, isMoment: true }],
  ['below the last row', 24, 3, undefined],
])('%s', (_, x, row, found) => {
  expect(hit(x, row)).toEqual(found);
});

test('the open Pod with its containers, the story, STATUS of the others', () => {
  const names = (open: string | undefined) =>
    rowsOf([pod('a'), pod('b'), pod('c')], open).map((row) => (row === 'story' ? row : row.label));
  expect(names('/registry/pods/default/b')).toEqual(['b', 'nginx', 'story', 'a', 'c']);
  expect(names(undefined)).toEqual(['c', 'nginx', 'story', 'a', 'b']);
  expect(rowsOf([], undefined)).toEqual([]);
});
