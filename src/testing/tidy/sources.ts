// The project's own sources, parsed, for the rules beside this file.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';

/** A node of the syntax tree, as the parser gives it (ESTree). */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly [field: string]: unknown;
}

/** One import or re-export of a source file. */
export interface Import {
  /** As written. */
  readonly from: string;
  /** The imported file, relative to `src`, or undefined for a package. */
  readonly file?: string;
  /** Whether only types come over. */
  readonly isType: boolean;
}

/** A source file below `src`. */
export interface Source {
  /** Relative to `src`, with `/`. */
  readonly file: string;
  readonly text: string;
  readonly program: SyntaxNode;
  readonly imports: readonly Import[];
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Parses a text as if it stood at `file` below `src`. */
export function parseSource(file: string, text: string): Source {
  const { program, module, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const importOf = (from: string, isType: boolean): Import =>
    from.startsWith('.') ? { from, file: normalize(join(dirname(file), from)).replace(/\?.*$/, ''), isType } : { from, isType };
  return {
    file,
    text,
    program: program as unknown as SyntaxNode,
    imports: [
      ...module.staticImports.map(({ moduleRequest, entries }) =>
        importOf(moduleRequest.value, entries.length > 0 && entries.every((entry) => entry.isType)),
      ),
      ...module.staticExports.flatMap(({ entries }) =>
        entries.flatMap((entry) => (entry.moduleRequest ? [importOf(entry.moduleRequest.value, entry.isType)] : [])),
      ),
      ...module.dynamicImports.flatMap(({ moduleRequest }) => {
        const [, from] = /^['"`](.+)['"`]$/.exec(text.slice(moduleRequest.start, moduleRequest.end)) ?? [];
        return from === undefined ? [] : [importOf(from, false)];
      }),
    ],
  };
}

/** Every TypeScript source below `src`. */
export function readSources(): readonly Source[] {
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
  return files.sort().map((file) => parseSource(file, readFileSync(join(root, file), 'utf8')));
}

/** Calls `visit` with every node of a tree, parents first. */
export function walk(node: SyntaxNode, visit: (node: SyntaxNode) => void): void {
  visit(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child === 'object' && child !== null && typeof (child as SyntaxNode).type === 'string') walk(child as SyntaxNode, visit);
    }
  }
}
