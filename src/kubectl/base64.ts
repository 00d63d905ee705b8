// Base64 of text as UTF-8: pure code has no btoa.
import { toUtf8 } from '../base/utf8.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Encodes text with padding. */
export function base64(text: string): string {
  const bytes = toUtf8(text);
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const left = Math.min(3, bytes.length - i);
    for (let k = 0; k < 4; k += 1) out += k <= left ? ALPHABET.charAt((group >> (18 - 6 * k)) & 63) : '=';
  }
  return out;
}
