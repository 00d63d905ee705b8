// A Pod on the map: the beam is the network namespace that pause holds, the plug on its edge is eth0, the cells are its containers in
// start order. Every state is said three times: icon, word and texture; colour comes last.
import { memo, type ReactNode } from 'react';
import styles from './cluster.module.css';
import type { Box } from './layout.ts';
import type { Density } from './place-pods.ts';
import { containerSelection } from '../../session/cursor.ts';
import type { Cell, Meaning, PodMark } from '../../session/pod-marks.ts';
import { STATE_ICONS } from '../../widgets/state-icons.ts';
import { cut } from './text-fit.ts';

const NAME_HEIGHT = 20;
const BEAM_HEIGHT = 19;

interface PodFigureProps {
  readonly pod: PodMark;
  readonly box: Box;
  readonly density: Density;
  /** Whether it, or one of its containers, is selected. */
  readonly isSelected: boolean;
  /** The selected one of its containers. */
  readonly container: string | undefined;
  readonly pauseTitle: string;
}

/** One Pod, as much of it as the density allows: a click on it selects it, or one of its containers. */
export const PodFigure = memo(function PodFigure(props: PodFigureProps): ReactNode {
  const { pod, box, density, isSelected, container, pauseTitle } = props;
  return (
    <g
      data-pod={pod.key}
      data-status={pod.status}
      data-phase={pod.phase}
      data-ready={pod.ready}
      data-meaning={pod.meaning}
      data-selected={isSelected || undefined}
      className={styles.pod}
    >
      <g data-select={pod.key}>
        {density === 'anatomy' && <Anatomy pod={pod} box={box} isSelected={isSelected} pauseTitle={pauseTitle} />}
        {density === 'label' && <Label pod={pod} box={box} isSelected={isSelected} />}
        {density === 'thumbnail' && <Thumbnail pod={pod} box={box} isSelected={isSelected} />}
        {density === 'square' && <Square pod={pod} box={box} isSelected={isSelected} />}
      </g>
      {density === 'anatomy' && <Cells pod={pod} box={box} container={container} />}
    </g>
  );
}, isSamePod);

/** A mark is the same object while nothing of its Pod has changed; places are made anew with every scene. */
function isSamePod(a: PodFigureProps, b: PodFigureProps): boolean {
  const isSamePlace = a.box.x === b.box.x && a.box.y === b.box.y && a.box.width === b.box.width && a.box.height === b.box.height;
  return isSamePlace && a.pod === b.pod && a.isSelected === b.isSelected && a.density === b.density && a.container === b.container;
}

function Anatomy({
  pod,
  box,
  isSelected,
  pauseTitle,
}: {
  readonly pod: PodMark;
  readonly box: Box;
  readonly isSelected: boolean;
  readonly pauseTitle: string;
}): ReactNode {
  const body = { x: box.x, y: box.y + NAME_HEIGHT, width: box.width, height: box.height - NAME_HEIGHT };
  const chipWidth = Math.min(box.width * 0.72, pod.status.length * 6.9 + 26);
  return (
    <>
      <text x={box.x + 2} y={box.y + 14} className={styles.podName}>
        {cut(pod.name, box.width - chipWidth - 8, 7.4)}
      </text>
      <Chip pod={pod} x={box.x + box.width - chipWidth} y={box.y} width={chipWidth} />
      <rect {...body} rx={8} className={styles.podBody} data-sandbox={pod.sandbox} data-selected={isSelected || undefined} />
      <path className={styles.beam} data-sandbox={pod.sandbox} d={beam(body)}>
        <title>{pauseTitle}</title>
      </path>
      {pod.sandbox !== 'none' && <rect x={body.x - 4} y={body.y + 5} width={7} height={10} rx={1.5} className={styles.plug} />}
      {pod.sandbox !== 'none' && (
        <path d={`M${body.x + 11},${body.y + 5.5} v8 M${body.x + 15},${body.y + 5.5} v8`} className={styles.pause} />
      )}
      <text x={body.x + 22} y={body.y + 14} className={styles.address}>
        {pod.ip}
      </text>
      {body.width > 150 && (
        <text x={body.x + body.width - 8} y={body.y + 14} textAnchor="end" className={styles.phase}>
          {pod.phase}
        </text>
      )}
    </>
  );
}

interface CellsProps {
  readonly pod: PodMark;
  readonly box: Box;
  readonly container: string | undefined;
}

/** The containers of a Pod in start order. */
function Cells({ pod, box, container }: CellsProps): ReactNode {
  const top = box.y + NAME_HEIGHT + BEAM_HEIGHT + 4;
  const width = (box.width - 10) / pod.cells.length;
  return pod.cells.map((cell, i) => (
    <CellFigure
      key={cell.name}
      cell={cell}
      box={{ x: box.x + 5 + i * width + 1.5, y: top, width: width - 3, height: box.y + box.height - top - 5 }}
      selection={containerSelection(pod.key, cell.name)}
      isSelected={cell.name === container}
    />
  ));
}

/** The upper part of the body, with its rounded corners. */
const beam = ({ x, y, width }: Box): string =>
  `M${x},${y + BEAM_HEIGHT} v${8 - BEAM_HEIGHT} q0,-8 8,-8 h${width - 16} q8,0 8,8 v${BEAM_HEIGHT - 8} Z`;

interface CellProps {
  readonly cell: Cell;
  readonly box: Box;
  readonly selection: string;
  readonly isSelected: boolean;
}

