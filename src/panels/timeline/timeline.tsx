// The timeline: one axis, a lane for each track, the playhead across all. Scrubbing seeks; what lies after the playhead is outline only.
import { type KeyboardEvent, memo, type PointerEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useLanguage, useText } from '../../i18n/language.ts';
import { formatInstant, formatLength } from '../../i18n/time.ts';
import { countBy } from '../../session/events.ts';
import { podOfSelection } from '../../session/cursor.ts';
import { plain, sentenceOf } from '../../session/sentences/index.ts';
import type { Session } from '../../session/session.ts';
import { type Axis, layAxis } from './axis.ts';
import { messages } from './messages.ts';
import styles from './timeline.module.css';
import { createTrackIndex, type Deed, type PodTracks, type Segment, type Track } from './tracks.ts';

const LANE = 22;
const HEAD = 24;
const NARROW = 600;

interface Lane {
  readonly key: string;
  readonly label: string;
  readonly pod: PodTracks;
  readonly track: Track;
}

interface TimelineProps {
  readonly session: Session;
  /** The current event in words, for the slider's value. */
  readonly caption: string;
  /** Only the STATUS of the Pod that is shown. */
  readonly isThin?: boolean;
}

/** The timeline of an opened scenario. */
export function Timeline({ session, caption, isThin = false }: TimelineProps): ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<View>({ width: 0, height: 0, top: 0 });
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const look = (): void => {
      const { clientWidth: width, clientHeight: height, scrollTop: top } = element;
      // Whole lanes: what is in sight changes only when another comes into it.
      const next = { width, height, top: Math.floor(top / LANE) * LANE };
      setView((last) => (last.width === next.width && last.height === next.height && last.top === next.top ? last : next));
    };
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, []);
  return (
    <div ref={frame} className={styles.timeline}>
      {view.width > 0 && <Lanes session={session} view={view} caption={caption} isThin={isThin} />}
    </div>
  );
}

/** What of the timeline is in sight, in pixels. */
interface View {
  readonly width: number;
  readonly height: number;
  readonly top: number;
}

