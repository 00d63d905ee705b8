// ghcr.io/subicura/counter: counts its visitors in the redis at $REDIS_HOST.
import type { ImageBehaviour } from '../image.ts';
import { MI, respond, webServer } from '../serve.ts';

const image: ImageBehaviour = {
  repositories: ['ghcr.io/subicura/counter'],
  tags: ['latest'],
  sizeBytes: 120_000_000,
  pullMs: 5000,
  entrypoint: ['node', '/app/index.js'],
  base: 'debian',
  with: ['curl', 'telnet'],
  programs: {
    '/usr/local/bin/node': webServer({
      port: () => 3000,
      memoryBytes: 30 * MI,
      taken: (port) => `Error: listen EADDRINUSE: address already in use :::${port}\n`,
      *handle(_request, _from, sys) {
        const host = sys.env.get('REDIS_HOST') ?? 'localhost';
        const port = Number(sys.env.get('REDIS_PORT') ?? 6379);
        const http = { method: 'REDIS', path: 'INCR', host, headers: {}, body: 'INCR count' };
        const { dialled } = yield { ask: 'dial', host, port, http, timeoutMs: 10_000 };
        const count = /\d+/.exec(dialled?.response?.body ?? '')?.[0];
        return count === undefined ? respond(500, `redis: ${dialled?.outcome ?? 'unreachable'}\n`) : respond(200, `${count}\n`);
      },
    }),
  },
};

export default image;
