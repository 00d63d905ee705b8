// What a kernel shows as files: /proc and /dev over a machine's own files, as one process sees them.
import { compareText } from '../../../base/order.ts';
import type { Descriptor, Process } from './process.ts';
import { infoOf } from './process.ts';
import type { Files, FileStat, OpenFile, ProcessInfo } from './program.ts';

/** What the kernel's files need of the machine. */
export interface KernelView {
  readonly files: Files;
  readonly table: ReadonlyMap<number, Process>;
  processes(): readonly ProcessInfo[];
  uptimeMs(): number;
  readonly userName: string;
  readonly hostname: string;
  readonly memoryLimitBytes: number | undefined;
}

const devices = ['full', 'null', 'random', 'tty', 'urandom', 'zero'];
const links: Readonly<Record<string, string>> = {
  '/dev/stdin': '/proc/self/fd/0',
  '/dev/stdout': '/proc/self/fd/1',
  '/dev/stderr': '/proc/self/fd/2',
  '/dev/fd': '/proc/self/fd',
};

/** What a path of /dev or /proc/<pid>/fd leads to: a device by name, or another process's descriptor. */
export type Special = { readonly device: string } | { readonly descriptor: Descriptor | undefined } | undefined;

/** The device or descriptor at a path, links followed. */
export function specialAt(view: KernelView, self: Process, path: string, depth = 0): Special {
  const name = path.startsWith('/dev/') ? path.slice(5) : '';
  if (name === 'tty') return { descriptor: [...self.fds.values()].find(({ kind }) => kind === 'terminal') };
  if (devices.includes(name)) return { device: name };
  const fd = /^(?:\/dev\/fd|\/proc\/(self|\d+)\/fd)\/(\d+)$/.exec(path);
  if (fd) {
    const owner = fd[1] === undefined || fd[1] === 'self' ? self : view.table.get(Number(fd[1]));
    return { descriptor: owner?.fds.get(Number(fd[2])) };
  }
  const link = links[path];
  if (link !== undefined) return specialAt(view, self, link, depth + 1);
  const stat = depth < 8 ? view.files.stat(path, false) : { error: 'ELOOP' };
  return 'target' in stat && stat.target?.startsWith('/') ? specialAt(view, self, stat.target, depth + 1) : undefined;
}

/** A machine's files with /proc and /dev as `self` sees them. */
export function withKernelFiles(view: KernelView, self: Process): Files {
  const { files } = view;
  const text = (path: string): string | undefined => procText(view, self, path);
  const fileOf = (content: string): OpenFile => ({
    length: () => content.length,
    read: (from, max) => content.slice(from, from + max),
    write: () => ({ error: 'EACCES' }),
    identity: {},
  });
  /** What is made while a umask of its own holds gets the mode that it leaves. */
  const making = <T>(path: string, mode: number, make: () => T): T => {
    if (self.umask === 0o022) return make();
    const isNew = 'error' in files.stat(path, false);
    const made = make();
    if (isNew) files.chmod(path, mode & ~self.umask);
    return made;
  };
  return {
    ...files,
    write: (path, content, append) => making(path, 0o666, () => files.write(path, content, append)),
    touch: (path, at) => making(path, 0o666, () => files.touch(path, at)),
    mkdir: (path) => making(path, 0o777, () => files.mkdir(path)),
    read(path) {
      const content = isKernel(path) ? text(path) : undefined;
      return content === undefined ? files.read(path) : { text: content };
    },
    open(path, mode) {
      const content = isKernel(path) ? text(path) : undefined;
      return content === undefined ? making(path, 0o666, () => files.open(path, mode)) : { file: fileOf(content) };
    },
    stat(path, followLinks = true) {
      const stat = isKernel(path) ? kernelStat(view, self, path, followLinks) : undefined;
      return stat ?? files.stat(path, followLinks);
    },
    list(path) {
      const names = isKernel(path) ? kernelNames(view, self, path) : undefined;
      if (names === undefined) return files.list(path);
      const below = files.list(path);
      return { names: [...new Set([...names, ...('names' in below ? below.names : [])])].sort(compareText) };
    },
  };
}

const isKernel = (path: string): boolean => path.startsWith('/proc') || path.startsWith('/dev');
const processFiles = ['cgroup', 'cmdline', 'comm', 'environ', 'fd', 'stat', 'status'];