function Lanes({ session, view, caption, isThin }: Required<TimelineProps> & { readonly view: View }): ReactNode {
  const { width } = view;
  const words = useText(messages);
  const language = useLanguage();
  const trace = useStore(session.store, (state) => state.trace);
  const version = useStore(session.store, (state) => state.version);
  const step = useStore(session.store, (state) => state.step);
  const end = useStore(session.store, (state) => axisEnd(state.edge));
  const selected = useStore(session.store, (state) => state.selection);
  const events = useStore(session.store, (state) => state.events);
  const level = useStore(session.store, (state) => state.level);
  const index = useMemo(() => createTrackIndex(trace), [trace]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the trace is filled in place; its version says when
  const read = useMemo(() => ({ ...index.read() }), [index, version]);
  const gutter = width < NARROW ? 84 : 132;
  // The axis is laid anew only when the run has outgrown it: what is drawn keeps its place meanwhile.
  // biome-ignore lint/correctness/useExhaustiveDependencies: read is left out for that reason
  const axis = useMemo(
    () => layAxis([...read.storyAt, ...read.deeds.map((deed) => deed.at)], end, gutter, width - 16),
    [index, end, gutter, width],
  );
  const lanes = useMemo(() => lanesOf(read.pods, selected).slice(0, isThin ? 1 : undefined), [read, selected, isThin]);
  const height = HEAD + Math.max(isThin ? 1 : 2, lanes.length) * LANE + 16;
  // Lanes out of sight are not drawn: there may be one for each of a thousand Pods.
  const first = Math.max(0, Math.floor((view.top - HEAD) / LANE) - 1);
  const last = Math.ceil((view.top + view.height - HEAD) / LANE) + 2;
  const list = events.at(level);
  const now = countBy(list, step);
  const scrub = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.buttons === 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const shown = event.currentTarget.getBoundingClientRect();
    // Before an audience it is drawn enlarged.
    const x = ((event.clientX - shown.left) * event.currentTarget.offsetWidth) / shown.width;
    session.pause();
    session.seek({ t: Math.round(axis.t(Math.max(gutter, x))) });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const act = {
      ArrowRight: () => session.next(),
      ArrowLeft: () => session.previous(),
      Home: () => session.home(),
      End: () => session.end(),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return (
    <div
      className={styles.lanes}
      role="slider"
      tabIndex={0}
      aria-label={words('timeline')}
      aria-valuemin={0}
      aria-valuemax={list.length}
      aria-valuenow={now}
      aria-valuetext={words('value', formatInstant(trace.timeOf(step), language), now, list.length, caption)}
      onPointerDown={scrub}
      onPointerMove={scrub}
      onKeyDown={onKeyDown}
    >
      <svg width={width} height={height} aria-hidden>
        <Ticks axis={axis} height={height} />
        {axis.breaks.map(({ x, ms }) => (
          <g key={x}>
            <path d={`M${x - 2},${HEAD - 6} V${height} M${x + 2},${HEAD - 6} V${height}`} className={styles.break} />
            <text x={x} y={height - 3} textAnchor="middle" className={styles.later}>
              {words('later', formatLength(ms, language))}
            </text>
          </g>
        ))}
        {trace.forgotten > 0 && (
          <text x={width - 16} y={height - 3} textAnchor="end" className={styles.later}>
            {words('forgotten', trace.forgotten)}
          </text>
        )}
        {lanes.length === 0 && (
          <text x={gutter} y={HEAD + 24} className={styles.empty}>
            {words('empty')}
          </text>
        )}
        {lanes.slice(first, last).map((lane, i) => (
          <LaneFigure
            key={lane.key}
            lane={lane}
            version={laneVersion(lane, step)}
            y={HEAD + (first + i) * LANE}
            axis={axis}
            step={step}
            end={end}
            gutter={gutter}
            width={width}
          />
        ))}
        {read.deeds.map((deed) => (
          <DeedFigure key={deed.step} deed={deed} x={axis.x(deed.at)} />
        ))}
        <Playhead session={session} axis={axis} height={height} />
      </svg>
    </div>
  );
}

/** The selected Pod, or the newest, with its containers; then STATUS of every other. */
function lanesOf(pods: readonly PodTracks[], selected: string | undefined): readonly Lane[] {
  const open = pods.find((pod) => pod.key === podOfSelection(selected)) ?? pods.at(-1);
  return [...(open ? [open] : []), ...pods.filter((pod) => pod !== open)].flatMap((pod) =>
    pod.tracks
      .filter((track) => pod === open || track.kind === 'status')
      .map((track) => ({
        key: `${pod.key}/${track.id}`,
        pod,
        track,
        label: track.kind === 'status' ? (pods.length > 1 ? pod.name : 'STATUS') : track.label,
      })),
  );
}

/** A person did something, or broke something. */
const DeedFigure = memo(({ deed, x }: { readonly deed: Deed; readonly x: number }): ReactNode => {
  const language = useLanguage();
  return (
    <path d={diamond(x, HEAD - 5)} className={styles.deed} data-fault={deed.isFault || undefined}>
      <title>{plain(sentenceOf(deed.note, language))}</title>
    </path>
  );
});

const diamond = (x: number, y: number): string => `M${x},${y - 5} l5,5 l-5,5 l-5,-5 Z`;

function Ticks({ axis, height }: { readonly axis: Axis; readonly height: number }): ReactNode {
  const language = useLanguage();
  return (
    <g>
      {axis.ticks.map(({ t, x }, i) => (
        <g key={t}>
          <path d={`M${x},${HEAD - 6} V${height - 12}`} className={styles.tick} />
          <text x={x} y={11} textAnchor={i === 0 ? 'start' : 'middle'} className={styles.tickLabel}>
            {t < 1000 && t > 0 ? formatLength(t, language) : formatInstant(t, language).replace(/\.?0+(?=\D*$)/, '')}
          </text>
        </g>
      ))}
    </g>
  );
}

/** The end of an axis that holds a run up to this edge: it grows by quarters, so that it is not laid anew with every chunk. */
function axisEnd(edge: number): number {
  const quarter = Math.max(1, 2 ** Math.floor(Math.log2(Math.max(edge, 1))) / 4);
  return Math.max(1, Math.ceil(edge / quarter) * quarter);
}

/** Changes when the lane grows, or when the playhead passes one of its segments or probes. */
function laneVersion({ track, pod }: Lane, step: number): string {
  const last = track.segments.at(-1);
  return `${track.segments.length} ${last?.to ?? ''} ${pod.probes.length} ${countUpTo(track.segments, step)} ${countUpTo(pod.probes, step)}`;
}

/** How many of these, in order of their steps, are at or before a step. */
function countUpTo(items: readonly { readonly step: number }[], step: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle] as { readonly step: number }).step <= step) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface LaneFigureProps {
  readonly lane: Lane;
  /** Its lane's version: the lane itself is filled in place. */
  readonly version: string;
  readonly y: number;
  readonly axis: Axis;
  readonly step: number;
  readonly end: number;
  readonly gutter: number;
  readonly width: number;
}

