// The cluster map as a function of (trace, position): boxes, Pods, and the messages under way between them. It moves nothing by itself.
// Which messages are under way changes only with a step, so a scene holds for a step; a capsule's place is read from its way at t.
import { lastAtStep, type Trace } from '../../engine/trace.ts';
import type { Level, MessageRecord, NoteRecord } from '../../engine/records.ts';
import type { Node, Pod } from '../../cluster/api/types.ts';
import type { NoteName, Notes } from '../../cluster/notes.ts';
import { milliValue, unitValue } from '../../cluster/api/quantity.ts';
import { type Box, type Layout, layOut } from './layout.ts';
import { type Lane, laneOf, standingLanes } from './lanes.ts';
import { type Footprint, footprintsOf } from './footprints.ts';
import { type PlacedPod, placePods } from './place-pods.ts';
import { podOfSelection } from '../../session/cursor.ts';
import { createPodMarker, type PodMark, type PodMarker } from '../../session/pod-marks.ts';
import { REGISTRY, kubeletOf, runtimeOf } from '../../cluster/names.ts';
import { stoppedParts } from '../../session/stopped.ts';

/** Where the playhead stands: `t` may be between two milliseconds. */
export interface Moment {
  readonly t: number;
  readonly step: number;
}

/** A message under way. */
export interface Capsule {
  /** The id of the trace's message. */
  readonly id: number;
  readonly kind: MessageRecord['kind'];
  readonly level: Level;
  readonly label: string;
  /** The label as it is written: what would cover its neighbours stands on two lines, or is cut. */
  readonly lines: readonly string[];
  /** The components at its ends. */
  readonly from: string;
  readonly to: string;
  readonly sentAt: number;
  readonly arrivesAt: number;
  /** From where to where it travels; at an instant it is (t - sentAt) / (arrivesAt - sentAt) of the way. */
  readonly way: readonly [readonly [number, number], readonly [number, number]];
  /** The direction of its travel, in degrees: 90 is down. */
  readonly angle: number;
  readonly lane: string;
  readonly subject: string | undefined;
}

/** One of the fixed boxes. */
export interface PartMark {
  readonly id: string;
  readonly part: 'kubectl' | 'etcd' | 'scheduler' | 'controllers' | 'kubelet' | 'containerd';
  readonly box: Box;
  /** A line below the name: the revision, the last command, the last verdict. */
  readonly detail: string;
  readonly isActive: boolean;
  readonly isDown: boolean;
  /** Of a containerd: the registry cannot be reached. */
  readonly isCutOff: boolean;
}

/** A node with what is requested of it. */
export interface NodeMark {
  readonly name: string;
  readonly frame: Box;
  readonly meter: Box;
  readonly isFolded: boolean;
  readonly ready: string;
  /** What somebody has stopped: all of it, or its kubelet. The API server hears of it only later. */
  readonly down: 'power' | 'kubelet' | undefined;
  readonly isTainted: boolean;
  readonly cpu: Meter;
  readonly memory: Meter;
  readonly podCount: number;
  /** Pods of kube-system that are not drawn one by one. */
  readonly systemCount: number;
}

/** Requested of allocatable, in thousandths of a core or bytes. */
export interface Meter {
  readonly requested: number;
  readonly allocatable: number;
}

/** Everything that the map shows. */
export interface Scene {
  readonly layout: Layout;
  readonly parts: readonly PartMark[];
  readonly controlPlane: NodeMark | undefined;
  readonly nodes: readonly NodeMark[];
  readonly lanes: readonly Lane[];
  readonly activeLanes: ReadonlySet<string>;
  /** The stage of the API server that the last request reached, while it is under way. */
  readonly apiStage: string | undefined;
  readonly pods: readonly PlacedPod[];
  /** What of a Pod is not simulated (a program of an unknown image), by the Pod's key. */
  readonly unknown: ReadonlyMap<string, string>;
  readonly capsules: readonly Capsule[];
  /** Messages under way that this level does not draw. */
  readonly merged: number;
  readonly footprints: readonly Footprint[];
}

/** How the map is to be drawn. */
export interface SceneOptions {
  readonly width: number;
  readonly height: number;
  readonly level: Level;
  /** The selection, if any: a narrow stage opens its node. */
  readonly selected: string | undefined;
  /** Whether kube-system is shown Pod by Pod. */
  readonly showsSystem: boolean;
  /** Messages that take less are not drawn: while it plays in a real pace they would flash by within a frame. */
  readonly shortestMs: number;
}

/** The most capsules that story draws at once. */
const STORY_LIMIT = 3;
const RANK: Readonly<Record<Level, number>> = { story: 0, api: 1, all: 2 };

