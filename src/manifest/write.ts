// Values as kubectl prints them: `-o yaml` and `-o json`. Models go-yaml v2's emitter (sigs.k8s.io/yaml/goyaml.v2/emitterc.go, encode.go,
// sorter.go) and encoding/json with an indent of four.
import { sortedKeys } from '../base/order.ts';
import { resolveScalar } from './resolve.ts';

/** Lines are broken at a space past this column. */
const WIDTH = 80;
const LONGEST_SIMPLE_KEY = 128;
const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

/** JSON with sorted keys, as `kubectl get -o json`; ends with a line feed. */
export function writeJson(value: unknown, indent = 4): string {
  return `${jsonOf(value, ' '.repeat(indent), '')}\n`;
}

function jsonOf(value: unknown, step: string, margin: string): string {
  if (typeof value === 'string') return jsonText(value);
  if (typeof value !== 'object' || value === null) return value === undefined ? 'null' : JSON.stringify(value);
  const inner = margin + step;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return `[\n${value.map((item) => inner + jsonOf(item, step, inner)).join(',\n')}\n${margin}]`;
  }
  const record = value as Readonly<Record<string, unknown>>;
  const keys = sortedKeys(record).filter((key) => record[key] !== undefined);
  if (keys.length === 0) return '{}';
  return `{\n${keys.map((key) => `${inner}${jsonText(key)}: ${jsonOf(record[key], step, inner)}`).join(',\n')}\n${margin}}`;
}

/** kubectl's JSON printer escapes for HTML, as encoding/json does by itself. */
const jsonText = (text: string): string =>
  JSON.stringify(text).replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** YAML as `kubectl get -o yaml` prints it; ends with a line feed. */
export function writeYaml(value: unknown): string {
  const out = { text: '', column: 0 };
  writeNode(out, value, 0, 'root');
  return out.text.endsWith('\n') ? out.text : `${out.text}\n`;
}

interface Output {
  text: string;
  column: number;
}

function put(out: Output, text: string): void {
  out.text += text;
  const newline = text.lastIndexOf('\n');
  out.column = newline < 0 ? out.column + [...text].length : [...text.slice(newline + 1)].length;
}

/** A new line at an indent, unless the line is fresh. */
function toIndent(out: Output, indent: number): void {
  if (out.column > 0) put(out, '\n');
  put(out, ' '.repeat(indent));
}

type Place = 'root' | 'value' | 'item';

/** Writes a value; what is before it on the line (`key:` or `-`) stands already, without a space. */
function writeNode(out: Output, value: unknown, indent: number, place: Place): void {
  if (Array.isArray(value)) writeSequence(out, value, indent, place);
  else if (typeof value === 'object' && value !== null) writeMapping(out, value as Readonly<Record<string, unknown>>, indent, place);
  else {
    if (place !== 'root') put(out, ' ');
    writeScalar(out, value, place === 'root' ? 0 : indent + 2, false);
  }
}

function writeSequence(out: Output, items: readonly unknown[], indent: number, place: Place): void {
  if (items.length === 0) {
    put(out, place === 'root' ? '[]' : ' []');
    return;
  }
  // A list in a mapping is not indented; one in a list stands behind its dash.
  const own = place === 'item' ? indent + 2 : indent;
  items.forEach((item, i) => {
    if (place === 'item' && i === 0) put(out, ' -');
    else {
      toIndent(out, own);
      put(out, '-');
    }
    writeNode(out, item, own, 'item');
  });
}

function writeMapping(out: Output, record: Readonly<Record<string, unknown>>, indent: number, place: Place): void {
  const keys = Object.keys(record)
    .filter((key) => record[key] !== undefined)
    .sort(compareKeys);
  if (keys.length === 0) {
    put(out, place === 'root' ? '{}' : ' {}');
    return;
  }
  const own = place === 'root' ? 0 : indent + 2;
  keys.forEach((key, i) => {
    if (place === 'item' && i === 0) put(out, ' ');
    else toIndent(out, own);
    if (byteLength(key) <= LONGEST_SIMPLE_KEY && !key.includes('\n')) writeScalar(out, key, own, true);
    else {
      put(out, '? ');
      writeScalar(out, key, own + 2, false);
      toIndent(out, own);
    }
    put(out, ':');
    const inner = record[key];
    writeNode(out, inner, own, 'value');
  });
}

