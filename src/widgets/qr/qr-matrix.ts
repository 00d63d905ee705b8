// A QR code (ISO/IEC 18004) of bytes with the lowest error correction: which modules are dark. Written for links: other modes are left out.
import { correctionOf, generatorOf } from './reed-solomon.ts';
import { type Layout, layoutOf, VERSIONS } from './layout.ts';

/** Rows of modules, true where dark. */
export type Matrix = readonly (readonly boolean[])[];

const BYTE_MODE = 0b0100;
const PADDING = [0xec, 0x11];
/** The level of error correction in the format's bits: L. */
const LEVEL = 0b01;

/** The code of a text; undefined where no code holds so much. */
export function qrMatrix(text: string): Matrix | undefined {
  const bytes = [...new TextEncoder().encode(text)];
  const layout = smallestFor(bytes.length);
  if (!layout) return undefined;
  const grid = createGrid(layout);
  place(grid, interleave(fill(bytes, layout), layout));
  return bestMask(grid, layout);
}

/** Bits that say how many bytes there are. */
const countBits = (version: number): number => (version < 10 ? 8 : 16);

function smallestFor(length: number): Layout | undefined {
  for (let version = 1; version <= VERSIONS; version += 1) {
    const layout = layoutOf(version);
    if (4 + countBits(version) + 8 * length <= 8 * layout.data) return layout;
  }
  return undefined;
}

/** The data's codewords: mode, length, bytes, end, padding. */
function fill(bytes: readonly number[], { version, data }: Layout): readonly number[] {
  const bits: number[] = [];
  const add = (value: number, length: number): void => {
    for (let i = length - 1; i >= 0; i -= 1) bits.push((value >> i) & 1);
  };
  add(BYTE_MODE, 4);
  add(bytes.length, countBits(version));
  for (const byte of bytes) add(byte, 8);
  add(0, Math.min(4, 8 * data - bits.length));
  add(0, (8 - (bits.length % 8)) % 8);
  for (let i = 0; bits.length < 8 * data; i += 1) add(PADDING[i % 2] ?? 0, 8);
  return Array.from({ length: data }, (_, i) => bits.slice(8 * i, 8 * i + 8).reduce((byte, bit) => (byte << 1) | bit, 0));
}

/** Splits the data into blocks, corrects each, and takes from all in turn. */
function interleave(data: readonly number[], { codewords, blocks, correction }: Layout): readonly number[] {
  const generator = generatorOf(correction);
  const shorter = blocks - (codewords % blocks);
  const length = Math.floor(codewords / blocks) - correction;
  let from = 0;
  const parts = Array.from({ length: blocks }, (_, i) => {
    const part = data.slice(from, (from += length + (i < shorter ? 0 : 1)));
    return { part, correction: correctionOf(part, generator) };
  });
  const inTurn = (count: number, of: (i: number) => readonly (number | undefined)[]): readonly number[] =>
    Array.from({ length: count }, (_, i) => of(i))
      .flat()
      .filter((word) => word !== undefined);
  return [
    ...inTurn(length + 1, (i) => parts.map(({ part }) => part[i])),
    ...inTurn(correction, (i) => parts.map((part) => part.correction[i])),
  ];
}

/** Modules, and which of them are the code's own: finders, timing, alignment, format, version. */
interface Grid {
  readonly size: number;
  readonly dark: boolean[][];
  readonly own: boolean[][];
}

function createGrid({ version, size, alignment }: Layout): Grid {
  const blank = (): boolean[][] => Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  const grid: Grid = { size, dark: blank(), own: blank() };
  for (let i = 0; i < size; i += 1) {
    put(grid, 6, i, i % 2 === 0);
    put(grid, i, 6, i % 2 === 0);
  }
  for (const [x, y] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const)
    square(grid, x, y, 4, (distance) => distance !== 2 && distance !== 4);
  const last = alignment.length - 1;
  for (const [i, x] of alignment.entries())
    for (const [j, y] of alignment.entries()) {
      const isFinder = (i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0);
      if (!isFinder) square(grid, x, y, 2, (distance) => distance !== 1);
    }
  putFormat(grid, 0);
  if (version >= 7) putVersion(grid, version);
  return grid;
}

function put({ size, dark, own }: Grid, x: number, y: number, isDark: boolean): void {
  const [darkRow, ownRow] = [dark[y], own[y]];
  if (!darkRow || !ownRow || x < 0 || x >= size) return;
  darkRow[x] = isDark;
  ownRow[x] = true;
}

