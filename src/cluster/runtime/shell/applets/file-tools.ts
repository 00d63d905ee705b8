// mkdir, rmdir, rm, touch, cp, mv, ln, chmod, chown, basename, dirname, mktemp, truncate, dd, du.
import { joinPath, lastName, parentPath } from '../../process/paths.ts';
import type { Program, Sys } from '../../process/program.ts';
import { errnoText } from '../redirect.ts';
import { parseDate } from '../date-text.ts';
import { type Applets, complain, invalidOption, type Options, pathOf, print, readOptions, type Running, type Style } from './applet.ts';
import { humanSize } from './ls.ts';
import { usage } from './usage.ts';

function kindAt(sys: Sys, path: string, follow = true): string | undefined {
  const stat = sys.files.stat(path, follow);
  return 'kind' in stat ? stat.kind : undefined;
}

function mkdir(style: Style): Program {
  return function* run(sys) {
    const options = readOptions(sys, 'pm:v', { parents: 'p', mode: 'm' });
    if (options.operands.length === 0) return yield* usage(sys, style, '[-m MODE] [-p] DIRECTORY...');
    let status = 0;
    for (const name of options.operands) {
      const path = pathOf(sys, name);
      const error = options.has('p') ? makeAll(sys, path) : sys.files.mkdir(path).error;
      const mode = options.value('m');
      if (error === undefined && mode !== undefined) sys.files.chmod(path, modeOf(mode, 0o777) ?? 0o755);
      if (error === undefined) continue;
      status = 1;
      yield* complain(
        sys,
        style === 'busybox'
          ? `can't create directory '${name}': ${errnoText(error)}`
          : `cannot create directory '${name}': ${errnoText(error)}`,
      );
    }
    return status;
  };
}

/** Makes a directory and those above it. */
export function makeAll(sys: Sys, path: string): string | undefined {
  let here = '';
  for (const name of path.split('/').filter((part) => part !== '')) {
    here += `/${name}`;
    const kind = kindAt(sys, here);
    if (kind === 'directory') continue;
    if (kind !== undefined) return here === path ? 'EEXIST' : 'ENOTDIR';
    const { error } = sys.files.mkdir(here);
    if (error !== undefined) return error;
  }
  return undefined;
}

function rmdir(style: Style): Program {
  return function* run(sys) {
    const options = readOptions(sys, 'p');
    let status = 0;
    for (const name of options.operands) {
      const path = pathOf(sys, name);
      const kind = kindAt(sys, path, false);
      const error = kind === undefined ? 'ENOENT' : kind === 'directory' ? sys.files.remove(path).error : 'ENOTDIR';
      if (error === undefined) continue;
      status = 1;
      yield* complain(sys, style === 'busybox' ? `'${name}': ${errnoText(error)}` : `failed to remove '${name}': ${errnoText(error)}`);
    }
    return status;
  };
}

function rm(style: Style): Program {
  return function* run(sys) {
    const options = readOptions(sys, 'rRfivP', { recursive: 'r', force: 'f', 'no-preserve-root': 'P' });
    if (options.invalid !== undefined) return yield* invalidOption(sys, options, style);
    if (options.operands.length === 0) return options.has('f') ? 0 : yield* usage(sys, style, '[-irf] FILE...');
    const isRecursive = options.has('r') || options.has('R');
    let status = 0;
    for (const name of options.operands) {
      if (style === 'gnu' && isRecursive && pathOf(sys, name) === '/' && !options.has('P')) {
        yield* complain(sys, "it is dangerous to operate recursively on '/'");
        yield* complain(sys, 'use --no-preserve-root to override this failsafe');
        status = 1;
        continue;
      }
      for (const failure of removePath(sys, pathOf(sys, name), name, isRecursive)) {
        if (failure.error === 'ENOENT' && options.has('f')) continue;
        status = 1;
        if (failure.error === 'EISDIR')
          yield* complain(
            sys,
            style === 'busybox' ? `'${failure.name}' is a directory` : `cannot remove '${failure.name}': Is a directory`,
          );
        else yield* complain(sys, `${style === 'busybox' ? "can't" : 'cannot'} remove '${failure.name}': ${errnoText(failure.error)}`);
      }
    }
    return status;
  };
}

interface Failure {
  readonly name: string;
  readonly error: string;
}

