// Two containers of a Docker Engine and a Pod's, side by side, as a function of (trace, step): which namespaces each has of its own, which
// they share, and who connected to whom.
import type { Node, Pod } from '../../cluster/api/types.ts';
import { DOCKER_BRIDGE, DOCKER_CONTAINERS, type DockerRow } from '../../cluster/docker/row.ts';
import type { Notes } from '../../cluster/notes.ts';
import type { RuntimeContainer, SandboxStatus } from '../../cluster/runtime/cri.ts';
import { lastAtStep, type Trace } from '../../engine/trace.ts';
import { newestPods, selectedPod } from '../../session/selected-pod.ts';
import { type Asked, lastAsked, lastQuestion, type Question } from './questions.ts';

/** The kinds of namespaces, in the order of the table. */
export const KINDS = ['net', 'uts', 'ipc', 'pid', 'mnt'] as const;
export type Kind = (typeof KINDS)[number];

/** A container. */
export interface Box {
  /** Its row in the trace; undefined where it has yet to be made. */
  readonly key: string | undefined;
  readonly name: string;
  readonly image: string;
  readonly state: 'waiting' | 'created' | 'running' | 'exited';
  readonly exitCode: number | undefined;
  readonly processes: readonly { readonly pid: number; readonly command: string }[];
  /** TCP ports on which it listens. */
  readonly ports: readonly number[];
  /** The namespace of each kind that its processes are in. */
  readonly spaces: Readonly<Record<Kind, string>>;
}

/** A network namespace, with the containers in it: columns `first` to `first + count`. */
export interface Room {
  readonly id: string;
  readonly first: number;
  readonly count: number;
  /** Its address; empty where it has none (yet, or any more). */
  readonly ip: string;
  readonly hostname: string;
  /** What keeps its namespaces. */
  readonly heldBy: 'pause' | 'container' | 'host';
  readonly isUp: boolean;
}

/** A cell of the table: the containers that are in one namespace. */
export interface Cell {
  readonly kind: Kind;
  readonly first: number;
  readonly count: number;
  readonly isShared: boolean;
  /** The host's own namespace. */
  readonly isHosts: boolean;
  readonly boxes: readonly Box[];
  readonly room: Room | undefined;
}

/** Who connected to whom, in columns. */
export interface Wire {
  readonly from: number;
  /** Undefined where nobody listened. */
  readonly to: number | undefined;
  readonly port: number;
  readonly via: 'lo' | 'bridge';
}

/** One side of the figure. */
export interface Side {
  readonly boxes: readonly Box[];
  readonly rooms: readonly Room[];
  readonly cells: Readonly<Record<Kind, readonly Cell[]>>;
  readonly bridge: { readonly name: string; readonly address: string };
  /** How many more there are than are drawn. */
  readonly more: number;
  readonly asked: Asked | undefined;
  /** The column of the container in which the command ran. */
  readonly askedIn: number | undefined;
  readonly wire: Wire | undefined;
}

/** The Pod's side. */
export interface PodSide extends Side {
  readonly key: string;
  readonly name: string;
  readonly sharesProcesses: boolean;
  readonly onHostNetwork: boolean;
}

/** All that the figure shows. */
export interface Scene {
  readonly docker: Side | undefined;
  readonly pod: PodSide | undefined;
  readonly question: Question | undefined;
  /** The step of the last command that asked anything. */
  readonly askedStep: number;
}

const MOST_BOXES = 3;
const SYSTEM = '/registry/pods/kube-system/';

/** The figure as of a step. `wanted`: the question to be shown; the last one asked where none is. */
export function sceneAt(trace: Trace, step: number, selection: string | undefined, wanted: Question | undefined): Scene {
  const last = lastQuestion(trace, step);
  const question = wanted ?? last?.question;
  return {
    docker: dockerSide(trace, step, question),
    pod: podSide(trace, step, selection, question),
    question,
    askedStep: last?.step ?? 0,
  };
}

