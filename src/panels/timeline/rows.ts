// The rows of the timeline, and what of them lies under a point: a bar, a probe's tick, a dot of the story, a deed above them all.
import { containerSelection } from '../../session/cursor.ts';
import type { RecordId } from '../../engine/records.ts';
import type { Deed, PodTracks, ProbeTick, Segment, Track } from '../../session/tracks.ts';
import type { Axis } from './axis.ts';
import type { Dot } from './dots.ts';

export const LANE = 22;
export const HEAD = 24;
/** How far from a small mark one may point. */
const NEAR = 6;
const NEAR_TICK = 3;

/** A lane: STATUS of a Pod, or one container. */
export interface Lane {
  readonly key: string;
  readonly label: string;
  readonly pod: PodTracks;
  readonly track: Track;
  /** What a click on it selects. */
  readonly selection: string;
}

/** A row: a lane, or the dots of the story. */
export type Row = Lane | 'story';

/** The open Pod with its containers, the story, then STATUS of every other Pod. */
export function rowsOf(pods: readonly PodTracks[], openPod: string | undefined): readonly Row[] {
  const open = pods.find((pod) => pod.key === openPod) ?? pods.at(-1);
  if (!open) return [];
  const lane = (pod: PodTracks, track: Track): Lane => ({
    key: `${pod.key}/${track.id}`,
    pod,
    track,
    label: track.kind === 'status' ? (pods.length > 1 ? pod.name : 'STATUS') : track.label,
    selection: track.kind === 'status' ? pod.key : containerSelection(pod.key, track.id),
  });
  const statusOf = (pod: PodTracks): readonly Lane[] => pod.tracks.filter(({ kind }) => kind === 'status').map((track) => lane(pod, track));
  return [...open.tracks.map((track) => lane(open, track)), 'story', ...pods.filter((pod) => pod !== open).flatMap(statusOf)];
}

/** What was pointed at: something that can be selected, and the record that it stands for; `isMoment`: that record's instant is meant. */
export interface Hit {
  readonly selection: string | undefined;
  readonly record: RecordId | undefined;
  readonly isMoment: boolean;
}

interface Drawn {
  readonly rows: readonly Row[];
  readonly deeds: readonly Deed[];
  readonly dots: readonly Dot[];
  readonly axis: Axis;
  readonly end: number;
}

/** What lies at a point of the drawing, if anything does. */
export function hitAt({ rows, deeds, dots, axis, end }: Drawn, x: number, y: number): Hit | undefined {
  if (y < HEAD) return momentOf(nearest(deeds, (deed) => axis.x(deed.at), x, NEAR));
  const row = rows[Math.floor((y - HEAD) / LANE)];
  if (row === undefined) return undefined;
  if (row === 'story') return momentOf(nearest(dots, (dot) => dot.x, x, NEAR));
  const tick = nearest(ticksOf(row), (probe) => axis.x(probe.at), x, NEAR_TICK);
  if (tick) return { selection: row.selection, record: tick.record, isMoment: true };
  const segment = segmentUnder(row.track.segments, axis, end, x);
  return segment && { selection: row.selection, record: segment.record, isMoment: false };
}

/** The probes' answers of a lane. */
export const ticksOf = ({ pod, track }: Lane): readonly ProbeTick[] => pod.probes.filter(({ container }) => container === track.id);

const momentOf = (mark: { readonly record: RecordId } | undefined): Hit | undefined =>
  mark && { selection: undefined, record: mark.record, isMoment: true };

function nearest<T>(marks: readonly T[], place: (mark: T) => number, x: number, reach: number): T | undefined {
  let found: T | undefined;
  let least = reach;
  for (const mark of marks) {
    const distance = Math.abs(place(mark) - x);
    if (distance > least) continue;
    found = mark;
    least = distance;
  }
  return found;
}

/** The bar at a place: of bars that touch there, the later one. */
function segmentUnder(segments: readonly Segment[], axis: Axis, end: number, x: number): Segment | undefined {
  return segments.findLast(({ from, to }) => axis.x(from) <= x + 1 && x <= barEnd(axis, from, to ?? end) + 1);
}

/** Where a bar ends: what lasted no time is still a line. */
export const barEnd = (axis: Axis, from: number, to: number): number => Math.max(axis.x(from) + 1.5, axis.x(to));
