// A lane of the timeline: its name, its bars, the answers of its probes. Drawn again only where something of it has changed.
import { memo, type ReactNode } from 'react';
import type { RecordId } from '../../engine/records.ts';
import type { Segment } from '../../session/tracks.ts';
import type { Axis } from './axis.ts';
import { barEnd, LANE, type Lane, ticksOf } from './rows.ts';
import styles from './timeline.module.css';

export interface LaneFigureProps {
  readonly lane: Lane;
  /** Its lane's version: the lane itself is filled in place. */
  readonly version: string;
  readonly y: number;
  readonly axis: Axis;
  readonly step: number;
  readonly end: number;
  readonly gutter: number;
  readonly width: number;
  readonly isSelected: boolean;
  /** The record that was picked, if it is of this lane. */
  readonly picked: RecordId | undefined;
}

export const LaneFigure = memo(function LaneFigure(props: LaneFigureProps): ReactNode {
  const { lane, y, axis, step, end, gutter, width, isSelected, picked } = props;
  const { track, pod } = lane;
  const label = lane.label.length * 7.3 > gutter - 14 ? `${lane.label.slice(0, Math.floor((gutter - 20) / 7.3))}…` : lane.label;
  return (
    <g data-lane={track.kind === 'status' ? 'STATUS' : track.id} data-pod={pod.key} data-selected={isSelected || undefined}>
      {isSelected && <rect x={0} y={y} width={width} height={LANE - 1} className={styles.selected} />}
      {isSelected && <rect x={0} y={y} width={3} height={LANE - 1} className={styles.selectedEdge} />}
      <path d={`M${gutter},${y + LANE - 0.5} H${width}`} className={styles.rule} />
      <text x={gutter - 10} y={y + 15} textAnchor="end" className={styles.laneLabel} data-kind={track.kind}>
        {label}
      </text>
      {track.segments.map((segment) => (
        <SegmentFigure
          key={segment.from}
          segment={segment}
          y={y}
          axis={axis}
          isPast={segment.step <= step}
          isPicked={segment.record === picked}
          end={end}
        />
      ))}
      {ticksOf(lane).map((tick) => (
        <path
          key={tick.step}
          d={`M${axis.x(tick.at)},${y + LANE / 2} v${tick.ok ? -8 : 8}`}
          className={styles.probe}
          data-probe={tick.probe}
          data-ok={tick.ok}
          data-past={tick.step <= step || undefined}
          data-picked={tick.record === picked || undefined}
        >
          <title>{`${tick.probe} ${tick.ok ? '✓' : '✗'} ${tick.count}/${tick.threshold}`}</title>
        </path>
      ))}
    </g>
  );
}, isSameLane);

/** The step itself does not count: the version says what of it shows. */
function isSameLane(a: LaneFigureProps, b: LaneFigureProps): boolean {
  return (
    a.version === b.version &&
    a.lane.key === b.lane.key &&
    a.lane.label === b.lane.label &&
    a.lane.track === b.lane.track &&
    a.axis === b.axis &&
    a.y === b.y &&
    a.end === b.end &&
    a.gutter === b.gutter &&
    a.width === b.width &&
    a.isSelected === b.isSelected &&
    a.picked === b.picked
  );
}

interface SegmentProps {
  readonly segment: Segment;
  readonly y: number;
  readonly axis: Axis;
  readonly isPast: boolean;
  readonly isPicked: boolean;
  readonly end: number;
}

function SegmentFigure({ segment, y, axis, isPast, isPicked, end }: SegmentProps): ReactNode {
  const x = axis.x(segment.from);
  const width = barEnd(axis, segment.from, segment.to ?? end) - x;
  const text = segment.exitCode !== undefined && segment.exitCode !== 0 ? `${segment.word} ${segment.exitCode}` : segment.word;
  const room = Math.floor((width - 8) / 7);
  const bar = { x, y: y + 3, width, height: LANE - 7, rx: 2 };
  return (
    <g
      data-segment={segment.word}
      data-meaning={segment.meaning}
      data-exit={segment.exitCode}
      data-past={isPast || undefined}
      data-from={segment.from}
      data-picked={isPicked || undefined}
    >
      <rect {...bar} className={styles.segment} data-meaning={segment.meaning} data-past={isPast || undefined} />
      {isPast && <rect {...bar} className={styles.texture} data-meaning={segment.meaning} />}
      {isPicked && <rect {...bar} className={styles.picked} />}
      {room >= 4 && (
        <text x={x + 5} y={y + 14.5} className={styles.word} data-meaning={segment.meaning} data-past={isPast || undefined}>
          {text.length > room ? `${text.slice(0, room - 1)}…` : text}
        </text>
      )}
    </g>
  );
}

/** Changes when the lane grows, or when the playhead passes one of its segments or probes. */
export function laneVersion({ track, pod }: Lane, step: number): string {
  const last = track.segments.at(-1);
  return `${track.segments.length} ${last?.to ?? ''} ${pod.probes.length} ${countUpTo(track.segments, step)} ${countUpTo(pod.probes, step)}`;
}

/** How many of these, in order of their steps, are at or before a step. */
export function countUpTo(items: readonly { readonly step: number }[], step: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle] as { readonly step: number }).step <= step) low = middle + 1;
    else high = middle;
  }
  return low;
}
