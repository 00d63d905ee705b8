// What ISO/IEC 18004 says of the size of a QR code of each version with the lowest error correction (L): a screen is never torn.

/** Correction codewords of a block, and blocks, by version from 1. */
const CORRECTION = [
  7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30,
  30, 30, 30, 30, 30,
];
const BLOCKS = [
  1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25,
];
export const VERSIONS = 40;

/** How a code of one version is filled. */
export interface Layout {
  readonly version: number;
  /** Modules of a side. */
  readonly size: number;
  /** Codewords of all kinds, and of data alone. */
  readonly codewords: number;
  readonly data: number;
  readonly blocks: number;
  readonly correction: number;
  /** Where the middles of the alignment patterns are, on both axes. */
  readonly alignment: readonly number[];
}

/** The layout of a version from 1 to 40. */
export function layoutOf(version: number): Layout {
  const size = 17 + 4 * version;
  const alignment = alignmentOf(version, size);
  const blocks = BLOCKS[version - 1] ?? 0;
  const correction = CORRECTION[version - 1] ?? 0;
  const codewords = Math.floor(freeModules(version, alignment.length) / 8);
  return { version, size, codewords, data: codewords - blocks * correction, blocks, correction, alignment };
}

function alignmentOf(version: number, size: number): readonly number[] {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = Math.floor((version * 8 + count * 3 + 5) / (count * 4 - 4)) * 2;
  return [6, ...Array.from({ length: count - 1 }, (_, i) => size - 7 - (count - 2 - i) * step)];
}

/** Modules that are left for codewords. */
function freeModules(version: number, alignments: number): number {
  const all = (16 * version + 128) * version + 64;
  if (version === 1) return all;
  const taken = (25 * alignments - 10) * alignments - 55;
  return all - taken - (version >= 7 ? 36 : 0);
}
