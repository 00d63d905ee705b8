// The cluster map. React owns what exists (boxes, Pods); one frame owner moves the capsules, because their place is simulated time.
import { Boxes, Cog, Crosshair, Database, Hexagon, Landmark, Package, Terminal } from 'lucide-react';
import { type KeyboardEvent, memo, type ReactNode, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useText } from '../../i18n/language.ts';
import type { Text } from '../../i18n/messages.ts';
import { containerOfSelection, nodeOfSelection, nodeSelection, podOfSelection } from '../../session/cursor.ts';
import { createPodMarker } from '../../session/pod-marks.ts';
import { useSelecting } from '../../session/selecting.ts';
import type { Session } from '../../session/session.ts';
import { focusOn } from '../../widgets/focus.tsx';
import { AFTER_MESSAGE, Capsules } from './capsules.tsx';
import { equal } from '../../base/json.ts';
import { StatePatterns } from '../../widgets/state-patterns.tsx';
import styles from './cluster.module.css';
import type { Box } from './layout.ts';
import { messages } from './messages.ts';
import { PodFigure } from './pod-figure.tsx';
import { type NodeMark, type PartMark, type Scene, sceneAt } from './scene.ts';
import { cut } from './text-fit.ts';

type Words = Text<(typeof messages)['en']>;

const NAMES: Readonly<Record<PartMark['part'], string>> = {
  kubectl: 'kubectl',
  etcd: 'etcd',
  scheduler: 'kube-scheduler',
  controllers: 'controllers',
  kubelet: 'kubelet',
  containerd: 'containerd',
};
const ICONS = { kubectl: Terminal, etcd: Database, scheduler: Crosshair, controllers: Cog, kubelet: Hexagon, containerd: Package } as const;
const STAGES = ['decode', 'default', 'admit', 'validate', 'store', 'notify'] as const;

/** A box from which a part says what it is for. */
const GLOSS_WIDTH = 136;
const GLOSS_HEIGHT = 48;

/** How long a frame of the screen lasts. */
const FRAME_MS = 1000 / 60;

/** The map, as large as its place. */
export function ClusterMap({ session }: { readonly session: Session }): ReactNode {
  const words = useText(messages);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const frame = useRef<HTMLDivElement>(null);
  // Measured before the first paint, so that the map stands in the page's first picture.
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    setSize({ width: element.clientWidth, height: element.clientHeight });
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: Math.floor(entry.contentRect.width), height: Math.floor(entry.contentRect.height) });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={frame} className={styles.stage}>
      {size.width > 0 && <SizedMap session={session} words={words} width={size.width} height={size.height} />}
    </div>
  );
}