const LaneFigure = memo(function LaneFigure({ lane, y, axis, step, end, gutter, width }: LaneFigureProps): ReactNode {
  const { track, pod } = lane;
  const label = lane.label.length * 7.3 > gutter - 14 ? `${lane.label.slice(0, Math.floor((gutter - 20) / 7.3))}…` : lane.label;
  return (
    <g data-lane={track.kind === 'status' ? 'STATUS' : track.id} data-pod={pod.key}>
      <path d={`M${gutter},${y + LANE - 0.5} H${width}`} className={styles.rule} />
      <text x={gutter - 10} y={y + 15} textAnchor="end" className={styles.laneLabel} data-kind={track.kind}>
        {label}
      </text>
      {track.segments.map((segment) => (
        <SegmentFigure key={segment.from} segment={segment} y={y} axis={axis} step={step} end={end} />
      ))}
      {pod.probes
        .filter((tick) => tick.container === track.id)
        .map((tick) => (
          <path
            key={tick.step}
            d={`M${axis.x(tick.at)},${y + LANE / 2} v${tick.ok ? -8 : 8}`}
            className={styles.probe}
            data-probe={tick.probe}
            data-ok={tick.ok}
            data-past={tick.step <= step || undefined}
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
    a.width === b.width
  );
}

function SegmentFigure({
  segment,
  y,
  axis,
  step,
  end,
}: {
  readonly segment: Segment;
  readonly y: number;
  readonly axis: Axis;
  readonly step: number;
  readonly end: number;
}): ReactNode {
  const x = axis.x(segment.from);
  const width = Math.max(1.5, axis.x(segment.to ?? end) - x);
  const isPast = segment.step <= step;
  const text = segment.exitCode !== undefined && segment.exitCode !== 0 ? `${segment.word} ${segment.exitCode}` : segment.word;
  const room = Math.floor((width - 8) / 7);
  return (
    <g
      data-segment={segment.word}
      data-meaning={segment.meaning}
      data-exit={segment.exitCode}
      data-past={isPast || undefined}
      data-from={segment.from}
    >
      <rect
        x={x}
        y={y + 3}
        width={width}
        height={LANE - 7}
        rx={2}
        className={styles.segment}
        data-meaning={segment.meaning}
        data-past={isPast || undefined}
      />
      {isPast && <rect x={x} y={y + 3} width={width} height={LANE - 7} rx={2} className={styles.texture} data-meaning={segment.meaning} />}
      {room >= 4 && (
        <text x={x + 5} y={y + 14.5} className={styles.word} data-meaning={segment.meaning} data-past={isPast || undefined}>
          {text.length > room ? `${text.slice(0, room - 1)}…` : text}
        </text>
      )}
    </g>
  );
}

/** Moved by the playhead's frame, not by React: its place is simulated time. */
function Playhead({ session, axis, height }: { readonly session: Session; readonly axis: Axis; readonly height: number }): ReactNode {
  const mark = useRef<SVGGElement>(null);
  useEffect(() => {
    const place = (t: number): void => mark.current?.setAttribute('transform', `translate(${axis.x(t).toFixed(1)},0)`);
    place(session.store.getState().t);
    return session.onFrame((state) => place(state.t));
  }, [session, axis]);
  return (
    <g ref={mark} className={styles.playhead} data-playhead>
      <path d={`M0,${HEAD - 8} V${height}`} />
      <path d={`M-6,${HEAD - 20} h12 v8 l-6,6 l-6,-6 Z`} className={styles.handle} />
    </g>
  );
}