function dockerSide(trace: Trace, step: number, question: Question | undefined): Side | undefined {
  const rows = trace.rowsUnder(DOCKER_CONTAINERS, step).map(([key, value]) => [key, value as DockerRow] as const);
  if (rows.length === 0) return undefined;
  const live = rows.filter(([, { state }]) => state === 'running');
  // Of many, those that run.
  const chosen = rows.length <= MOST_BOXES || live.length === 0 ? rows : live;
  const shown = together(chosen.slice(0, MOST_BOXES), ([, { namespaces }]) => namespaces.net);
  const boxes = shown.map(([key, row]): Box => ({ ...boxOf(key, row), name: row.name, image: row.image, spaces: row.namespaces }));
  const rooms = roomsOf(boxes, (first) => {
    const row = shown[first]?.[1];
    const isHosts = row?.namespaces.net === 'host';
    const isUp = row?.state === 'running';
    return { ip: row?.ip ?? '', hostname: row?.hostname ?? '', heldBy: isHosts ? 'host' : 'container', isUp };
  });
  const asked = question && lastAsked(trace, step, question, 'docker');
  const askedRow = asked && shown.findIndex(([, { name, id }]) => name === asked.container || id.startsWith(asked.container));
  return {
    ...sideOf(trace, step, { boxes, rooms, asked, askedIn: askedRow }),
    bridge: { name: DOCKER_BRIDGE.name, address: `${DOCKER_BRIDGE.ip}/${DOCKER_BRIDGE.length}` },
    more: chosen.length - shown.length,
  };
}

