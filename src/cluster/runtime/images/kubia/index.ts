// luksa/kubia: the node.js server of many tutorials. It has no signal handler, so as process 1 it ignores TERM.
import type { Program } from '../../process/program.ts';
import type { ImageBehaviour } from '../image.ts';
import { MI, print, respond, webServer } from '../serve.ts';

const ERROR = (port: number): string => `Error: listen EADDRINUSE :::${port}\n`;

const shared: Omit<ImageBehaviour, 'repositories' | 'programs'> = {
  tags: ['latest'],
  sizeBytes: 250_000_000,
  pullMs: 6000,
  entrypoint: ['node', 'app.js'],
  env: { NPM_CONFIG_LOGLEVEL: 'info', NODE_VERSION: '7.9.0', YARN_VERSION: '0.22.0' },
  base: 'debian',
  with: ['curl', 'ps'],
  files: { '/app.js': '// the source of this program is not simulated\n' },
};

/** `failsAfter`: so many requests are answered well, and no more. */
const kubia = (failsAfter: number): Program =>
  function* app(sys) {
    let served = 0;
    return yield* webServer({
      port: () => 8080,
      memoryBytes: 24 * MI,
      banner: () => 'Kubia server starting...\n',
      taken: ERROR,
      *handle(_request, from) {
        yield* print(`Received request from ::ffff:${from}\n`);
        served += 1;
        return served > failsAfter ? respond(500, "I'm not well. Please restart me!") : respond(200, `You've hit ${sys.hostname}\n`);
      },
    })(sys);
  };

const images: readonly ImageBehaviour[] = [
  { ...shared, repositories: ['luksa/kubia'], programs: { '/usr/local/bin/node': kubia(Number.POSITIVE_INFINITY) } },
  { ...shared, repositories: ['luksa/kubia-unhealthy'], programs: { '/usr/local/bin/node': kubia(5) } },
];

export default images;
