// mysql and mariadb: databases that want a password before they start, and some seconds until they are ready.
import type { Program, Sys } from '../../process/program.ts';
import type { ImageBehaviour } from '../image.ts';
import { complain, dateOf, MI, serveUntilSignal, sleep } from '../serve.ts';

const PORT = 3306;
const INITIALISE_MS = 6500;
const START_MS = 1500;

interface Flavour {
  readonly repository: string;
  readonly name: string;
  readonly version: string;
  readonly variables: readonly string[];
  readonly refusal: string;
  readonly hasTag: (tag: string) => boolean;
  readonly daemon: string;
}

const stamp = (sys: Sys): string => {
  const { year, month, day, time } = dateOf(sys);
  return `${year}-${month}-${day} ${time}+00:00`;
};

const entrypoint = (flavour: Flavour): Program =>
  function* dockerEntrypoint(sys) {
    for (const signal of ['TERM', 'INT']) sys.onSignal(signal, 'catch');
    const say = (level: string, text: string): string => `${stamp(sys)} [${level}] [Entrypoint]: ${text}\n`;
    yield* complain(say('Note', `Entrypoint script for ${flavour.name} Server ${flavour.version} started.`));
    const isInitialised = !('error' in sys.files.stat('/var/lib/mysql/mysql'));
    if (!isInitialised && !flavour.variables.some((name) => sys.env.has(name))) {
      yield* complain(say('ERROR', flavour.refusal));
      return 1;
    }
    sys.allocate(180 * MI);
    if (!isInitialised) {
      yield* complain(say('Note', 'Initializing database files'));
      if ((yield* sleep(sys, INITIALISE_MS)) !== undefined) return 1;
      sys.files.mkdir('/var/lib/mysql/mysql');
      yield* complain(say('Note', `${flavour.name} init process done. Ready for start up.`));
    }
    if ((yield* sleep(sys, START_MS)) !== undefined) return 0;
    if (sys.listen(PORT).error !== undefined) {
      yield* complain(`${stamp(sys)} 0 [ERROR] Can't start server: Bind on TCP/IP port: Address already in use\n`);
      return 1;
    }
    yield* complain(
      `${stamp(sys)} 0 [Note] ${flavour.daemon}: ready for connections.\nVersion: '${flavour.version}'  socket: '/run/mysqld/mysqld.sock'  port: ${PORT}\n`,
    );
    yield* serveUntilSignal(PORT);
    if ((yield* sleep(sys, 400)) !== undefined) return 0;
    yield* complain(`${stamp(sys)} 0 [Note] ${flavour.daemon}: Shutdown complete\n`);
    return 0;
  };

const OPTIONS =
  'Database is uninitialized and password option is not specified\n    You need to specify one of the following as an environment variable:\n';

const flavours: readonly Flavour[] = [
  {
    repository: 'mysql',
    name: 'MySQL',
    version: '8.4.7',
    variables: ['MYSQL_ROOT_PASSWORD', 'MYSQL_ALLOW_EMPTY_PASSWORD', 'MYSQL_RANDOM_ROOT_PASSWORD'],
    refusal: `${OPTIONS}    - MYSQL_ROOT_PASSWORD\n    - MYSQL_ALLOW_EMPTY_PASSWORD\n    - MYSQL_RANDOM_ROOT_PASSWORD`,
    hasTag: (tag) => /^(?:latest|lts|innovation|oracle|5\.[67](?:\.\d+)?|[89](?:\.\d+){0,2})(?:-\w+)?$/.test(tag),
    daemon: 'mysqld',
  },
  {
    repository: 'mariadb',
    name: 'MariaDB',
    version: '10.7.8-MariaDB',
    variables: [
      'MARIADB_ROOT_PASSWORD',
      'MARIADB_ALLOW_EMPTY_ROOT_PASSWORD',
      'MARIADB_RANDOM_ROOT_PASSWORD',
      'MYSQL_ROOT_PASSWORD',
      'MYSQL_ALLOW_EMPTY_PASSWORD',
      'MYSQL_RANDOM_ROOT_PASSWORD',
      'MARIADB_ROOT_PASSWORD_HASH',
    ],
    refusal: `${OPTIONS}    - MARIADB_ROOT_PASSWORD\n    - MARIADB_ROOT_PASSWORD_HASH\n    - MARIADB_ALLOW_EMPTY_ROOT_PASSWORD\n    - MARIADB_RANDOM_ROOT_PASSWORD`,
    hasTag: (tag) => /^(?:latest|lts|1[0-2](?:\.\d+){0,2})(?:-\w+)?$/.test(tag),
    daemon: 'mariadbd',
  },
];

const images: readonly ImageBehaviour[] = flavours.map((flavour) => ({
  repositories: [flavour.repository],
  hasTag: flavour.hasTag,
  sizeBytes: flavour.repository === 'mysql' ? 230_000_000 : 118_000_000,
  pullMs: 6000,
  entrypoint: ['docker-entrypoint.sh'],
  cmd: [flavour.daemon],
  base: 'debian',
  programs: { '/usr/local/bin/docker-entrypoint.sh': entrypoint(flavour) },
  files: { '/var/lib/mysql/.keep': '' },
}));

export default images;
