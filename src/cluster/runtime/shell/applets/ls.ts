// ls, stat, du, readlink, realpath.
import { dateText } from '../date-text.ts';
import { joinPath } from '../../process/paths.ts';
import type { FileStat, Program, Sys } from '../../process/program.ts';
import { errnoText } from '../redirect.ts';
import { compareText } from '../../../../base/order.ts';
import { type Applets, complain, pathOf, print, readOptions, type Running, type Style } from './applet.ts';

interface Entry {
  readonly name: string;
  readonly path: string;
  readonly stat: FileStat;
}

const kinds: Readonly<Record<FileStat['kind'], string>> = { file: '-', directory: 'd', link: 'l', device: 'c', pipe: 'p' };

/** `drwxr-xr-x`. */
export function modeText({ kind, mode }: FileStat): string {
  const bits = [...'rwxrwxrwx'].map((letter, i) => ((mode & (0o400 >> i)) !== 0 ? letter : '-'));
  if ((mode & 0o1000) !== 0) bits[8] = bits[8] === 'x' ? 't' : 'T';
  return kinds[kind] + bits.join('');
}

function ownerOf(sys: Sys, stat: FileStat): string {
  const uid = stat.uid ?? 0;
  if (uid === 0) return 'root';
  return uid === sys.user.uid ? sys.user.name : String(uid);
}

function ls(style: Style): Program {
  return function* run(sys) {
    const options = readOptions(sys, 'laA1dRhtrSnFiscCpLgo');
    const all = options.has('a') || options.has('A');
    const files: Entry[] = [];
    const directories: Entry[] = [];
    let status = 0;
    for (const name of options.operands.length === 0 ? ['.'] : options.operands) {
      const path = pathOf(sys, name);
      const long = options.has('l') || options.has('d');
      let stat = sys.files.stat(path, !long);
      if ('error' in stat && stat.error === 'ENOENT') stat = sys.files.stat(path, false);
      if ('error' in stat) {
        status = style === 'busybox' ? 1 : 2;
        yield* complain(
          sys,
          style === 'busybox' ? `${name}: ${errnoText(stat.error)}` : `cannot access '${name}': ${errnoText(stat.error)}`,
        );
      } else if (stat.kind === 'directory' && !options.has('d')) directories.push({ name, path, stat });
      else files.push({ name, path, stat });
    }
    const order = (a: Entry, b: Entry): number => {
      const by = options.has('t') ? b.stat.modifiedAt - a.stat.modifiedAt : options.has('S') ? b.stat.size - a.stat.size : 0;
      const sorted = by !== 0 ? by : compareText(a.name, b.name);
      return options.has('r') ? -sorted : sorted;
    };
    const show = (entries: readonly Entry[]): string => listing(sys, [...entries].sort(order), options.has, style);
    yield* print(show(files));
    const headed = options.operands.length > 1 || options.has('R');
    const queue = [...directories].sort(order);
    let first = files.length === 0;
    for (let directory = queue.shift(); directory; directory = queue.shift()) {
      const listed = sys.files.list(directory.path);
      if ('error' in listed) {
        status = 1;
        yield* complain(
          sys,
          style === 'busybox'
            ? `can't open '${directory.name}': ${errnoText(listed.error)}`
            : `cannot open directory '${directory.name}': ${errnoText(listed.error)}`,
        );
        continue;
      }
      const names = [...(options.has('a') ? ['.', '..'] : []), ...listed.names.filter((name) => all || !name.startsWith('.'))];
      const entries = names.flatMap((name) => entryOf(sys, name, directory));
      if (headed) yield* print(`${first ? '' : '\n'}${directory.name}:\n`);
      first = false;
      if (options.has('l')) yield* print(`total ${entries.reduce((sum, { stat }) => sum + blocks(stat), 0)}\n`);
      yield* print(show(entries));
      if (options.has('R'))
        queue.unshift(
          ...entries
            .filter(({ name, stat }) => stat.kind === 'directory' && name !== '.' && name !== '..')
            .map((entry) => ({ ...entry, name: joinPath(directory.name, entry.name) })),
        );
    }
    return status;
  };
}

const blocks = (stat: FileStat): number => (stat.kind === 'directory' ? 4 : Math.ceil(stat.size / 4096) * 4);

function entryOf(sys: Sys, name: string, directory: Entry): readonly Entry[] {
  const path = pathOf(sys, joinPath(directory.path, name));
  const stat = sys.files.stat(path, false);
  return 'error' in stat ? [] : [{ name, path, stat }];
}

/** Sizes as -h shows them. */
export function humanSize(bytes: number): string {
  if (bytes < 1024) return String(bytes);
  let size = bytes;
  let unit = -1;
  while (size >= 1024 && unit < 4) {
    size /= 1024;
    unit += 1;
  }
  return `${size < 10 ? (Math.ceil(size * 10) / 10).toFixed(1) : String(Math.ceil(size))}${'KMGTP'.charAt(unit)}`;
}

