// redis: a key-value store on port 6379, and the client that comes with it.
import type { HttpRequest } from '../../../messages.ts';
import type { Program, Signal, Sys } from '../../process/program.ts';
import { LINES, TYPED_LINE } from '../../shell/applets/telnet.ts';
import type { ImageBehaviour } from '../image.ts';
import { complain, dateOf, MI, print, type Running } from '../serve.ts';
import { createStore, shownReply, wireReply } from './store.ts';

const PORT = 6379;

const line = (sys: Sys, mark: string, text: string): string => {
  const { day, monthName, year, time, millis } = dateOf(sys);
  return `${sys.pid}:M ${day} ${monthName} ${year} ${time}.${millis} ${mark} ${text}\n`;
};

/** The server. A command travels as the body of a request: the protocol itself is not simulated. */
const server = (version: string): Program =>
  function* redisServer(sys) {
    for (const signal of ['TERM', 'INT']) sys.onSignal(signal, 'catch');
    sys.allocate(8 * MI);
    const first = (mark: string, text: string): string => line(sys, mark, text).replace(':M', ':C');
    yield* print(first('#', 'oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo'));
    yield* print(first('#', `Redis version=${version}, bits=64, commit=00000000, modified=0, pid=${sys.pid}, just started`));
    yield* print(
      first(
        '#',
        'Warning: no config file specified, using the default config. In order to specify a config file use redis-server /path/to/redis.conf',
      ),
    );
    const given = sys.argv.indexOf('--port');
    const port = given > 0 ? Number(sys.argv[given + 1]) : PORT;
    if (sys.listen(port).error !== undefined) {
      yield* print(line(sys, '#', `Warning: Could not create server TCP listening socket *:${port}: bind: Address already in use`));
      yield* print(line(sys, '#', 'Failed listening on port 6379 (TCP), aborting.'));
      return 1;
    }
    yield* print(line(sys, '*', 'Server initialized'));
    yield* print(line(sys, '*', version < '7' ? 'Ready to accept connections' : 'Ready to accept connections tcp'));
    const store = createStore();
    let signal: Signal | undefined;
    while (signal === undefined) {
      const answer = yield { ask: 'accept', port };
      signal = answer.signal;
      const { http, respond } = answer.connection ?? {};
      if (!http || !respond) continue;
      const reply = store.run(wordsOf(http.body ?? ''));
      // Of a line that was typed with telnet the bytes are wanted, of one from redis-cli what it makes of them.
      if (http.method === TYPED_LINE) respond({ status: 200, headers: { [LINES]: 'RESP' }, body: wireReply(reply) });
      else respond({ status: 200, headers: {}, body: shownReply(reply) });
    }
    yield* print(line(sys, '#', `User requested shutdown...`).replace(':M', signal === 'TERM' ? ':signal-handler' : ':M'));
    yield* print(line(sys, '#', 'Redis is now ready to exit, bye bye...'));
    return 0;
  };

const wordsOf = (text: string): readonly string[] =>
  (text.match(/"(?:[^"\\]|\\.)*"|'[^']*'|\S+/g) ?? []).map((word) => word.replace(/^(["'])(.*)\1$/, '$2'));

/** A command as a request. */
const asRequest = (host: string, text: string): HttpRequest => ({
  method: 'REDIS',
  path: text.split(/\s+/)[0] ?? '',
  host,
  headers: {},
  body: text,
});

function* ask(host: string, port: number, text: string): Running<string> {
  const { dialled } = yield { ask: 'dial', host, port, http: asRequest(host, text), timeoutMs: 5000 };
  if (dialled?.response) return dialled.response.body;
  const why =
    dialled?.outcome === 'unresolved'
      ? 'Name or service not known'
      : dialled?.outcome === 'refused'
        ? 'Connection refused'
        : 'Operation timed out';
  return `Could not connect to Redis at ${host}:${port}: ${why}\n`;
}

const client: Program = function* redisCli(sys) {
  const rest = sys.argv.slice(1);
  let host = '127.0.0.1';
  let port = PORT;
  while (rest[0] === '-h' || rest[0] === '-p' || rest[0] === '-a') {
    if (rest[0] === '-h') host = rest[1] ?? host;
    if (rest[0] === '-p') port = Number(rest[1]);
    rest.splice(0, 2);
  }
  if (rest.length > 0) {
    const text = yield* ask(host, port, rest.map((word) => (/\s/.test(word) ? `"${word}"` : word)).join(' '));
    if (!text.startsWith('Could not')) yield* print(sys.isTty(1) ? text : text.replace(/^\(\w+\) |^"(.*)"$/gm, '$1'));
    else yield* complain(text);
    return text.startsWith('Could not') ? 1 : 0;
  }
  for (;;) {
    if (sys.isTty(0)) yield* print(`${host}:${port}> `);
    const { text = '', signal } = yield { ask: 'read', fd: 0, line: true };
    if (signal !== undefined || text === '' || /^(?:quit|exit)\s*$/i.test(text)) return 0;
    if (text.trim() !== '') yield* print(yield* ask(host, port, text.trim()));
  }
};

const image = (version: string, hasTag: (tag: string) => boolean, sizeBytes: number): ImageBehaviour => ({
  repositories: ['redis'],
  hasTag,
  sizeBytes,
  pullMs: 2000,
  cmd: ['redis-server'],
  workingDir: '/data',
  env: { REDIS_VERSION: version },
  base: 'debian',
  programs: { '/usr/local/bin/redis-server': server(version), '/usr/local/bin/redis-cli': client },
});

const images: readonly ImageBehaviour[] = [
  image('5.0.14', (tag) => /^5(?:\.\d+)*(?:-\w+)?$/.test(tag), 38_000_000),
  image('6.2.21', (tag) => /^6(?:\.\d+)*(?:-\w+)?$/.test(tag), 41_000_000),
  image('7.4.7', (tag) => /^7(?:\.\d+)*(?:-\w+)?$/.test(tag), 44_000_000),
  image('8.4.0', (tag) => /^(?:latest|alpine|bookworm|8(?:\.\d+)*)(?:-\w+)?$/.test(tag), 53_000_000),
];

export default images;
