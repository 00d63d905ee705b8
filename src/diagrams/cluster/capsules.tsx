// Messages under way. Their place is simulated time, so the playhead's frame moves them, not React: one leaf <g>, joined by message id.
// Each is a button that picks it; while time stands still it shows where it goes.
import { select } from 'd3';
import { type ReactNode, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { useText } from '../../i18n/language.ts';
import type { Session } from '../../session/session.ts';
import { focusOn } from '../../widgets/focus.tsx';
import styles from './cluster.module.css';
import { messages } from './messages.ts';
import type { Capsule, Scene } from './scene.ts';

const LINE = 14;
const PER_CHARACTER = 7.1;
/** How far the mark of a picked message stands off. */
const HALO = 4;

/** The layer of capsules above a scene. */
export function Capsules({ session, scene }: { readonly session: Session; readonly scene: Scene }): ReactNode {
  const words = useText(messages);
  const layer = useRef<SVGGElement>(null);
  const latest = useRef(scene);
  latest.current = scene;
  const picked = useStore(session.store, (state) => state.picked);
  const isStill = useStore(session.store, (state) => !state.playing);
  useEffect(() => {
    if (!layer.current) return;
    join(layer.current, scene.capsules);
    tell(layer.current, scene.capsules, { picked, isStill, text: ({ label, from, to }) => words('flying', label, from, to) });
    placeAll(layer.current, scene, session.store.getState().t);
  }, [session, scene, picked, isStill, words]);
  useEffect(
    () =>
      session.onFrame((state) => {
        if (layer.current) placeAll(layer.current, latest.current, state.t);
      }),
    [session],
  );
  return <g ref={layer} data-capsules data-still={isStill || undefined} className={styles.capsules} />;
}

/** What has the focus after a message that is gone: one that has arrived, else the figure's tab. */
export const AFTER_MESSAGE = '[data-footprint][tabindex="0"], [aria-controls="figure"][aria-selected="true"]';

interface Labelling {
  readonly picked: number | undefined;
  readonly isStill: boolean;
  readonly text: (capsule: Capsule) => string;
}

/** What a capsule says to a screen reader. While it flies it is no stop of the Tab key: it would be gone under the focus. */
function tell(element: SVGGElement, capsules: readonly Capsule[], { picked, isStill, text }: Labelling): void {
  for (const node of Array.from(element.children)) {
    const capsule = capsules.find(({ id }) => String(id) === node.getAttribute('data-message'));
    if (!capsule) continue;
    node.setAttribute('aria-label', text(capsule));
    node.setAttribute('aria-pressed', String(capsule.id === picked));
    node.setAttribute('tabindex', isStill ? '0' : '-1');
    node.toggleAttribute('data-picked', capsule.id === picked);
  }
}

/** Half the width of a capsule with its label, and half its height. */
const halfWidth = ({ lines, kind }: Capsule): number =>
  (Math.max(...lines.map((line) => line.length)) * PER_CHARACTER + (kind === 'watch' ? 38 : lines.length > 1 ? 12 : 24)) / 2;
const halfHeight = ({ lines }: Capsule): number => (lines.length * LINE + 8) / 2;

const radiusOf = (capsule: Capsule): number =>
  capsule.kind === 'call' || capsule.kind === 'answer' ? 2 : capsule.kind === 'response' ? 4 : halfHeight(capsule);

/** Whoever prefers less motion sees each message stand in the middle of its way. */
const STILL = matchMedia('(prefers-reduced-motion: reduce)');

function placeAll(element: SVGGElement, { capsules, layout }: Scene, t: number): void {
  if (element.childElementCount === 0) return;
  const isStill = element.dataset.still !== undefined;
  for (const node of Array.from(element.children) as SVGGElement[]) {
    const capsule = capsules.find(({ id }) => String(id) === node.dataset.message);
    if (capsule) place(node, capsule, STILL.matches ? (capsule.sentAt + capsule.arrivesAt) / 2 : t, layout.width, isStill);
  }
}

function join(element: SVGGElement, capsules: readonly Capsule[]): void {
  if (capsules.length === 0 && element.childElementCount === 0) return;
  const groups = select(element)
    .selectAll<SVGGElement, Capsule>('g.capsule')
    .data(capsules, (capsule) => String(capsule.id));
  groups
    .exit()
    .each(function () {
      if (this === document.activeElement) focusOn(AFTER_MESSAGE);
    })
    .remove();
  const entered = groups
    .enter()
    .append('g')
    .attr('class', `capsule ${styles.capsule}`)
    .attr('role', 'button')
    .attr('data-message', (capsule) => capsule.id)
    .attr('data-pick', (capsule) => capsule.id)
    .attr('data-kind', (capsule) => capsule.kind)
    .attr('data-level', (capsule) => capsule.level);
  entered.append('path').attr('class', styles.ahead ?? '');
  entered.append('path').attr('class', styles.pointer ?? '');
  entered
    .append('rect')
    .attr('class', styles.halo ?? '')
    .attr('x', (capsule) => -halfWidth(capsule) - HALO)
    .attr('y', (capsule) => -halfHeight(capsule) - HALO)
    .attr('width', (capsule) => 2 * (halfWidth(capsule) + HALO))
    .attr('height', (capsule) => 2 * (halfHeight(capsule) + HALO))
    .attr('rx', (capsule) => radiusOf(capsule) + HALO);
  entered
    .append('rect')
    .attr('class', styles.shell ?? '')
    .attr('x', (capsule) => -halfWidth(capsule))
    .attr('y', (capsule) => -halfHeight(capsule))
    .attr('width', (capsule) => 2 * halfWidth(capsule))
    .attr('height', (capsule) => 2 * halfHeight(capsule))
    .attr('rx', radiusOf);
  entered
    .filter((capsule) => capsule.kind === 'watch')
    .append('path')
    .attr('class', styles.waves ?? '')
    .attr('d', 'M-3,-4 a5,5 0 0 0 0,8 M3,-4 a5,5 0 0 1 0,8 M0,-1 a1,1 0 1 0 0.01,0')
    .attr('transform', (capsule) => `translate(${-halfWidth(capsule) + 15},0)`);
  entered
    .append('text')
    .attr('class', styles.capsuleLabel ?? '')
    .attr('text-anchor', 'middle')
    .selectAll('tspan')
    .data(({ lines, kind }) => lines.map((line, i) => ({ line, x: kind === 'watch' ? 8 : 0, y: 4 + LINE * (i - (lines.length - 1) / 2) })))
    .enter()
    .append('tspan')
    .attr('x', ({ x }) => x)
    .attr('y', ({ y }) => y)
    .text(({ line }) => line);
  for (const node of Array.from(element.children) as SVGGElement[]) {
    const capsule = capsules.find(({ id }) => String(id) === node.dataset.message);
    if (capsule) node.children[1]?.setAttribute('d', pointer(capsule));
  }
}

/** The triangle that shows the direction of travel. */
function pointer(capsule: Capsule): string {
  const half = halfHeight(capsule);
  if (capsule.angle === 90) return `M-7,${half - 1} L7,${half - 1} L0,${half + 7} Z`;
  if (capsule.angle === 270) return `M-7,${1 - half} L7,${1 - half} L0,${-half - 7} Z`;
  const side = halfWidth(capsule);
  return capsule.angle === 0 ? `M${side - 2},-7 L${side - 2},7 L${side + 8},0 Z` : `M${2 - side},-7 L${2 - side},7 L${-side - 8},0 Z`;
}

/** The way that is still to go, with an arrow at its end. */
function ahead({ angle }: Capsule, from: number, x: number, y: number): string {
  const isLevel = angle === 0 || angle === 180;
  const back = angle === 0 || angle === 90 ? -9 : 9;
  const [dx, dy] = isLevel ? [back, 5] : [5, back];
  const other = isLevel ? [dx, -dy] : [-dx, dy];
  return `M${from},0 L${x},${y} M${x + dx},${y + dy} L${x},${y} L${x + (other[0] ?? 0)},${y + (other[1] ?? 0)}`;
}

function place(node: SVGGElement, capsule: Capsule, t: number, width: number, isStill: boolean): void {
  const length = capsule.arrivesAt - capsule.sentAt;
  const travelled = length === 0 ? 1 : Math.max(0, Math.min(1, (t - capsule.sentAt) / length));
  const [[x0, y0], [x1, y1]] = capsule.way;
  const half = halfWidth(capsule);
  // A label never leaves the stage: near its edge the capsule stays beside its lane.
  const x = Math.max(half + 4, Math.min(width - half - 4, x0 + (x1 - x0) * travelled));
  const y = y0 + (y1 - y0) * travelled;
  node.setAttribute('transform', `translate(${x.toFixed(1)},${y.toFixed(1)})`);
  if (isStill) node.children[0]?.setAttribute('d', ahead(capsule, x0 + (x1 - x0) * travelled - x, x1 - x, y1 - y));
}