/** Rings around a middle, dark by their distance from it. */
function square(grid: Grid, x: number, y: number, radius: number, isDark: (distance: number) => boolean): void {
  for (let dy = -radius; dy <= radius; dy += 1)
    for (let dx = -radius; dx <= radius; dx += 1) put(grid, x + dx, y + dy, isDark(Math.max(Math.abs(dx), Math.abs(dy))));
}

/** What is left of `value` shifted by `length` after division by a generator. */
function remainder(value: number, generator: number, length: number): number {
  let rest = value;
  for (let i = 0; i < length; i += 1) rest = (rest << 1) ^ ((rest >> (length - 1)) * generator);
  return rest;
}

function putFormat(grid: Grid, mask: number): void {
  const { size } = grid;
  const data = (LEVEL << 3) | mask;
  const bits = ((data << 10) | remainder(data, 0x537, 10)) ^ 0x5412;
  const bit = (i: number): boolean => ((bits >> i) & 1) === 1;
  for (let i = 0; i < 15; i += 1) {
    const skip = i < 6 ? i : i < 8 ? i + 1 : 0;
    if (i < 8) put(grid, 8, skip, bit(i));
    else put(grid, i === 8 ? 7 : 14 - i, 8, bit(i));
    if (i < 8) put(grid, size - 1 - i, 8, bit(i));
    else put(grid, 8, size - 15 + i, bit(i));
  }
  put(grid, 8, size - 8, true);
}

function putVersion(grid: Grid, version: number): void {
  const bits = (version << 12) | remainder(version, 0x1f25, 12);
  for (let i = 0; i < 18; i += 1) {
    const isDark = ((bits >> i) & 1) === 1;
    const [a, b] = [grid.size - 11 + (i % 3), Math.floor(i / 3)];
    put(grid, a, b, isDark);
    put(grid, b, a, isDark);
  }
}

/** The modules for codewords, two columns at a time from the right, up and down in turn. */
function* way({ size, own }: Grid): Generator<readonly [number, number]> {
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    const isUpward = ((right + 1) & 2) === 0;
    for (let i = 0; i < size; i += 1) {
      const y = isUpward ? size - 1 - i : i;
      for (const x of [right, right - 1]) if (own[y]?.[x] === false) yield [x, y];
    }
  }
}

function place(grid: Grid, codewords: readonly number[]): void {
  let i = 0;
  for (const [x, y] of way(grid)) {
    const row = grid.dark[y];
    if (row) row[x] = (((codewords[i >> 3] ?? 0) >> (7 - (i & 7))) & 1) === 1;
    i += 1;
  }
}

const MASKS: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_x, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/** The mask under which the code looks least like something that it is not. */
function bestMask(grid: Grid, { size }: Layout): Matrix {
  const masked = MASKS.map((isTurned, mask) => {
    const copy: Grid = { size, dark: grid.dark.map((row) => [...row]), own: grid.own };
    for (const [y, row] of copy.dark.entries())
      for (const [x, isDark] of row.entries()) if (!grid.own[y]?.[x] && isTurned(x, y)) row[x] = !isDark;
    putFormat(copy, mask);
    return copy.dark;
  });
  const costs = masked.map(penalty);
  return masked[costs.indexOf(Math.min(...costs))] ?? grid.dark;
}

/** How badly a scanner may be misled: long runs, blocks, what looks like a finder, too much of one colour. */
function penalty(dark: Matrix): number {
  const size = dark.length;
  const columns = dark.map((_, x) => dark.map((row) => row[x] ?? false));
  let cost = 0;
  for (const line of [...dark, ...columns]) {
    const text = line.map((isDark) => (isDark ? '1' : '0')).join('');
    for (const run of text.match(/0{5,}|1{5,}/g) ?? []) cost += run.length - 2;
    cost += 40 * ((text.match(/(?=00001011101)/g)?.length ?? 0) + (text.match(/(?=10111010000)/g)?.length ?? 0));
  }
  for (let y = 1; y < size; y += 1)
    for (let x = 1; x < size; x += 1) {
      const colour = dark[y]?.[x];
      if (colour === dark[y]?.[x - 1] && colour === dark[y - 1]?.[x] && colour === dark[y - 1]?.[x - 1]) cost += 3;
    }
  const share = dark.flat().filter(Boolean).length / (size * size);
  return cost + 10 * Math.floor(Math.abs(share * 100 - 50) / 5);
}
