// Images on a node: which are there, and pulls from the registries.
import type { CriAnswer, ImageStatus } from './cri.ts';
import type { Reply } from './containers.ts';
import { fullName, type Image, unreachable } from './images/registry.ts';
import type { RuntimeNode } from './node.ts';

/** Until the registry has answered that it has no such image. */
const RESOLVE_MS = 350;
/** How long containerd tries to reach a registry. */
const DIAL_MS = 30_000;

const statusOf = (image: Image, present: boolean): ImageStatus => ({
  id: image.id,
  sizeBytes: image.behaviour.sizeBytes,
  user: image.behaviour.user ?? '',
  present,
});

const invalid = (image: string): CriAnswer => ({
  error: { code: 'InvalidName', message: `couldn't parse image name "${image}": invalid reference format` },
});

/** Handles ImageStatus: `present: false` where the node has not got the image. */
export function imageStatus(node: RuntimeNode, image: string): CriAnswer {
  const name = fullName(image);
  if (name === undefined) return invalid(image);
  const found = node.images.get(name);
  return { ok: { image: found ? statusOf(found, true) : { id: '', sizeBytes: 0, user: '', present: false } } };
}

/** Handles PullImage. */
export function pullImage(node: RuntimeNode, image: string, reply: Reply) {
  const name = fullName(image);
  if (name === undefined) return reply(invalid(image));
  if (node.isRegistryDown) {
    const { registryCause } = node;
    node.later(DIAL_MS, () => {
      node.context().because(registryCause);
      reply({ error: unreachable(image) });
    });
    return;
  }
  const resolved = node.registry.resolve(image);
  if ('failure' in resolved) {
    node.later(node.around(RESOLVE_MS, 60), () => reply({ error: resolved.failure }));
    return;
  }
  const { behaviour } = resolved.image;
  // What is there already is only looked up again.
  const tookMs = node.images.has(name) ? Math.min(RESOLVE_MS, behaviour.pullMs) : behaviour.pullMs;
  node.later(node.around(tookMs, Math.floor(tookMs / 12)), () => {
    node.images.set(name, resolved.image);
    reply({ ok: { image: statusOf(resolved.image, true) } });
  });
}
