// debian: a distribution. Its default command is a shell, which ends at once where nobody can type.
import type { ImageBehaviour } from '../image.ts';

const image: ImageBehaviour = {
  repositories: ['debian'],
  sizeBytes: 49_000_000,
  pullMs: 2000,
  cmd: ['bash'],
  base: 'debian',
};

export default image;
