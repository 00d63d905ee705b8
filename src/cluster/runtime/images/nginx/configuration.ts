// nginx.conf as far as servers need it: directives with their words and blocks.
import type { Sys } from '../../process/program.ts';

/** `listen 80;` or `location / { ... }`. */
export interface Directive {
  readonly words: readonly string[];
  readonly block: readonly Directive[] | undefined;
  readonly line: number;
}

/** A mistake in it, as nginx reports it. */
export interface ConfigurationError {
  readonly error: string;
}

/** A server with what its locations do. */
export interface Server {
  readonly ports: readonly number[];
  readonly name: string;
  readonly root: string;
  readonly index: readonly string[];
  readonly locations: readonly Location[];
  readonly returns: readonly string[] | undefined;
}

/** What is done below a path. */
export interface Location {
  readonly path: string;
  readonly isExact: boolean;
  readonly root: string | undefined;
  readonly alias: string | undefined;
  readonly index: readonly string[] | undefined;
  readonly returns: readonly string[] | undefined;
  readonly proxyPass: string | undefined;
}

interface Token {
  readonly text: string;
  readonly line: number;
  readonly isQuoted: boolean;
}

/** Files that have been read: nearly all containers start with those of their image. */
const read = new Map<string, readonly Token[]>();
const MOST_REMEMBERED = 50;

function tokensOf(text: string): readonly Token[] {
  const known = read.get(text);
  if (known !== undefined) return known;
  const tokens = readTokens(text);
  if (read.size >= MOST_REMEMBERED) read.clear();
  read.set(text, tokens);
  return tokens;
}

function readTokens(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const pattern = /#[^\n]*|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|[{};]|(?:\$\{[^}]*\}|[^\s{};"'])+|\n/g;
  let line = 1;
  for (const match of text.matchAll(pattern)) {
    const [whole] = match;
    if (whole === '\n') line += 1;
    if (whole === '\n' || whole.startsWith('#')) continue;
    const quoted = match[1] ?? match[2];
    tokens.push({
      text: quoted === undefined ? whole : quoted.replace(/\\n/g, '\n').replace(/\\(["'\\])/g, '$1'),
      line,
      isQuoted: quoted !== undefined,
    });
  }
  return tokens;
}

/** Reads a configuration file, `include`s followed. */
export function readConfiguration(sys: Sys, path: string): readonly Directive[] | ConfigurationError {
  const file = sys.files.read(path);
  if (!('text' in file)) return { error: `open() "${path}" failed (2: No such file or directory)` };
  const tokens = tokensOf(file.text);
  let at = 0;
  const block = (isInner: boolean): readonly Directive[] | ConfigurationError => {
    const found: Directive[] = [];
    for (;;) {
      const first = tokens[at];
      if (!first) return isInner ? { error: `unexpected end of file, expecting "}" in ${path}:${tokens.at(-1)?.line ?? 1}` } : found;
      if (first.text === '}' && !first.isQuoted) {
        if (!isInner) return { error: `unexpected "}" in ${path}:${first.line}` };
        at += 1;
        return found;
      }
      const words: string[] = [];
      while (tokens[at] && !isMark(tokens[at])) {
        words.push(tokens[at]?.text ?? '');
        at += 1;
      }
      const end = tokens[at];
      if (!end) return { error: `unexpected end of file, expecting ";" or "}" in ${path}:${tokens.at(-1)?.line ?? 1}` };
      if (end.text === '}') return { error: `unexpected "}" in ${path}:${end.line}` };
      at += 1;
      if (words[0] === 'include') {
        const inner = included(sys, words[1] ?? '');
        if ('error' in inner) return inner;
        found.push(...inner);
      } else if (end.text === ';') found.push({ words, block: undefined, line: first.line });
      else {
        const inner = block(true);
        if ('error' in inner) return inner;
        found.push({ words, block: inner, line: first.line });
      }
    }
  };
  return block(false);
}

const MARKS: ReadonlySet<string> = new Set(['{', '}', ';']);
const isMark = (token: Token | undefined): boolean => token !== undefined && !token.isQuoted && MARKS.has(token.text);

function included(sys: Sys, pattern: string): readonly Directive[] | ConfigurationError {
  const path = pattern.startsWith('/') ? pattern : `/etc/nginx/${pattern}`;
  const directory = path.slice(0, path.lastIndexOf('/'));
  if (!path.endsWith('*.conf')) return path.endsWith('mime.types') ? [] : readConfiguration(sys, path);
  const listed = sys.files.list(directory);
  const all: Directive[] = [];
  for (const name of 'names' in listed ? listed.names : []) {
    if (!name.endsWith('.conf')) continue;
    const inner = readConfiguration(sys, `${directory}/${name}`);
    if ('error' in inner) return inner;
    all.push(...inner);
  }
  return all;
}

const wordsOf = (block: readonly Directive[] | undefined, name: string): readonly string[] | undefined =>
  block?.findLast((directive) => directive.words[0] === name)?.words.slice(1);

/** The servers that a configuration describes. */
export function serversIn(configuration: readonly Directive[]): readonly Server[] {
  const http = configuration.find(({ words }) => words[0] === 'http')?.block ?? [];
  return http
    .filter(({ words }) => words[0] === 'server')
    .map(({ block = [] }) => ({
      ports: portsIn(block),
      name: wordsOf(block, 'server_name')?.[0] ?? '_',
      root: wordsOf(block, 'root')?.[0] ?? wordsOf(http, 'root')?.[0] ?? '/etc/nginx/html',
      index: wordsOf(block, 'index') ?? ['index.html'],
      locations: block.filter(({ words }) => words[0] === 'location').map(locationOf),
      returns: wordsOf(block, 'return'),
    }));
}

function portsIn(block: readonly Directive[]): readonly number[] {
  const listened = block.filter(({ words }) => words[0] === 'listen').map(({ words }) => Number(/(\d+)$/.exec(words[1] ?? '')?.[1] ?? 80));
  return listened.length === 0 ? [80] : [...new Set(listened)];
}

function locationOf({ words, block }: Directive): Location {
  const isExact = words[1] === '=';
  const path = words.at(-1) ?? '/';
  return {
    path,
    isExact,
    root: wordsOf(block, 'root')?.[0],
    alias: wordsOf(block, 'alias')?.[0],
    index: wordsOf(block, 'index'),
    returns: wordsOf(block, 'return'),
    proxyPass: wordsOf(block, 'proxy_pass')?.[0],
  };
}
