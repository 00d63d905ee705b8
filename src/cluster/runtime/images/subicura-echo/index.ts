// ghcr.io/subicura/echo: a small web application on port 3000 that says where it runs.
import type { ImageBehaviour } from '../image.ts';
import { MI, print, respond, webServer } from '../serve.ts';

const image = (version: string): ImageBehaviour => ({
  repositories: ['ghcr.io/subicura/echo'],
  tags: [version],
  sizeBytes: 25_000_000,
  pullMs: 3000,
  entrypoint: ['/app/server'],
  workingDir: '/app',
  base: 'alpine',
  programs: {
    '/app/server': webServer({
      port: (sys) => Number(sys.env.get('PORT') ?? 3000),
      memoryBytes: 12 * MI,
      taken: (port) => `listen tcp :${port}: bind: address already in use\n`,
      ends: { TERM: 0, INT: 0 },
      *handle(request, from, sys) {
        const isKnown = request.path === '/' || request.path.startsWith('/?');
        const response = isKnown ? respond(200, `${sys.hostname} - ${version}\n`) : respond(404, 'Not Found');
        yield* print(`${from} ${request.method} ${request.path} ${response.status}\n`);
        return response;
      },
    }),
  },
});

const images: readonly ImageBehaviour[] = [image('v1'), image('v2')];

export default images;
