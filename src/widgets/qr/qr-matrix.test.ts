// QR codes that other people's readers have read: one of every version from 1 to 40 was given to jsQR 1.4.0 and came back whole (with
// the misprint in its table of version 23 put right: 78, not 74). Their pictures are kept here as hashes, the smallest as itself.
import { expect, test } from 'vitest';
import { hashText } from '../../base/hash.ts';
import { layoutOf } from './layout.ts';
import { qrMatrix } from './qr-matrix.ts';

const draw = (text: string): string | undefined =>
  qrMatrix(text)
    ?.map((row) => row.map((isDark) => (isDark ? '#' : '.')).join(''))
    .join('\n');

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** A link of so many characters. */
const linkOf = (length: number): string =>
  Array.from({ length }, (_, i) => 'https://podscope.example/#1'[i] ?? ALPHABET[(i * i + 7 * i + 13 * length) % 64]).join('');

test('the smallest', () => {
  expect(draw('podscope')).toBe(
    `
#######.#####.#######
#.....#.##.##.#.....#
#.###.#..###..#.###.#
#.###.#..#.##.#.###.#
#.###.#.#...#.#.###.#
#.....#.#.#...#.....#
#######.#.#.#.#######
........####.........
###..##.#########..##
.#.#...#.#...#..###.#
.##.###..##...#.#...#
.####..####.#....#...
###.#.#.#....#####.##
........##.#.#####.##
#######...####..###.#
#.....#.#.##.#####...
#.###.#....####....#.
#.###.#..#......#....
#.###.#.#.....#.#..##
#.....#.#...#..###...
#######.###...####..#`.trim(),
  );
});

test.each([
  [17, 1, '4e4cd89a16513399'],
  [18, 2, '6e08dee9585002be'],
  [154, 7, '166e61f121a11454'],
  [230, 9, '13bc7625c8747bdc'],
  [231, 10, '70b040a3d7f5a235'],
  [700, 18, 'fbc3117f8fa8ac4d'],
  [1022, 23, '7ec9c3ab9ec7d701'],
  [2000, 33, '495374659dffe936'],
  [2953, 40, '8a064928af085366'],
])('a link of %i characters has version %i, and no more than fits', (length, version, hash) => {
  expect(qrMatrix(linkOf(length))).toHaveLength(layoutOf(version).size);
  expect(hashText(draw(linkOf(length)) ?? '')).toBe(hash);
});

test('what no code holds is not drawn', () => expect(qrMatrix(linkOf(2954))).toBeUndefined());
