// The row of the story: a dot for each event, solid once it has happened. Drawn in blocks, so that a frame touches one of them.
import { memo, type ReactNode } from 'react';
import type { Dot } from './dots.ts';
import { countUpTo } from './lane-figure.tsx';
import { LANE } from './rows.ts';
import styles from './timeline.module.css';

const BLOCK = 40;
const RADIUS = 3.2;

interface StoryRowProps {
  readonly dots: readonly Dot[];
  readonly y: number;
  readonly step: number;
  readonly gutter: number;
  readonly width: number;
  readonly label: string;
  /** Where the picked event stands, if one is picked. */
  readonly pickedX: number | undefined;
}

export function StoryRow({ dots, y, step, gutter, width, label, pickedX }: StoryRowProps): ReactNode {
  const past = countUpTo(dots, step);
  const middle = y + LANE / 2;
  return (
    <g data-story>
      <path d={`M${gutter},${middle} H${width}`} className={styles.rule} />
      <text x={gutter - 10} y={y + 15} textAnchor="end" className={styles.storyLabel}>
        {label}
      </text>
      {Array.from({ length: Math.ceil(dots.length / BLOCK) }, (_, i) => (
        <Block
          // biome-ignore lint/suspicious/noArrayIndexKey: a block is its place
          key={i}
          dots={dots}
          from={i * BLOCK}
          to={Math.min(dots.length, (i + 1) * BLOCK)}
          past={Math.max(0, Math.min(BLOCK, past - i * BLOCK))}
          y={middle}
        />
      ))}
      {pickedX !== undefined && <circle cx={pickedX} cy={middle} r={6.5} className={styles.pickedDot} data-picked />}
    </g>
  );
}

interface BlockProps {
  readonly dots: readonly Dot[];
  readonly from: number;
  readonly to: number;
  /** How many of its dots have happened. */
  readonly past: number;
  readonly y: number;
}

/** The dots are filled in place: `to` says when there are more. */
const Block = memo(function Block({ dots, from, to, past, y }: BlockProps): ReactNode {
  return (
    <>
      <path d={pathOf(dots.slice(from, from + past), y)} className={styles.dot} data-past data-dots={past} />
      <path d={pathOf(dots.slice(from + past, to), y)} className={styles.dot} />
    </>
  );
});

const pathOf = (dots: readonly Dot[], y: number): string =>
  dots
    .map(
      ({ x }) => `M${(x - RADIUS).toFixed(1)},${y} a${RADIUS},${RADIUS} 0 1 0 ${2 * RADIUS},0 a${RADIUS},${RADIUS} 0 1 0 ${-2 * RADIUS},0`,
    )
    .join('');
