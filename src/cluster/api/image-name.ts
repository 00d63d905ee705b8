// Image names as people write them: `nginx`, `nginx:1.25`, `ghcr.io/owner/app@sha256:...`. Models pkg/util/parsers.ParseImageName and
// github.com/distribution/reference.

/** The parts of an image's name. */
export interface ImageName {
  /** With the registry and, for Docker Hub, `library/`: `docker.io/library/nginx`. */
  readonly repository: string;
  /** `latest` where neither a tag nor a digest is given; empty where only a digest is. */
  readonly tag: string;
  readonly digest: string;
}

const HOST_PART = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const DOMAIN = new RegExp(`^(?:${HOST_PART}(?:\\.${HOST_PART})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`);
const PATH = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;

/** Names that have been read: a cluster has few, and each is read again for every container that starts. */
const read = new Map<string, ImageName | 'none'>();
const MOST_REMEMBERED = 500;

/** Reads an image's name, or undefined where it is none: capital letters in the repository, stray characters, too long. */
export function parseImageName(image: string): ImageName | undefined {
  const known = read.get(image);
  if (known !== undefined) return known === 'none' ? undefined : known;
  const name = readImageName(image);
  if (read.size >= MOST_REMEMBERED) read.clear();
  read.set(image, name ?? 'none');
  return name;
}

function readImageName(image: string): ImageName | undefined {
  if (/^[a-f0-9]{64}$/.test(image)) return undefined;
  const at = image.indexOf('@');
  const digest = at < 0 ? '' : image.slice(at + 1);
  const named = at < 0 ? image : image.slice(0, at);
  if (at >= 0 && !DIGEST.test(digest)) return undefined;
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  const tag = colon < 0 ? '' : named.slice(colon + 1);
  if (colon >= 0 && !TAG.test(tag)) return undefined;
  const { domain, path } = splitDomain(colon < 0 ? named : named.slice(0, colon));
  if (!DOMAIN.test(domain) || !PATH.test(path) || domain.length + path.length + 1 > 255) return undefined;
  return { repository: `${domain}/${path}`, tag: tag === '' && digest === '' ? 'latest' : tag, digest };
}

/** The registry is what stands before the first slash, if it looks like a host. */
function splitDomain(name: string): { readonly domain: string; readonly path: string } {
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(slash, 0));
  const isHost = slash >= 0 && (/[.:]/.test(first) || first === 'localhost' || first.toLowerCase() !== first);
  const domain = isHost && first !== 'index.docker.io' ? first : 'docker.io';
  const path = isHost ? name.slice(slash + 1) : name;
  return { domain, path: domain === 'docker.io' && !path.includes('/') ? `library/${path}` : path };
}