function SizedMap({
  session,
  words,
  width,
  height,
}: {
  readonly session: Session;
  readonly words: Words;
  readonly width: number;
  readonly height: number;
}): ReactNode {
  const trace = useStore(session.store, (state) => state.trace);
  const version = useStore(session.store, (state) => state.version);
  const step = useStore(session.store, (state) => state.step);
  const level = useStore(session.store, (state) => state.level);
  const selected = useStore(session.store, (state) => state.selection);
  const shortestMs = useStore(session.store, ({ playing, pace }) => (playing && pace !== 'story' ? FRAME_MS * pace : 0));
  const [marker] = useState(createPodMarker);
  const isFirstVisit = useStore(session.store, (state) => state.isFirstVisit);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the trace is filled in place; its version says when
  const scene = useMemo(
    () => sceneAt(trace, { t: trace.timeOf(step), step }, { width, height, level, selected, showsSystem: false, shortestMs }, marker),
    [trace, version, step, width, height, level, selected, shortestMs, marker],
  );
  const picked = useStore(session.store, (state) => state.picked);
  const selecting = useSelecting(session);
  const workers = scene.nodes;
  return (
    <svg
      className={styles.map}
      width={width}
      height={scene.layout.height}
      role="group"
      aria-label={words('map')}
      // What scrolls must be reachable by keyboard.
      tabIndex={scene.layout.height > height ? 0 : undefined}
      {...selecting}
    >
      {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: a picture; what it shows is walked in the tree of objects */}
      <g role="img" aria-label={words('summary', workers.length, scene.pods.length, scene.capsules.length)}>
        <StatePatterns id="texture" />
        <Lanes lanes={scene.lanes} active={[...scene.activeLanes]} />
        {scene.controlPlane && scene.layout.controlPlane && (
          <NodeMarkFigure node={scene.controlPlane} isSelected={scene.controlPlane.name === nodeOfSelection(selected)}>
            <Frame
              box={scene.layout.controlPlane}
              title={scene.controlPlane.name}
              note={words('system', scene.controlPlane.systemCount)}
              trouble={troubleOf(scene.controlPlane, words)}
            />
          </NodeMarkFigure>
        )}
        {workers.map((node) => (
          <NodeFigure key={node.name} node={node} isSelected={node.name === nodeOfSelection(selected)} words={words} />
        ))}
        {scene.layout.nodes
          .filter(({ name, isFolded }) => !isFolded && scene.pods.some(({ pod }) => pod.node === name))
          .map(({ name, containerd, pods }) => (
            <polyline
              key={name}
              className={styles.hold}
              points={`${containerd.x + containerd.width},${containerd.y + 18} ${pods.x - 11},${containerd.y + 18} ${pods.x - 11},${pods.y + 30} ${pods.x - 5},${pods.y + 30}`}
            />
          ))}
        {scene.parts.map((part) => (
          <PartFigure key={part.id} part={part} words={words} />
        ))}
        <ApiServer scene={scene} words={words} />
        {scene.pods.map(({ pod, box, density }) => (
          <PodFigure
            key={pod.uid || pod.key}
            pod={pod}
            box={box}
            density={density}
            isSelected={pod.key === podOfSelection(selected)}
            container={pod.key === podOfSelection(selected) ? containerOfSelection(selected) : undefined}
            pauseTitle={words('pause')}
          />
        ))}
        {scene.pods
          .filter(({ pod, density }) => density === 'anatomy' && scene.unknown.has(pod.key))
          .map(({ pod, box }) => (
            <g key={pod.key} data-not-simulated={pod.key} transform={`translate(${box.x + 8},${box.y + box.height + 15})`}>
              <title>{scene.unknown.get(pod.key)}</title>
              <text className={styles.unknown}>{cut(words('unknownImage'), box.width - 8, 8)}</text>
            </g>
          ))}
        {isFirstVisit && scene.pods.length === 0 && <Invitations scene={scene} words={words} />}
      </g>
      <Footprints footprints={scene.footprints} picked={picked} words={words} />
      {scene.merged > 0 && !scene.layout.isNarrow && (
        <text
          className={styles.hint}
          x={scene.layout.width - 24}
          y={scene.layout.apiserver.y + scene.layout.apiserver.height + 22}
          textAnchor="end"
        >
          {words('merged', scene.merged)}
        </text>
      )}
      <Capsules session={session} scene={scene} />
    </svg>
  );
}

/** Where the first Pod may come to stand: a dotted outline on every node that asks. */
function Invitations({ scene, words }: { readonly scene: Scene; readonly words: Words }): ReactNode {
  return (
    <g aria-hidden>
      {scene.layout.nodes
        .filter(({ isFolded }) => !isFolded)
        .map(({ name, pods }) => {
          const width = Math.min(200, pods.width);
          return (
            <g key={name} transform={`translate(${pods.x},${pods.y + 20})`}>
              <rect width={width} height={98} rx={8} className={styles.invitation} />
              <path d={`M0,19 h${width}`} className={styles.invitation} />
              <path d="M11,5.5 v8 M15,5.5 v8" className={styles.pause} />
              <text x={22} y={14} className={styles.address}>
                {words('holdsIp')}
              </text>
              <rect x={5} y={24} width={width - 10} height={69} rx={6} className={styles.invitation} data-asks />
              <text x={width / 2} y={63} textAnchor="middle" className={styles.partName}>
                {words('here')}
              </text>
            </g>
          );
        })}
    </g>
  );
}

