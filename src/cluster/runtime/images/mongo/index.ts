// mongo: a document database on port 27017.
import type { Program } from '../../process/program.ts';
import type { ImageBehaviour } from '../image.ts';
import { dateOf, MI, print, serveUntilSignal, sleep } from '../serve.ts';

const PORT = 27017;
const START_MS = 1200;

const mongod: Program = function* entrypoint(sys) {
  for (const signal of ['TERM', 'INT']) sys.onSignal(signal, 'catch');
  sys.allocate(70 * MI);
  const say = (component: string, id: number, text: string, attributes = ''): string => {
    const { year, month, day, time, millis } = dateOf(sys);
    return `{"t":{"$date":"${year}-${month}-${day}T${time}.${millis}+00:00"},"s":"I",  "c":"${component}",  "id":${id},   "ctx":"initandlisten","msg":"${text}"${attributes}}\n`;
  };
  yield* print(
    say(
      'CONTROL',
      4615611,
      'MongoDB starting',
      `,"attr":{"pid":${sys.pid},"port":${PORT},"dbPath":"/data/db","architecture":"64-bit","host":"${sys.hostname}"}`,
    ),
  );
  if ((yield* sleep(sys, START_MS)) !== undefined) return 0;
  if (sys.listen(PORT).error !== undefined) {
    yield* print(
      say(
        'CONTROL',
        20574,
        'Error during global initialization',
        ',"attr":{"error":{"code":9001,"codeName":"SocketException","errmsg":"Address already in use"}}',
      ),
    );
    return 48;
  }
  yield* print(say('NETWORK', 23016, 'Waiting for connections', `,"attr":{"port":${PORT},"ssl":"off"}`));
  yield* serveUntilSignal(PORT);
  yield* print(say('CONTROL', 23138, 'Shutting down', ',"attr":{"exitCode":0}'));
  return 0;
};

const image: ImageBehaviour = {
  repositories: ['mongo'],
  hasTag: (tag) => /^(?:latest|[4-8](?:\.\d+){0,2})(?:-\w+)?$/.test(tag),
  sizeBytes: 180_000_000,
  pullMs: 5000,
  entrypoint: ['docker-entrypoint.sh'],
  cmd: ['mongod'],
  base: 'ubuntu',
  programs: { '/usr/local/bin/docker-entrypoint.sh': mongod },
};

export default image;
