// Tokens into a tree of nodes, each with its place. Models libyaml's parser in sigs.k8s.io/yaml/goyaml.v2/parserc.go.
import { type Mark, type Scanner, type Token, type TokenType, YamlError, createScanner } from './scan.ts';

/** A part of a document. */
export type YamlNode = ScalarNode | SequenceNode | MappingNode | AliasNode;

interface NodeBase {
  readonly start: Mark;
  readonly end: Mark;
  readonly anchor?: string;
  /** As written: `!!str`. */
  readonly tag?: string;
}
export interface ScalarNode extends NodeBase {
  readonly is: 'scalar';
  readonly value: string;
  readonly plain: boolean;
}
export interface SequenceNode extends NodeBase {
  readonly is: 'sequence';
  readonly items: readonly YamlNode[];
}
export interface MappingNode extends NodeBase {
  readonly is: 'mapping';
  readonly pairs: readonly { readonly key: YamlNode; readonly value: YamlNode }[];
}
export interface AliasNode extends NodeBase {
  readonly is: 'alias';
  readonly name: string;
}

/** Limits that a text is held to: what a reader can be made to do. */
export interface YamlLimits {
  readonly levels: number;
  readonly nodes: number;
}

/** A text that is too much for us, though it may be YAML. */
export class LimitError extends Error {
  readonly at: Mark;
  constructor(message: string, at: Mark) {
    super(message);
    this.at = at;
  }
}

/** A complaint of the parser: the line is that of the token, counted from 0, as go-yaml says it. */
const parserError = (problem: string, token: Token, context: Mark): YamlError =>
  new YamlError(problem, token.start, token.start.line !== 0 ? token.start.line : context.line);

type Reader = { readonly scanner: Scanner; readonly limits: YamlLimits; count: number };

/** Reads the first document of a text; undefined where there is none. */
export function readDocument(text: string, limits: YamlLimits): YamlNode | undefined {
  const reader: Reader = { scanner: createScanner(text), limits, count: 0 };
  const { scanner } = reader;
  while (scanner.peek().type === 'document-end') scanner.take();
  let explicit = false;
  while (scanner.peek().type === 'directive') {
    scanner.take();
    explicit = true;
  }
  if (scanner.peek().type === 'document-start') scanner.take();
  else if (explicit) throw parserError('did not find expected <document start>', scanner.peek(), scanner.peek().start);
  else if (scanner.peek().type === 'stream-end') return undefined;
  if (ENDS_DOCUMENT.has(scanner.peek().type)) return emptyScalar(scanner.peek().start);
  const node = readNode(reader, true, false, 0);
  // The end of the document is looked for, so that what follows it badly is noticed.
  scanner.peek();
  return node;
}

const ENDS_DOCUMENT: ReadonlySet<TokenType> = new Set(['directive', 'document-start', 'document-end', 'stream-end']);
const emptyScalar = (at: Mark): ScalarNode => ({ is: 'scalar', value: '', plain: true, start: at, end: at });

function readNode(reader: Reader, block: boolean, indentless: boolean, level: number): YamlNode {
  const { scanner, limits } = reader;
  const first = scanner.peek();
  reader.count += 1;
  if (level > limits.levels) throw new LimitError(`the manifest nests deeper than ${limits.levels} levels`, first.start);
  if (reader.count > limits.nodes) throw new LimitError(`the manifest has more than ${limits.nodes} values`, first.start);
  if (first.type === 'alias') {
    scanner.take();
    return { is: 'alias', name: first.value, start: first.start, end: first.end };
  }
  let anchor: string | undefined;
  let tag: string | undefined;
  for (let token = scanner.peek(); token.type === 'anchor' || token.type === 'tag'; token = scanner.peek()) {
    if (token.type === 'anchor' && anchor === undefined) anchor = token.value;
    else if (token.type === 'tag' && tag === undefined) tag = token.value;
    else break;
    scanner.take();
  }
  const props = { ...(anchor !== undefined && { anchor }), ...(tag !== undefined && { tag }) };
  const token = scanner.peek();
  const start = first.start;
  if (indentless && token.type === 'block-entry') return { ...readIndentless(reader, level), ...props, start };
  switch (token.type) {
    case 'scalar':
      scanner.take();
      return { is: 'scalar', value: token.value, plain: token.plain, start: token.start, end: token.end, ...props };
    case 'flow-sequence-start':
      return { ...readFlowSequence(reader, level), ...props };
    case 'flow-mapping-start':
      return { ...readFlowMapping(reader, level), ...props };
    case 'block-sequence-start':
      if (block) return { ...readBlockSequence(reader, level), ...props };
      break;
    case 'block-mapping-start':
      if (block) return { ...readBlockMapping(reader, level), ...props };
      break;
    default:
  }
  if (anchor !== undefined || tag !== undefined) return { ...emptyScalar(token.start), ...props };
  throw parserError('did not find expected node content', token, start);
}

