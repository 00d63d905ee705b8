// The names of the parts of a cluster, and how long a message takes between two of them.

export const API_SERVER = 'apiserver';
export const ETCD = 'etcd';
export const SCHEDULER = 'scheduler';
export const NETWORK = 'network';
/** Where nodes pull images from: outside of the cluster, and no component of it. */
export const REGISTRY = 'registry';
/** The Docker Engine of a learner's laptop: no part of the cluster. */
export const DOCKER = 'docker';
/** Takes every fault, and hands it to what it strikes (boot/faults.ts). */
export const FAULTS = 'faults';

/** The kubelet of a node. */
export const kubeletOf = (node: string): string => `kubelet/${node}`;
/** The containerd of a node. */
export const runtimeOf = (node: string): string => `runtime/${node}`;
/** A controller of the controller manager. */
export const controllerOf = (name: string): string => `controller/${name}`;
/** A terminal of the learner. */
export const terminalOf = (name: string): string => `terminal/${name}`;

/** The node in the name of a kubelet or runtime, or undefined. */
export function nodeIn(component: string): string | undefined {
  if (!component.startsWith('kubelet/') && !component.startsWith('runtime/')) return undefined;
  return component.slice('kubelet/'.length) || undefined;
}

/** Milliseconds that a message takes: a few on the learner's network, one or two between machines, one on the same machine. */
export function latencyBetween(from: string, to: string): number {
  if (from === DOCKER || to === DOCKER) return 1;
  if (from.startsWith('terminal/') || to.startsWith('terminal/')) return 3;
  if (from === ETCD || to === ETCD) return 1;
  if (from === API_SERVER || to === API_SERVER) return 2;
  const node = nodeIn(from);
  return node !== undefined && node === nodeIn(to) ? 1 : 2;
}
