// Where states and ways stand in the two figures, in units of their viewBox. Nothing moves: only what is lit changes.
import type { Way } from './scene.ts';

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Drawn {
  readonly way: Way;
  /** An SVG path. */
  readonly path: string;
  /** Where its count stands. */
  readonly label: readonly [number, number];
}

/** A figure: its size, its states, its ways, where it begins and (the phase) where it ends. */
export interface Machine {
  readonly width: number;
  readonly height: number;
  readonly states: Readonly<Record<string, Place>>;
  readonly begin: readonly [number, number];
  readonly end: readonly [number, number] | undefined;
  readonly ways: readonly Drawn[];
}

const way = (name: Way, path: string, x: number, y: number): Drawn => ({ way: name, path, label: [x, y] });

export const PHASE: Machine = {
  width: 400,
  height: 338,
  begin: [20, 48],
  end: [200, 262],
  states: {
    Pending: { x: 60, y: 24, width: 108, height: 48 },
    Running: { x: 232, y: 24, width: 108, height: 48 },
    Failed: { x: 60, y: 142, width: 108, height: 48 },
    Succeeded: { x: 232, y: 142, width: 108, height: 48 },
    Unknown: { x: 60, y: 294, width: 108, height: 34 },
  },
  ways: [
    way('>Pending', 'M26 48H58', 42, 48),
    way('Pending>Running', 'M168 48H230', 199, 48),
    way('Pending>Failed', 'M96 72V140', 96, 106),
    way('Running>Succeeded', 'M304 72V140', 304, 106),
    way('Pending>Succeeded', 'M146 72L246 140', 174, 91),
    way('Running>Failed', 'M254 72L154 140', 226, 91),
    way('Pending>', 'M60 62C4 84 4 262 188 262', 30, 176),
    way('Running>', 'M340 62C396 84 396 262 212 262', 370, 176),
    way('Failed>', 'M124 190L188 252', 156, 221),
    way('Succeeded>', 'M276 190L212 252', 244, 221),
  ],
};

export const CONTAINER: Machine = {
  width: 400,
  height: 338,
  begin: [52, 14],
  end: undefined,
  states: {
    waiting: { x: 4, y: 44, width: 200, height: 108 },
    running: { x: 270, y: 44, width: 120, height: 108 },
    terminated: { x: 104, y: 240, width: 192, height: 92 },
  },
  ways: [
    way('>waiting', 'M52 20V42', 52, 31),
    way('waiting>waiting', 'M112 44C112 6 154 6 154 42', 133, 16),
    way('waiting>running', 'M204 76H268', 234, 76),
    way('running>waiting', 'M270 118H206', 240, 118),
    way('running>running', 'M308 44C308 6 350 6 350 42', 329, 16),
    way('running>terminated', 'M290 152L238 238', 264, 195),
    way('terminated>running', 'M280 240L332 154', 306, 195),
    way('waiting>terminated', 'M128 152L178 238', 153, 195),
    way('terminated>waiting', 'M134 240L84 154', 109, 195),
    way('terminated>terminated', 'M296 264C338 264 338 306 298 306', 328, 285),
  ],
};
