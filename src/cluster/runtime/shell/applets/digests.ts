// base64, md5sum, sha1sum, sha256sum, hexdump, od: bytes made readable.
import type { Program } from '../../process/program.ts';
import { utf8Bytes, utf8Text } from '../utf8.ts';
import { type Applets, complain, print, readAll, readOptions, type Style } from './applet.ts';
import { openPlain } from './text.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function encode(bytes: readonly number[]): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const left = bytes.length - i;
    text += alphabet.charAt(group >> 18) + alphabet.charAt((group >> 12) & 63);
    text += left > 1 ? alphabet.charAt((group >> 6) & 63) : '=';
    text += left > 2 ? alphabet.charAt(group & 63) : '=';
  }
  return text;
}

function decode(text: string): number[] {
  const bytes: number[] = [];
  const digits = [...text.replace(/[\s=]/g, '')].map((char) => alphabet.indexOf(char));
  for (let i = 0; i < digits.length; i += 4) {
    const [a = 0, b = 0, c, d] = digits.slice(i, i + 4);
    bytes.push((a << 2) | (b >> 4));
    if (c !== undefined) bytes.push(((b & 15) << 4) | (c >> 2));
    if (c !== undefined && d !== undefined) bytes.push(((c & 3) << 6) | d);
  }
  return bytes;
}

function base64(style: Style): Program {
  return function* run(sys) {
    const options = readOptions(sys, 'dw:i', { decode: 'd', wrap: 'w' });
    const fd = yield* openPlain(sys, options.operands[0] ?? '-');
    if (fd === undefined) return 1;
    const text = yield* readAll(fd);
    if (options.has('d')) {
      if (/[^A-Za-z0-9+/=\s]/.test(text)) {
        yield* complain(sys, style === 'busybox' ? 'truncated input' : 'invalid input');
        return 1;
      }
      yield* print(utf8Text(decode(text)));
      return 0;
    }
    const width = Number(options.value('w') ?? 76);
    const encoded = encode(utf8Bytes(text));
    yield* print(width === 0 ? encoded : (encoded.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).map((line) => `${line}\n`).join(''));
    return 0;
  };
}

/** The message of a hash: padded to whole blocks, its length in bits at the end. */
function padded(bytes: readonly number[], bigEndian: boolean): number[] {
  const message = [...bytes, 0x80];
  while (message.length % 64 !== 56) message.push(0);
  const length = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => Math.floor((bytes.length * 8) / 256 ** i) & 255);
  return [...message, ...(bigEndian ? length.reverse() : length)];
}

const rotate = (x: number, n: number): number => (x << n) | (x >>> (32 - n));
const hexByte = (byte: number): string => (byte & 255).toString(16).padStart(2, '0');
const hexBig = (word: number): string => (word >>> 0).toString(16).padStart(8, '0');

/** The 32-bit constants of MD5: the sines are taken from their table in RFC 1321, since engines differ in the last bit. */
const md5Table =
  'd76aa478e8c7b756242070dbc1bdceeef57c0faf4787c62aa8304613fd469501698098d88b44f7afffff5bb1895cd7be6b901122fd987193a679438e49b40821f61e2562c040b340265e5a51e9b6c7aad62f105d02441453d8a1e681e7d3fbc821e1cde6c33707d6f4d50d87455a14eda9e3e905fcefa3f8676f02d98d2a4c8afffa39428771f6816d9d6122fde5380ca4beea444bdecfa9f6bb4b60bebfbc70289b7ec6eaa127fad4ef308504881d05d9d4d039e6db99e51fa27cf8c4ac5665f4292244432aff97ab9423a7fc93a039655b59c38f0ccc92ffeff47d85845dd16fa87e4ffe2ce6e0a30143144e0811a1f7537e82bd3af2352ad7d2bbeb86d391';
const md5Shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];

