// Where in a manifest's text a field stands: `spec.containers[0].name` to a path that is there, and to lines and columns.
import { isObject } from '../../base/json.ts';
import type { ManifestDocument, ManifestPath, TextRange as ManifestRange } from '../../manifest/manifest.ts';
import type { TextRange } from '../protocol.ts';

/** How far a path leads into a document. */
export interface Found {
  readonly path: ManifestPath;
  readonly isWhole: boolean;
}

/** The parts of a path as Kubernetes writes it: `spec.containers[0].resources.requests[cpu]`. */
export function segmentsOf(path: string): ManifestPath {
  const found = path.matchAll(/\[(\d+)\]|\[([^\]]*)\]|([^.[\]]+)/g);
  return [...found].map(([, index, key, field]) => (index !== undefined ? Number(index) : (key ?? field ?? '')));
}

/** Follows a path as far as it leads. Go's decoder leaves indices out: then every item of a list is tried. */
export function follow({ value }: ManifestDocument, path: string): Found {
  const walk = (at: unknown, rest: ManifestPath, done: ManifestPath): Found => {
    const [segment, ...further] = rest;
    if (segment === undefined) return { path: done, isWhole: true };
    if (isObject(at)) return Object.hasOwn(at, segment) ? walk(at[segment], further, [...done, segment]) : { path: done, isWhole: false };
    if (!Array.isArray(at)) return { path: done, isWhole: false };
    if (typeof segment === 'number')
      return segment < at.length ? walk(at[segment], further, [...done, segment]) : { path: done, isWhole: false };
    const tried = at.map((item, i) => walk(item, rest, [...done, i]));
    return tried.find(({ isWhole }) => isWhole) ?? tried[0] ?? { path: done, isWhole: false };
  };
  return walk(value, segmentsOf(path), []);
}

/** Calls back with every plain value of a document, and its path. */
export function visitScalars(value: unknown, onScalar: (value: unknown, path: ManifestPath) => void, path: ManifestPath = []): void {
  if (Array.isArray(value)) for (const [i, item] of value.entries()) visitScalars(item, onScalar, [...path, i]);
  else if (isObject(value)) for (const [key, inner] of Object.entries(value)) visitScalars(inner, onScalar, [...path, key]);
  else onScalar(value, path);
}

/** A range as the editor marks it: never empty. */
export function toMark({ startLine, startCol, endLine, endCol }: ManifestRange): TextRange {
  const isEmpty = endLine === startLine && endCol <= startCol;
  return { line: startLine, column: startCol, endLine, endColumn: isEmpty ? startCol + 1 : endCol };
}

/** A whole line, without its indentation; a line past the end is the last. */
export function lineMark(text: string, number: number): TextRange {
  const lines = text.trimEnd().split('\n');
  const line = Math.min(Math.max(1, number), lines.length);
  const content = lines[line - 1] ?? '';
  const column = content.length - content.trimStart().length + 1;
  return { line, column, endLine: line, endColumn: Math.max(column + 1, content.trimEnd().length + 1) };
}
