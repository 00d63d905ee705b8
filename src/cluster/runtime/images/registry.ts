// The registries, as a node's containerd meets them: which references they have, what is pulled, and how a pull fails.
import { must } from '../../../base/assert.ts';
import { createRandom } from '../../../base/prng.ts';
import { type ImageName, parseImageName } from '../../api/image-name.ts';
import type { ImageBehaviour, ImageSpec } from './image.ts';

/** An image that can be pulled. */
export interface Image {
  /** In full: `docker.io/library/nginx:1.14`. */
  readonly name: string;
  /** `docker.io/library/nginx@sha256:...` */
  readonly id: string;
  readonly behaviour: ImageBehaviour;
  /** Neither the catalogue nor the scenario knows it: it runs on quietly. */
  readonly isUnknown: boolean;
}

/** Why there is no such image: the code and text of the CRI error. */
export interface PullFailure {
  readonly code: 'NotFound' | 'Unknown' | 'DeadlineExceeded';
  readonly message: string;
}

/** What registries have. */
export interface Registry {
  /** The image that a reference leads to. */
  resolve(name: string): { readonly image: Image } | { readonly failure: PullFailure };
}

/** Names that tutorials give, and that Docker Hub has not got: the one as an example, the others by a slip. */
const NOT_ON_DOCKER_HUB: ReadonlySet<string> = new Set(
  ['sample', 'ngnix', 'ngix', 'nignx', 'busybx'].map((name) => `docker.io/library/${name}`),
);

const HEX = '0123456789abcdef';
const UNKNOWN: ImageBehaviour = { repositories: [], sizeBytes: 52_428_800, pullMs: 2500, base: 'busybox', entrypoint: ['/entrypoint'] };

/** Registries with the catalogue's images and a scenario's own. */
export function createRegistry(catalogue: readonly ImageBehaviour[], specs: readonly ImageSpec[]): Registry {
  const byRepository = new Map<string, ImageBehaviour[]>();
  for (const behaviour of catalogue) {
    for (const repository of behaviour.repositories) {
      const { repository: key } = referenceOf(repository);
      byRepository.set(key, [...(byRepository.get(key) ?? []), behaviour]);
    }
  }
  const own = new Map(specs.map((spec) => [fullName(spec.name) ?? spec.name, spec]));

  const catalogued = (reference: ImageName): ImageBehaviour | 'no tag' | undefined => {
    const versions = byRepository.get(reference.repository);
    if (!versions) return undefined;
    if (reference.digest !== '') return versions[0];
    return versions.find((version) => hasTag(version, reference.tag)) ?? 'no tag';
  };

  return {
    resolve(name) {
      const reference = referenceOf(name);
      const full = formatReference(reference);
      const spec = own.get(full);
      const known = catalogued(reference);
      if (spec?.missing) return { failure: missing(reference, known !== undefined) };
      if (known === 'no tag' && !spec) return { failure: missing(reference, true) };
      if (!spec && NOT_ON_DOCKER_HUB.has(reference.repository)) return { failure: missing(reference, false) };
      const behaviour = known === 'no tag' ? undefined : known;
      const image: Image = {
        name: full,
        id: imageId(reference),
        behaviour: spec ? { ...(behaviour ?? ownBase(spec)), ...ofSpec(spec, behaviour) } : (behaviour ?? UNKNOWN),
        isUnknown: behaviour === undefined && spec?.command === undefined,
      };
      return { image };
    },
  };
}

/** A reference in full, or undefined where the text is none. */
export function fullName(name: string): string | undefined {
  const reference = parseImageName(name);
  return reference && formatReference(reference);
}

const referenceOf = (name: string): ImageName => must(parseImageName(name), `an image named ${name}`);

/** `docker.io/library/nginx:latest` */
const formatReference = ({ repository, tag, digest }: ImageName): string =>
  `${repository}${tag === '' ? '' : `:${tag}`}${digest === '' ? '' : `@${digest}`}`;

const domainOf = ({ repository }: ImageName): string => repository.slice(0, repository.indexOf('/'));

function hasTag(behaviour: ImageBehaviour, tag: string): boolean {
  if (behaviour.tags?.includes(tag)) return true;
  return behaviour.hasTag ? behaviour.hasTag(tag) : behaviour.tags === undefined;
}

const ownBase = (spec: ImageSpec): ImageBehaviour => (spec.command === undefined ? UNKNOWN : { ...UNKNOWN, entrypoint: [] });

/** What a scenario says of an image; whatever it leaves out stays. */
function ofSpec(spec: ImageSpec, behaviour: ImageBehaviour | undefined): Partial<ImageBehaviour> {
  return {
    ...(spec.sizeBytes !== undefined && { sizeBytes: spec.sizeBytes }),
    ...(spec.pullMs !== undefined && { pullMs: spec.pullMs }),
    ...(spec.command !== undefined && { entrypoint: spec.command, cmd: [] }),
    ...(spec.files !== undefined && { files: { ...behaviour?.files, ...spec.files } }),
  };
}

/** The same name is the same image on every machine and in every run. */
function imageId(reference: ImageName): string {
  const name = formatReference(reference);
  return `${reference.repository}@${reference.digest || `sha256:${createRandom(0, `image/${name}`).text(64, HEX)}`}`;
}

const unpacking = (name: string): string => `failed to pull and unpack image "${name}": failed to resolve image: `;

/** The registry has no such tag, or (as Docker Hub says it) no such repository. Models containerd's PullImage and docker/authorizer. */
function missing(reference: ImageName, hasRepository: boolean): PullFailure {
  const name = formatReference(reference);
  if (hasRepository || domainOf(reference) !== 'docker.io') {
    return { code: 'NotFound', message: `rpc error: code = NotFound desc = ${unpacking(name)}${name}: not found` };
  }
  return {
    code: 'Unknown',
    message: `${unpacking(name)}pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed`,
  };
}

/** Nothing answers at the registry: what containerd says once its dial has timed out. */
export function unreachable(name: string): PullFailure {
  const reference = referenceOf(name);
  const domain = domainOf(reference);
  const host = domain === 'docker.io' ? 'registry-1.docker.io' : domain;
  const last = reference.digest || reference.tag;
  const random = createRandom(0, `registry/${host}`);
  const ip = `${random.between(23, 54)}.${random.below(256)}.${random.below(256)}.${random.between(1, 254)}`;
  return {
    code: 'DeadlineExceeded',
    message: `rpc error: code = DeadlineExceeded desc = ${unpacking(formatReference(reference))}failed to do request: Head "https://${host}/v2/${reference.repository.slice(domain.length + 1)}/manifests/${last}": dial tcp ${ip}:443: i/o timeout`,
  };
}
