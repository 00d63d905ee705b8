// Package managers of the distributions, as far as learners need them: what an image has not, they put there from what the shell knows.
import type { Program, Sys } from '../process/program.ts';
import { programFile } from '../process/program-search.ts';
import type { ImageBehaviour } from './image.ts';
import { complain, print, type Running, sleep } from './serve.ts';

/** Where programs stand that are not installed: known to the machine, but on no $PATH. */
export const SHELF = '/.packages';

/** Which commands a package brings, by the names that Debian, Red Hat and Alpine give it. */
const PACKAGES: readonly { readonly names: readonly string[]; readonly commands: readonly string[] }[] = [
  { names: ['curl'], commands: ['curl'] },
  { names: ['wget'], commands: ['wget'] },
  { names: ['procps', 'procps-ng'], commands: ['ps', 'top', 'free', 'pgrep', 'pkill', 'uptime', 'watch'] },
  { names: ['iputils-ping', 'iputils', 'inetutils-ping'], commands: ['ping'] },
  { names: ['dnsutils', 'bind9-dnsutils', 'bind9-host', 'bind-utils', 'bind-tools'], commands: ['nslookup', 'dig', 'host'] },
  { names: ['net-tools'], commands: ['netstat', 'ifconfig', 'route'] },
  { names: ['iproute2', 'iproute'], commands: ['ip', 'ss'] },
  { names: ['netcat', 'netcat-openbsd', 'netcat-traditional', 'nc', 'nmap-ncat'], commands: ['nc'] },
  { names: ['telnet'], commands: ['telnet'] },
  { names: ['vim', 'vim-tiny', 'nano', 'vim-minimal'], commands: ['vi'] },
  { names: ['bash'], commands: ['bash'] },
];

interface Manager {
  readonly lists: string;
  /** Arguments that install, and that bring the lists up to date. */
  readonly install: readonly string[];
  readonly update: readonly string[];
  updated(): string;
  started(names: readonly string[]): string;
  installed(name: string): string;
  missing(name: string): string;
  readonly missingExit: number;
  /** Whether nothing is found before the lists have been fetched. */
  readonly needsUpdate: boolean;
}

const APT: Manager = {
  lists: '/var/lib/apt/lists/lists',
  install: ['install'],
  update: ['update'],
  updated: () =>
    'Get:1 http://deb.debian.org/debian stable InRelease [140 kB]\nFetched 9671 kB in 2s (4836 kB/s)\nReading package lists... Done\n',
  started: (names) =>
    `Reading package lists... Done\nBuilding dependency tree... Done\nThe following NEW packages will be installed:\n  ${names.join(' ')}\n`,
  installed: (name) => `Selecting previously unselected package ${name}.\nSetting up ${name} ...\n`,
  missing: (name) => `E: Unable to locate package ${name}\n`,
  missingExit: 100,
  needsUpdate: true,
};
const YUM: Manager = {
  lists: '/var/cache/yum/lists',
  install: ['install'],
  update: ['makecache', 'check-update'],
  updated: () => 'Metadata cache created.\n',
  started: (names) => `Dependencies resolved.\nInstalling:\n ${names.join('\n ')}\n`,
  installed: (name) => `  Installing       : ${name}\n`,
  missing: (name) => `No match for argument: ${name}\nError: Unable to find a match: ${name}\n`,
  missingExit: 1,
  needsUpdate: false,
};
const APK: Manager = {
  lists: '/var/cache/apk/lists',
  install: ['add'],
  update: ['update'],
  updated: () => 'fetch https://dl-cdn.alpinelinux.org/alpine/latest-stable/main/x86_64/APKINDEX.tar.gz\nOK\n',
  started: () => 'fetch https://dl-cdn.alpinelinux.org/alpine/latest-stable/main/x86_64/APKINDEX.tar.gz\n',
  installed: (name) => `Installing ${name}\n`,
  missing: (name) => `ERROR: unable to select packages:\n  ${name} (no such package):\n    required by: world[${name}]\n`,
  missingExit: 1,
  needsUpdate: false,
};

const UPDATE_MS = 2000;
const INSTALL_MS = 1500;

const manager = (of: Manager): Program =>
  function* packages(sys) {
    const words = sys.argv.slice(1).filter((word) => !word.startsWith('-'));
    const [verb = '', ...names] = words;
    if (of.update.includes(verb)) {
      yield* sleep(sys, UPDATE_MS);
      writeFile(sys, of.lists, 'updated\n');
      yield* print(of.updated());
      return 0;
    }
    if (!of.install.includes(verb)) {
      yield* print('what else this program can do is not simulated\n');
      return verb === '' ? 0 : 1;
    }
    return yield* install(sys, of, names);
  };

function* install(sys: Sys, of: Manager, names: readonly string[]): Running<number> {
  const isBlind = of.needsUpdate && 'error' in sys.files.stat(of.lists);
  for (const name of names) {
    if (!isBlind && PACKAGES.some((one) => one.names.includes(name))) continue;
    yield* complain(of.missing(name));
    return of.missingExit;
  }
  yield* print(of.started(names));
  for (const name of names) {
    yield* sleep(sys, INSTALL_MS);
    for (const command of PACKAGES.find((one) => one.names.includes(name))?.commands ?? []) {
      writeFile(sys, `/usr/bin/${command}`, programFile(`${SHELF}/${command}`));
      sys.files.chmod(`/usr/bin/${command}`, 0o755);
    }
    yield* print(of.installed(name));
  }
  return 0;
}

function writeFile(sys: Sys, path: string, text: string): void {
  const names = path.split('/').slice(1, -1);
  for (let i = 1; i <= names.length; i += 1) sys.files.mkdir(`/${names.slice(0, i).join('/')}`);
  sys.files.write(path, text);
}

/** The package managers of a base, by path. */
export function packageManagers(base: NonNullable<ImageBehaviour['base']>): Readonly<Record<string, Program>> {
  switch (base) {
    case 'alpine':
      return { '/sbin/apk': manager(APK) };
    case 'centos':
      return { '/usr/bin/yum': manager(YUM), '/usr/bin/dnf': manager(YUM) };
    case 'debian':
    case 'ubuntu':
      return { '/usr/bin/apt-get': manager(APT), '/usr/bin/apt': manager(APT) };
    default:
      return {};
  }
}