function byteLength(text: string): number {
  return [...text].reduce((sum, c) => sum + (c < '\u0080' ? 1 : c < '\u0800' ? 2 : c.length === 1 ? 3 : 4), 0);
}

const isLetter = (c: string): boolean => c.toLowerCase() !== c.toUpperCase() || (c >= '\u3041' && c <= '\ud7a3');
const isDigit = (c: string | undefined): boolean => c !== undefined && c >= '0' && c <= '9';

/** Keys in natural order: letters by code, numbers by value, other characters before letters. Models keyList.Less. */
function compareKeys(left: string, right: string): number {
  const [a, b] = [[...left], [...right]];
  for (let i = 0; i < a.length && i < b.length; i += 1) {
    const [x, y] = [a[i] ?? '', b[i] ?? ''];
    if (x === y) continue;
    const [xLetter, yLetter] = [isLetter(x), isLetter(y)];
    if (xLetter && yLetter) return (x.codePointAt(0) ?? 0) - (y.codePointAt(0) ?? 0);
    if (xLetter || yLetter) return yLetter ? -1 : 1;
    return compareNumbers(a, b, i) || (x.codePointAt(0) ?? 0) - (y.codePointAt(0) ?? 0);
  }
  return a.length - b.length;
}

function compareNumbers(a: readonly string[], b: readonly string[], at: number): number {
  let lead = 0;
  if (a[at] === '0' || b[at] === '0') {
    for (let j = at - 1; j >= 0 && isDigit(a[j]); j -= 1) if (a[j] !== '0') lead = 1;
  }
  const run = (text: readonly string[]): { readonly value: number; readonly end: number } => {
    let [value, end] = [lead, at];
    while (isDigit(text[end])) {
      value = value * 10 + Number(text[end]);
      end += 1;
    }
    return { value, end };
  };
  const [x, y] = [run(a), run(b)];
  return x.value - y.value || x.end - y.end;
}

function writeScalar(out: Output, value: unknown, indent: number, isKey: boolean): void {
  if (typeof value === 'string') {
    writeText(out, value, indent, isKey);
    return;
  }
  put(out, value === null || value === undefined ? 'null' : typeof value === 'number' ? numberText(value) : String(value));
}

/** Go's FormatFloat('g'): an exponent from 1e+21 on, and below 0.0001. */
function numberText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 63) return BigInt(value).toString();
  const shortest = String(value);
  const parts = /^(-?\d(?:\.\d+)?)e([-+])(\d+)$/.exec(shortest);
  return parts ? `${parts[1]}e${parts[2]}${(parts[3] ?? '').padStart(2, '0')}` : shortest;
}

/** What a text lets itself be written as. */
interface Analysis {
  readonly plain: boolean;
  readonly single: boolean;
  readonly block: boolean;
}

const isPrintable = (code: number): boolean =>
  code === 0x0a ||
  (code >= 0x20 && code <= 0x7e) ||
  (code >= 0xa0 && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd && code !== 0xfeff);
const isBreak = (c: string): boolean => c === '\n' || c === '\r' || c === '\u0085' || c === '\u2028' || c === '\u2029';