const endsWith = (token: Token, ...types: readonly TokenType[]): boolean => types.includes(token.type);

function readBlockSequence(reader: Reader, level: number): SequenceNode {
  const { scanner } = reader;
  const { start } = scanner.take();
  const items: YamlNode[] = [];
  for (;;) {
    const token = scanner.peek();
    if (token.type === 'block-end') {
      scanner.take();
      return { is: 'sequence', items, start, end: items.at(-1)?.end ?? start };
    }
    if (token.type !== 'block-entry') throw parserError("did not find expected '-' indicator", token, start);
    scanner.take();
    items.push(endsWith(scanner.peek(), 'block-entry', 'block-end') ? emptyScalar(token.end) : readNode(reader, true, false, level + 1));
  }
}

/** A list that stands no deeper than its key. */
function readIndentless(reader: Reader, level: number): SequenceNode {
  const { scanner } = reader;
  const { start } = scanner.peek();
  const items: YamlNode[] = [];
  while (scanner.peek().type === 'block-entry') {
    const { end } = scanner.take();
    const isEmpty = endsWith(scanner.peek(), 'block-entry', 'key', 'value', 'block-end');
    items.push(isEmpty ? emptyScalar(end) : readNode(reader, true, false, level + 1));
  }
  return { is: 'sequence', items, start, end: items.at(-1)?.end ?? start };
}

function readBlockMapping(reader: Reader, level: number): MappingNode {
  const { scanner } = reader;
  const { start } = scanner.take();
  const pairs: { key: YamlNode; value: YamlNode }[] = [];
  const part = (after: Mark): YamlNode =>
    endsWith(scanner.peek(), 'key', 'value', 'block-end') ? emptyScalar(after) : readNode(reader, true, true, level + 1);
  for (;;) {
    const token = scanner.peek();
    if (token.type === 'block-end') {
      scanner.take();
      return { is: 'mapping', pairs, start, end: pairs.at(-1)?.value.end ?? start };
    }
    if (token.type !== 'key') throw parserError('did not find expected key', token, start);
    scanner.take();
    const key = part(token.end);
    const value = scanner.peek().type === 'value' ? part(scanner.take().end) : emptyScalar(scanner.peek().start);
    pairs.push({ key, value });
  }
}

function readFlowSequence(reader: Reader, level: number): SequenceNode {
  const { scanner } = reader;
  const { start } = scanner.take();
  const items: YamlNode[] = [];
  for (let first = true; scanner.peek().type !== 'flow-sequence-end'; first = false) {
    if (!first) {
      if (scanner.peek().type !== 'flow-entry') throw parserError("did not find expected ',' or ']'", scanner.peek(), start);
      scanner.take();
    }
    const token = scanner.peek();
    if (token.type === 'key') {
      const pair = readFlowPair(reader, level, 'flow-sequence-end');
      items.push({ is: 'mapping', pairs: [pair], start: token.start, end: pair.value.end });
    } else if (token.type !== 'flow-sequence-end') {
      items.push(readNode(reader, false, false, level + 1));
    }
  }
  return { is: 'sequence', items, start, end: scanner.take().end };
}

function readFlowMapping(reader: Reader, level: number): MappingNode {
  const { scanner } = reader;
  const { start } = scanner.take();
  const pairs: { key: YamlNode; value: YamlNode }[] = [];
  for (let first = true; scanner.peek().type !== 'flow-mapping-end'; first = false) {
    if (!first) {
      if (scanner.peek().type !== 'flow-entry') throw parserError("did not find expected ',' or '}'", scanner.peek(), start);
      scanner.take();
    }
    const token = scanner.peek();
    if (token.type === 'key') pairs.push(readFlowPair(reader, level, 'flow-mapping-end'));
    else if (token.type !== 'flow-mapping-end') {
      const key = readNode(reader, false, false, level + 1);
      pairs.push({ key, value: emptyScalar(scanner.peek().start) });
    }
  }
  return { is: 'mapping', pairs, start, end: scanner.take().end };
}

function readFlowPair(reader: Reader, level: number, end: TokenType): { key: YamlNode; value: YamlNode } {
  const { scanner } = reader;
  const { end: after } = scanner.take();
  const key = endsWith(scanner.peek(), 'value', 'flow-entry', end) ? emptyScalar(after) : readNode(reader, false, false, level + 1);
  if (scanner.peek().type !== 'value') return { key, value: emptyScalar(scanner.peek().start) };
  const mark = scanner.take().end;
  return { key, value: endsWith(scanner.peek(), 'flow-entry', end) ? emptyScalar(mark) : readNode(reader, false, false, level + 1) };
}
