// Reads a JSONPath template (`{.items[*].metadata.name}`) into nodes. Models k8s.io/client-go/util/jsonpath/parser.go.

/** A step of a path, or a piece of text. */
export type PathNode =
  | { readonly node: 'text'; readonly text: string }
  | { readonly node: 'field'; readonly name: string }
  | { readonly node: 'wildcard' }
  | { readonly node: 'recursive' }
  | { readonly node: 'slice'; readonly from: number | undefined; readonly to: number | undefined; readonly step: number | undefined }
  | { readonly node: 'index'; readonly at: number }
  | { readonly node: 'union'; readonly paths: readonly PathNode[][] }
  | { readonly node: 'filter'; readonly left: readonly PathNode[]; readonly operator: string; readonly right: readonly PathNode[] }
  | { readonly node: 'literal'; readonly value: string | number | boolean }
  | { readonly node: 'range' | 'end' }
  /** What stood between braces. */
  | { readonly node: 'list'; readonly nodes: readonly PathNode[] };

/** Thrown for a template that cannot be read. */
export class JsonPathError extends Error {
  override readonly name = 'JsonPathError';
}

/** Reads a whole template: text outside braces, paths inside. */
export function parseTemplate(text: string): PathNode[] {
  const nodes: PathNode[] = [];
  let rest = text;
  while (rest !== '') {
    const open = rest.indexOf('{');
    if (open < 0) {
      nodes.push({ node: 'text', text: rest });
      break;
    }
    if (open > 0) nodes.push({ node: 'text', text: rest.slice(0, open) });
    const close = closingBrace(rest, open);
    nodes.push({ node: 'list', nodes: parseAction(rest.slice(open + 1, close)) });
    rest = rest.slice(close + 1);
  }
  return nodes;
}

function closingBrace(text: string, open: number): number {
  let quote = '';
  for (let i = open + 1; i < text.length; i += 1) {
    const c = text.charAt(i);
    if (quote !== '') {
      if (c === '\\') i += 1;
      else if (c === quote) quote = '';
    } else if (c === '"' || c === "'") quote = c;
    else if (c === '}') return i;
  }
  throw new JsonPathError('unclosed action');
}

/** Reads what stands between braces. */
function parseAction(text: string): PathNode[] {
  const nodes: PathNode[] = [];
  let rest = text;
  while (rest !== '') {
    const [node, length] = nextNode(rest);
    if (node) nodes.push(node);
    rest = rest.slice(length);
  }
  return nodes;
}

function nextNode(text: string): [PathNode | undefined, number] {
  const space = /^[\s$@]+/.exec(text);
  if (space) return [undefined, space[0].length];
  if (text.startsWith('..')) return [{ node: 'recursive' }, text.startsWith('..[') || !/^\.\.[\w*]/.test(text) ? 2 : 1];
  if (text.startsWith('.')) return text.startsWith('.[') ? [undefined, 1] : fieldNode(text.slice(1), 1);
  if (text.startsWith('*')) return [{ node: 'wildcard' }, 1];
  if (text.startsWith('[')) return bracketNode(text);
  const quoted = /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')/.exec(text);
  if (quoted) return [{ node: 'text', text: plain(quoted[1] ?? quoted[2] ?? '') }, quoted[0].length];
  const number = /^-?\d+(?:\.\d+)?/.exec(text);
  if (number) return [{ node: 'literal', value: Number(number[0]) }, number[0].length];
  const word = /^\w+/.exec(text)?.[0];
  if (word === 'range' || word === 'end') return [{ node: word }, word.length];
  if (word === 'true' || word === 'false') return [{ node: 'literal', value: word === 'true' }, word.length];
  if (word !== undefined) return fieldNode(text, 0);
  throw new JsonPathError(
    `unrecognized character in action: U+${text.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')} '${text.charAt(0)}'`,
  );
}

function fieldNode(text: string, before: number): [PathNode | undefined, number] {
  if (text.startsWith('*')) return [{ node: 'wildcard' }, before + 1];
  const raw = /^(?:\\.|[^\s.[\]{}()|,='"!<>$@])+/.exec(text)?.[0] ?? '';
  if (raw === '') return [undefined, before === 0 ? 1 : before];
  return [{ node: 'field', name: raw.replaceAll(/\\(.)/g, '$1') }, before + raw.length];
}

function bracketNode(text: string): [PathNode, number] {
  const close = closingBracket(text);
  const inner = text.slice(1, close).trim();
  return [bracketContent(inner), close + 1];
}

function closingBracket(text: string): number {
  let depth = 0;
  let quote = '';
  for (let i = 0; i < text.length; i += 1) {
    const c = text.charAt(i);
    if (quote !== '') {
      if (c === '\\') i += 1;
      else if (c === quote) quote = '';
    } else if (c === '"' || c === "'") quote = c;
    else if (c === '[') depth += 1;
    else if (c === ']') {
      depth -= 1;
      if (depth === 0) return i;
    }
  }
  throw new JsonPathError('unterminated array');
}

function bracketContent(inner: string): PathNode {
  const filter = /^\?\((.*)\)$/s.exec(inner);
  if (filter) return filterNode(filter[1] ?? '');
  if (inner === '*' || inner === '') return { node: 'wildcard' };
  const quoted = /^(?:'([^']*)'|"([^"]*)")$/.exec(inner);
  if (quoted) return { node: 'field', name: quoted[1] ?? quoted[2] ?? '' };
  if (inner.includes(',')) return { node: 'union', paths: inner.split(',').map((part) => [bracketContent(part.trim())]) };
  if (/^-?\d+$/.test(inner)) return { node: 'index', at: Number(inner) };
  const slice = /^(-?\d*):(-?\d*)(?::(-?\d*))?$/.exec(inner);
  if (!slice) throw new JsonPathError(`invalid array index ${inner}`);
  const bound = (part: string | undefined) => (part === undefined || part === '' ? undefined : Number(part));
  return { node: 'slice', from: bound(slice[1]), to: bound(slice[2]), step: bound(slice[3]) };
}

function filterNode(text: string): PathNode {
  const operator = /==|!=|<=|>=|<|>/.exec(text.replaceAll(/'[^']*'|"[^"]*"/g, (quoted) => '_'.repeat(quoted.length)));
  if (!operator) return { node: 'filter', left: parseAction(text), operator: 'exists', right: [] };
  const at = operator.index;
  return {
    node: 'filter',
    left: parseAction(text.slice(0, at)),
    operator: operator[0],
    right: parseAction(text.slice(at + operator[0].length)),
  };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };
const plain = (text: string): string => text.replaceAll(/\\(.)/g, (_all, c: string) => ESCAPES[c] ?? c);
