// `docker pull`: layer after layer, then the digest. Models moby distribution/pull_v2.go and its client's texts.
import { createRandom } from '../../base/prng.ts';
import { parseImageName } from '../api/image-name.ts';
import { note } from '../notes.ts';
import { type Image, fullName } from '../runtime/images/registry.ts';
import type { Stream } from '../runtime/streams.ts';
import type { DockerEngine } from './engine.ts';
import { type DockerRefusal, DockerRefusal as Refusal, badRequest } from './refusal.ts';
import { DOCKER_CONTAINERS } from './row.ts';
import { familiarName } from './views.ts';

/** Until the registry has answered. */
const RESOLVE_MS = 350;
const RESOLVE_SPREAD_MS = 60;
/** A layer of an image, about. */
const LAYER_BYTES = 12_000_000;
const MOST_LAYERS = 7;
const HEX = '0123456789abcdef';
const SHORT_ID = 12;

/** The image that is meant, or why there is none. */
export function resolve({ node }: DockerEngine, name: string): { readonly image: Image } | { readonly refusal: DockerRefusal } {
  const reference = parseImageName(name);
  if (!reference) {
    const isCapital = /[A-Z]/.test(name.split(':')[0] ?? '');
    return {
      refusal: badRequest(isCapital ? `invalid reference format: repository name (${name}) must be lowercase` : 'invalid reference format'),
    };
  }
  const resolved = node.registry.resolve(name);
  if ('image' in resolved) return resolved;
  const repository = familiarName(reference.repository);
  if (resolved.failure.code === 'NotFound') {
    return { refusal: new Refusal(404, `manifest for ${repository}:${reference.tag} not found: manifest unknown: manifest unknown`) };
  }
  const message = `pull access denied for ${repository}, repository does not exist or may require 'docker login': denied: requested access to the resource is denied`;
  return { refusal: new Refusal(404, message) };
}

/** Pulls an image and tells of it as it goes; the stream's end says how it ended. */
export function pull(engine: DockerEngine, name: string, stream: Stream): void {
  const { node } = engine;
  const resolved = resolve(engine, name);
  if ('refusal' in resolved) {
    node.later(node.around(RESOLVE_MS, RESOLVE_SPREAD_MS), () => stream.end({ exitCode: 1, error: resolved.refusal.message }));
    return;
  }
  const { image } = resolved;
  const full = fullName(name) ?? name;
  const digest = image.id.slice(image.id.indexOf('@') + 1);
  const colon = full.lastIndexOf(':');
  const say = (text: string): void => stream.send({ fd: 1, text: `${text}\n` });
  const startedAt = node.context().at;
  node.later(node.around(RESOLVE_MS, RESOLVE_SPREAD_MS), () => {
    say(`${full.slice(colon + 1)}: Pulling from ${full.slice(full.indexOf('/') + 1, colon)}`);
    const isThere = node.images.has(full);
    const end = (): void => {
      say(`Digest: ${digest}`);
      say(isThere ? `Status: Image is up to date for ${familiarName(full)}` : `Status: Downloaded newer image for ${familiarName(full)}`);
      stream.end({});
    };
    if (isThere) return end();
    const layers = layersOf(image);
    const tookMs = node.around(image.behaviour.pullMs, Math.floor(image.behaviour.pullMs / 12));
    for (const [i, layer] of layers.entries()) {
      node.later(Math.max(1, Math.round((tookMs * (i + 1)) / layers.length)), () => {
        say(`${layer}: Pull complete`);
        if (i < layers.length - 1) return;
        node.images.set(full, image);
        const data = { image: familiarName(full), tookMs: node.context().at - startedAt };
        node.context().because(note(node.context(), 'docker-image-pulled', DOCKER_CONTAINERS, data, 'story'));
        end();
      });
    }
  });
}

/** The same image has the same layers on every machine. */
function layersOf({ name, behaviour }: Image): readonly string[] {
  const random = createRandom(0, `layers/${name}`);
  const count = Math.max(1, Math.min(MOST_LAYERS, Math.ceil(behaviour.sizeBytes / LAYER_BYTES)));
  return Array.from({ length: count }, () => random.text(SHORT_ID, HEX));
}