/** Whether a message of this level is drawn at the level of detail that was chosen. */
export const isShown = (message: Level, chosen: Level): boolean => RANK[message] <= RANK[chosen];

/** The whole map at a moment; a marker that is kept gives the same marks for Pods of which nothing has changed. */
export function sceneAt(trace: Trace, { t, step }: Moment, options: SceneOptions, marker: PodMarker = createPodMarker()): Scene {
  const nodes = trace.rowsUnder('/registry/minions/', step).map(([, node]) => node as Node);
  const pods = trace.rowsUnder('/registry/pods/', step).map(([key, pod]) => marker.mark(trace, step, key, pod as Pod));
  const drawn = pods.filter((pod) => options.showsSystem || pod.namespace !== 'kube-system');
  const master = nodes.find((node) => isControlPlane(node) && !drawn.some((pod) => pod.node === node.metadata.name) && nodes.length > 1);
  const workers = nodes.filter((node) => node !== master);
  const selected = pods.find((pod) => pod.key === podOfSelection(options.selected));
  const layout = layOut(
    options.width,
    options.height,
    workers.map((node) => node.metadata.name),
    selected?.node ?? drawn.find((pod) => pod.node !== undefined)?.node,
  );
  const stopped = stoppedParts(trace, step);
  const markNode = (node: Node): NodeMark => nodeMark(node, layout, pods, stopped);
  const placed = placePods(layout, drawn);
  const flying = trace.inFlight(t, step).filter((message) => message.arrivesAt - message.at >= options.shortestMs);
  const visible = flying.filter((message) => isShown(message.level, options.level));
  const capsules = visible.flatMap((message) => capsuleOf(layout, message, placed) ?? []);
  const kept = options.level === 'story' ? capsules.slice(-STORY_LIMIT) : capsules;
  return {
    layout,
    parts: partMarks(trace, step, layout, kept, stopped),
    controlPlane: master && markNode(master),
    nodes: workers.map(markNode),
    lanes: standingLanes(layout),
    activeLanes: new Set(kept.map((capsule) => capsule.lane)),
    apiStage: stageOf(trace, step, t),
    pods: placed,
    unknown: unknownOf(trace, step),
    capsules: kept,
    merged: flying.length - kept.length,
    // Where messages flash by, so do their footprints: none are drawn.
    footprints: options.shortestMs > 0 ? [] : footprintsOf(trace, { t, step }, layout, options.level, placed),
  };
}

const isControlPlane = (node: Node): boolean => 'node-role.kubernetes.io/control-plane' in (node.metadata.labels ?? {});

function capsuleOf(layout: Layout, message: MessageRecord, pods: readonly PlacedPod[]): Capsule | undefined {
  const podBox = (): Box | undefined => pods.find(({ pod }) => pod.key === message.subject)?.box;
  const lane = laneOf(layout, message.from, message.to, message.kind, podBox);
  if (!lane) return undefined;
  const [start, end] = [lane.points[0], lane.points.at(-1)];
  if (!start || !end) return undefined;
  const [dx, dy] = [end[0] - start[0], end[1] - start[1]];
  return {
    id: message.id,
    kind: message.kind,
    level: message.level,
    label: message.label,
    lines: labelLines(message.label, lane),
    from: message.from,
    to: message.to,
    sentAt: message.at,
    arrivesAt: message.arrivesAt,
    way: [start, end],
    angle: Math.abs(dx) > Math.abs(dy) ? (dx > 0 ? 0 : 180) : dy > 0 ? 90 : 270,
    lane: lane.id,
    subject: message.subject,
  };
}

/** The width of a character of a capsule's label. */
const PER_CHARACTER = 7.1;
/** A container's name may be 63 characters long. */
const LABEL_LIMIT = 24;

/** A call within a node must leave the Pods beside it in sight: it has the width of the boxes that it travels between. */
function labelLines(label: string, { kind, room }: Lane): readonly string[] {
  const limit = kind === 'call' || kind === 'answer' ? Math.min(LABEL_LIMIT, Math.floor((2 * room - 12) / PER_CHARACTER)) : LABEL_LIMIT;
  const space = label.indexOf(' ');
  const lines = label.length > limit && space > 0 && limit < LABEL_LIMIT ? [label.slice(0, space), label.slice(space + 1)] : [label];
  return lines.map((line) => (line.length > limit ? `${line.slice(0, limit - 1)}…` : line));
}

/** The newest note of one of these names, as of a step. */
function latestNote(trace: Trace, step: number, ...names: readonly NoteName[]): NoteRecord | undefined {
  let latest: NoteRecord | undefined;
  for (const name of names) {
    const notes = trace.notesNamed(name);
    const note = notes[lastAtStep(notes, step)];
    if (note && (latest === undefined || note.id > latest.id)) latest = note;
  }
  return latest;
}

