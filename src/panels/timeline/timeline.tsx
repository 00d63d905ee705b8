// The timeline: one axis, a lane for each track, the playhead across all. Scrubbing seeks, a click selects as well; what lies after the
// playhead is outline only.
import { type KeyboardEvent, memo, type PointerEvent, type ReactNode, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useLanguage, useText } from '../../i18n/language.ts';
import { formatInstant, formatLength } from '../../i18n/time.ts';
import { countBy } from '../../session/events.ts';
import { podOfSelection } from '../../session/cursor.ts';
import { plain, sentenceOf } from '../../session/sentences/index.ts';
import type { Session } from '../../session/session.ts';
import type { Deed } from '../../session/tracks.ts';
import { StatePatterns } from '../../widgets/state-patterns.tsx';
import { type Axis, layAxis } from './axis.ts';
import { createDots } from './dots.ts';
import { LaneFigure, laneVersion } from './lane-figure.tsx';
import { LaneNames } from './lane-names.tsx';
import { messages } from './messages.ts';
import { HEAD, type Hit, hitAt, LANE, type Lane, type Row, rowsOf } from './rows.ts';
import { StoryRow } from './story-row.tsx';
import styles from './timeline.module.css';

const NARROW = 600;
/** A press that moves further scrubs; one that does not is a click. */
const CLICK_PX = 4;

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
      {view.width > 0 && <Lanes session={session} frame={frame} view={view} caption={caption} isThin={isThin} />}
    </div>
  );
}

/** What of the timeline is in sight, in pixels. */
interface View {
  readonly width: number;
  readonly height: number;
  readonly top: number;
}

interface LanesProps extends Required<TimelineProps> {
  /** What scrolls. */
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly view: View;
}

function Lanes({ session, frame, view, caption, isThin }: LanesProps): ReactNode {
  const { width } = view;
  const words = useText(messages);
  const language = useLanguage();
  const trace = useStore(session.store, (state) => state.trace);
  const version = useStore(session.store, (state) => state.version);
  const step = useStore(session.store, (state) => state.step);
  const end = useStore(session.store, (state) => axisEnd(state.edge));
  const selection = useStore(session.store, (state) => state.selection);
  const picked = useStore(session.store, (state) => state.picked);
  const events = useStore(session.store, (state) => state.events);
  const level = useStore(session.store, (state) => state.level);
  const index = useStore(session.store, (state) => state.tracks);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the trace is filled in place; its version says when
  const read = useMemo(() => ({ ...index.read() }), [index, version]);
  const gutter = width < NARROW ? 84 : 132;
  // The axis is laid anew only when the run has outgrown it: what is drawn keeps its place meanwhile.
  // biome-ignore lint/correctness/useExhaustiveDependencies: read is left out for that reason
  const axis = useMemo(
    () => layAxis([...read.storyAt, ...read.deeds.map((deed) => deed.at)], end, gutter, width - 16),
    [index, end, gutter, width],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: another story has other dots
  const readDots = useMemo(() => createDots(axis), [axis, events]);
  const dots = readDots(events.at('story'));
  const openPod = podOfSelection(selection);
  const rows = useMemo(() => rowsOf(read.pods, openPod).slice(0, isThin ? 1 : undefined), [read, openPod, isThin]);
  const height = HEAD + Math.max(isThin ? 1 : 2, rows.length) * LANE + 16;
  // Lanes out of sight are not drawn: there may be one for each of a thousand Pods.
  const first = Math.max(0, Math.floor((view.top - HEAD) / LANE) - 1);
  const last = Math.ceil((view.top + view.height - HEAD) / LANE) + 2;
  const inSight = rows.slice(first, last);
  const list = events.at(level);
  const now = countBy(list, step);
  useLaneInSight(frame, rows, selection);
  const point = usePointing(session, axis, gutter, (x, y) => hitAt({ rows, deeds: read.deeds, dots, axis, end }, x, y));
  const pickedRecord = picked === undefined ? undefined : trace.record(picked);
  const isStoryPicked = pickedRecord?.type === 'note' && pickedRecord.level === 'story';
  const draw = (lane: Lane, y: number): ReactNode => (
    <LaneFigure
      key={lane.key}
      lane={lane}
      version={laneVersion(lane, step)}
      y={y}
      axis={axis}
      step={step}
      end={end}
      gutter={gutter}
      width={width}
      isSelected={lane.selection === selection}
      picked={picked}
    />
  );
  return (
    <div className={styles.whole}>
      <div
        className={styles.lanes}
        role="slider"
        tabIndex={0}
        aria-label={words('timeline')}
        aria-valuemin={0}
        aria-valuemax={list.length}
        aria-valuenow={now}
        aria-valuetext={words('value', formatInstant(trace.timeOf(step), language), now, list.length, caption)}
        onKeyDown={(event) => pressKey(session, event)}
        {...point}
      >
        <svg width={width} height={height} aria-hidden>
          <StatePatterns id="lane-texture" />
          <Ticks axis={axis} height={height} />
          <Breaks axis={axis} height={height} />
          {trace.forgotten > 0 && (
            <text x={width - 16} y={height - 3} textAnchor="end" className={styles.later}>
              {words('forgotten', trace.forgotten)}
            </text>
          )}
          {rows.length === 0 && (
            <text x={gutter} y={HEAD + 24} className={styles.empty}>
              {words('empty')}
            </text>
          )}
          {inSight.map((row, i) => {
            const y = HEAD + (first + i) * LANE;
            if (row !== 'story') return draw(row, y);
            const pickedX = isStoryPicked ? axis.x(pickedRecord.at) : undefined;
            const place = { y, step, gutter, width, pickedX };
            return <StoryRow key="story" dots={dots} label={words('events')} {...place} />;
          })}
          {read.deeds.map((deed) => (
            <DeedFigure key={deed.step} deed={deed} x={axis.x(deed.at)} isPicked={deed.record === picked} />
          ))}
          <Playhead session={session} axis={axis} height={height} />
        </svg>
      </div>
      <LaneNames session={session} rows={inSight} first={first} selection={selection} width={gutter} />
    </div>
  );
}

/** Brings the lane of what has just been selected into sight. */
function useLaneInSight(frame: RefObject<HTMLDivElement | null>, rows: readonly Row[], selection: string | undefined): void {
  const place = rows.findIndex((row) => row !== 'story' && row.selection === selection);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a lane that comes to stand elsewhere is not looked for again
  useEffect(() => {
    const element = frame.current;
    if (!element || place < 0) return;
    const top = HEAD + place * LANE;
    // Below the axis, above the edge.
    if (top < element.scrollTop + HEAD) element.scrollTop = top - HEAD;
    else if (top + LANE > element.scrollTop + element.clientHeight) element.scrollTop = top + LANE - element.clientHeight;
  }, [frame, selection, place < 0]);
}

/** Presses and moves of a pointer: the playhead follows it; where it has not moved, what lies under it is selected. */
function usePointing(session: Session, axis: Axis, gutter: number, hit: (x: number, y: number) => Hit | undefined) {
  const press = useRef<{ readonly x: number; readonly y: number; isScrub: boolean }>(undefined);
  const placeOf = (event: PointerEvent<HTMLElement>): { readonly x: number; readonly y: number } => {
    const shown = event.currentTarget.getBoundingClientRect();
    // Before an audience it is drawn enlarged.
    const scale = event.currentTarget.offsetWidth / shown.width;
    return { x: (event.clientX - shown.left) * scale, y: (event.clientY - shown.top) * scale };
  };
  const scrubTo = (x: number): void => {
    session.pause();
    session.seek({ t: Math.round(axis.t(Math.max(gutter, x))) });
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLDivElement>): void => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      press.current = { ...placeOf(event), isScrub: false };
      scrubTo(press.current.x);
    },
    onPointerMove: (event: PointerEvent<HTMLDivElement>): void => {
      if (!press.current || event.buttons === 0) return;
      const { x } = placeOf(event);
      press.current.isScrub ||= Math.abs(x - press.current.x) >= CLICK_PX;
      if (press.current.isScrub) scrubTo(x);
    },
    onPointerUp: (): void => {
      const pressed = press.current;
      press.current = undefined;
      const found = pressed && !pressed.isScrub ? hit(pressed.x, pressed.y) : undefined;
      if (!found) return;
      if (found.isMoment && found.record !== undefined) session.goTo(found.record);
      if (found.selection !== undefined) session.select(found.selection, found.record);
    },
    onPointerCancel: (): void => {
      press.current = undefined;
    },
  };
}