/** Removes what can be removed; answers what cannot. What stands above that stays too, and is not complained of. */
function removePath(sys: Sys, path: string, name: string, recursive: boolean): readonly Failure[] {
  const stat = sys.files.stat(path, false);
  if ('error' in stat) return [{ name, error: stat.error }];
  if (stat.kind === 'directory' && !recursive) return [{ name, error: 'EISDIR' }];
  const listed = stat.kind === 'directory' ? sys.files.list(path) : { names: [] };
  const inner = 'names' in listed ? listed.names.flatMap((each) => removePath(sys, joinPath(path, each), joinPath(name, each), true)) : [];
  if (inner.length > 0) return inner;
  const { error } = sys.files.remove(path);
  return error === undefined ? [] : [{ name, error }];
}

/** The time that -d or -r names; undefined: now. */
function touchedAt(sys: Sys, options: Options): number | undefined {
  const like = options.value('r');
  const stat = like === undefined ? undefined : sys.files.stat(pathOf(sys, like));
  if (stat && 'modifiedAt' in stat) return stat.modifiedAt;
  const date = options.value('d');
  const at = date === undefined ? undefined : parseDate(date, sys.epochMs + sys.at());
  return at === undefined ? undefined : at - sys.epochMs;
}

function touch(style: Style): Program {
  return function* run(sys) {
    const options = readOptions(sys, 'camhd:t:r:');
    if (options.operands.length === 0) return yield* usage(sys, style, '[-cham] [-d DATE] [-t DATE] [-r FILE] FILE...');
    let status = 0;
    for (const name of options.operands) {
      const path = pathOf(sys, name);
      if (options.has('c') && kindAt(sys, path) === undefined) continue;
      const { error } = sys.files.touch(path, touchedAt(sys, options));
      if (error === undefined) continue;
      status = 1;
      yield* complain(sys, style === 'busybox' ? `${name}: ${errnoText(error)}` : `cannot touch '${name}': ${errnoText(error)}`);
    }
    return status;
  };
}

/** Copies a file or, if it may, a directory. Answers the errno name of what went wrong, and with which file. */
function copy(sys: Sys, from: string, to: string, recursive: boolean): { readonly path: string; readonly error: string } | undefined {
  const stat = sys.files.stat(from, !recursive);
  if ('error' in stat) return { path: from, error: stat.error };
  if (stat.kind === 'link' && stat.target !== undefined) {
    const { error } = sys.files.link(stat.target, to);
    return error === undefined ? undefined : { path: to, error };
  }
  if (stat.kind === 'directory') {
    const { error } = sys.files.mkdir(to);
    if (error !== undefined && error !== 'EEXIST') return { path: to, error };
    const listed = sys.files.list(from);
    for (const name of 'names' in listed ? listed.names : []) {
      const failure = copy(sys, joinPath(from, name), joinPath(to, name), true);
      if (failure) return failure;
    }
    return undefined;
  }
  const read = sys.files.read(from);
  if ('error' in read) return { path: from, error: read.error };
  const fresh = kindAt(sys, to) === undefined;
  const { error } = sys.files.write(to, read.text);
  if (error !== undefined) return { path: to, error };
  if (fresh) sys.files.chmod(to, stat.mode);
  return undefined;
}

function cp(style: Style): Program {
  return function* run(sys) {
    const options = readOptions(sys, 'rRapfdiLPHnuvT', { recursive: 'r', archive: 'a' });
    if (options.operands.length < 2) return yield* usage(sys, style, '[-arPLHpfinlsTu] SOURCE DEST');
    const target = options.operands.at(-1) ?? '';
    const recursive = options.has('r') || options.has('R') || options.has('a');
    const into = kindAt(sys, pathOf(sys, target)) === 'directory' && !options.has('T');
    let status = 0;
    if (!into && options.operands.length > 2) {
      yield* complain(sys, style === 'busybox' ? `target '${target}' is not a directory` : `target '${target}' is not a directory`);
      return 1;
    }
    for (const name of options.operands.slice(0, -1)) {
      const from = pathOf(sys, name);
      const to = into ? joinPath(pathOf(sys, target), lastName(from)) : pathOf(sys, target);
      const kind = kindAt(sys, from);
      if (kind === 'directory' && !recursive) {
        status = 1;
        yield* complain(sys, style === 'busybox' ? `omitting directory '${name}'` : `-r not specified; omitting directory '${name}'`);
        continue;
      }
      const slashed = !into && target.endsWith('/');
      const failure =
        kind === undefined ? { path: from, error: 'ENOENT' } : slashed ? { path: to, error: 'EISDIR' } : copy(sys, from, to, recursive);
      if (!failure) continue;
      status = 1;
      if (kind === undefined)
        yield* complain(
          sys,
          style === 'busybox' ? `can't stat '${name}': ${errnoText(failure.error)}` : `cannot stat '${name}': ${errnoText(failure.error)}`,
        );
      else
        yield* complain(
          sys,
          `${style === 'busybox' ? `can't create` : 'cannot create regular file'} '${into ? joinPath(target, lastName(from)) : target}': ${errnoText(failure.error)}`,
        );
    }
    return status;
  };
}