/** Marks are made anew with every scene: what counts is whether they say the same. */
function isSameMark<P extends object>(a: P, b: P): boolean {
  return equal(a, b);
}

const Lanes = memo(function Lanes({ lanes, active }: { readonly lanes: Scene['lanes']; readonly active: readonly string[] }): ReactNode {
  return (
    <g>
      {lanes.map((lane) => (
        <polyline
          key={lane.id}
          points={lane.points.map((point) => point.join(',')).join(' ')}
          className={styles.lane}
          data-kind={lane.kind === 'watch' ? 'watch' : 'request'}
          data-active={active.includes(lane.id) || undefined}
        />
      ))}
    </g>
  );
}, isSameMark);

/** A frame with its title in the upper edge. */
interface FrameProps {
  readonly box: Box;
  readonly title: string;
  readonly note: string;
  /** What only somebody who stands beside it would know. */
  readonly trouble?: string | undefined;
}

function Frame({ box, title, note, trouble }: FrameProps): ReactNode {
  return (
    <g>
      <rect {...box} rx={8} className={styles.frame} />
      <text x={box.x + 16} y={box.y + 4} className={styles.frameTitle}>
        {title}
        <tspan className={styles.frameNote} dx={8}>
          {note}
        </tspan>
        {trouble !== undefined && (
          <tspan className={styles.trouble} dx={8}>
            {trouble}
          </tspan>
        )}
      </text>
    </g>
  );
}

/** A node's frame: a click on it selects the node. */
function NodeMarkFigure({
  node: { name, down },
  isSelected,
  children,
}: {
  readonly node: NodeMark;
  readonly isSelected: boolean;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <g className={styles.node} data-node={name} data-down={down} data-select={nodeSelection(name)} data-selected={isSelected || undefined}>
      {children}
    </g>
  );
}

interface NodeFigureProps {
  readonly node: NodeMark;
  readonly isSelected: boolean;
  readonly words: Words;
}

const troubleOf = ({ down }: NodeMark, words: Words): string | undefined =>
  down === undefined ? undefined : words(down === 'power' ? 'noPower' : 'noKubelet');

const NodeFigure = memo(function NodeFigure({ node, isSelected, words }: NodeFigureProps): ReactNode {
  const ready = node.ready === 'True' ? words('nodeReady') : node.ready === 'False' ? words('nodeNotReady') : words('nodeUnknown');
  const { frame, meter } = node;
  const trouble = troubleOf(node, words);
  if (node.isFolded) {
    return (
      <NodeMarkFigure node={node} isSelected={isSelected}>
        <rect {...frame} rx={6} className={styles.frame} />
        <text x={frame.x + 12} y={frame.y + frame.height / 2 + 4} className={styles.partName}>
          {cut(node.name, frame.width * 0.3, 7.4)}
        </text>
        <text x={frame.x + frame.width - 10} y={frame.y + frame.height / 2 + 4} textAnchor="end" className={styles.hint}>
          {trouble !== undefined && (
            <tspan className={styles.trouble} dx={-8}>
              {trouble}
            </tspan>
          )}
          <tspan dx={trouble === undefined ? 0 : 8}>{words('pods', node.podCount)}</tspan>
        </text>
      </NodeMarkFigure>
    );
  }
  return (
    <NodeMarkFigure node={node} isSelected={isSelected}>
      <Frame box={frame} title={node.name} note={ready} trouble={trouble} />
      <MeterFigure
        x={meter.x}
        y={meter.y}
        width={meter.width / 2 - 8}
        name={words('cpu')}
        requested={node.cpu.requested}
        allocatable={node.cpu.allocatable}
        text={`${node.cpu.requested}m/${node.cpu.allocatable / 1000}`}
      />
      <MeterFigure
        x={meter.x + meter.width / 2}
        y={meter.y}
        width={meter.width / 2}
        name={words('memory')}
        requested={node.memory.requested}
        allocatable={node.memory.allocatable}
        text={`${mebi(node.memory.requested)}/${mebi(node.memory.allocatable)}`}
      />
    </NodeMarkFigure>
  );
}, isSameMark);

