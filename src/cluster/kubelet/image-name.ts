// Image references as the kubelet completes and refuses them. Models applyDefaultImageTag of pkg/kubelet/images/image_manager.go.
import { parseImageName } from '../api/image-name.ts';

/** `docker.io/library/nginx:1.14`: what a container's status shows of its image. The text itself where it is no reference. */
export function canonicalImage(image: string): string {
  const name = parseImageName(image);
  if (!name) return image;
  return `${name.repository}${name.tag === '' ? '' : `:${name.tag}`}${name.digest === '' ? '' : `@${name.digest}`}`;
}

/** Why a text is no image reference, in the words of github.com/distribution/reference; undefined where it is one. */
export function imageNameProblem(image: string): string | undefined {
  if (parseImageName(image)) return undefined;
  const invalid = 'invalid reference format';
  const lower = parseImageName(image.toLowerCase());
  if (!lower) return invalid;
  // Only the capital letters stand in the way: the refusal names the path as it was written.
  const domain = `${lower.repository.split('/')[0]}/`;
  const written = image.replace(/@.*$/, '').replace(/:[^/]*$/, '');
  const path = lower.repository.slice(domain.length);
  const own = written.slice(-Math.min(written.length, path.length));
  const remote = path.slice(0, path.length - own.length) + own;
  return `${invalid}: repository name (${remote}) must be lowercase`;
}
