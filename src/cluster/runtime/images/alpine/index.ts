// alpine: a distribution. Its default command is a shell, which ends at once where nobody can type.
import type { ImageBehaviour } from '../image.ts';

const image: ImageBehaviour = {
  repositories: ['alpine'],
  sizeBytes: 3_600_000,
  pullMs: 700,
  cmd: ['/bin/sh'],
  base: 'alpine',
};

export default image;
