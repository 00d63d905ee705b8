// Shell patterns: `*`, `?`, `[...]`. A backslash makes the next character stand for itself.
import { joinPath } from '../process/paths.ts';
import type { Files } from '../process/program.ts';

type Token =
  | { readonly kind: 'char'; readonly char: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'star' }
  | { readonly kind: 'set'; readonly has: (char: string) => boolean };

/** A pattern that can be asked. */
export interface Pattern {
  /** Whether the whole text matches. */
  matches(text: string): boolean;
  /** Whether it begins with a star, and so on: a pattern without any wildcard is its own text. */
  readonly plain: string | undefined;
}

const known = new Map<string, Pattern>();

/** Compiles a pattern. */
export function compilePattern(text: string): Pattern {
  const held = known.get(text);
  if (held) return held;
  const tokens = tokenise(text);
  const plain = tokens.every(({ kind }) => kind === 'char')
    ? tokens.map((token) => (token.kind === 'char' ? token.char : '')).join('')
    : undefined;
  const pattern: Pattern = { plain, matches: plain === undefined ? (whole) => matchTokens(tokens, whole) : (whole) => whole === plain };
  if (known.size > 500) known.clear();
  known.set(text, pattern);
  return pattern;
}

/** Text as a pattern that matches only itself. */
export function escapePattern(text: string): string {
  return text.replace(/[*?[\]\\]/g, '\\$&');
}

const classes: Readonly<Record<string, RegExp>> = {
  alpha: /[A-Za-z]/,
  digit: /[0-9]/,
  alnum: /[A-Za-z0-9]/,
  upper: /[A-Z]/,
  lower: /[a-z]/,
  space: /\s/,
  blank: /[ \t]/,
  punct: /[!-/:-@[-`{-~]/,
  xdigit: /[0-9A-Fa-f]/,
  print: /[ -~]/,
};

function tokenise(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charAt(i);
    if (char === '\\' && i + 1 < text.length) {
      i += 1;
      tokens.push({ kind: 'char', char: text.charAt(i) });
    } else if (char === '*') {
      if (tokens.at(-1)?.kind !== 'star') tokens.push({ kind: 'star' });
    } else if (char === '?') tokens.push({ kind: 'any' });
    else if (char === '[') {
      const set = readSet(text, i);
      if (set) {
        tokens.push({ kind: 'set', has: set.has });
        i = set.end;
      } else tokens.push({ kind: 'char', char });
    } else tokens.push({ kind: 'char', char });
  }
  return tokens;
}

/** `[a-z]`, `[!x]`, `[[:digit:]]`; undefined where no bracket closes it. */
function readSet(text: string, start: number): { readonly has: (char: string) => boolean; readonly end: number } | undefined {
  let i = start + 1;
  const negated = text.charAt(i) === '!' || text.charAt(i) === '^';
  if (negated) i += 1;
  const members: ((char: string) => boolean)[] = [];
  for (let first = true; ; first = false) {
    if (i >= text.length) return undefined;
    if (text.charAt(i) === ']' && !first) break;
    const named = /^\[:(\w+):\]/.exec(text.slice(i, i + 12));
    if (named) {
      const expression = classes[named[1] ?? ''];
      members.push((char) => expression?.test(char) ?? false);
      i += named[0].length;
      continue;
    }
    if (text.charAt(i) === '\\' && i + 1 < text.length) i += 1;
    const low = text.charAt(i);
    if (text.charAt(i + 1) === '-' && i + 2 < text.length && text.charAt(i + 2) !== ']') {
      const high = text.charAt(i + 2) === '\\' ? text.charAt(i + 3) : text.charAt(i + 2);
      members.push((char) => char >= low && char <= high);
      i += text.charAt(i + 2) === '\\' ? 4 : 3;
    } else {
      members.push((char) => char === low);
      i += 1;
    }
  }
  return { has: (char) => members.some((member) => member(char)) !== negated, end: i };
}

/** Goes back only to the last star, so the work is bounded by the product of the lengths. */
function matchTokens(tokens: readonly Token[], text: string): boolean {
  let i = 0;
  let t = 0;
  let star = -1;
  let mark = 0;
  while (i < text.length) {
    const token = tokens[t];
    if (token?.kind === 'star') {
      star = t;
      mark = i;
      t += 1;
    } else if (token && matchesChar(token, text.charAt(i))) {
      t += 1;
      i += 1;
    } else if (star >= 0) {
      t = star + 1;
      mark += 1;
      i = mark;
    } else return false;
  }
  while (tokens[t]?.kind === 'star') t += 1;
  return t === tokens.length;
}

function matchesChar(token: Token, char: string): boolean {
  if (token.kind === 'char') return token.char === char;
  return token.kind === 'any' || (token.kind === 'set' && token.has(char));
}

/** The paths that a pattern matches, in the order of their bytes; none where nothing does. */
export function expandGlob(files: Files, cwd: string, pattern: string): readonly string[] {
  const absolute = pattern.startsWith('/');
  let found: readonly string[] = [absolute ? '/' : ''];
  const parts = pattern.split('/').filter((part, index, all) => part !== '' || index === all.length - 1);
  for (const [index, part] of parts.entries()) {
    const last = index === parts.length - 1;
    if (part === '') found = found.filter((path) => isDirectory(files, cwd, path)).map((path) => (path.endsWith('/') ? path : `${path}/`));
    else found = found.flatMap((path) => step(files, cwd, path, part, last));
    if (found.length === 0) return [];
  }
  return found;
}

function isDirectory(files: Files, cwd: string, path: string): boolean {
  const stat = files.stat(path.startsWith('/') ? path : joinPath(cwd, path));
  return 'kind' in stat && stat.kind === 'directory';
}

function step(files: Files, cwd: string, base: string, part: string, last: boolean): readonly string[] {
  const pattern = compilePattern(part);
  const directory = base.startsWith('/') ? base : joinPath(cwd, base);
  const join = (name: string): string => (base === '' ? name : joinPath(base, name));
  if (pattern.plain !== undefined) {
    const stat = files.stat(joinPath(directory, pattern.plain), false);
    return 'error' in stat ? [] : [join(pattern.plain)];
  }
  const listed = files.list(directory === '' ? '/' : directory);
  if ('error' in listed) return [];
  const names = part.startsWith('.') ? ['.', '..', ...listed.names] : listed.names.filter((name) => !name.startsWith('.'));
  const found = names.filter((name) => pattern.matches(name)).map(join);
  return last ? found : found.filter((path) => isDirectory(files, cwd, path));
}
