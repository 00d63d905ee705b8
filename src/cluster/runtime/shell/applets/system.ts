// date, id, whoami, hostname, uname, uptime, free, df, mount, nproc, tty, stty, clear, vi, more, history: what tells about the machine.
import type { Program, Sys } from '../../process/program.ts';
import { dateText, parseDate } from '../date-text.ts';
import { type Applets, complain, print, readInputs, readOptions, type Running, type Style } from './applet.ts';
import { humanSize } from './ls.ts';

function* date(sys: Sys): Running {
  const options = readOptions(sys, 'ud:s:RD:r:', { utc: 'u', date: 'd', iso: 'I' });
  const iso = sys.argv.find((word) => /^(-I|--iso-8601)/.test(word));
  const format = sys.argv.find((word) => word.startsWith('+'))?.slice(1);
  const given = options.value('d');
  const at = given === undefined ? sys.epochMs + sys.at() : parseDate(given, sys.epochMs + sys.at());
  const bad = at === undefined ? given : options.operands.find((word) => !word.startsWith('+'));
  if (at === undefined || bad !== undefined) {
    yield* complain(sys, `invalid date '${bad}'`);
    return 1;
  }
  const isoFormat = iso?.includes('s') ? '%FT%T+00:00' : iso?.includes('m') ? '%FT%R+00:00' : '%F';
  const plain = '%a %b %e %H:%M:%S %Z %Y';
  yield* print(`${dateText(at, format ?? (iso !== undefined ? isoFormat : options.has('R') ? '%a, %d %b %Y %T %z' : plain))}\n`);
  return 0;
}

function id(style: Style): Program {
  return function* run(sys) {
    const options = readOptions(sys, 'ugnGr');
    const { uid, name } = sys.user;
    const [other] = options.operands;
    if (other !== undefined && other !== name) {
      yield* complain(sys, style === 'busybox' ? `unknown user ${other}` : `'${other}': no such user`);
      return 1;
    }
    if (options.has('u') || options.has('g') || options.has('G')) yield* print(`${options.has('n') ? name : uid}\n`);
    else if (uid === 0) yield* print(`uid=0(root) gid=0(root)${style === 'gnu' ? ' groups=0(root)' : ''}\n`);
    else yield* print(`uid=${uid}${name === String(uid) ? '' : `(${name})`} gid=${uid} groups=${uid}\n`);
    return 0;
  };
}

function* hostname(sys: Sys): Running {
  const options = readOptions(sys, 'ifsdI');
  if (options.has('i') || options.has('I')) yield* print(`${sys.addresses[0] ?? '127.0.0.1'}\n`);
  else yield* print(`${options.has('s') ? (sys.hostname.split('.')[0] ?? '') : sys.hostname}\n`);
  return 0;
}

const unameFields: readonly (readonly [string, (sys: Sys) => string])[] = [
  ['s', () => 'Linux'],
  ['n', (sys) => sys.hostname],
  ['r', () => '6.1.0-simulated'],
  ['v', () => '#1 SMP PREEMPT_DYNAMIC'],
  ['m', () => 'x86_64'],
  ['o', () => 'GNU/Linux'],
];

function* uname(sys: Sys): Running {
  const options = readOptions(sys, 'asnrvmpio');
  const wanted = unameFields.filter(([letter]) => options.has('a') || options.has(letter));
  yield* print(`${(wanted.length === 0 ? unameFields.slice(0, 1) : wanted).map(([, value]) => value(sys)).join(' ')}\n`);
  return 0;
}

