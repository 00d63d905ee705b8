// hashicorp/http-echo: answers every request with the text it was started with.
import type { Sys } from '../../process/program.ts';
import type { ImageBehaviour } from '../image.ts';
import { complain, print, respond, webServer } from '../serve.ts';

/** The value of `-name=value` or `-name value`. */
function option(sys: Sys, name: string): string | undefined {
  const at = sys.argv.findIndex((word) => new RegExp(`^--?${name}(?:=|$)`).test(word));
  const word = sys.argv[at];
  if (word === undefined) return undefined;
  return word.includes('=') ? word.slice(word.indexOf('=') + 1) : sys.argv[at + 1];
}

const serve = webServer({
  port: (sys) => Number(/(\d+)$/.exec(option(sys, 'listen') ?? '')?.[1] ?? 5678),
  banner: (sys) => `[INFO] server is listening on ${option(sys, 'listen') ?? ':5678'}\n`,
  taken: (port) => `[ERR] could not start server: listen tcp :${port}: bind: address already in use\n`,
  ends: { TERM: 0, INT: 0 },
  *handle(request, from, sys) {
    const text = `${option(sys, 'text') ?? sys.env.get('ECHO_TEXT') ?? ''}\n`;
    yield* print(`${from} ${request.method} ${request.path} 200\n`);
    return respond(200, text, { 'X-App-Name': 'http-echo', 'X-App-Version': '1.0.0' });
  },
});

const image: ImageBehaviour = {
  repositories: ['hashicorp/http-echo'],
  hasTag: (tag) => /^(?:latest|alpine|\d+(?:\.\d+)*)$/.test(tag),
  sizeBytes: 3_000_000,
  pullMs: 800,
  entrypoint: ['/http-echo'],
  base: 'none',
  user: '65532',
  programs: {
    *'/http-echo'(sys) {
      if (option(sys, 'text') !== undefined || sys.env.has('ECHO_TEXT')) return yield* serve(sys);
      yield* complain('Missing -text option or ECHO_TEXT env var!\n');
      return 127;
    },
  },
};

export default image;
