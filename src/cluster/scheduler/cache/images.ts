// Which nodes have which images, for ImageLocality. Models addNodeImageStates of pkg/scheduler/backend/cache/cache.go.
import type { Node } from '../../api/types.ts';
import type { ImageState } from '../framework/snapshot.ts';

/** The images of all nodes. */
export interface Images {
  add(node: Node): void;
  remove(node: Node): void;
  state(name: string): ImageState | undefined;
}

/** No images. */
export function createImages(): Images {
  const images = new Map<string, { readonly sizeBytes: number; readonly nodes: Set<string> }>();
  return {
    add(node) {
      for (const { names = [], sizeBytes = 0 } of node.status.images ?? []) {
        for (const name of names) {
          const known = images.get(name);
          if (known) known.nodes.add(node.metadata.name);
          else images.set(name, { sizeBytes, nodes: new Set([node.metadata.name]) });
        }
      }
    },
    remove(node) {
      for (const { names = [] } of node.status.images ?? []) {
        for (const name of names) {
          const known = images.get(name);
          known?.nodes.delete(node.metadata.name);
          if (known?.nodes.size === 0) images.delete(name);
        }
      }
    },
    state(name) {
      const known = images.get(name);
      return known && { sizeBytes: known.sizeBytes, nodes: known.nodes.size };
    },
  };
}