function memoryOf(sys: Sys): { readonly total: number; readonly free: number } {
  const read = sys.files.read('/proc/meminfo');
  const value = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+)`).exec('text' in read ? read.text : '')?.[1] ?? 0);
  return { total: value('MemTotal'), free: value('MemFree') };
}

function* free(sys: Sys): Running {
  const options = readOptions(sys, 'bkmgh');
  const { total, free: left } = memoryOf(sys);
  const scale = (kib: number): string =>
    (options.has('h')
      ? humanSize(kib * 1024)
      : String(Math.floor(options.has('m') ? kib / 1024 : options.has('g') ? kib / 1024 ** 2 : kib))
    ).padStart(12);
  yield* print(
    `              total        used        free      shared  buff/cache   available\nMem:   ${scale(total)}${scale(total - left)}${scale(left)}${scale(0)}${scale(0)}${scale(left)}\nSwap:  ${scale(0)}${scale(0)}${scale(0)}\n`,
  );
  return 0;
}

function* df(sys: Sys): Running {
  const options = readOptions(sys, 'hkmTPai');
  const human = options.has('h');
  yield* print(
    `Filesystem           ${human ? '     Size      Used Available Use% Mounted on' : '1K-blocks      Used Available Use% Mounted on'}\n`,
  );
  for (const { path, limitBytes, usedBytes } of sys.files.mounts()) {
    const name = path === '/' ? 'overlay' : path.startsWith('/etc/') ? '/dev/vda1' : 'tmpfs';
    const size = (bytes: number): string => (human ? humanSize(bytes) : String(Math.ceil(bytes / 1024))).padStart(9);
    const share = `${Math.ceil((usedBytes / limitBytes) * 100)}%`.padStart(4);
    yield* print(`${name.padEnd(20)} ${size(limitBytes)} ${size(usedBytes)} ${size(limitBytes - usedBytes)} ${share} ${path}\n`);
  }
  return 0;
}

function* mount(sys: Sys): Running {
  if (sys.argv.length > 1) {
    yield* complain(sys, 'permission denied (are you root?)');
    return 1;
  }
  for (const { path, readOnly } of sys.files.mounts()) {
    const type = path === '/' ? 'overlay' : 'tmpfs';
    yield* print(`${type} on ${path} type ${type} (${readOnly ? 'ro' : 'rw'},relatime)\n`);
  }
  return 0;
}

function* uptime(sys: Sys): Running {
  const read = sys.files.read('/proc/uptime');
  const minutes = Math.floor(Number(('text' in read ? read.text : '0').split(' ')[0]) / 60);
  const up = minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
  yield* print(` ${dateText(sys.epochMs + sys.at(), '%T')} up ${up},  0 users,  load average: 0.00, 0.01, 0.05\n`);
  return 0;
}

/** Editors and the like need a screen; there is none. */
function* vi(sys: Sys): Running {
  yield* complain(
    sys,
    `a full-screen editor is not simulated: write a file with  echo 'text' > ${sys.argv.at(-1) === sys.argv[0] ? 'FILE' : sys.argv.at(-1)}`,
  );
  return 1;
}

function more(style: Style): Program {
  return function* run(sys) {
    const { texts, failed } = yield* readInputs(sys, readOptions(sys, 'NRSFXn:').operands, style);
    for (const text of texts) yield* print(text);
    return Number(failed);
  };
}

const applets: Applets = (style) => ({
  date,
  id: id(style),
  whoami: function* whoami(sys) {
    yield* print(`${sys.user.name}\n`);
    return 0;
  },
  groups: function* groups(sys) {
    yield* print(`${sys.user.name}\n`);
    return 0;
  },
  hostname,
  uname,
  arch: function* arch() {
    yield* print('x86_64\n');
    return 0;
  },
  nproc: function* nproc() {
    yield* print('2\n');
    return 0;
  },
  free,
  df,
  mount,
  uptime,
  tty: function* tty(sys) {
    yield* print(sys.isTty(0) ? '/dev/pts/0\n' : 'not a tty\n');
    return Number(!sys.isTty(0));
  },
  stty: function* stty() {
    yield { ask: 'steps', count: 1 };
    return 0;
  },
  clear: function* clear() {
    yield* print('\x1b[H\x1b[J');
    return 0;
  },
  vi,
  vim: vi,
  less: more(style),
  more: more(style),
  dmesg: function* dmesg() {
    yield { ask: 'steps', count: 1 };
    return 0;
  },
  getent: function* getent(sys) {
    const [database, name = ''] = sys.argv.slice(1);
    const read = sys.files.read(`/etc/${database}`);
    if (database !== 'hosts') {
      const line = ('text' in read ? read.text : '').split('\n').find((text) => text.startsWith(`${name}:`));
      yield* print(line === undefined ? '' : `${line}\n`);
      return line === undefined ? 2 : 0;
    }
    const answer = yield { ask: 'resolve', host: name };
    yield* print(answer.text === undefined ? '' : `${answer.text.padEnd(15)} ${name}\n`);
    return answer.text === undefined ? 2 : 0;
  },
});
export default applets;
