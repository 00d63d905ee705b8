// registry.k8s.io/pause: waits for a signal, and has no shell.
import type { Program } from '../../process/program.ts';
import type { ImageBehaviour } from '../image.ts';
import { complain, waitForSignal } from '../serve.ts';

const TEXTS: Readonly<Record<string, string>> = { TERM: 'Terminated', INT: 'Interrupt' };

const pause: Program = function* pausing(sys) {
  for (const signal of ['TERM', 'INT']) sys.onSignal(signal, 'catch');
  sys.allocate(512 * 1024);
  const signal = yield* waitForSignal();
  yield* complain(`Shutting down, got signal: ${TEXTS[signal] ?? signal}\n`);
  return 0;
};

const image: ImageBehaviour = {
  repositories: ['registry.k8s.io/pause', 'k8s.gcr.io/pause', 'gcr.io/google-containers/pause', 'gcr.io/google_containers/pause'],
  hasTag: (tag) => /^(?:latest|[1-3](?:\.\d+){0,2})$/.test(tag),
  sizeBytes: 320_368,
  pullMs: 300,
  entrypoint: ['/pause'],
  base: 'none',
  user: '65535:65535',
  programs: { '/pause': pause },
};

export default image;
