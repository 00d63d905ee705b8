// find and xargs. Models busybox findutils.
import { joinPath, lastName } from '../../process/paths.ts';
import type { FileStat, Program, Sys } from '../../process/program.ts';
import { compilePattern } from '../pattern.ts';
import { errnoText } from '../redirect.ts';
import { type Applets, complain, pathOf, print, readAll, type Running, type Style } from './applet.ts';

interface Found {
  readonly path: string;
  readonly full: string;
  readonly stat: FileStat;
  readonly depth: number;
}

/** A test or an action. */
type Step = (sys: Sys, found: Found) => Running<boolean>;

interface Plan {
  readonly step: Step;
  readonly acts: boolean;
}

interface Limits {
  max: number;
  min: number;
  depthFirst: boolean;
  /** Files for `-exec ... {} +`, run at the end. */
  readonly batches: { readonly argv: readonly string[]; readonly paths: string[] }[];
  pruned: boolean;
  quit: boolean;
}

class Mistake extends Error {}

const kindLetters: Readonly<Record<string, FileStat['kind']>> = { f: 'file', d: 'directory', l: 'link', c: 'device', p: 'pipe' };

/** Whether a number is `+N`, `-N` or `N`. */
function compares(text: string, value: number): boolean {
  const number = Number(text.replace(/^[-+]/, ''));
  if (text.startsWith('+')) return value > number;
  return text.startsWith('-') ? value < number : value === number;
}

/** Reads an expression: `-o` binds less than being side by side. */
function readPlan(words: readonly string[], limits: Limits): Plan {
  let at = 0;
  let acts = false;
  const value = (option: string): string => {
    const word = words[at];
    if (word === undefined) throw new Mistake(`${option} requires an argument`);
    at += 1;
    return word;
  };
  const either = (): Step => {
    let left = both();
    while (words[at] === '-o' || words[at] === '-or') {
      at += 1;
      const [a, b] = [left, both()];
      left = function* either(sys, found) {
        return (yield* a(sys, found)) || (yield* b(sys, found));
      };
    }
    return left;
  };
  const both = (): Step => {
    let left = one();
    while (words[at] !== undefined && words[at] !== '-o' && words[at] !== '-or' && words[at] !== ')') {
      if (words[at] === '-a' || words[at] === '-and') at += 1;
      const [a, b] = [left, one()];
      left = function* both(sys, found) {
        return (yield* a(sys, found)) && (yield* b(sys, found));
      };
    }
    return left;
  };
  const test = (holds: (found: Found, sys: Sys) => boolean): Step =>
    // biome-ignore lint/correctness/useYield: a test that need not wait
    function* holdsFor(sys, found) {
      return holds(found, sys);
    };
  const exec = (): Step => {
    const end = words.findIndex((word, i) => i >= at && (word === ';' || (word === '+' && words[i - 1] === '{}')));
    if (end < 0) throw new Mistake("-exec requires an argument or missing ';'");
    const argv = words.slice(at, end);
    at = end + 1;
    acts = true;
    if (words[end] === '+') {
      const batch = { argv: argv.slice(0, -1), paths: [] as string[] };
      limits.batches.push(batch);
      return test(({ path }) => batch.paths.push(path) > 0);
    }
    return function* execute(sys, { path }) {
      return (
        (yield* runChild(
          sys,
          argv.map((word) => word.replaceAll('{}', path)),
        )) === 0
      );
    };
  };
  const one = (): Step => {
    const word = words[at] ?? '';
    at += 1;
    switch (word) {
      case '!':
      case '-not': {
        const inner = one();
        return function* not(sys, found) {
          return !(yield* inner(sys, found));
        };
      }
      case '(': {
        const inner = either();
        at += 1;
        return inner;
      }
      case '-name':
      case '-iname':
      case '-path':
      case '-wholename': {
        const ignore = word === '-iname';
        const text = value(word);
        const pattern = compilePattern(ignore ? text.toLowerCase() : text);
        return test(({ path }) => {
          const subject = word.endsWith('name') && word !== '-wholename' ? lastName(path.replace(/(.)\/+$/, '$1')) : path;
          return pattern.matches(ignore ? subject.toLowerCase() : subject);
        });
      }
      case '-type': {
        const letter = value(word);
        const kind = kindLetters[letter];
        if (kind === undefined) throw new Mistake(`invalid argument '${letter}' to '-type'`);
        return test(({ stat }) => stat.kind === kind);
      }
      case '-size': {
        const text = value(word);
        const unit = { c: 1, k: 1024, M: 1024 ** 2, G: 1024 ** 3 }[text.slice(-1)] ?? 512;
        return test(({ stat }) => compares(text.replace(/[cbkMG]$/, ''), Math.ceil(stat.size / unit)));
      }
      case '-mmin':
      case '-mtime': {
        const text = value(word);
        const unit = word === '-mmin' ? 60_000 : 86_400_000;
        return test(({ stat }, sys) => compares(text, Math.floor((sys.at() - stat.modifiedAt) / unit)));
      }
      case '-newer': {
        const other = value(word);
        return test(({ stat }, sys) => {
          const held = sys.files.stat(pathOf(sys, other));
          return 'kind' in held && stat.modifiedAt > held.modifiedAt;
        });
      }
      case '-perm': {
        const text = value(word);
        const mode = Number.parseInt(text.replace(/^[-+/]/, ''), 8);
        return test(({ stat }) =>
          text.startsWith('-') ? (stat.mode & mode) === mode : /^[+/]/.test(text) ? (stat.mode & mode) !== 0 : stat.mode === mode,
        );
      }
      case '-executable':
        return test(({ stat }) => (stat.mode & 0o111) !== 0);
      case '-empty':
        return test(({ stat, full }, sys) => {
          const listed = stat.kind === 'directory' ? sys.files.list(full) : undefined;
          return listed ? 'names' in listed && listed.names.length === 0 : stat.size === 0;
        });
      case '-user':
      case '-group':
        value(word);
        return test(() => true);
      case '-maxdepth':
        limits.max = Number(value(word));
        return test(() => true);
      case '-mindepth':
        limits.min = Number(value(word));
        return test(() => true);
      case '-depth':
      case '-xdev':
      case '-follow':
        limits.depthFirst ||= word === '-depth';
        return test(() => true);
      case '-prune':
        return test(() => {
          limits.pruned = true;
          return true;
        });
      case '-quit':
        return test(() => {
          limits.quit = true;
          return true;
        });
      case '-delete':
        acts = true;
        limits.depthFirst = true;
        return test(({ full }, sys) => sys.files.remove(full).error === undefined);
      case '-print':
      case '-print0':
        acts = true;
        return function* show(_, { path }) {
          yield* print(`${path}${word === '-print0' ? '\0' : '\n'}`);
          return true;
        };
      case '-exec':
      case '-ok':
        return exec();
      default:
        throw new Mistake(`unrecognized: ${word}`);
    }
  };
  const whole = words.length === 0 ? test(() => true) : either();
  if (at < words.length) throw new Mistake(`unrecognized: ${words[at]}`);
  return { step: whole, acts };
}