/** Models yaml_emitter_analyze_scalar, in a block. */
function analyze(text: string): Analysis {
  if (text === '') return { plain: true, single: true, block: false };
  const characters = [...text];
  const at = (i: number): string => characters[i] ?? '';
  const blankAt = (i: number): boolean => i >= characters.length || at(i) === ' ' || at(i) === '\t';
  let indicator = text.startsWith('---') || text.startsWith('...');
  indicator ||= '#,[]{}&*!|>\'"%@`'.includes(at(0)) || ('?:-'.includes(at(0)) && blankAt(1));
  for (let i = 1; i < characters.length; i += 1) {
    if (at(i) === ':' && blankAt(i + 1)) indicator = true;
    if (at(i) === '#' && (blankAt(i - 1) || isBreak(at(i - 1)))) indicator = true;
  }
  const special = characters.some((c) => !isPrintable(c.codePointAt(0) ?? 0));
  const breaks = characters.some(isBreak);
  const edge = (c: string): boolean => c === ' ' || isBreak(c);
  const [first, last] = [at(0), characters.at(-1) ?? ''];
  const breakSpace = characters.some((c, i) => i > 0 && c === ' ' && isBreak(at(i - 1)));
  const spaceBreak = characters.some((c, i) => i > 0 && isBreak(c) && at(i - 1) === ' ');
  const never = special || spaceBreak;
  return {
    plain: !(indicator || never || breaks || breakSpace || edge(first) || edge(last)),
    single: !(never || breakSpace),
    block: !(never || last === ' '),
  };
}

function writeText(out: Output, text: string, indent: number, isKey: boolean): void {
  const analysis = analyze(text);
  const isWord = resolveScalar(text).tag === '!!str' && !BASE_60.test(text);
  if (text.includes('\n')) {
    if (analysis.block && !isKey) writeLiteral(out, text, indent);
    else writeDouble(out, text, indent, isKey);
  } else if (!isWord) writeDouble(out, text, indent, isKey);
  else if (analysis.plain) writeFolded(out, text, indent, isKey, 0);
  else if (analysis.single) {
    put(out, "'");
    writeFolded(out, text.replaceAll("'", "''"), indent, isKey, 1);
    put(out, "'");
  } else writeDouble(out, text, indent, isKey);
}

/** Breaks a long line at single spaces; `edge` keeps that many characters at either end from being broken at. */
function writeFolded(out: Output, text: string, indent: number, isKey: boolean, edge: number): void {
  const characters = [...text];
  let wasSpace = false;
  characters.forEach((c, i) => {
    const inside = edge === 0 || (i > 0 && i < characters.length - 1);
    if (c === ' ' && !isKey && !wasSpace && out.column > WIDTH && inside && characters[i + 1] !== ' ') put(out, `\n${' '.repeat(indent)}`);
    else put(out, c);
    wasSpace = c === ' ';
  });
}

const ESCAPED: Readonly<Record<string, string>> = {
  '\0': '0',
  '\u0007': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '\u001b': 'e',
  '"': '"',
  '\\': '\\',
  '\u0085': 'N',
  '\u00a0': '_',
  '\u2028': 'L',
  '\u2029': 'P',
};

function escaped(c: string): string {
  const known = ESCAPED[c];
  if (known !== undefined) return `\\${known}`;
  const code = c.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
  return code <= 0xffff
    ? `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`
    : `\\U${code.toString(16).toUpperCase().padStart(8, '0')}`;
}

function writeDouble(out: Output, text: string, indent: number, isKey: boolean): void {
  put(out, '"');
  const characters = [...text];
  let wasSpace = false;
  characters.forEach((c, i) => {
    if (!isPrintable(c.codePointAt(0) ?? 0) || isBreak(c) || c === '"' || c === '\\') {
      put(out, escaped(c));
      wasSpace = false;
    } else if (c === ' ') {
      if (!isKey && !wasSpace && out.column > WIDTH && i > 0 && i < characters.length - 1) {
        put(out, `\n${' '.repeat(indent)}${characters[i + 1] === ' ' ? '\\' : ''}`);
      } else put(out, c);
      wasSpace = true;
    } else {
      put(out, c);
      wasSpace = false;
    }
  });
  put(out, '"');
}

function writeLiteral(out: Output, text: string, indent: number): void {
  const hint = text.startsWith(' ') || text.startsWith('\n') ? '2' : '';
  const chomp = !text.endsWith('\n') ? '-' : text === '\n' || text.endsWith('\n\n') ? '+' : '';
  put(out, `|${hint}${chomp}\n`);
  const lines = text.split('\n');
  const last = lines.pop() ?? '';
  for (const line of lines) put(out, line === '' ? '\n' : `${' '.repeat(indent)}${line}\n`);
  if (last !== '') put(out, `${' '.repeat(indent)}${last}`);
}
