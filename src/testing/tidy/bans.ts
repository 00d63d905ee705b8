// What pure code does without, each with what to use instead. Pure: base to scenario, and every scene.ts (design.md section 2).
import { type Source, type SyntaxNode, walk } from './sources.ts';

/** Whether a file must be pure. Tests, and the catalogs that Vite fills in, need not be. */
export function isPure(file: string): boolean {
  if (/\.(test|bench)\.tsx?$/.test(file) || file.endsWith('/catalog.ts')) return false;
  return /^(base|engine|manifest|cluster|kubectl|scenario)\//.test(file) || /^diagrams\/.*\bscene\.ts$/.test(file);
}

const GLOBALS: ReadonlyMap<string, string> = table({
  setTimeout: 'context.wake',
  setInterval: 'context.wake',
  requestAnimationFrame: 'session/playhead.ts',
  queueMicrotask: 'context.wake',
  performance: 'context.at',
  crypto: 'context.random',
  Promise: 'a message and its answer',
  Intl: 'base/order.ts or base/durations.ts',
  console: 'context.note',
  structuredClone: 'base/json.ts freeze',
});
const MEMBERS: ReadonlyMap<string, string> = table({
  'Date.now': 'context.at',
  'Math.random': 'context.random',
  ...Object.fromEntries(
    [
      'sin',
      'cos',
      'tan',
      'exp',
      'log',
      'log2',
      'log10',
      'pow',
      'atan',
      'atan2',
      'cbrt',
      'hypot',
      'sinh',
      'cosh',
      'tanh',
      'expm1',
      'log1p',
    ].map((name) => [`Math.${name}`, 'integers, or a table in base/: engines differ in the last bit']),
  ),
});
/** Where every key of a JSON value is taken and their order does not count, the fastest loop may be used. */
const ORDER_DOES_NOT_COUNT: readonly string[] = ['base/hash.ts', 'base/json.ts'];
const METHODS: ReadonlyMap<string, string> = table({
  localeCompare: 'base/order.ts compareText',
  toLocaleString: 'base/durations.ts',
  toLocaleLowerCase: 'toLowerCase',
  toLocaleUpperCase: 'toUpperCase',
});

/** What a pure source may not contain: one sentence each. */
export function bansBroken(source: Source): readonly string[] {
  const found: string[] = [];
  const ban = (node: SyntaxNode, what: string, instead: string): void => {
    const line = source.text.slice(0, node.start).split('\n').length;
    found.push(`${source.file}:${line} ${what}: use ${instead}`);
  };
  walk(source.program, (node) => {
    if (node.type === 'ForInStatement' && ORDER_DOES_NOT_COUNT.includes(source.file)) return;
    for (const [what, instead] of brokenBy(node)) ban(node, what, instead);
  });
  for (const node of source.program.body as readonly SyntaxNode[]) {
    const declaration = node.type === 'ExportNamedDeclaration' ? (node.declaration as SyntaxNode | null) : node;
    if (declaration?.type === 'VariableDeclaration' && declaration.kind !== 'const')
      ban(node, 'a changing variable of the module', 'state that somebody owns');
  }
  return found;
}

function table(entries: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(entries));
}

function told(entries: ReadonlyMap<string, string>, name: string): readonly (readonly [string, string])[] {
  const instead = entries.get(name);
  return instead === undefined ? [] : [[name, instead]];
}

function brokenBy(node: SyntaxNode): readonly (readonly [string, string])[] {
  if (node.type === 'MemberExpression' && !node.computed) {
    const property = nameOf(node.property);
    const member = `${nameOf(node.object)}.${property}`;
    return [...told(MEMBERS, member), ...told(METHODS, property), ...told(GLOBALS, nameOf(node.object))].slice(0, 1);
  }
  if (node.type === 'CallExpression' || node.type === 'NewExpression') {
    const callee = nameOf(node.callee);
    if (callee === 'Date' && (node.type === 'CallExpression' || (node.arguments as unknown[]).length === 0))
      return [['Date of now', 'context.at']];
    if (callee === 'eval' || callee === 'Function') return [[callee, 'nothing: text is never run']];
    return told(GLOBALS, callee);
  }
  if (node.async === true || node.type === 'AwaitExpression') return [['async', 'a message and its answer']];
  if (node.type === 'ForInStatement') return [['for…in', 'base/order.ts sortedKeys']];
  if (node.type === 'Literal' && 'regex' in node && /\\p\{/i.test((node.regex as { pattern: string }).pattern))
    return [['\\p{…}', 'ranges: engines know different Unicode versions']];
  return [];
}

const nameOf = (node: unknown): string => {
  const { type, name } = node as SyntaxNode;
  return type === 'Identifier' ? String(name) : '';
};
