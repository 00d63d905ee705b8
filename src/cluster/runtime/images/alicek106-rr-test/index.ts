// alicek106/rr-test: Ubuntu with curl, and a web server that says its host name.
import type { ImageBehaviour } from '../image.ts';
import { print, respond, webServer } from '../serve.ts';

const serve = webServer({
  port: () => 80,
  taken: (port) => `(98)Address already in use: AH00072: make_sock: could not bind to address 0.0.0.0:${port}\n`,
  ends: { TERM: 0, INT: 0 },
  *handle(request, from, sys) {
    yield* print(`${from} "${request.method} ${request.path} HTTP/1.1" 200\n`);
    return respond(200, `<p>Hello,  ${sys.hostname}</p>\n`, { 'Content-Type': 'text/html' });
  },
});

const images: readonly ImageBehaviour[] = [
  {
    repositories: ['alicek106/rr-test'],
    tags: ['curl'],
    sizeBytes: 62_000_000,
    pullMs: 2500,
    cmd: ['/bin/bash'],
    base: 'ubuntu',
    with: ['curl', 'ps'],
  },
  {
    repositories: ['alicek106/rr-test'],
    tags: ['echo-hostname'],
    sizeBytes: 86_000_000,
    pullMs: 3000,
    cmd: ['apachectl', '-DFOREGROUND'],
    base: 'ubuntu',
    programs: { '/usr/sbin/apachectl': serve },
  },
];

export default images;