/** Stages last as long as the request's messages are under way; the newest is lit. */
function stageOf(trace: Trace, step: number, t: number): string | undefined {
  const stage = latestNote(trace, step, 'request-stage');
  return stage && t - stage.at <= 4 ? (stage.data as Notes['request-stage']).stage : undefined;
}

function partMarks(
  trace: Trace,
  step: number,
  layout: Layout,
  capsules: readonly Capsule[],
  down: ReadonlySet<string>,
): readonly PartMark[] {
  const lit = (id: string): boolean => capsules.some(({ lane }) => lane.includes(id));
  const command = latestNote(trace, step, 'command-started', 'input');
  const attempt = latestNote(trace, step, 'scheduling-attempt');
  const part = (id: string, name: PartMark['part'], box: Box, detail: string, isDown = false): PartMark => ({
    id,
    part: name,
    box,
    detail,
    isActive: lit(id),
    isDown,
    isCutOff: name === 'containerd' && !isDown && down.has(REGISTRY),
  });
  return [
    part('kubectl', 'kubectl', layout.kubectl, command === undefined ? '' : commandText(command)),
    part('etcd', 'etcd', layout.etcd, revisionText(trace, step)),
    part(
      'scheduler',
      'scheduler',
      layout.scheduler,
      attempt === undefined ? '' : verdictText(attempt.data as Notes['scheduling-attempt']),
      down.has('scheduler'),
    ),
    ...(layout.controllers ? [part('controllers', 'controllers', layout.controllers, '')] : []),
    ...layout.nodes
      .filter((node) => !node.isFolded)
      .flatMap((node) => [
        part(`kubelet/${node.name}`, 'kubelet', node.kubelet, '', down.has(`kubelet/${node.name}`)),
        part(`runtime/${node.name}`, 'containerd', node.containerd, '', down.has(`runtime/${node.name}`)),
      ]),
  ];
}

function unknownOf(trace: Trace, step: number): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const note of trace.notesNamed('not-simulated')) {
    if (note.step > step) break;
    found.set(note.subject, (note.data as Notes['not-simulated']).detail);
  }
  return found;
}

function commandText(note: NoteRecord): string {
  const data = note.data as { readonly line?: string; readonly what?: string; readonly text?: string };
  if (data.line !== undefined) return data.line.replace(/^kubectl\s+/, '');
  return data.what === 'apply' || data.what === 'create' ? `${data.what} -f` : (data.text ?? '').replace(/^kubectl\s+/, '');
}

/** `node1 459 · node2 435`, or the reason why none was found. */
function verdictText({ nodes, chosen, message }: Notes['scheduling-attempt']): string {
  const scored = Object.entries(nodes).filter(([, verdict]) => verdict.reject === null);
  if (chosen === null) return message.split(':')[0] ?? '';
  if (scored.every(([, verdict]) => verdict.total === 0)) return `→ ${chosen}`;
  return scored
    .sort(([a], [b]) => (a === chosen ? -1 : b === chosen ? 1 : 0))
    .slice(0, 2)
    .map(([name, verdict]) => `${name} ${verdict.total}`)
    .join(' · ');
}

function revisionText(trace: Trace, step: number): string {
  const stored = latestNote(trace, step, 'object-stored');
  return stored === undefined ? '' : `rev ${(stored.data as Notes['object-stored']).revision}`;
}

function nodeMark(node: Node, layout: Layout, pods: readonly PodMark[], stopped: ReadonlySet<string>): NodeMark {
  const name = node.metadata.name;
  const place = layout.nodes.find((candidate) => candidate.name === name);
  const frame = place?.frame ?? layout.controlPlane ?? layout.apiserver;
  const mine = pods.filter((pod) => pod.node === name && pod.phase !== 'Succeeded' && pod.phase !== 'Failed');
  const { cpu = '0', memory = '0' } = node.status.allocatable ?? {};
  return {
    name,
    frame,
    meter: place?.meter ?? frame,
    isFolded: place?.isFolded ?? false,
    ready: node.status.conditions?.find((condition) => condition.type === 'Ready')?.status ?? 'Unknown',
    down: stopped.has(runtimeOf(name)) ? 'power' : stopped.has(kubeletOf(name)) ? 'kubelet' : undefined,
    isTainted: (node.spec.taints ?? []).some((taint) => taint.effect !== 'PreferNoSchedule'),
    cpu: { requested: mine.reduce((sum, pod) => sum + pod.requests.cpuMilli, 0), allocatable: milliValue(cpu) },
    memory: { requested: mine.reduce((sum, pod) => sum + pod.requests.memoryBytes, 0), allocatable: unitValue(memory) },
    podCount: mine.length,
    systemCount: mine.filter((pod) => pod.namespace === 'kube-system').length,
  };
}
