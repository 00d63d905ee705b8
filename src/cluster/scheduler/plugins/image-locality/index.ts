// ImageLocality: prefers nodes that have the Pod's images already, less so where few nodes have them. Models plugins/imagelocality.
import { MAX_NODE_SCORE, type Plugin } from '../../framework/plugin.ts';

const MIB = 1024 * 1024;
const LEAST_BYTES = 23 * MIB;
const MOST_BYTES_PER_CONTAINER = 1000 * MIB;

/** An image's name with `:latest` where it has no tag. Models normalizedImageName. */
export const normalisedImageName = (name: string): string => (name.lastIndexOf(':') <= name.lastIndexOf('/') ? `${name}:latest` : name);

const plugin: Plugin = {
  name: 'ImageLocality',
  order: 16,
  weight: 1,
  preScore({ pod }, snapshot) {
    const images = [...(pod.spec.initContainers ?? []), ...pod.spec.containers].map(({ image = '' }) => image);
    for (const { image } of pod.spec.volumes ?? []) if (image?.reference) images.push(image.reference);
    const wanted = images.map(normalisedImageName);
    const most = MOST_BYTES_PER_CONTAINER * wanted.length;
    const total = snapshot.nodes.length;
    return {
      score({ node }) {
        const present = new Set((node.status.images ?? []).flatMap(({ names = [] }) => names));
        let bytes = 0;
        for (const name of wanted) {
          const state = present.has(name) ? snapshot.image(name) : undefined;
          if (state) bytes += Math.trunc(state.sizeBytes * (state.nodes / total));
        }
        const clamped = Math.min(Math.max(bytes, LEAST_BYTES), most);
        return Math.trunc((MAX_NODE_SCORE * (clamped - LEAST_BYTES)) / (most - LEAST_BYTES));
      },
    };
  },
};
export default plugin;
