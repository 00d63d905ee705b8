// Where in a manifest's text a field stands: `spec.containers[0].name` to lines and columns.
import { type Document, LineCounter, isAlias, isMap, isScalar, isSeq, type Node, type Pair, parseAllDocuments } from 'yaml';
import type { TextRange } from '../protocol.ts';

/** A manifest's text, taken apart for looking things up. */
export interface Sheet {
  readonly documents: readonly Document.Parsed[];
  /** The range between two offsets. */
  range(start: number, end: number): TextRange;
  /** A whole line, without its indentation. */
  line(number: number): TextRange;
}

/** A place that was found, and whether the whole path led there. */
export interface Found {
  readonly key: readonly [number, number] | undefined;
  readonly value: readonly [number, number] | undefined;
  readonly isWhole: boolean;
}

type Segment = string | number;

/** Takes a text apart. Mistakes in it are for kubectl to tell. */
export function openSheet(text: string): Sheet {
  const counter = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter: counter, uniqueKeys: false, version: '1.1' });
  const lines = text.split('\n');
  const range = (start: number, end: number): TextRange => {
    const from = counter.linePos(start);
    const to = counter.linePos(Math.max(start, end));
    return { line: from.line, column: from.col, endLine: to.line, endColumn: Math.max(to.col, to.line === from.line ? from.col + 1 : 1) };
  };
  return {
    documents: Array.isArray(parsed) ? parsed : [],
    range,
    line(number) {
      const at = Math.min(Math.max(1, number), lines.length);
      const content = lines[at - 1] ?? '';
      const column = content.length - content.trimStart().length + 1;
      return { line: at, column, endLine: at, endColumn: Math.max(column + 1, content.trimEnd().length + 1) };
    },
  };
}

/** The parts of a path: `spec.containers[0].resources.requests[cpu]`. */
export function segmentsOf(path: string): readonly Segment[] {
  const found = path.matchAll(/\[(\d+)\]|\[([^\]]*)\]|([^.[\]]+)/g);
  return [...found].map(([, index, key, field]) => (index !== undefined ? Number(index) : (key ?? field ?? '')));
}

/** Follows a path as far as it leads. Go's decoder leaves indices out: then every item of a list is tried. */
export function follow(document: Document.Parsed, path: string): Found {
  const walk = (node: Node | null, rest: readonly Segment[], key: Found['key']): Found => {
    const here: Found = { key, value: spanOf(node), isWhole: rest.length === 0 };
    const [segment, ...further] = rest;
    if (segment === undefined || node === null) return here;
    const target = isAlias(node) ? (node.resolve(document) ?? null) : node;
    if (isMap(target)) {
      const pair = target.items.findLast((item) => keyText(item) === String(segment));
      return pair ? walk(pair.value as Node | null, further, spanOf(pair.key as Node | null)) : here;
    }
    if (!isSeq(target)) return here;
    if (typeof segment === 'number') {
      const item = target.items[segment] as Node | undefined;
      return item ? walk(item, further, key) : here;
    }
    const tried = target.items.map((item) => walk(item as Node, rest, key));
    return tried.find(({ isWhole }) => isWhole) ?? tried.at(0) ?? here;
  };
  return walk(document.contents as Node | null, segmentsOf(path), undefined);
}

/** The plain value at a path: texts only. */
export function textAt(document: Document.Parsed, ...path: readonly Segment[]): string | undefined {
  const value: unknown = document.getIn(path);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** Calls back with every pair of a document, and its path. */
export function visitPairs(
  document: Document.Parsed,
  onPair: (pair: Pair, path: readonly Segment[], siblings: readonly Pair[]) => void,
): void {
  const visit = (node: unknown, path: readonly Segment[]): void => {
    if (isMap(node)) {
      for (const pair of node.items) {
        onPair(pair, path, node.items);
        visit(pair.value, [...path, keyText(pair)]);
      }
    } else if (isSeq(node)) node.items.forEach((item, i) => void visit(item, [...path, i]));
  };
  visit(document.contents, []);
}

/** A key as text. */
export const keyText = ({ key }: Pair): string => (isScalar(key) ? String(key.source ?? key.value) : String(key));

/** From where to where a node stands. */
export const spanOf = (node: unknown): readonly [number, number] | undefined => {
  const range = (node as Node | null | undefined)?.range;
  return range ? [range[0], range[1]] : undefined;
};