function mv(style: Style): Program {
  return function* run(sys) {
    const options = readOptions(sys, 'finTv');
    if (options.operands.length < 2) return yield* usage(sys, style, '[-finT] SOURCE DEST');
    const target = options.operands.at(-1) ?? '';
    const into = kindAt(sys, pathOf(sys, target)) === 'directory' && !options.has('T');
    let status = 0;
    for (const name of options.operands.slice(0, -1)) {
      const from = pathOf(sys, name);
      const to = into ? joinPath(pathOf(sys, target), lastName(from)) : pathOf(sys, target);
      if (options.has('n') && kindAt(sys, to) !== undefined) continue;
      let error = kindAt(sys, from, false) === undefined ? 'ENOENT' : sys.files.rename(from, to).error;
      // To another file system: copied and removed.
      if (error === 'EXDEV') error = copy(sys, from, to, true)?.error ?? removePath(sys, from, from, true)[0]?.error;
      if (error === undefined) continue;
      status = 1;
      yield* complain(
        sys,
        style === 'busybox'
          ? `can't rename '${name}': ${errnoText(error)}`
          : error === 'ENOENT' && kindAt(sys, from, false) === undefined
            ? `cannot stat '${name}': ${errnoText(error)}`
            : `cannot move '${name}' to '${target}': ${errnoText(error)}`,
      );
    }
    return status;
  };
}

function ln(style: Style): Program {
  return function* run(sys) {
    const options = readOptions(sys, 'sfnvT');
    if (options.operands.length === 0) return yield* usage(sys, style, '[-sfnbtv] [-S SUF] TARGET... LINK|DIR');
    const [target = '', name = lastName(target)] = options.operands;
    const path = pathOf(sys, name);
    const into = kindAt(sys, path, !options.has('n')) === 'directory';
    const at = into ? joinPath(path, lastName(target)) : path;
    const shown = into ? joinPath(name, lastName(target)) : name;
    if (options.has('f') && kindAt(sys, at, false) !== undefined) sys.files.remove(at);
    let error: string | undefined;
    if (options.has('s')) error = sys.files.link(target, at).error;
    // Two names for one file are not kept apart: the second becomes a link to the first.
    else error = kindAt(sys, pathOf(sys, target)) === undefined ? 'ENOENT' : sys.files.link(pathOf(sys, target), at).error;
    if (error === undefined) return 0;
    yield* complain(
      sys,
      style === 'busybox'
        ? `${shown}: ${errnoText(error)}`
        : `failed to create ${options.has('s') ? 'symbolic' : 'hard'} link '${shown}': ${errnoText(error)}`,
    );
    return 1;
  };
}

/** A mode as chmod reads it: octal, or `u+x,go-w`. Undefined where it is none. */
export function modeOf(text: string, held: number): number | undefined {
  if (/^[0-7]{1,4}$/.test(text)) return Number.parseInt(text, 8);
  let mode = held;
  for (const clause of text.split(',')) {
    const match = /^([ugoa]*)([-+=])([rwxXst]*)$/.exec(clause);
    if (!match) return undefined;
    const who = match[1] === '' || match[1]?.includes('a') ? 'ugo' : (match[1] ?? '');
    let bits = 0;
    let mask = 0;
    for (const [index, letter] of ['u', 'g', 'o'].entries()) {
      if (!who.includes(letter)) continue;
      const shift = 6 - index * 3;
      mask |= 7 << shift;
      for (const permission of match[3] ?? '') {
        const bit = permission === 'X' ? ((held & 0o111) !== 0 ? 1 : 0) : ({ r: 4, w: 2, x: 1 }[permission] ?? 0);
        bits |= bit << shift;
      }
    }
    if (match[2] === '+') mode |= bits;
    else if (match[2] === '-') mode &= ~bits;
    else mode = (mode & ~mask) | bits;
  }
  return mode;
}

