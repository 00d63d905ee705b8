// What one side is made of: containers, the namespaces they are in, neighbours in one namespace put together, and the way of a connection.
import type { Notes } from '../../cluster/notes.ts';
import { lastAtStep, type Trace } from '../../engine/trace.ts';
import type { Asked } from './questions.ts';

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

export function roomsOf(
  boxes: readonly Box[],
  tell: (first: number) => Pick<Room, 'ip' | 'hostname' | 'heldBy' | 'isUp'>,
): readonly Room[] {
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

export function sideOf(trace: Trace, step: number, { boxes, rooms, asked, askedIn }: Drawn): Omit<Side, 'bridge' | 'more'> {
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