function pressKey(session: Session, event: KeyboardEvent): void {
  if (event.nativeEvent.isComposing) return;
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
}

interface DeedProps {
  readonly deed: Deed;
  readonly x: number;
  readonly isPicked: boolean;
}

/** A person did something, or broke something. */
const DeedFigure = memo(function DeedFigure({ deed, x, isPicked }: DeedProps): ReactNode {
  const language = useLanguage();
  return (
    <g data-deed={deed.record} data-picked={isPicked || undefined}>
      {isPicked && <path d={diamond(x, HEAD - 5, 8)} className={styles.pickedDot} />}
      <path d={diamond(x, HEAD - 5, 5)} className={styles.deed} data-fault={deed.isFault || undefined}>
        <title>{plain(sentenceOf(deed.note, language))}</title>
      </path>
    </g>
  );
});

const diamond = (x: number, y: number, r: number): string => `M${x},${y - r} l${r},${r} l${-r},${r} l${-r},${-r} Z`;

const Breaks = memo(function Breaks({ axis, height }: { readonly axis: Axis; readonly height: number }): ReactNode {
  const words = useText(messages);
  const language = useLanguage();
  return axis.breaks.map(({ x, ms }) => (
    <g key={x}>
      <path d={`M${x - 2},${HEAD - 6} V${height} M${x + 2},${HEAD - 6} V${height}`} className={styles.break} />
      <text x={x} y={height - 3} textAnchor="middle" className={styles.later}>
        {words('later', formatLength(ms, language))}
      </text>
    </g>
  ));
});

const Ticks = memo(function Ticks({ axis, height }: { readonly axis: Axis; readonly height: number }): ReactNode {
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
});

/** The end of an axis that holds a run up to this edge: it grows by quarters, so that it is not laid anew with every chunk. */
function axisEnd(edge: number): number {
  const quarter = Math.max(1, 2 ** Math.floor(Math.log2(Math.max(edge, 1))) / 4);
  return Math.max(1, Math.ceil(edge / quarter) * quarter);
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
