// registry.k8s.io/goproxy: accepts connections on port 8080, for examples of TCP probes.
import type { ImageBehaviour } from '../image.ts';
import { respond, webServer } from '../serve.ts';

const image: ImageBehaviour = {
  repositories: ['registry.k8s.io/goproxy', 'k8s.gcr.io/goproxy'],
  tags: ['0.1'],
  sizeBytes: 2_000_000,
  pullMs: 800,
  entrypoint: ['/goproxy'],
  base: 'none',
  programs: {
    '/goproxy': webServer({
      port: () => 8080,
      taken: (port) => `listen tcp :${port}: bind: address already in use\n`,
      handle: () => respond(500, 'This is a proxy server. Does not respond to non-proxy requests.\n'),
    }),
  },
};

export default image;