/** Runs a program and waits for its end. */
export function* runChild(sys: Sys, argv: readonly string[]): Running {
  const child = sys.spawn({ argv });
  if ('error' in child) {
    yield* complain(sys, `${argv[0]}: ${errnoText(child.error)}`);
    return child.error === 'ENOENT' ? 127 : 126;
  }
  for (;;) {
    const answer = yield { ask: 'wait', pid: child.pid };
    if (answer.child) return answer.child.exitCode;
    if (answer.error !== undefined) return 1;
  }
}

function find(style: Style): Program {
  return function* run(sys) {
    const words = sys.argv.slice(1).filter((word) => word !== '-L' && word !== '-H' && word !== '-P');
    const cut = words.findIndex((word) => /^(-|\(|!)/.test(word));
    const paths = cut < 0 ? words : words.slice(0, cut);
    const limits: Limits = { max: Number.POSITIVE_INFINITY, min: 0, depthFirst: false, batches: [], pruned: false, quit: false };
    let plan: Plan;
    try {
      plan = readPlan(cut < 0 ? [] : words.slice(cut), limits);
    } catch (error) {
      if (!(error instanceof Mistake)) throw error;
      yield* complain(sys, error.message);
      return 1;
    }
    const state = { failed: false };
    for (const path of paths.length === 0 ? ['.'] : paths) yield* visit(sys, path, 0, plan, limits, state, style);
    for (const { argv, paths: given } of limits.batches)
      if (given.length > 0 && (yield* runChild(sys, [...argv, ...given])) !== 0) state.failed = true;
    return Number(state.failed);
  };
}

function* visit(
  sys: Sys,
  path: string,
  depth: number,
  plan: Plan,
  limits: Limits,
  state: { failed: boolean },
  style: Style,
): Running<void> {
  if (limits.quit) return;
  const full = pathOf(sys, path);
  const stat = sys.files.stat(full, false);
  if ('error' in stat) {
    state.failed = true;
    yield* complain(sys, style === 'busybox' ? `${path}: ${errnoText(stat.error)}` : `'${path}': ${errnoText(stat.error)}`);
    return;
  }
  const found: Found = { path, full, stat, depth };
  limits.pruned = false;
  if (depth >= limits.min && !limits.depthFirst) yield* judge(sys, found, plan);
  const { pruned } = limits;
  const listed = stat.kind === 'directory' && depth < limits.max && !pruned ? sys.files.list(full) : { names: [] };
  if ('names' in listed) for (const name of listed.names) yield* visit(sys, joinPath(path, name), depth + 1, plan, limits, state, style);
  if (depth >= limits.min && limits.depthFirst) yield* judge(sys, found, plan);
}

function* judge(sys: Sys, found: Found, plan: Plan): Running<void> {
  if ((yield* plan.step(sys, found)) && !plan.acts) yield* print(`${found.path}\n`);
}

interface XargsOptions {
  most: number;
  replace: string | undefined;
  nulls: boolean;
  skipEmpty: boolean;
  trace: boolean;
  separator: string | undefined;
}

function readXargs(args: readonly string[]): { readonly options: XargsOptions; readonly command: readonly string[] } {
  const options: XargsOptions = { most: 5000, replace: undefined, nulls: false, skipEmpty: false, trace: false, separator: undefined };
  let i = 0;
  for (; i < args.length; i += 1) {
    const word = args[i] ?? '';
    if (!/^-./.test(word)) break;
    const value = (): string => (word.length > 2 ? word.slice(2) : (args[(i += 1)] ?? ''));
    const letter = word.charAt(1);
    if (letter === 'n' || letter === 'L') options.most = Number(value());
    else if (letter === 'I') options.replace = value();
    else if (letter === 'd') options.separator = value().replace('\\n', '\n');
    else if (letter === 'P' || letter === 's') value();
    else {
      options.nulls ||= word.includes('0');
      options.skipEmpty ||= word.includes('r');
      options.trace ||= word.includes('t');
    }
  }
  return { options, command: args.slice(i) };
}

/** Words as xargs cuts them: quotes and backslashes keep white space. */
function wordsOf(text: string): string[] {
  return (text.match(/(?:"[^"]*"|'[^']*'|\\[\s\S]|[^\s"'\\])+/g) ?? []).map((word) =>
    word.replace(
      /"([^"]*)"|'([^']*)'|\\([\s\S])/g,
      (_, double?: string, single?: string, escaped?: string) => double ?? single ?? escaped ?? '',
    ),
  );
}

