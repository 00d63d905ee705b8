// busybox: the smallest image with a shell. Its default command is that shell, which ends at once where nobody can type.
import type { ImageBehaviour } from '../image.ts';

const image: ImageBehaviour = {
  repositories: ['busybox', 'registry.k8s.io/busybox', 'k8s.gcr.io/busybox', 'gcr.io/google-containers/busybox', 'radial/busyboxplus'],
  hasTag: (tag) => /^(?:latest|stable|unstable|musl|glibc|uclibc|curl|1(?:\.\d+){0,2})(?:-(?:musl|glibc|uclibc))?$/.test(tag),
  sizeBytes: 2_156_518,
  pullMs: 500,
  cmd: ['sh'],
  base: 'busybox',
};

export default image;
