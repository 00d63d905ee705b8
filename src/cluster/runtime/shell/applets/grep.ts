// grep, egrep, fgrep. Models busybox findutils/grep.c.
import type { Program, Sys } from '../../process/program.ts';
import { joinPath } from '../../process/paths.ts';
import { errnoText } from '../redirect.ts';
import { compileRegex } from '../regex.ts';
import { type Applets, complain, eachLine, pathOf, print, readOptions, type Options, type Running, type Style } from './applet.ts';
import { usage } from './usage.ts';

/** What a line is held against. */
type Find = (line: string) => readonly { readonly at: number; readonly text: string }[];

function grep(style: Style, kind: 'basic' | 'extended' | 'fixed'): Program {
  return function* run(sys) {
    const options = readOptions(sys, 'HhnlLoqvsrRiywFEzcxPm:A:B:C:e:f:', {
      'line-number': 'n',
      'ignore-case': 'i',
      count: 'c',
      quiet: 'q',
      color: 'z',
      'line-buffered': 'z',
    });
    const operands = [...options.operands];
    const patterns = [...options.values('e')];
    for (const file of options.values('f')) {
      const read = sys.files.read(pathOf(sys, file));
      if ('text' in read) patterns.push(...read.text.replace(/\n$/, '').split('\n'));
    }
    if (patterns.length === 0 && options.values('f').length === 0) {
      const first = operands.shift();
      if (first === undefined)
        return yield* usage(sys, style, '[-HhnlLoqvsrRiwFEz] [-m N] [-A|B|C N] { PATTERN | -e PATTERN... | -f FILE... } [FILE]...', 2);
      patterns.push(first);
    }
    const find = matcher(
      patterns.flatMap((pattern) => pattern.split('\n')),
      options,
      kind,
      style,
    );
    if (typeof find === 'string') {
      yield* complain(sys, `bad regex '${find}'`);
      return 2;
    }
    return yield* search(sys, operands, find, options);
  };
}

function matcher(patterns: readonly string[], options: Options, kind: 'basic' | 'extended' | 'fixed', style: Style): Find | string {
  const fixed = kind === 'fixed' || options.has('F');
  const extended = kind === 'extended' || options.has('E') || options.has('P');
  const expressions: RegExp[] = [];
  for (const pattern of patterns) {
    const text = fixed ? pattern.replace(/[\\^$.*[\]]/g, '\\$&') : pattern;
    const expression = compileRegex(text, fixed ? false : extended, options.has('i') || options.has('y'), 'g');
    if (!expression) return pattern;
    expressions.push(expression);
  }
  const accept = (line: string, at: number, text: string): boolean => {
    if (options.has('x') && text.length !== line.length) return false;
    return !options.has('w') || (!/\w/.test(line.charAt(at - 1)) && !/\w/.test(line.charAt(at + text.length)));
  };
  return (line) => {
    const found: { at: number; text: string }[] = [];
    // busybox looks for whole words only until it has one: what -o prints behind it need not be.
    const lenient = style === 'busybox' && options.has('o');
    for (const expression of expressions)
      for (const match of line.matchAll(expression))
        if ((lenient && found.length > 0) || accept(line, match.index, match[0])) found.push({ at: match.index, text: match[0] });
    return found.sort((a, b) => a.at - b.at);
  };
}

interface Tally {
  found: boolean;
  failed: boolean;
}

function* search(sys: Sys, operands: readonly string[], find: Find, options: Options): Running {
  const recursive = options.has('r') || options.has('R');
  const tally: Tally = { found: false, failed: false };
  const paths = operands.length === 0 ? [recursive ? '.' : '-'] : operands;
  const targets = recursive
    ? paths.flatMap((path) => filesBelow(sys, path).map((file) => (operands.length === 0 ? file.replace(/^\.\//, '') : file)))
    : paths;
  const named = options.has('H') || (!options.has('h') && (paths.length > 1 || (recursive && targets.join() !== paths.join())));
  for (const path of targets) {
    const opened = path === '-' ? { fd: 0 } : sys.open(path, 'read');
    if ('error' in opened) {
      tally.failed = true;
      if (!options.has('s'))
        yield* complain(sys, opened.error === 'EISDIR' ? `${path}: Is a directory` : `${path}: ${errnoText(opened.error)}`);
      continue;
    }
    yield* searchFile(opened.fd, path === '-' ? '(standard input)' : path, named, find, options, tally);
    if (opened.fd > 2) sys.close(opened.fd);
    if (options.has('q') && tally.found) return 0;
  }
  if (tally.failed && !options.has('q')) return 2;
  return Number(!tally.found);
}

/** The files below a directory, in the order of their names. */
export function filesBelow(sys: Sys, path: string): readonly string[] {
  const listed = sys.files.list(pathOf(sys, path));
  if ('error' in listed) return [path];
  return listed.names.flatMap((name) => {
    const inner = joinPath(path, name);
    const stat = sys.files.stat(pathOf(sys, inner), false);
    return 'kind' in stat && stat.kind === 'directory' ? filesBelow(sys, inner) : [inner];
  });
}

function* searchFile(fd: number, name: string, named: boolean, find: Find, options: Options, tally: Tally): Running<void> {
  const after = Number(options.value('A') ?? options.value('C') ?? 0);
  const before = Number(options.value('B') ?? options.value('C') ?? 0);
  const most = options.value('m') === undefined ? Number.POSITIVE_INFINITY : Number(options.value('m'));
  const quiet = options.has('q') || options.has('l') || options.has('L') || options.has('c');
  const held: string[] = [];
  let number = 0;
  let count = 0;
  let trailing = 0;
  let lastShown = 0;
  const label = (mark: string, line: number): string => `${named ? `${name}${mark}` : ''}${options.has('n') ? `${line}${mark}` : ''}`;
  yield* eachLine(fd, function* take(line) {
    number += 1;
    const matches = find(line);
    const hit = matches.length > 0 !== options.has('v');
    if (!hit) {
      if (trailing > 0) {
        trailing -= 1;
        lastShown = number;
        yield* print(`${label('-', number)}${line}\n`);
      } else if (before > 0) {
        held.push(line);
        if (held.length > before) held.shift();
      }
      return true;
    }
    count += 1;
    tally.found = true;
    if (options.has('q') || options.has('l') || options.has('L')) return false;
    if (!quiet) {
      if ((before > 0 || after > 0) && lastShown > 0 && number - held.length > lastShown + 1) yield* print('--\n');
      for (const [i, text] of held.entries()) yield* print(`${label('-', number - held.length + i)}${text}\n`);
      held.length = 0;
      if (options.has('o')) for (const { text } of matches) yield* print(text === '' ? '' : `${label(':', number)}${text}\n`);
      else yield* print(`${label(':', number)}${line}\n`);
      trailing = after;
      lastShown = number;
    }
    return count < most;
  });
  if (options.has('c')) yield* print(`${named ? `${name}:` : ''}${count}\n`);
  if (options.has('l') && count > 0) yield* print(`${name}\n`);
  if (options.has('L') && count === 0) yield* print(`${name}\n`);
}

const applets: Applets = (style) => ({
  grep: grep(style, 'basic'),
  egrep: grep(style, 'extended'),
  fgrep: grep(style, 'fixed'),
});
export default applets;
