// What the kubelet's notes have in common.
import type { Pod } from '../api/types.ts';
import { type ContainerIn, namespaceOf } from './pods.ts';

/** The Pod of a note. */
export const ofPod = (pod: Pod) => ({ namespace: namespaceOf(pod), pod: pod.metadata.name });

/** The container of a note. */
export const ofContainer = (node: string, pod: Pod, { container, kind }: ContainerIn) => ({
  ...ofPod(pod),
  node,
  container: container.name,
  kind,
});