function podSide(trace: Trace, step: number, selection: string | undefined, question: Question | undefined): PodSide | undefined {
  const key = podKeyOf(trace, step, selection);
  const pod = key === undefined ? undefined : (trace.row(key, step) as Pod | undefined);
  if (key === undefined || !pod) return undefined;
  const { nodeName = '', containers, initContainers = [], shareProcessNamespace = false, hostNetwork = false } = pod.spec;
  const sandbox = newestSandbox(trace, step, nodeName, pod.metadata.uid ?? '');
  const specs = [...initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always'), ...containers];
  const found = containersIn(trace, step, nodeName, sandbox?.id);
  const spaceOf = spacesIn(pod, sandbox?.id ?? key);
  const boxes = specs.slice(0, MOST_BOXES).map(({ name, image = '' }): Box => {
    const made = found.get(name);
    const state = made ? boxOf(...made) : NOT_MADE;
    return { ...state, name, image, spaces: spaceOf(made?.[1].id ?? name) };
  });
  const isUp = sandbox?.state === 'ready';
  const hostname = sandbox?.hostname ?? '';
  const rooms = roomsOf(boxes, () => ({ ip: sandbox?.ip ?? '', hostname, heldBy: hostNetwork ? 'host' : 'pause', isUp }));
  const asked = question && askedOfPod(trace, step, question, pod.metadata.name ?? '');
  const askedIn = asked && boxes.findIndex(({ name }) => name === (asked.container || containers[0]?.name));
  return {
    key,
    name: pod.metadata.name ?? '',
    sharesProcesses: shareProcessNamespace,
    onHostNetwork: hostNetwork,
    ...sideOf(trace, step, { boxes, rooms, asked, askedIn }),
    bridge: { name: 'cni0', address: bridgeAddress(trace, step, nodeName) },
    more: specs.length - boxes.length,
  };
}

const askedOfPod = (trace: Trace, step: number, question: Question, name: string): Asked | undefined => {
  const asked = lastAsked(trace, step, question, 'pod');
  return asked?.pod === name ? asked : undefined;
};

/** The selected Pod; else the newest that has several containers, for there is something to share; else the newest. */
function podKeyOf(trace: Trace, step: number, selection: string | undefined): string | undefined {
  const isThere = (key: string): boolean => trace.row(key, step) !== undefined && !key.startsWith(SYSTEM);
  const selected = selectedPod(trace, step, selection);
  if (selection !== undefined && selected !== undefined && selection.startsWith(selected) && isThere(selected)) return selected;
  const standing = newestPods(trace, step, 20).filter(isThere);
  return standing.find((key) => ((trace.row(key, step) as Pod).spec.containers.length ?? 0) > 1) ?? standing[0];
}

const NOT_MADE = { key: undefined, state: 'waiting', exitCode: undefined, processes: [], ports: [] } as const;

function boxOf(
  key: string,
  { state, exitCode, processes, ports }: Pick<RuntimeContainer, 'state' | 'exitCode' | 'processes' | 'ports'>,
): Omit<Box, 'name' | 'image' | 'spaces'> {
  return { key, state, exitCode, processes, ports };
}

/** A Pod's namespaces: pause holds network, host name and IPC for all, processes only where the Pod says so, files never. */
function spacesIn({ spec }: Pod, sandbox: string): (id: string) => Box['spaces'] {
  const net = spec.hostNetwork ? 'host' : sandbox;
  return (id) => ({
    net,
    uts: net,
    ipc: spec.hostIPC ? 'host' : sandbox,
    pid: spec.hostPID ? 'host' : spec.shareProcessNamespace ? sandbox : id,
    mnt: id,
  });
}

function newestSandbox(trace: Trace, step: number, node: string, uid: string): SandboxStatus | undefined {
  const all = trace.rowsUnder(`/run/${node}/sandboxes/`, step).map(([, value]) => value as SandboxStatus);
  return all.filter(({ podUid }) => podUid === uid).at(-1);
}

/** The newest container of each name in a sandbox. */
function containersIn(
  trace: Trace,
  step: number,
  node: string,
  sandbox: string | undefined,
): ReadonlyMap<string, readonly [string, RuntimeContainer]> {
  const found = new Map<string, readonly [string, RuntimeContainer]>();
  if (sandbox === undefined) return found;
  for (const [key, value] of trace.rowsUnder(`/run/${node}/containers/`, step)) {
    const row = value as RuntimeContainer;
    if (row.sandboxId === sandbox) found.set(row.name, [key, row]);
  }
  return found;
}

/** `10.244.1.1/24` of a node whose range is `10.244.1.0/24`: the bridge has the first address. */
function bridgeAddress(trace: Trace, step: number, node: string): string {
  const range = (trace.row(`/registry/minions/${node}`, step) as Node | undefined)?.spec?.podCIDR ?? '';
  return range.replace(/\.0\/(\d+)$/, '.1/$1');
}

/** The same order, but those of one group stand beside each other. */
function together<T>(all: readonly T[], groupOf: (one: T) => string): readonly T[] {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(groupOf(one), [...(groups.get(groupOf(one)) ?? []), one]);
  return [...groups.values()].flat();
}

function roomsOf(boxes: readonly Box[], tell: (first: number) => Pick<Room, 'ip' | 'hostname' | 'heldBy' | 'isUp'>): readonly Room[] {
  return runsOf(boxes, 'net').map(({ first, count }) => ({ id: boxes[first]?.spaces.net ?? '', first, count, ...tell(first) }));
}

/** Neighbours that are in one namespace of a kind. */
function runsOf(boxes: readonly Box[], kind: Kind): readonly { readonly first: number; readonly count: number }[] {
  const runs: { first: number; count: number }[] = [];
  for (const [i, box] of boxes.entries()) {
    const last = runs.at(-1);
    if (last && boxes[i - 1]?.spaces[kind] === box.spaces[kind]) last.count += 1;
    else runs.push({ first: i, count: 1 });
  }
  return runs;
}

interface Drawn {
  readonly boxes: readonly Box[];
  readonly rooms: readonly Room[];
  readonly asked: Asked | undefined;
  readonly askedIn: number | undefined;
}

function sideOf(trace: Trace, step: number, { boxes, rooms, asked, askedIn }: Drawn): Omit<Side, 'bridge' | 'more'> {
  const isDrawn = askedIn !== undefined && askedIn >= 0;
  const cellsOf = (kind: Kind): readonly Cell[] =>
    runsOf(boxes, kind).map(({ first, count }) => ({
      kind,
      first,
      count,
      isShared: count > 1,
      isHosts: boxes[first]?.spaces[kind] === 'host',
      boxes: boxes.slice(first, first + count),
      room: rooms.find((room) => room.first <= first && first < room.first + room.count),
    }));
  return {
    boxes,
    rooms,
    cells: { net: cellsOf('net'), uts: cellsOf('uts'), ipc: cellsOf('ipc'), pid: cellsOf('pid'), mnt: cellsOf('mnt') },
    asked,
    askedIn: isDrawn ? askedIn : undefined,
    wire: asked && isDrawn ? wireOf(trace, step, boxes, asked, askedIn) : undefined,
  };
}

/** The connection that a command's container made while the command ran, as the network noted it. */
function wireOf(trace: Trace, step: number, boxes: readonly Box[], asked: Asked, from: number): Wire | undefined {
  const key = boxes[from]?.key;
  const notes = trace.notesNamed('connection');
  for (let i = lastAtStep(notes, step); i >= 0; i -= 1) {
    const note = notes[i];
    if (!note || note.id < asked.startedId) return undefined;
    const data = note.data as Notes['connection'];
    if (data.from !== key || (asked.endedId !== undefined && note.id > asked.endedId)) continue;
    const to = data.server === null ? -1 : boxes.findIndex((box) => box.key === data.server);
    const [, ip = '', port = '0'] = /^(.*):(\d+)$/.exec(data.to) ?? [];
    return { from, to: to < 0 ? undefined : to, port: Number(port), via: ip.startsWith('127.') || ip === '::1' ? 'lo' : 'bridge' };
  }
  return undefined;
}