const mebi = (bytes: number): string =>
  bytes >= 2 ** 30 ? `${Math.round((bytes / 2 ** 30) * 10) / 10}Gi` : `${Math.round(bytes / 2 ** 20)}Mi`;

interface MeterProps {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly name: string;
  readonly requested: number;
  readonly allocatable: number;
  readonly text: string;
}

function MeterFigure({ x, y, width, name, requested, allocatable, text }: MeterProps): ReactNode {
  const nameWidth = 44;
  const textWidth = text.length * 6.8 + 4;
  const bar = Math.max(0, width - nameWidth - textWidth - 8);
  const share = allocatable > 0 ? Math.min(1, requested / allocatable) : 0;
  return (
    <g>
      <text x={x} y={y + 11} className={styles.hint}>
        {name}
      </text>
      {bar > 20 && <rect x={x + nameWidth} y={y + 2} width={bar} height={9} rx={2} className={styles.meter} />}
      {bar > 20 && <rect x={x + nameWidth} y={y + 2} width={bar * share} height={9} rx={2} className={styles.requested} />}
      <text x={x + nameWidth + (bar > 20 ? bar + 6 : 0)} y={y + 11} className={styles.figure}>
        {text}
      </text>
    </g>
  );
}

/** A box of less height has its two lines closer together. */
const LOW = 42;

const PartFigure = memo(function PartFigure({ part, words }: { readonly part: PartMark; readonly words: Words }): ReactNode {
  const { box } = part;
  const Icon = ICONS[part.part];
  const hasIcon = box.width >= 100;
  const isTroubled = part.isDown || part.isCutOff;
  const fact = part.isDown ? words('down') : part.isCutOff ? words('noRegistry') : part.detail;
  const gloss = box.width >= GLOSS_WIDTH && box.height >= GLOSS_HEIGHT ? words(part.part) : '';
  const detail = fact === '' ? gloss : fact;
  const isLow = box.height < LOW;
  const nameY = detail === '' ? box.y + box.height / 2 + 5 : box.y + (isLow ? 15 : box.height / 2 - 3);
  return (
    <g data-part={part.id}>
      <rect {...box} rx={6} className={styles.part} data-active={part.isActive || undefined} data-down={part.isDown || undefined} />
      {hasIcon && <Icon x={box.x + 12} y={nameY - 13} width={16} height={16} className={styles.icon} aria-hidden />}
      <text x={box.x + (hasIcon ? 36 : 10)} y={nameY} className={styles.partName}>
        {cut(NAMES[part.part], box.width - (hasIcon ? 42 : 14), 7.6)}
      </text>
      {detail !== '' && (
        <text
          x={box.x + (hasIcon ? 12 : 10)}
          y={nameY + (isLow ? 15 : 19)}
          className={fact === '' ? styles.hint : styles.detail}
          data-down={isTroubled || undefined}
        >
          {cut(detail, box.width - 18, fact === '' ? 6 : 7)}
        </text>
      )}
    </g>
  );
}, isSameMark);