function chmod(style: Style): Program {
  return function* run(sys) {
    const words = sys.argv.slice(1);
    const recursive = words.some((word) => /^-[Rcvf]*R/.test(word));
    const [mode, ...names] = words.filter((word) => !/^-[Rcvf]+$/.test(word));
    if (mode === undefined || names.length === 0) return yield* usage(sys, style, '[-Rcvf] MODE[,MODE]... FILE...');
    let status = 0;
    for (const name of names) {
      for (const path of recursive ? everything(sys, pathOf(sys, name)) : [pathOf(sys, name)]) {
        const stat = sys.files.stat(path);
        const next = 'mode' in stat ? modeOf(mode, stat.mode) : modeOf(mode, 0);
        if (next === undefined) {
          yield* complain(sys, style === 'busybox' ? `invalid mode '${mode}'` : `invalid mode: '${mode}'`);
          return 1;
        }
        const error = 'error' in stat ? stat.error : sys.files.chmod(path, next).error;
        if (error === undefined) continue;
        status = 1;
        yield* complain(
          sys,
          style === 'busybox'
            ? `${name}: ${errnoText(error)}`
            : error === 'ENOENT'
              ? `cannot access '${name}': ${errnoText(error)}`
              : `changing permissions of '${name}': ${errnoText(error)}`,
        );
      }
    }
    return status;
  };
}

function everything(sys: Sys, path: string): readonly string[] {
  const listed = kindAt(sys, path, false) === 'directory' ? sys.files.list(path) : { names: [] };
  return [path, ...('names' in listed ? listed.names.flatMap((name) => everything(sys, joinPath(path, name))) : [])];
}

/** chown and chgrp: only that the files are there is looked at. */
function* chown(sys: Sys): Running {
  const names = sys.argv
    .slice(1)
    .filter((word) => !word.startsWith('-'))
    .slice(1);
  let status = 0;
  for (const name of names) {
    const error = kindAt(sys, pathOf(sys, name)) === undefined ? 'ENOENT' : sys.user.uid === 0 ? undefined : 'EPERM';
    if (error === undefined) continue;
    status = 1;
    yield* complain(sys, `${name}: ${errnoText(error)}`);
  }
  return status;
}

function basename(style: Style): Program {
  return function* run(sys) {
    const options = readOptions(sys, 'as:z', {}, false);
    const [name, suffix = options.value('s') ?? '', extra] = options.operands;
    if (name === undefined || (extra !== undefined && !options.has('a')))
      return yield* usage(sys, style, 'FILE [SUFFIX] | -a FILE... | -s SUFFIX FILE...');
    for (const path of options.has('a') || options.has('s') ? options.operands : [name]) {
      const base = path.replace(/(.)\/+$/, '$1');
      const last = base === '/' ? '/' : lastName(base);
      const cut = options.has('a') ? (options.value('s') ?? '') : suffix;
      yield* print(`${cut !== '' && last !== cut && last.endsWith(cut) ? last.slice(0, -cut.length) : last}\n`);
    }
    return 0;
  };
}

function dirname(style: Style): Program {
  return function* run(sys) {
    const [name] = sys.argv.slice(1);
    if (name === undefined) return yield* usage(sys, style, 'FILENAME');
    const trimmed = name.replace(/(.)\/+$/, '$1');
    yield* print(`${trimmed.includes('/') ? parentPath(trimmed) : '.'}\n`);
    return 0;
  };
}

