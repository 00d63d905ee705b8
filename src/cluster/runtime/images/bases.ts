// The bases of images: which programs, files and links come with busybox, Alpine, Debian, Ubuntu and CentOS.
import { APPLETS } from './applets.ts';
import type { Program } from '../process/program.ts';
import type { ImageBehaviour } from './image.ts';
import { packageManagers, SHELF } from './packages.ts';

/** What stands in an image before its own files. */
export interface Base {
  /** Installed programs, by path. */
  readonly programs: Readonly<Record<string, Program>>;
  readonly files: Readonly<Record<string, string>>;
}

type BaseName = NonNullable<ImageBehaviour['base']>;

/** Where the program of an image that nobody knows stands. */
export const quietProgram = '/entrypoint';

/** Runs on, does nothing, and ends when it is asked to. */
const quiet: Program = function* quietly(sys) {
  sys.onSignal('TERM', 'catch');
  for (;;) if ((yield { ask: 'pause' }).signal === 'TERM') return 0;
};

/** Commands that a minimal Debian has not: they come with packages. */
const NOT_IN_DEBIAN = [
  'curl',
  'wget',
  'ps',
  'top',
  'free',
  'pgrep',
  'pkill',
  'uptime',
  'watch',
  'ping',
  'nslookup',
  'dig',
  'host',
  'netstat',
  'ifconfig',
  'route',
  'ip',
  'ss',
  'nc',
  'telnet',
  'vi',
  'httpd',
];
const NOT_IN_CENTOS = ['wget', 'nslookup', 'dig', 'host', 'netstat', 'ifconfig', 'route', 'ip', 'ss', 'nc', 'telnet', 'httpd'];
const NOT_IN_BUSYBOX = ['bash', 'curl', 'dig', 'host', 'ss'];
const WITHOUT: Readonly<Record<BaseName, readonly string[]>> = {
  busybox: NOT_IN_BUSYBOX,
  alpine: NOT_IN_BUSYBOX,
  debian: NOT_IN_DEBIAN,
  ubuntu: NOT_IN_DEBIAN,
  centos: NOT_IN_CENTOS,
  none: Object.keys(APPLETS),
};

const OS: Readonly<Record<BaseName, { readonly name: string; readonly id: string } | undefined>> = {
  busybox: undefined,
  alpine: { name: 'Alpine Linux', id: 'alpine' },
  debian: { name: 'Debian GNU/Linux', id: 'debian' },
  ubuntu: { name: 'Ubuntu', id: 'ubuntu' },
  centos: { name: 'CentOS Linux', id: 'centos' },
  none: undefined,
};

const shells: ReadonlySet<string> = new Set(['sh', 'bash', 'ash', 'dash']);
const directoryOf = (base: BaseName, name: string): string =>
  base === 'busybox' || base === 'alpine' || shells.has(name) ? '/bin' : '/usr/bin';

function filesOf(base: BaseName): Readonly<Record<string, string>> {
  if (base === 'none') return {};
  const os = OS[base];
  const shell = base === 'busybox' ? '/bin/sh' : base === 'alpine' ? '/bin/ash' : '/bin/bash';
  return {
    '/etc/passwd': `root:x:0:0:root:/root:${shell}\nnobody:x:65534:65534:nobody:/home:/bin/false\n`,
    '/etc/group': 'root:x:0:\nnobody:x:65534:\n',
    ...(os && { '/etc/os-release': `PRETTY_NAME="${os.name}"\nNAME="${os.name}"\nID=${os.id}\n` }),
  };
}

function programsOfBase({ base = 'busybox', without = [], with: added = [] }: ImageBehaviour): Readonly<Record<string, Program>> {
  const missing = new Set([...WITHOUT[base], ...without]);
  for (const name of added) missing.delete(name);
  const own = Object.entries(APPLETS).flatMap(([name, program]) =>
    missing.has(name) ? [] : [[`${directoryOf(base, name)}/${name}`, program] as const],
  );
  const has = (name: string): boolean => name in APPLETS;
  const managers = base === 'busybox' || base === 'none' ? {} : packageManagers(base === 'ubuntu' ? 'debian' : base, has);
  return { ...Object.fromEntries(own), ...managers };
}

const known = new WeakMap<ImageBehaviour, Base>();

/** The base of an image, with the image's own programs. */
export function baseOf(behaviour: ImageBehaviour): Base {
  const found = known.get(behaviour);
  if (found) return found;
  const made: Base = { programs: { ...programsOfBase(behaviour), ...behaviour.programs }, files: filesOf(behaviour.base ?? 'busybox') };
  known.set(behaviour, made);
  return made;
}

const shelf: readonly (readonly [string, Program])[] = Object.entries(APPLETS).map(([name, program]) => [`${SHELF}/${name}`, program]);

/** The programs of an image, by path: those that stand in it, and those that a package manager could put there. */
export function programsOf(behaviour: ImageBehaviour): ReadonlyMap<string, Program> {
  return new Map([[quietProgram, quiet], ...shelf, ...Object.entries(baseOf(behaviour).programs)]);
}