function ApiServer({ scene, words }: { readonly scene: Scene; readonly words: Words }): ReactNode {
  const box = scene.layout.apiserver;
  const isActive = scene.capsules.length > 0;
  const stagesFrom = box.x + (scene.layout.isNarrow ? 150 : Math.max(230, box.width * 0.3));
  const room = box.x + box.width - 12 - stagesFrom;
  const width = room / STAGES.length;
  const shown = scene.layout.isNarrow ? STAGES.filter((stage) => stage === scene.apiStage) : STAGES;
  return (
    <g data-part="apiserver">
      <rect {...box} rx={6} className={styles.apiserver} data-active={isActive || undefined} />
      <Landmark x={box.x + 14} y={box.y + box.height / 2 - 11} width={22} height={22} className={styles.icon} aria-hidden />
      <text x={box.x + 48} y={box.y + box.height / 2 - (scene.layout.isNarrow ? -5 : 3)} className={styles.apiName}>
        kube-apiserver
      </text>
      {!scene.layout.isNarrow && (
        <text x={box.x + 48} y={box.y + box.height / 2 + 16} className={styles.hint}>
          {words('onlyDoor')}
        </text>
      )}
      {shown.map((stage, i) => {
        const isLit = stage === scene.apiStage;
        const place = scene.layout.isNarrow ? { x: box.x + box.width - 92, width: 80 } : { x: stagesFrom + i * width, width: width - 8 };
        return (
          <g key={stage} data-stage={stage} data-active={isLit || undefined}>
            <rect
              {...place}
              y={box.y + box.height / 2 - 12}
              height={24}
              rx={12}
              className={styles.stageChip}
              data-active={isLit || undefined}
            />
            <text
              x={place.x + place.width / 2}
              y={box.y + box.height / 2 + 4}
              textAnchor="middle"
              className={styles.stageName}
              data-active={isLit || undefined}
            >
              {words(stage)}
            </text>
          </g>
        );
      })}
    </g>
  );
}

/** A circle, or as wide as its number. */
const footprintWidth = (order: number): number => Math.max(18, String(order).length * 7 + 6);

/** A footprint's label, as far as there is room; a call's stands between the kubelet and its Pods, and is whole or not there. */
function footprintLabel(label: string, kind: Scene['footprints'][number]['kind'], room: number): string {
  const text = room < 64 ? '' : cut(label, room - 14, 7.2);
  return kind === 'call' && text !== label ? '' : text;
}

interface FootprintsProps {
  readonly footprints: Scene['footprints'];
  readonly picked: number | undefined;
  readonly words: Words;
}

/** One stop of the Tab key for all of them: Up and Down go from one to the next. */
function moveFocus(event: KeyboardEvent<SVGGElement>): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.nativeEvent.isComposing || by === undefined) return;
  const all: readonly EventTarget[] = [...event.currentTarget.querySelectorAll('[data-footprint]')];
  const next = all[all.indexOf(event.target) + by];
  event.preventDefault();
  event.stopPropagation();
  if (next instanceof SVGElement) next.focus();
}

/** A step back takes footprints away: one that has the focus hands it on. */
const handOn = (footprint: SVGGElement) => () => {
  if (footprint === document.activeElement) focusOn(AFTER_MESSAGE);
};

const Footprints = memo(function Footprints({ footprints, picked, words }: FootprintsProps): ReactNode {
  const entry = footprints.find(({ id }) => id === picked) ?? footprints.at(-1);
  if (!entry) return null;
  return (
    // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: a g is no interactive element
    <g role="group" aria-label={words('footprints')} onKeyDown={moveFocus}>
      {footprints.map(({ id, order, label, kind, x, y, room }) => (
        <g
          key={id}
          ref={handOn}
          role="button"
          tabIndex={id === entry.id ? 0 : -1}
          aria-label={words('footprint', order, label)}
          aria-pressed={id === picked}
          className={styles.footprintButton}
          data-footprint={id}
          data-pick={id}
          data-picked={id === picked || undefined}
          transform={`translate(${x},${y})`}
        >
          <rect x={-footprintWidth(order) / 2} y={-9} width={footprintWidth(order)} height={18} rx={9} className={styles.footprint} />
          <text y={4} textAnchor="middle" className={styles.footprintNumber}>
            {order}
          </text>
          <text x={footprintWidth(order) / 2 + 5} y={4} className={styles.footprintLabel}>
            {footprintLabel(label, kind, room)}
          </text>
        </g>
      ))}
    </g>
  );
}, isSameMark);

/** The icon of the whole, for the tab. */
export const ClusterIcon = Boxes;
