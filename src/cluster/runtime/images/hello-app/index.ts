// gcr.io/google-samples/hello-app: a web server that greets with its version and host name.
import type { ImageBehaviour } from '../image.ts';
import { dateOf, print, respond, webServer } from '../serve.ts';

const image = (version: string): ImageBehaviour => ({
  repositories: ['gcr.io/google-samples/hello-app', 'us-docker.pkg.dev/google-samples/containers/gke/hello-app'],
  tags: [version],
  sizeBytes: 11_000_000,
  pullMs: 1200,
  entrypoint: ['/hello-app'],
  base: 'none',
  env: { PORT: '8080' },
  programs: {
    '/hello-app': webServer({
      port: (sys) => Number(sys.env.get('PORT') ?? 8080),
      banner: (sys) => `${date(sys)} Server listening on port ${sys.env.get('PORT') ?? '8080'}\n`,
      taken: (port) => `listen tcp :${port}: bind: address already in use\n`,
      ends: { TERM: 143, INT: 130 },
      *handle(request, _from, sys) {
        yield* print(`${date(sys)} Serving request: ${request.path}\n`);
        return respond(200, `Hello, world!\nVersion: ${version}.0\nHostname: ${sys.hostname}\n`, {
          'Content-Type': 'text/plain; charset=utf-8',
        });
      },
    }),
  },
});

const date = (sys: Parameters<typeof dateOf>[0]): string => {
  const { year, month, day, time } = dateOf(sys);
  return `${year}/${month}/${day} ${time}`;
};

const images: readonly ImageBehaviour[] = [image('1.0'), image('2.0')];

export default images;