function* mktemp(sys: Sys): Running {
  const options = readOptions(sys, 'dp:tqu');
  const template = options.operands[0] ?? joinPath(options.value('p') ?? sys.env.get('TMPDIR') ?? '/tmp', 'tmp.XXXXXX');
  const path = template.replace(/X{3,}$/, (marks) =>
    sys.random(`mktemp/${sys.pid}`).text(marks.length, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'),
  );
  const { error } = options.has('d') ? sys.files.mkdir(pathOf(sys, path)) : sys.files.write(pathOf(sys, path), '');
  if (error !== undefined) {
    yield* complain(sys, `(null): ${errnoText(error)}`);
    return 1;
  }
  yield* print(`${path}\n`);
  return 0;
}

const multipliers: Readonly<Record<string, number>> = { '': 1, c: 1, w: 2, b: 512, k: 1024, K: 1024, M: 1024 ** 2, G: 1024 ** 3 };

/** `10M` in bytes. */
export function bytesOf(text: string): number {
  const match = /^(\d+)([cwbkKMG]?)/.exec(text);
  return Number(match?.[1] ?? 0) * (multipliers[match?.[2] ?? ''] ?? 1);
}

function* dd(sys: Sys): Running {
  const settings = new Map(sys.argv.slice(1).map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]));
  const block = bytesOf(settings.get('bs') ?? settings.get('ibs') ?? '512');
  const count = settings.has('count') ? bytesOf(settings.get('count') ?? '0') : Number.POSITIVE_INFINITY;
  const input = settings.has('if') ? sys.open(settings.get('if') ?? '', 'read') : { fd: 0 };
  const output = settings.has('of') ? sys.open(settings.get('of') ?? '', 'write') : { fd: 1 };
  for (const [opened, name] of [
    [input, settings.get('if')],
    [output, settings.get('of')],
  ] as const) {
    if (!('error' in opened)) continue;
    yield* complain(sys, `can't open '${name}': ${errnoText(opened.error)}`);
    return 1;
  }
  if ('error' in input || 'error' in output) return 1;
  let full = 0;
  let bytes = 0;
  let failure: string | undefined;
  const startedAt = sys.at();
  while (full < count && failure === undefined) {
    let piece = '';
    while (piece.length < block) {
      const { text } = yield { ask: 'read', fd: input.fd, max: block - piece.length };
      if (text === undefined || text === '') break;
      piece += text;
    }
    if (piece === '') break;
    failure = (yield { ask: 'write', fd: output.fd, text: piece }).error;
    if (failure === undefined) {
      full += 1;
      bytes += piece.length;
    }
  }
  if (failure !== undefined) yield* complain(sys, `error writing '${settings.get('of') ?? 'standard output'}': ${errnoText(failure)}`);
  const seconds = (sys.at() - startedAt) / 1000;
  const rate = seconds === 0 ? '' : `, ${humanSize(bytes / seconds)}B/s`;
  if (settings.get('status') !== 'none')
    yield {
      ask: 'write',
      fd: 2,
      text: `${full}+0 records in\n${full}+0 records out\n${bytes} bytes (${humanSize(bytes)}B) copied, ${seconds.toFixed(6)} seconds${rate}\n`,
    };
  return Number(failure !== undefined);
}

function* truncate(sys: Sys): Running {
  const options = readOptions(sys, 's:c');
  for (const name of options.operands) {
    const path = pathOf(sys, name);
    const read = sys.files.read(path);
    const held = 'text' in read ? read.text : '';
    const size = bytesOf(options.value('s') ?? '0');
    const { error } = sys.files.write(path, held.slice(0, size).padEnd(size, '\0'));
    if (error === undefined) continue;
    yield* complain(sys, `${name}: ${errnoText(error)}`);
    return 1;
  }
  return 0;
}

function* du(sys: Sys): Running {
  const options = readOptions(sys, 'shakmcd:');
  const sizeOf = (path: string): number => {
    const stat = sys.files.stat(path, false);
    if ('error' in stat) return 0;
    const listed = stat.kind === 'directory' ? sys.files.list(path) : { names: [] };
    const inner = 'names' in listed ? listed.names.reduce((sum, name) => sum + sizeOf(joinPath(path, name)), 0) : 0;
    return inner + (stat.kind === 'directory' ? 4096 : Math.ceil(stat.size / 4096) * 4096);
  };
  const shown = (bytes: number): string => (options.has('h') ? humanSize(bytes) : String(bytes / 1024));
  for (const name of options.operands.length === 0 ? ['.'] : options.operands) {
    const path = pathOf(sys, name);
    if (!options.has('s'))
      for (const inner of everything(sys, path).slice(1).reverse())
        if (kindAt(sys, inner, false) === 'directory') yield* print(`${shown(sizeOf(inner))}\t${name}${inner.slice(path.length)}\n`);
    yield* print(`${shown(sizeOf(path))}\t${name}\n`);
  }
  return 0;
}

const applets: Applets = (style) => ({
  mkdir: mkdir(style),
  rmdir: rmdir(style),
  rm: rm(style),
  unlink: rm(style),
  touch: touch(style),
  cp: cp(style),
  mv: mv(style),
  ln: ln(style),
  chmod: chmod(style),
  chown,
  chgrp: chown,
  basename: basename(style),
  dirname: dirname(style),
  mktemp,
  dd,
  truncate,
  du,
  sync: function* sync() {
    yield { ask: 'steps', count: 1 };
    return 0;
  },
});
export default applets;
