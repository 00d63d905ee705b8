// Fills a JSONPath template from a value. Models k8s.io/client-go/util/jsonpath/jsonpath.go.
import { equal, isObject } from '../../../base/json.ts';
import { sortedKeys } from '../../../base/order.ts';
import { JsonPathError, type PathNode } from './parse.ts';

/** What to do where a field is missing: nothing is printed, or it is an error. */
export interface EvaluateOptions {
  readonly allowMissing: boolean;
}

/** The text that a template makes of a value. */
export function fillTemplate(nodes: readonly PathNode[], value: unknown, options: EvaluateOptions): string {
  let out = '';
  walkTemplate(nodes, value, options, (text) => {
    out += text;
  });
  return out;
}

/** Every value that a template finds, without its text. */
export function findValues(nodes: readonly PathNode[], value: unknown, options: EvaluateOptions): unknown[] {
  return nodes.flatMap((node) => (node.node === 'list' ? walkPath(node.nodes, [value], value, options) : []));
}

function walkTemplate(nodes: readonly PathNode[], value: unknown, options: EvaluateOptions, write: (text: string) => void): void {
  for (let i = 0; i < nodes.length; i += 1) {
    const node = nodes[i];
    if (!node) continue;
    if (node.node === 'text') write(node.text);
    if (node.node !== 'list') continue;
    const [first, ...rest] = node.nodes;
    if (first?.node === 'range') {
      const end = matchingEnd(nodes, i);
      const body = nodes.slice(i + 1, end);
      for (const item of walkPath(rest, [value], value, options)) walkTemplate(body, item, options, write);
      i = end;
    } else if (first?.node !== 'end') write(walkPath(node.nodes, [value], value, options).map(valueText).join(' '));
  }
}

function matchingEnd(nodes: readonly PathNode[], from: number): number {
  let depth = 0;
  for (let i = from; i < nodes.length; i += 1) {
    const node = nodes[i];
    const first = node?.node === 'list' ? node.nodes[0] : undefined;
    if (first?.node === 'range') depth += 1;
    if (first?.node === 'end') depth -= 1;
    if (depth === 0) return i;
  }
  throw new JsonPathError('unterminated range');
}

/** Follows a path from each of these values. */
function walkPath(nodes: readonly PathNode[], from: readonly unknown[], root: unknown, options: EvaluateOptions): unknown[] {
  let values = [...from];
  for (const node of nodes) values = stepInto(node, values, root, options);
  return values;
}

function stepInto(node: PathNode, values: readonly unknown[], root: unknown, options: EvaluateOptions): unknown[] {
  switch (node.node) {
    case 'text':
      return [node.text];
    case 'literal':
      return [node.value];
    case 'field':
      return values.flatMap((value) => fieldOf(value, node.name, options));
    case 'wildcard':
      return values.flatMap((value) => (Array.isArray(value) ? value : isObject(value) ? sortedKeys(value).map((key) => value[key]) : []));
    case 'recursive':
      return values.flatMap(descendants);
    case 'index':
    case 'slice':
      return values.flatMap((value) => elements(value, node));
    case 'union':
      return node.paths.flatMap((path) => walkPath(path, values, root, options));
    case 'filter':
      return values.flatMap((value) => (Array.isArray(value) ? value.filter((item) => passes(node, item, root)) : []));
    default:
      return [...values];
  }
}

function fieldOf(value: unknown, name: string, options: EvaluateOptions): unknown[] {
  if (Array.isArray(value)) {
    if (options.allowMissing) return [];
    throw new JsonPathError(`can't evaluate field ${name} in type []interface {}`);
  }
  if (isObject(value) && value[name] !== undefined) return [value[name]];
  if (options.allowMissing || value === null || value === undefined) return [];
  throw new JsonPathError(`${name} is not found`);
}

function descendants(value: unknown): unknown[] {
  const inner = Array.isArray(value) ? value : isObject(value) ? sortedKeys(value).map((key) => value[key]) : [];
  return [value, ...inner.flatMap(descendants)].filter((item) => isObject(item) || Array.isArray(item));
}

function elements(value: unknown, node: PathNode): unknown[] {
  if (!Array.isArray(value)) {
    if (value === undefined || value === null) return [];
    throw new JsonPathError(`${JSON.stringify(value)} is not array or slice`);
  }
  if (node.node === 'index') {
    const at = node.at < 0 ? value.length + node.at : node.at;
    if (at < 0 || at >= value.length) throw new JsonPathError(`array index out of bounds: index ${at}, length ${value.length}`);
    return [value[at]];
  }
  if (node.node !== 'slice') return [];
  const bound = (index: number | undefined, otherwise: number) =>
    index === undefined ? otherwise : Math.min(index < 0 ? value.length + index : index, value.length);
  const step = node.step ?? 1;
  return value.slice(bound(node.from, 0), bound(node.to, value.length)).filter((_item, i) => i % step === 0);
}

function passes(node: Extract<PathNode, { node: 'filter' }>, item: unknown, root: unknown): boolean {
  const read = (nodes: readonly PathNode[]) => walkPath(nodes, [item], root, { allowMissing: true });
  const left = read(node.left);
  if (node.operator === 'exists') return left.length > 0;
  const right = read(node.right);
  if (left.length === 0 || right.length === 0) return false;
  const [a, b] = [left[0], right[0]];
  switch (node.operator) {
    case '==':
      return equal(a, b);
    case '!=':
      return !equal(a, b);
    default:
      return compares(node.operator, a, b);
  }
}

function compares(operator: string, a: unknown, b: unknown): boolean {
  if (typeof a !== typeof b || (typeof a !== 'number' && typeof a !== 'string')) return false;
  const x = a as number;
  const y = b as number;
  if (operator === '<') return x < y;
  if (operator === '<=') return x <= y;
  return operator === '>' ? x > y : x >= y;
}

/** A value as text: JSON for objects and lists. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