function CellFigure({ cell, box, selection, isSelected }: CellProps): ReactNode {
  const middle = box.x + box.width / 2;
  const word = cell.exitCode !== undefined && cell.exitCode !== 0 && cell.word === 'Error' ? `Error ${cell.exitCode}` : cell.word;
  const hasIcon = box.height >= 46;
  // Icon, name and word stand in the middle together.
  const top = box.y + Math.max(4, (box.height - 48) / 2);
  const textY = hasIcon ? top + 28 : box.y + box.height / 2 - 2;
  return (
    <g
      className={styles.cellButton}
      data-select={selection}
      data-selected={isSelected || undefined}
      data-container={cell.name}
      data-kind={cell.kind}
      data-state={cell.word}
      data-meaning={cell.meaning}
      data-exit={cell.exitCode}
      data-restarts={cell.restarts}
    >
      <rect {...box} rx={4} className={styles.cell} data-meaning={cell.meaning} data-exists={cell.exists} />
      <rect {...box} rx={4} className={styles.texture} data-meaning={cell.meaning} />
      {hasIcon && <StateIcon meaning={cell.meaning} x={middle - 7} y={top} size={14} />}
      <text x={middle} y={textY} textAnchor="middle" className={styles.cellName} data-meaning={cell.meaning}>
        {cut(cell.name, box.width - 4, 6.6)}
      </text>
      <text x={middle} y={textY + 14} textAnchor="middle" className={styles.cellWord} data-meaning={cell.meaning}>
        {cut(word, box.width - 4, 6.6)}
      </text>
      <Restarts cell={cell} box={box} />
      <rect x={box.x - 1} y={box.y - 1} width={box.width + 2} height={box.height + 2} rx={5} className={styles.ring} />
    </g>
  );
}

/** A tick on the upper edge for each restart, at most eight. */
function Restarts({ cell, box }: { readonly cell: Cell; readonly box: Box }): ReactNode {
  const count = Math.min(8, cell.restarts, Math.floor(box.width / 5) - 1);
  if (count <= 0) return null;
  const ticks = Array.from({ length: count }, (_, i) => `M${box.x + 5 + i * 4},${box.y - 2.5} v5`).join(' ');
  return <path d={ticks} className={styles.restarts} />;
}

/** A Pod that no node has yet: its name and STATUS, dotted. */
function Label({ pod, box, isSelected }: { readonly pod: PodMark; readonly box: Box; readonly isSelected: boolean }): ReactNode {
  const chipWidth = Math.min(box.width * 0.6, pod.status.length * 6.9 + 26);
  return (
    <>
      <rect {...box} rx={6} className={styles.podBody} data-sandbox="none" data-selected={isSelected || undefined} />
      <text x={box.x + 9} y={box.y + 17} className={styles.podName}>
        {cut(pod.name, box.width - chipWidth - 18, 7.6)}
      </text>
      <Chip pod={pod} x={box.x + box.width - chipWidth - 4} y={box.y + 4.5} width={chipWidth} />
    </>
  );
}

/** STATUS, as `kubectl get pods` prints it. */
function Chip({ pod, x, y, width }: { readonly pod: PodMark; readonly x: number; readonly y: number; readonly width: number }): ReactNode {
  return (
    <g transform={`translate(${x},${y})`}>
      <rect width={width} height={17} rx={4} className={styles.chip} data-meaning={pod.meaning} />
      <StateIcon meaning={pod.meaning} x={5} y={3} size={11} />
      <text x={20} y={12.5} className={styles.chipText} data-meaning={pod.meaning}>
        {cut(pod.status, width - 22, 6.7)}
      </text>
    </g>
  );
}

function Thumbnail({ pod, box, isSelected }: { readonly pod: PodMark; readonly box: Box; readonly isSelected: boolean }): ReactNode {
  const cellWidth = (box.width - 4) / pod.cells.length;
  return (
    <>
      <rect {...box} rx={4} className={styles.podBody} data-sandbox={pod.sandbox} data-selected={isSelected || undefined} />
      {pod.cells.map((cell, i) => (
        <g key={cell.name} data-container={cell.name} data-state={cell.word}>
          <rect
            x={box.x + 2 + i * cellWidth + 0.5}
            y={box.y + 6}
            width={cellWidth - 1}
            height={box.height - 8}
            rx={1.5}
            className={styles.cell}
            data-meaning={cell.meaning}
            data-exists={cell.exists}
          />
          <rect
            x={box.x + 2 + i * cellWidth + 0.5}
            y={box.y + 6}
            width={cellWidth - 1}
            height={box.height - 8}
            rx={1.5}
            className={styles.texture}
            data-meaning={cell.meaning}
          />
          <Restarts cell={cell} box={{ x: box.x + 1 + i * cellWidth, y: box.y + 5, width: cellWidth, height: 4 }} />
        </g>
      ))}
    </>
  );
}

/** The worst state of a Pod on ten pixels, with a notch if it has restarted. */
function Square({ pod, box, isSelected }: { readonly pod: PodMark; readonly box: Box; readonly isSelected: boolean }): ReactNode {
  const notch = pod.restarts > 0 ? 4 : 0;
  const shape = `M${box.x},${box.y} h${box.width - notch} l${notch},${notch} v${box.height - notch} h${-box.width} Z`;
  return <path d={shape} className={styles.square} data-meaning={pod.meaning} data-selected={isSelected || undefined} />;
}

function StateIcon({
  meaning,
  x,
  y,
  size,
}: {
  readonly meaning: Meaning;
  readonly x: number;
  readonly y: number;
  readonly size: number;
}): ReactNode {
  const Icon = STATE_ICONS[meaning];
  return <Icon x={x} y={y} width={size} height={size} strokeWidth={2.6} className={styles.stateIcon} data-meaning={meaning} aria-hidden />;
}
