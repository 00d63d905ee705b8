// Share links: `#1<payload><checksum>`. The first character is the format's version; the payload is base64url of deflated JSON with a
// preset dictionary that belongs to the version for ever; four characters of checksum tell a damaged link from a whole one.
import { Inflate, deflateSync } from 'fflate';
import { hashText } from '../base/hash.ts';
import { fromUtf8, toUtf8 } from '../base/utf8.ts';
import { DICTIONARY_1 } from './link-dictionary.ts';
import { readRecipe, type Recipe } from './recipe.ts';
import { writeRecipe } from './write-recipe.ts';

/** Bytes that a link may unfold to. */
const UNFOLDED_LIMIT = 1_000_000;
/** Bytes handed to the decoder at a time, so that a bomb is stopped before it has unfolded. */
const SLICE = 256;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** The checksum ends a link, so it has no character that a chat program swallows. */
const CHECK_ALPHABET = 'ABCDEFGHJKMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789';

/** What is wrong with a link. */
export type LinkFault = 'damaged' | 'newer' | 'not-a-link';

/** The fragment (without `#`) that carries a recipe, its view included. */
export function writeLink(recipe: Recipe): string {
  const bytes = deflateSync(toUtf8(JSON.stringify(writeRecipe(recipe))), { level: 9, dictionary: DICTIONARY_1 });
  const body = `1${toBase64Url(bytes)}`;
  return body + checkOf(body);
}

/** Reads a fragment; answers the recipe or what is wrong with it. */
export function readLink(fragment: string): { readonly recipe: Recipe } | { readonly fault: LinkFault } {
  const text = fragment.replace(/^#/, '');
  if (!/^[0-9][A-Za-z0-9_-]{5,}$/.test(text)) return { fault: text.startsWith('1') ? 'damaged' : 'not-a-link' };
  if (text[0] !== '1') return { fault: 'newer' };
  const body = text.slice(0, -4);
  if (checkOf(body) !== text.slice(-4)) return { fault: 'damaged' };
  try {
    const read = readRecipe(JSON.parse(fromUtf8(unfold(fromBase64Url(body.slice(1))))));
    return 'recipe' in read ? read : { fault: 'damaged' };
  } catch {
    // Whatever a decoder trips over, the whole link is worth nothing: the answer says so.
    return { fault: 'damaged' };
  }
}

function checkOf(body: string): string {
  const digest = hashText(body);
  let check = '';
  for (let i = 0; i < 4; i += 1)
    check += CHECK_ALPHABET.charAt(Number.parseInt(digest.slice(4 * i, 4 * i + 4), 16) % CHECK_ALPHABET.length);
  return check;
}

function unfold(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  let size = 0;
  const inflate = new Inflate({ dictionary: DICTIONARY_1 }, (part) => {
    size += part.length;
    if (size > UNFOLDED_LIMIT) throw new RangeError('the link unfolds to more than a megabyte');
    parts.push(part);
  });
  for (let i = 0; i < bytes.length; i += SLICE) inflate.push(bytes.subarray(i, i + SLICE), i + SLICE >= bytes.length);
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

function toBase64Url(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const length = Math.min(4, bytes.length - i + 1);
    for (let k = 0; k < length; k += 1) text += ALPHABET.charAt((group >> (18 - 6 * k)) & 63);
  }
  return text;
}

function fromBase64Url(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let held = 0;
  let bits = 0;
  let size = 0;
  for (const character of text) {
    held = ((held << 6) | ALPHABET.indexOf(character)) & 0xffffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[size] = (held >> bits) & 255;
    size += 1;
  }
  return bytes;
}
