// lab/slow: our own, for lessons about start-up: it warms up before it listens.
import type { Program } from '../../process/program.ts';
import type { ImageBehaviour } from '../image.ts';
import { print, respond, sleep, webServer } from '../serve.ts';

const DEFAULT_SECONDS = 20;

const slow: Program = function* warmUp(sys) {
  for (const signal of ['TERM', 'INT']) sys.onSignal(signal, 'catch');
  const seconds = Number(sys.env.get('WARMUP_SECONDS') ?? DEFAULT_SECONDS);
  yield* print(`warming up ${seconds}s\n`);
  if ((yield* sleep(sys, seconds * 1000)) !== undefined) return 0;
  return yield* webServer({
    port: () => 8080,
    banner: () => 'listening on :8080\n',
    taken: (port) => `bind: address already in use :${port}\n`,
    ends: { TERM: 0, INT: 0 },
    handle: (_request, _from, inner) => respond(200, `ok from ${inner.hostname}\n`),
  })(sys);
};

const image: ImageBehaviour = {
  repositories: ['lab/slow'],
  tags: ['v1'],
  sizeBytes: 12_000_000,
  pullMs: 1000,
  entrypoint: ['/app/slow'],
  base: 'busybox',
  programs: { '/app/slow': slow },
};

export default image;