function* xargs(sys: Sys): Running {
  const { options, command } = readXargs(sys.argv.slice(1));
  const argv = command.length === 0 ? ['echo'] : command;
  const text = yield* readAll(0);
  const separator = options.nulls ? '\0' : options.separator;
  const lines = (split: string): string[] => text.split(split).filter((piece, i, all) => i < all.length - 1 || piece !== '');
  const items =
    separator !== undefined
      ? lines(separator)
      : options.replace !== undefined
        ? lines('\n').map((line) => line.trimStart())
        : wordsOf(text);
  if (items.length === 0 && (options.skipEmpty || options.replace !== undefined)) return 0;
  let status = 0;
  const groups: string[][] = [];
  if (options.replace !== undefined)
    for (const item of items) groups.push(argv.map((word) => word.replaceAll(options.replace ?? '{}', item)));
  else for (let i = 0; i === 0 || i < items.length; i += options.most) groups.push([...argv, ...items.slice(i, i + options.most)]);
  for (const group of groups) {
    if (options.trace) yield { ask: 'write', fd: 2, text: `${group.join(' ')}\n` };
    const code = yield* runChild(sys, group);
    if (code === 126 || code === 127) return code;
    if (code === 255) {
      yield* complain(sys, `${group[0]}: exited with status 255; aborting`);
      return 124;
    }
    if (code !== 0) status = 123;
  }
  return status;
}

const applets: Applets = (style) => ({ find: find(style), xargs });
export default applets;