function listing(sys: Sys, entries: readonly Entry[], has: (letter: string) => boolean, style: Style): string {
  const suffix = (stat: FileStat): string => {
    if (!has('F') && !(has('p') && stat.kind === 'directory')) return '';
    if (stat.kind === 'directory') return '/';
    if (stat.kind === 'link') return has('l') ? '' : '@';
    return stat.kind === 'file' && (stat.mode & 0o111) !== 0 ? '*' : '';
  };
  if (!has('l')) {
    if (!sys.isTty(1) || has('1') || entries.length === 0) return entries.map(({ name, stat }) => `${name}${suffix(stat)}\n`).join('');
    return columns(entries.map(({ name, stat }) => name + suffix(stat)));
  }
  const sizes = entries.map(({ stat }) => (has('h') ? humanSize(stat.size) : String(stat.size)));
  const width = style === 'busybox' ? 9 : Math.max(...sizes.map((size) => size.length));
  return entries
    .map(({ name, stat }, index) => {
      const owner = ownerOf(sys, stat);
      const links = stat.kind === 'directory' ? 2 : 1;
      const owners =
        style === 'busybox' ? `${String(links).padStart(5)} ${owner.padEnd(8)} ${owner.padEnd(8)}` : ` ${links} ${owner} ${owner}`;
      const target = stat.target === undefined ? '' : ` -> ${stat.target}`;
      const date = dateText(sys.epochMs + stat.modifiedAt, '%b %e %H:%M');
      return `${modeText(stat)} ${owners.trimStart().padStart(style === 'busybox' ? 22 : 0)} ${(sizes[index] ?? '').padStart(width)} ${date} ${name}${suffix(stat)}${target}\n`;
    })
    .join('');
}

/** Names in columns, top to bottom, for a terminal of 80 characters. */
function columns(names: readonly string[]): string {
  const width = Math.max(...names.map((name) => name.length)) + 2;
  const across = Math.max(1, Math.floor(80 / width));
  const rows = Math.ceil(names.length / across);
  let text = '';
  for (let row = 0; row < rows; row += 1) {
    const line = names.filter((_, index) => index % rows === row);
    text += `${line
      .map((name) => name.padEnd(width))
      .join('')
      .trimEnd()}\n`;
  }
  return text;
}

function* stat(sys: Sys): Running {
  const options = readOptions(sys, 'c:Lt');
  let status = 0;
  for (const name of options.operands) {
    const found = sys.files.stat(pathOf(sys, name), options.has('L'));
    if ('error' in found) {
      status = 1;
      yield* complain(sys, `can't stat '${name}': ${errnoText(found.error)}`);
      continue;
    }
    const octal = found.mode.toString(8);
    const format = options.value('c');
    const values: Readonly<Record<string, string>> = {
      n: name,
      N: `'${name}'${found.target === undefined ? '' : ` -> '${found.target}'`}`,
      s: String(found.size),
      a: octal,
      A: modeText(found),
      U: ownerOf(sys, found),
      u: String(found.uid ?? 0),
      F:
        found.kind === 'file'
          ? found.size === 0
            ? 'regular empty file'
            : 'regular file'
          : found.kind === 'link'
            ? 'symbolic link'
            : found.kind,
      Y: String(Math.floor((sys.epochMs + found.modifiedAt) / 1000)),
      y: dateText(sys.epochMs + found.modifiedAt, '%Y-%m-%d %H:%M:%S.000000000 +0000'),
    };
    if (format !== undefined) yield* print(`${format.replace(/%(\w)/g, (all, letter: string) => values[letter] ?? all)}\n`);
    else
      yield* print(
        `  File: ${name}${found.target === undefined ? '' : ` -> ${found.target}`}\n  Size: ${String(found.size).padEnd(10)}\tBlocks: ${String(blocks(found) * 2).padEnd(10)} IO Block: 4096   ${values.F}\nAccess: (${octal.padStart(4, '0')}/${values.A})  Uid: (${String(found.uid ?? 0).padStart(5)}/${(values.U ?? '').padStart(8)})\nModify: ${values.y}\n`,
      );
  }
  return status;
}

function* readlink(sys: Sys): Running {
  const options = readOptions(sys, 'fenm');
  let status = 0;
  for (const name of options.operands) {
    const path = pathOf(sys, name);
    const found = sys.files.stat(path, false);
    const real = options.has('f') || options.has('e') ? sys.files.realPath(path) : 'target' in found ? found.target : undefined;
    if (real === undefined) status = 1;
    else yield* print(`${real}${options.has('n') ? '' : '\n'}`);
  }
  return status;
}

const applets: Applets = (style) => ({
  ls: ls(style),
  dir: ls(style),
  stat,
  readlink,
  realpath: function* realpath(sys) {
    let status = 0;
    for (const name of sys.argv.slice(1)) {
      const real = sys.files.realPath(pathOf(sys, name));
      if (real !== undefined) yield* print(`${real}\n`);
      else {
        status = 1;
        yield* complain(sys, `${name}: No such file or directory`);
      }
    }
    return status;
  },
});
export default applets;
