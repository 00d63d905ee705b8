// Where things of one side stand, in pixels: boxes in columns of equal width, and the ways of a connection between them. The style sheet
// takes its heights from here, so that wires meet what they lead to.
import type { Room, Side, Wire } from './rooms.ts';

const BRIDGE_HEIGHT = 30;
const CABLE = 20;
const BEAM_HEIGHT = 54;
/** From the beam to the boxes: the plates of ports hang between. */
const UNDER_BEAM = 17;
const BOX_HEIGHT = 126;
const ROOM_PADDING = 10;
const BOX_PADDING = 8;
const GAP = 12;
const CHIP_HEIGHT = 26;
const CHIP_GAP = 5;
const PLATE = { width: 46, height: 24 } as const;
const PLUG = { width: 26, height: 16, x: 24 } as const;
/** Of a box's inside, what a process may take: the rest is for wires. */
const CHIP_SHARE = 0.74;
const LEAST_WIRE_ROOM = 30;

const ROOM_TOP = BRIDGE_HEIGHT + CABLE;
const BEAM_BOTTOM = ROOM_TOP + BEAM_HEIGHT;
const BOX_TOP = BEAM_BOTTOM + UNDER_BEAM;

/** Lengths that the style sheet needs, in pixels. */
export const LENGTHS = {
  '--bridge': BRIDGE_HEIGHT,
  '--cable': CABLE,
  '--beam-height': BEAM_HEIGHT,
  '--under-beam': UNDER_BEAM,
  '--box': BOX_HEIGHT,
  '--room-padding': ROOM_PADDING,
  '--box-padding': BOX_PADDING,
  '--gap': GAP,
  '--chip': CHIP_HEIGHT,
  '--chip-gap': CHIP_GAP,
} as const;

export const HEIGHT = BOX_TOP + BOX_HEIGHT + ROOM_PADDING;

type Point = readonly [x: number, y: number];

/** A box: its left edge, its width, and the heights of the middles of its two chips. */
export interface Place {
  readonly x: number;
  readonly width: number;
  readonly chipWidth: number;
  /** Where wires go up and down in it. */
  readonly shaft: number;
}

/** What is drawn over the boxes of a side. */
export interface Drawing {
  readonly places: readonly Place[];
  readonly plugs: readonly { readonly room: Room; readonly x: number }[];
  readonly plates: readonly { readonly port: number; readonly column: number; readonly x: number; readonly y: number }[];
  /** From a port to the process that listens there. */
  readonly leads: readonly { readonly column: number; readonly points: readonly Point[] }[];
  /** From the command to the port, or to where it is refused. */
  readonly way: readonly Point[] | undefined;
}

/** The middles of a box's upper and lower chip. */
const LOWER_CHIP = BOX_TOP + BOX_HEIGHT - BOX_PADDING - CHIP_HEIGHT / 2;
const UPPER_CHIP = LOWER_CHIP - CHIP_HEIGHT - CHIP_GAP;

export { PLATE, PLUG };

const HEAD = { length: 8, half: 5 } as const;

/** An arrow's head at the end of a way, pointing as its last stretch does. */
export function headOf(points: readonly Point[]): string {
  const [end, before] = [points.at(-1), points.at(-2)];
  if (!end || !before) return '';
  const [x, y] = end;
  const [dx, dy] = [Math.sign(x - before[0]), Math.sign(y - before[1])];
  const [backX, backY] = [x - dx * HEAD.length, y - dy * HEAD.length];
  return `M${backX - dy * HEAD.half} ${backY - dx * HEAD.half}L${x} ${y}L${backX + dy * HEAD.half} ${backY + dx * HEAD.half}`;
}

