// Which programs the base of an image has, and where; and the files that every image has. Models the images of curriculum.md d.1.
import type { Instant } from '../../../engine/records.ts';
import { createTree, directoryNode, fileNode, type Tree, type TreeNode, type DirectoryNode } from '../process/tree.ts';
import type { Program } from '../process/program.ts';
import { programFile } from '../process/program-search.ts';
import type { Style } from './applets/applet.ts';
import { appletsOf } from './applets/catalog.ts';
import { ash, bash, dash } from './dialects.ts';
import { createShellProgram } from './main.ts';

/** What an image is built on. */
export type Base = 'busybox' | 'alpine' | 'debian' | 'ubuntu' | 'centos' | 'none';

/** Tools that an image has besides those of its base, or has not. */
export interface Choice {
  readonly with?: readonly string[];
  readonly without?: readonly string[];
}

/** Tools of the GNU images that are not part of the smallest of them. */
const installed = [
  'curl',
  'wget',
  'ps',
  'top',
  'free',
  'ping',
  'nslookup',
  'dig',
  'ip',
  'nc',
  'telnet',
  'vi',
  'vim',
  'less',
  'netstat',
  'uptime',
  'killall',
  'pidof',
  'pgrep',
  'pkill',
  'apk',
  'apt-get',
  'apt',
  'yum',
  'dnf',
  'usleep',
  'awk',
  'busybox',
];
const busyboxLacks = ['curl', 'dig', 'vim', 'apk', 'apt-get', 'apt', 'yum', 'dnf', 'bash'];
const added: Readonly<Record<Base, readonly string[]>> = {
  busybox: [],
  alpine: ['apk'],
  debian: ['apt-get', 'apt', 'awk'],
  ubuntu: ['apt-get', 'apt', 'awk'],
  centos: ['yum', 'curl', 'ps', 'top', 'free', 'vi', 'awk', 'pgrep', 'pkill', 'uptime'],
  none: [],
};
const inSbin = new Set(['ip', 'ifconfig', 'route']);
const inUsr = new Set(
  'awk basename cut dirname env expr find free head id less nslookup printf readlink seq sort tail tee telnet test timeout top tr uniq uptime wc wget which whoami xargs yes [ [[ md5sum sha256sum realpath nproc nc killall pgrep pkill tac cksum'.split(
    ' ',
  ),
);

/** The programs of a base by path. */
export function programsOf(base: Base, choice: Choice = {}): Readonly<Record<string, Program>> {
  if (base === 'none') return {};
  const small = base === 'busybox' || base === 'alpine';
  const style: Style = small ? 'busybox' : 'gnu';
  const lacks = new Set([...(small ? busyboxLacks : installed), ...(choice.without ?? [])]);
  for (const name of [...added[base], ...(choice.with ?? [])]) if (!choice.without?.includes(name)) lacks.delete(name);
  const programs: Record<string, Program> = {};
  for (const [name, program] of Object.entries(appletsOf(style))) {
    if (lacks.has(name)) continue;
    programs[pathOf(name, base)] = program;
  }
  if (choice.without?.includes('sh')) return programs;
  if (small) Object.assign(programs, { '/bin/sh': createShellProgram(ash), '/bin/ash': createShellProgram(ash) });
  else programs['/bin/sh'] = createShellProgram(base === 'centos' ? bash : dash);
  if (!lacks.has('bash')) programs['/bin/bash'] = createShellProgram(bash);
  return programs;
}

function pathOf(name: string, base: Base): string {
  if (base === 'busybox') return `/bin/${name}`;
  if (inSbin.has(name)) return `/sbin/${name}`;
  return inUsr.has(name) || (base !== 'alpine' && /^(curl|apt|apt-get|yum|vi|vim|printenv|stat|du|nslookup|dig)$/.test(name))
    ? `/usr/bin/${name}`
    : `/bin/${name}`;
}

const passwd = (shell: string): string =>
  `root:x:0:0:root:/root:${shell}\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\nbin:x:2:2:bin:/bin:/usr/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n`;

const releases: Readonly<Record<Base, string>> = {
  busybox: '',
  alpine: 'NAME="Alpine Linux"\nID=alpine\nVERSION_ID=3.22.0\nPRETTY_NAME="Alpine Linux v3.22"\n',
  debian: 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nID=debian\n',
  ubuntu: 'PRETTY_NAME="Ubuntu 24.04 LTS"\nNAME="Ubuntu"\nVERSION_ID="24.04"\nID=ubuntu\n',
  centos: 'NAME="CentOS Linux"\nVERSION="7 (Core)"\nID="centos"\nVERSION_ID="7"\nPRETTY_NAME="CentOS Linux 7 (Core)"\n',
  none: '',
};

const directories: Readonly<Record<Base, readonly string[]>> = {
  busybox: 'bin dev etc home root tmp usr usr/bin usr/sbin var var/www var/spool'.split(' '),
  alpine: 'bin dev etc home lib media mnt opt root run sbin srv tmp usr usr/bin usr/lib usr/sbin usr/local/bin var var/log var/cache'.split(
    ' ',
  ),
  debian:
    'bin boot dev etc home lib media mnt opt root run sbin srv tmp usr usr/bin usr/lib usr/sbin usr/local/bin var var/log var/lib var/cache'.split(
      ' ',
    ),
  ubuntu:
    'bin boot dev etc home lib media mnt opt root run sbin srv tmp usr usr/bin usr/lib usr/sbin usr/local/bin var var/log var/lib var/cache'.split(
      ' ',
    ),
  centos:
    'bin dev etc home lib media mnt opt root run sbin srv tmp usr usr/bin usr/lib usr/sbin usr/local/bin var var/log var/lib var/cache'.split(
      ' ',
    ),
  none: ['dev', 'etc', 'tmp'],
};

/** The root tree of an image: the base's directories and files, a file for each program, and the image's own files. */
export function rootTreeOf(base: Base, at: Instant, programs: Iterable<string>, files: Readonly<Record<string, string>> = {}): Tree {
  const tree = createTree(at);
  const { root } = tree;
  if (root.kind !== 'directory') return tree;
  for (const path of [...directories[base], 'proc', 'sys']) putNode(root, path, directoryNode(at), at);
  const temporary = root.entries.get('tmp');
  if (temporary) temporary.mode = 0o1777;
  if (base !== 'none') {
    putNode(root, 'etc/passwd', fileNode(at, passwd(base === 'busybox' || base === 'alpine' ? '/bin/sh' : '/bin/bash')), at);
    putNode(root, 'etc/group', fileNode(at, 'root:x:0:\ndaemon:x:1:\nbin:x:2:\n'), at);
    if (releases[base] !== '') putNode(root, 'etc/os-release', fileNode(at, releases[base]), at);
  }
  for (const path of programs) putNode(root, path, fileNode(at, programFile(path), 0o755), at);
  for (const [path, text] of Object.entries(files)) {
    const node = fileNode(at, text);
    tree.usedBytes += node.size;
    putNode(root, path, node, at);
  }
  return tree;
}

/** Puts a node at a path, with the directories above it. */
function putNode(root: DirectoryNode, path: string, node: TreeNode, at: Instant): void {
  const names = path.split('/').filter((name) => name !== '');
  const last = names.pop();
  let here = root;
  for (const name of names) {
    const next = here.entries.get(name);
    const directory = next?.kind === 'directory' ? next : directoryNode(at);
    here.entries.set(name, directory);
    here = directory;
  }
  if (last !== undefined && !(node.kind === 'directory' && here.entries.has(last))) here.entries.set(last, node);
}
