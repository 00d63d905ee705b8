// ubuntu: a distribution. Its default command is a shell, which ends at once where nobody can type.
import type { ImageBehaviour } from '../image.ts';

const image: ImageBehaviour = {
  repositories: ['ubuntu'],
  sizeBytes: 29_700_000,
  pullMs: 1500,
  cmd: ['/bin/bash'],
  base: 'ubuntu',
};

export default image;
