// registry.k8s.io/e2e-test-images/agnhost: the program of Kubernetes' own tests and examples, with a subcommand for each purpose.
import type { Program } from '../../process/program.ts';
import type { ImageBehaviour } from '../image.ts';
import { complain, MI, respond, webServer } from '../serve.ts';

const WELL_MS = 10_000;

/** Well for ten seconds, and ill from then on. */
const liveness: Program = function* livenessServer(sys) {
  const startedAt = sys.at();
  return yield* webServer({
    port: () => 8080,
    taken: (port) => `listen tcp :${port}: bind: address already in use\n`,
    handle(request) {
      const age = sys.at() - startedAt;
      if (request.path !== '/healthz') return respond(404, '404 page not found\n');
      return age > WELL_MS ? respond(500, `error: ${age / 1000}`) : respond(200, 'ok');
    },
  })(sys);
};

const hostname = (port: number): Program =>
  webServer({
    port: (sys) => Number(/^--(?:http-)?port=(\d+)$/.exec(sys.argv.find((word) => /^--(?:http-)?port=/.test(word)) ?? '')?.[1] ?? port),
    taken: (taken) => `listen tcp :${taken}: bind: address already in use\n`,
    handle(request, _from, sys) {
      if (request.path === '/healthz') return respond(200, '');
      if (port === 8080 && request.path === '/') return respond(200, `NOW: ${new Date(sys.epochMs + sys.at()).toISOString()}`);
      return respond(200, sys.hostname);
    },
  });

const pause: Program = function* pauseUntilTerm(sys) {
  for (const signal of ['TERM', 'INT']) sys.onSignal(signal, 'catch');
  sys.allocate(4 * MI);
  yield* complain('Paused\n');
  for (;;) if ((yield { ask: 'pause' }).signal !== undefined) return 0;
};

const COMMANDS: Readonly<Record<string, Program>> = { liveness, netexec: hostname(8080), 'serve-hostname': hostname(9376), pause };

const image: ImageBehaviour = {
  repositories: ['registry.k8s.io/e2e-test-images/agnhost', 'k8s.gcr.io/e2e-test-images/agnhost'],
  hasTag: (tag) => /^2\.\d+(?:\.\d+)?$/.test(tag),
  sizeBytes: 52_000_000,
  pullMs: 2500,
  entrypoint: ['/agnhost'],
  cmd: ['pause'],
  base: 'alpine',
  with: ['curl', 'dig'],
  programs: {
    *'/agnhost'(sys) {
      const command = COMMANDS[sys.argv[1] ?? 'pause'];
      if (command) return yield* command(sys);
      yield* complain(`Error: unknown command "${sys.argv[1] ?? ''}" for "app"\nRun 'app --help' for usage.\n`);
      return 1;
    },
  },
};

export default image;
