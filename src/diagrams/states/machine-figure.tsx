// A state machine: every way it can go, those that were gone drawn in ink with their count, the last one marked.
import { memo, type ReactNode, useId } from 'react';
import type { Machine, Place } from './layout.ts';
import type { Meaning, Walked } from './scene.ts';
import styles from './states.module.css';

interface MachineProps {
  readonly machine: Machine;
  readonly walked: Walked;
  readonly label: string;
  /** What the present state means. */
  readonly meaning: Meaning;
  /** Below the name of a state: reasons, or why it is never reached. */
  readonly lines: (state: string) => readonly Line[];
  readonly end: string;
}

/** A line in a state's box. */
export interface Line {
  readonly text: string;
  readonly isSeen: boolean;
  readonly isNow: boolean;
}

const LINE = 17;

export const MachineFigure = memo(function MachineFigure({ machine, walked, label, meaning, lines, end }: MachineProps): ReactNode {
  const id = useId();
  const { begin } = machine;
  return (
    <svg className={styles.machine} viewBox={`0 0 ${machine.width} ${machine.height}`} role="img" aria-label={label}>
      <defs>
        {(['seen', 'unseen'] as const).map((kind) => (
          <marker
            key={kind}
            id={`${id}${kind}`}
            viewBox="0 0 10 10"
            refX={9}
            refY={5}
            markerWidth={9}
            markerHeight={9}
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M0 1L10 5L0 9z" className={styles[kind]} />
          </marker>
        ))}
      </defs>
      {machine.ways.map(({ way, path }) => {
        const isSeen = walked.counts.has(way);
        return (
          <g key={way}>
            {way === walked.last && <path d={path} className={styles.glow} />}
            <path
              d={path}
              className={styles.way}
              data-way={way}
              data-seen={isSeen || undefined}
              data-last={way === walked.last || undefined}
              markerEnd={`url(#${id}${isSeen ? 'seen' : 'unseen'})`}
            />
          </g>
        );
      })}
      <circle cx={begin[0]} cy={begin[1]} r={6} className={styles.dot} data-seen={walked.counts.size > 0 || undefined} />
      {machine.end && <End at={machine.end} isNow={walked.counts.size > 0 && walked.now === undefined} text={end} />}
      {Object.entries(machine.states).map(([state, place]) => (
        <StateBox
          key={state}
          state={state}
          place={place}
          isNow={walked.now === state}
          isSeen={[...walked.counts.keys()].some((way) => way.endsWith(`>${state}`))}
          meaning={meaning}
          lines={lines(state)}
        />
      ))}
      {machine.ways.map(({ way, label: [x, y] }) => {
        const count = walked.counts.get(way);
        if (count === undefined) return null;
        const width = 12 + String(count).length * 8;
        return (
          <g key={way} data-count={count} data-last={way === walked.last || undefined} className={styles.count}>
            <rect x={x - width / 2} y={y - 9} width={width} height={18} rx={9} />
            <text x={x} y={y + 4} textAnchor="middle">
              {count}
            </text>
          </g>
        );
      })}
    </svg>
  );
});

interface BoxProps {
  readonly state: string;
  readonly place: Place;
  readonly isNow: boolean;
  readonly isSeen: boolean;
  readonly meaning: Meaning;
  readonly lines: readonly Line[];
}

function StateBox({ state, place: { x, y, width, height }, isNow, isSeen, meaning, lines }: BoxProps): ReactNode {
  // A low box has its line beside it.
  const isBeside = height <= 60;
  const isCentred = isBeside || lines.length === 0;
  const top = y + (isCentred ? height / 2 + 5 : 22);
  return (
    <g
      className={styles.state}
      data-state={state}
      data-now={isNow || undefined}
      data-seen={isSeen || undefined}
      data-meaning={isNow ? meaning : undefined}
    >
      <rect x={x} y={y} width={width} height={height} rx={6} />
      <text x={isCentred ? x + width / 2 : x + 12} y={top} textAnchor={isCentred ? 'middle' : 'start'} className={styles.stateName}>
        {isNow ? `▸ ${state}` : state}
      </text>
      {lines.map((line, i) => (
        <text
          key={line.text}
          x={isBeside ? x + width + 10 : x + 12}
          y={isBeside ? y + height / 2 + 4 : top + (i + 1) * LINE + 2}
          className={styles.line}
          data-seen={line.isSeen || undefined}
          data-now={line.isNow || undefined}
        >
          {line.text}
        </text>
      ))}
    </g>
  );
}

function End({
  at: [x, y],
  isNow,
  text,
}: {
  readonly at: readonly [number, number];
  readonly isNow: boolean;
  readonly text: string;
}): ReactNode {
  return (
    <g>
      <circle cx={x} cy={y} r={9} className={styles.end} data-seen={isNow || undefined} />
      {isNow && <circle cx={x} cy={y} r={4.5} className={styles.dot} data-seen />}
      <text x={x} y={y + 24} textAnchor="middle" className={styles.line}>
        {text}
      </text>
    </g>
  );
}