/** The drawing of a side that is so wide. */
export function drawingOf({ boxes, rooms, wire }: Pick<Side, 'boxes' | 'rooms' | 'wire'>, width: number): Drawing {
  const places = placesOf(rooms, boxes.length, width);
  const plugs = rooms.flatMap((room) => {
    const place = places[room.first];
    return place && room.heldBy !== 'host' ? [{ room, x: place.x - ROOM_PADDING + PLUG.x }] : [];
  });
  const listening = boxes.flatMap(({ ports }, column) => {
    const [port] = ports;
    return port === undefined ? [] : [{ port, column }];
  });
  const plates = listening.map(({ port, column }) => ({ port, column, x: places[column]?.shaft ?? 0, y: BEAM_BOTTOM }));
  const leads = listening.map(({ column }) => ({ column, points: leadOf(places[column]) }));
  return { places, plugs, plates, leads, way: wire && wayOf(wire, places, rooms) };
}

function placesOf(rooms: readonly Room[], count: number, width: number): readonly Place[] {
  const column = (width - GAP * (count - 1)) / Math.max(1, count);
  return rooms.flatMap((room) => {
    const left = room.first * (column + GAP) + ROOM_PADDING;
    const inside = room.count * column + (room.count - 1) * GAP - 2 * ROOM_PADDING;
    const box = (inside - (room.count - 1) * GAP) / room.count;
    return Array.from({ length: room.count }, (_, i): Place => {
      const x = left + i * (box + GAP);
      const free = box - 2 * BOX_PADDING;
      const chipWidth = Math.min(free * CHIP_SHARE, free - LEAST_WIRE_ROOM);
      return { x, width: box, chipWidth, shaft: x + box - BOX_PADDING - (free - chipWidth) / 2 };
    });
  });
}

const chipEnd = ({ x, chipWidth }: Place): number => x + BOX_PADDING + chipWidth;

function leadOf(place: Place | undefined): readonly Point[] {
  if (!place) return [];
  return [
    [place.shaft, BEAM_BOTTOM + PLATE.height / 2],
    [place.shaft, UPPER_CHIP],
    [chipEnd(place), UPPER_CHIP],
  ];
}

function wayOf({ from, to, via }: Wire, places: readonly Place[], rooms: readonly Room[]): readonly Point[] | undefined {
  const client = places[from];
  if (!client) return undefined;
  const start: readonly Point[] = [
    [chipEnd(client), LOWER_CHIP],
    [client.shaft, LOWER_CHIP],
  ];
  const server = to === undefined ? undefined : places[to];
  if (!server) return [...start, [client.shaft, BEAM_BOTTOM]];
  const isToTheLeft = server.shaft < client.shaft;
  const plateEdge = server.shaft + (isToTheLeft ? PLATE.width / 2 : -PLATE.width / 2);
  if (via === 'lo') return [...start, [client.shaft, BEAM_BOTTOM], [plateEdge, BEAM_BOTTOM]];
  const plugOf = (column: number): number => {
    const room = rooms.find(({ first, count }) => first <= column && column < first + count);
    return (places[room?.first ?? column]?.x ?? 0) - ROOM_PADDING + PLUG.x;
  };
  // Along the beam's upper edge and the bridge's lower one: what is written there stays free.
  const under = ROOM_TOP + 4;
  return [
    ...start,
    [client.shaft, under],
    [plugOf(from), under],
    [plugOf(from), BRIDGE_HEIGHT],
    [plugOf(to ?? from), BRIDGE_HEIGHT],
    [plugOf(to ?? from), under],
    [server.shaft, under],
    [server.shaft, BEAM_BOTTOM - PLATE.height / 2],
  ];
}

/** A path through points, its corners rounded. */
export function pathOf(points: readonly Point[], radius = 5): string {
  return points
    .map(([x, y], i) => {
      const before = points[i - 1];
      const after = points[i + 1];
      if (!before) return `M${x} ${y}`;
      if (!after) return `L${x} ${y}`;
      const [ax, ay] = towards([x, y], before, radius);
      const [bx, by] = towards([x, y], after, radius);
      return `L${ax} ${ay}Q${x} ${y} ${bx} ${by}`;
    })
    .join('');
}

function towards([x, y]: Point, [otherX, otherY]: Point, most: number): Point {
  const length = Math.abs(otherX - x) + Math.abs(otherY - y);
  const by = length === 0 ? 0 : Math.min(most, length / 2) / length;
  return [x + (otherX - x) * by, y + (otherY - y) * by];
}