function kernelStat(view: KernelView, self: Process, path: string, followLinks: boolean): FileStat | undefined {
  const at = { modifiedAt: self.startedAt, size: 0 };
  const name = path.startsWith('/dev/') ? path.slice(5) : '';
  if (devices.includes(name)) return { kind: 'device', mode: 0o666, ...at };
  const link = links[path];
  if (link !== undefined && !followLinks) return { kind: 'link', mode: 0o777, target: link, ...at };
  if (kernelNames(view, self, path) !== undefined) return { kind: 'directory', mode: 0o555, ...at };
  const special = specialAt(view, self, path);
  if (special && 'descriptor' in special && special.descriptor)
    return followLinks
      ? {
          kind: special.descriptor.kind === 'file' ? 'file' : special.descriptor.kind === 'terminal' ? 'device' : 'pipe',
          mode: 0o600,
          ...at,
        }
      : { kind: 'link', mode: 0o700, target: special.descriptor.name, ...at };
  return procText(view, self, path) === undefined ? undefined : { kind: 'file', mode: 0o444, ...at };
}

function kernelNames(view: KernelView, self: Process, path: string): readonly string[] | undefined {
  if (path === '/dev') return ['fd', ...devices, 'stderr', 'stdin', 'stdout'];
  if (path === '/proc')
    return [...view.processes().map(({ pid }) => String(pid)), 'cpuinfo', 'loadavg', 'meminfo', 'mounts', 'self', 'uptime', 'version'];
  const match = /^\/proc\/(self|\d+)(\/fd)?$/.exec(path) ?? (path === '/dev/fd' ? ['', 'self', '/fd'] : undefined);
  if (!match) return undefined;
  const owner = match[1] === 'self' ? self : view.table.get(Number(match[1]));
  if (!owner) return undefined;
  return match[2] === undefined ? processFiles : [...owner.fds.keys()].map(String);
}

const stateLetters = { running: 'R (running)', sleeping: 'S (sleeping)', busy: 'R (running)', zombie: 'Z (zombie)' } as const;

function procText(view: KernelView, self: Process, path: string): string | undefined {
  const match = /^\/proc\/(self|\d+)\/(\w+)$/.exec(path);
  if (!match) return systemText(view, path);
  const owner = match[1] === 'self' ? self : view.table.get(Number(match[1]));
  if (!owner) return undefined;
  const { pid, ppid, command, state } = infoOf(owner, view.userName);
  const name = (command.split(' ')[0] ?? '').replace(/^.*\//, '').slice(0, 15);
  switch (match[2]) {
    case 'cmdline':
      return owner.argv.map((word) => `${word}\0`).join('');
    case 'comm':
      return `${name}\n`;
    case 'environ':
      return [...owner.env].map(([key, value]) => `${key}=${value}\0`).join('');
    case 'cgroup':
      return '0::/\n';
    case 'stat':
      return `${pid} (${name}) ${stateLetters[state].charAt(0)} ${ppid} ${pid} ${pid} 0 -1 4194304 0 0 0 0 0 0 0 0 20 0 1 0 0 0 0\n`;
    case 'status':
      return `Name:\t${name}\nUmask:\t0022\nState:\t${stateLetters[state]}\nPid:\t${pid}\nPPid:\t${ppid}\nVmRSS:\t${Math.ceil(owner.memoryBytes / 1024)} kB\n`;
    default:
      return undefined;
  }
}

function systemText(view: KernelView, path: string): string | undefined {
  const total = Math.floor((view.memoryLimitBytes ?? 8 * 1024 ** 3) / 1024);
  switch (path) {
    case '/proc/uptime':
      return `${(view.uptimeMs() / 1000).toFixed(2)} ${(view.uptimeMs() / 500).toFixed(2)}\n`;
    case '/proc/loadavg':
      return `0.00 0.01 0.05 1/${view.processes().length} ${view.processes().at(-1)?.pid ?? 1}\n`;
    case '/proc/meminfo':
      return `MemTotal:       ${String(total).padStart(8)} kB\nMemFree:        ${String(total >> 1).padStart(8)} kB\n`;
    case '/proc/cpuinfo':
      return [0, 1].map((n) => `processor\t: ${n}\nmodel name\t: simulated\n\n`).join('');
    case '/proc/version':
      return 'Linux version 6.1.0 (simulated) #1 SMP\n';
    case '/proc/mounts':
      return view.files
        .mounts()
        .map(
          ({ path: at, readOnly }) =>
            `${at === '/' ? 'overlay' : 'tmpfs'} ${at} ${at === '/' ? 'overlay' : 'tmpfs'} ${readOnly ? 'ro' : 'rw'},relatime 0 0\n`,
        )
        .join('');
    default:
      return undefined;
  }
}
