// nginx: the web server of most first Pods. Two generations: until 1.18 it starts without a word, since 1.19 its entrypoint reports.
import type { Program } from '../../process/program.ts';
import type { ImageBehaviour } from '../image.ts';
import { complain, MI, print } from '../serve.ts';
import { nginxFiles } from './files.ts';
import { nginx, type Version } from './server.ts';

/** The last patch of each minor version that was published. */
const PATCHES: Readonly<Record<string, string>> = {
  '1.7': '1.7.12',
  '1.8': '1.8.1',
  '1.9': '1.9.15',
  '1.10': '1.10.3',
  '1.11': '1.11.13',
  '1.12': '1.12.2',
  '1.13': '1.13.12',
  '1.14': '1.14.2',
  '1.15': '1.15.12',
  '1.16': '1.16.1',
  '1.17': '1.17.10',
  '1.18': '1.18.0',
  '1.19': '1.19.10',
  '1.20': '1.20.2',
  '1.21': '1.21.6',
  '1.22': '1.22.1',
  '1.23': '1.23.4',
  '1.24': '1.24.0',
  '1.25': '1.25.5',
  '1.26': '1.26.3',
  '1.27': '1.27.5',
  '1.28': '1.28.0',
  '1.29': '1.29.4',
};
const NAMED: Readonly<Record<string, string>> = { latest: '1.29.4', mainline: '1.29.4', stable: '1.28.0', '1': '1.29.4' };
const VARIANT = '(?:-(?:alpine|perl|slim|otel|alpine-slim|alpine-perl|alpine-otel|bookworm|bullseye|trixie))?';

/** The version behind a tag, or undefined where there is no such tag. */
function versionOf(tag: string): string | undefined {
  const [, name = ''] = new RegExp(`^(.+?)${VARIANT}$`).exec(tag) ?? [];
  if (/^(?:alpine|perl|slim|otel|alpine-slim|bookworm|trixie)$/.test(tag)) return NAMED.latest;
  const known = NAMED[name] ?? PATCHES[name];
  if (known !== undefined) return known;
  const minor = /^(1\.\d+)\.(\d+)$/.exec(name);
  const last = minor && PATCHES[minor[1] ?? ''];
  return last !== undefined && last !== null && Number(minor?.[2]) <= Number(last.split('.')[2]) ? name : undefined;
}

const isOldVersion = (number: string): boolean => Number(number.split('.')[1]) < 19;

const ENTRYPOINT = '/docker-entrypoint.sh';

/** What the entrypoint does before it becomes nginx. */
const entrypoint: Program = function* dockerEntrypoint(sys) {
  const argv = sys.argv.slice(1);
  if (argv[0] === 'nginx' || argv[0] === 'nginx-debug') {
    yield* print(
      [
        `${ENTRYPOINT}: /docker-entrypoint.d/ is not empty, will attempt to perform configuration`,
        `${ENTRYPOINT}: Looking for shell scripts in /docker-entrypoint.d/`,
        `${ENTRYPOINT}: Launching /docker-entrypoint.d/10-listen-on-ipv6-by-default.sh`,
        '10-listen-on-ipv6-by-default.sh: info: Getting the checksum of /etc/nginx/conf.d/default.conf',
        '10-listen-on-ipv6-by-default.sh: info: Enabled listen on IPv6 in /etc/nginx/conf.d/default.conf',
        `${ENTRYPOINT}: Sourcing /docker-entrypoint.d/15-local-resolvers.envsh`,
        `${ENTRYPOINT}: Launching /docker-entrypoint.d/20-envsubst-on-templates.sh`,
        `${ENTRYPOINT}: Launching /docker-entrypoint.d/30-tune-worker-processes.sh`,
        `${ENTRYPOINT}: Configuration complete; ready for start up`,
        '',
      ].join('\n'),
    );
  }
  const next = sys.exec({ argv });
  if (typeof next === 'function') return yield* next(sys);
  yield* complain(`${ENTRYPOINT}: 47: exec: ${argv[0] ?? ''}: not found\n`);
  return 127;
};

function image(number: string, isAlpine: boolean, hasTag: (tag: string) => boolean): ImageBehaviour {
  const isOld = isOldVersion(number);
  const version: Version = {
    number,
    logsNotices: !isOld,
    builtBy: isAlpine ? 'gcc 15.2.0 (Alpine 15.2.0) ' : 'gcc 14.2.0 (Debian 14.2.0-19) ',
    worker: isOld ? 7 : isAlpine ? 30 : 29,
  };
  return {
    repositories: ['nginx'],
    hasTag,
    sizeBytes: isAlpine ? 22 * MI : isOld ? 44_710_204 : 59_795_293,
    pullMs: isAlpine ? 1200 : isOld ? 2000 : 3000,
    ...(!isOld && { entrypoint: [ENTRYPOINT], stopSignal: 'QUIT' }),
    cmd: ['nginx', '-g', 'daemon off;'],
    exposes: [80],
    env: { NGINX_VERSION: number },
    programs: { '/usr/sbin/nginx': nginx(version), ...(!isOld && { [ENTRYPOINT]: entrypoint }) },
    base: isAlpine ? 'alpine' : 'debian',
    ...(!isOld && { with: ['curl'] }),
    files: nginxFiles(isOld),
  };
}

const versions = [...new Set(Object.values(PATCHES))];
const images = versions.flatMap((number) => {
  const isPlain = (tag: string): boolean => versionOf(tag)?.split('.')[1] === number.split('.')[1];
  return [
    image(number, true, (tag) => tag.includes('alpine') && isPlain(tag)),
    image(number, false, (tag) => !tag.includes('alpine') && isPlain(tag)),
  ];
});

export default images;
