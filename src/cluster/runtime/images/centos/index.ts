// centos: a distribution. Its default command is a shell, which ends at once where nobody can type.
import type { ImageBehaviour } from '../image.ts';

const image: ImageBehaviour = {
  repositories: ['centos', 'quay.io/centos/centos'],
  sizeBytes: 76_000_000,
  pullMs: 3000,
  cmd: ['/bin/bash'],
  base: 'centos',
};

export default image;
