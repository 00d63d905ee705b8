// Texts as Go writes them: quoted strings and compact JSON.
import { sortedKeys } from '../../base/order.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

/** A string as `%q` prints it: printable characters stay, others are escaped. Models strconv.Quote. */
export function quote(text: string): string {
  let quoted = '"';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    quoted += ESCAPES[character] ?? (isPrintable(code) ? character : escapeRune(code));
  }
  return `${quoted}"`;
}

/** Close to strconv.IsPrint: controls, separators, surrogates and private use are not; a plain space is. */
function isPrintable(code: number): boolean {
  if (code < 0x20 || code === 0x7f) return false;
  if (code >= 0x80 && code <= 0xa0) return false;
  if (code === 0xad || code === 0x1680 || code === 0x3000 || code === 0xfeff) return false;
  if ((code >= 0x2000 && code <= 0x200f) || (code >= 0x2028 && code <= 0x202f) || (code >= 0x205f && code <= 0x206f)) return false;
  return !(code >= 0xd800 && code <= 0xf8ff) && !(code >= 0xfff0 && code <= 0xfffb) && code < 0xe0000;
}

function escapeRune(code: number): string {
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
}

/** Compact JSON as encoding/json writes it: keys in order of bytes, `<`, `>`, `&` and line separators escaped. */
export function goJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const record = value as Readonly<Record<string, unknown>>;
    const members = sortedKeys(record).filter((key) => record[key] !== undefined);
    return `{${members.map((key) => `${goJsonString(key)}:${goJson(record[key])}`).join(',')}}`;
  }
  return typeof value === 'string' ? goJsonString(value) : (JSON.stringify(value) ?? 'null');
}

/** A JSON string as encoding/json writes it, its characters for HTML escaped. */
export function goJsonString(text: string): string {
  return JSON.stringify(text).replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