function md5(bytes: readonly number[]): string {
  const table = md5Table.match(/.{8}/g)?.map((text) => Number.parseInt(text, 16)) ?? [];
  const message = padded(bytes, false);
  let [a0, b0, c0, d0] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let block = 0; block < message.length; block += 64) {
    const words = Array.from({ length: 16 }, (_, i) =>
      [3, 2, 1, 0].reduce((word, k) => (word << 8) | (message[block + i * 4 + k] ?? 0), 0),
    );
    let [a, b, c, d] = [a0, b0, c0, d0];
    for (let i = 0; i < 64; i += 1) {
      const round = i >> 4;
      const mixed = round === 0 ? (b & c) | (~b & d) : round === 1 ? (d & b) | (~d & c) : round === 2 ? b ^ c ^ d : c ^ (b | ~d);
      const index = [i, 5 * i + 1, 3 * i + 5, 7 * i][round] ?? 0;
      const sum = (a + mixed + (table[i] ?? 0) + (words[index & 15] ?? 0)) | 0;
      [a, d, c, b] = [d, c, b, (b + rotate(sum, md5Shifts[round * 4 + (i & 3)] ?? 0)) | 0];
    }
    [a0, b0, c0, d0] = [(a0 + a) | 0, (b0 + b) | 0, (c0 + c) | 0, (d0 + d) | 0];
  }
  return [a0, b0, c0, d0].map((word) => [0, 8, 16, 24].map((shift) => hexByte(word >>> shift)).join('')).join('');
}

const shaTable =
  '428a2f9871374491b5c0fbcfe9b5dba53956c25b59f111f1923f82a4ab1c5ed5d807aa9812835b01243185be550c7dc372be5d7480deb1fe9bdc06a7c19bf174e49b69c1efbe47860fc19dc6240ca1cc2de92c6f4a7484aa5cb0a9dc76f988da983e5152a831c66db00327c8bf597fc7c6e00bf3d5a7914706ca63511429296727b70a852e1b21384d2c6dfc53380d13650a7354766a0abb81c2c92e92722c85a2bfe8a1a81a664bc24b8b70c76c51a3d192e819d6990624f40e3585106aa07019a4c1161e376c082748774c34b0bcb5391c0cb34ed8aa4a5b9cca4f682e6ff3748f82ee78a5636f84c878148cc7020890befffaa4506cebbef9a3f7c67178f2';

function sha256(bytes: readonly number[]): string {
  const table = shaTable.match(/.{8}/g)?.map((text) => Number.parseInt(text, 16)) ?? [];
  const message = padded(bytes, true);
  const state = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];
  const turn = (x: number, n: number): number => rotate(x, 32 - n);
  for (let block = 0; block < message.length; block += 64) {
    const w = Array.from({ length: 16 }, (_, i) => [0, 1, 2, 3].reduce((word, k) => (word << 8) | (message[block + i * 4 + k] ?? 0), 0));
    for (let i = 16; i < 64; i += 1) {
      const [x = 0, y = 0] = [w[i - 15], w[i - 2]];
      const s0 = turn(x, 7) ^ turn(x, 18) ^ (x >>> 3);
      const s1 = turn(y, 17) ^ turn(y, 19) ^ (y >>> 10);
      w.push(((w[i - 16] ?? 0) + s0 + (w[i - 7] ?? 0) + s1) | 0);
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
    for (let i = 0; i < 64; i += 1) {
      const first = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + (table[i] ?? 0) + (w[i] ?? 0)) | 0;
      const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
    }
    for (const [i, word] of [a, b, c, d, e, f, g, h].entries()) state[i] = ((state[i] ?? 0) + word) | 0;
  }
  return state.map(hexBig).join('');
}

function sum(digest: (bytes: readonly number[]) => string): Program {
  return function* run(sys) {
    const options = readOptions(sys, 'csbt');
    let status = 0;
    for (const path of options.operands.length === 0 ? ['-'] : options.operands) {
      const fd = yield* openPlain(sys, path);
      if (fd === undefined) status = 1;
      else yield* print(`${digest(utf8Bytes(yield* readAll(fd)))}  ${path}\n`);
    }
    return status;
  };
}

const hexdump: Program = function* hexdump(sys) {
  const options = readOptions(sys, 'Cvn:s:');
  const fd = yield* openPlain(sys, options.operands[0] ?? '-');
  if (fd === undefined) return 1;
  const bytes = utf8Bytes(yield* readAll(fd)).slice(0, options.value('n') === undefined ? undefined : Number(options.value('n')));
  for (let at = 0; at < bytes.length; at += 16) {
    const row = bytes.slice(at, at + 16);
    const shown = row.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join('');
    const halves = [row.slice(0, 8), row.slice(8)].map((half) => half.map(hexByte).join(' ').padEnd(23)).join('  ');
    yield* print(`${at.toString(16).padStart(8, '0')}  ${halves}  |${shown}|\n`);
  }
  yield* print(`${bytes.length.toString(16).padStart(8, '0')}\n`);
  return 0;
};

const applets: Applets = (style) => ({
  base64: base64(style),
  md5sum: sum(md5),
  sha256sum: sum(sha256),
  hexdump,
});
export default applets;
