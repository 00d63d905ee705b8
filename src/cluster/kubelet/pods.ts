// Looking into a Pod: its containers, their kinds, the names that the kubelet gives them.
import type { Container, EphemeralContainer, Pod } from '../api/types.ts';
import { isSidecar } from '../api/pod-resources.ts';
import { podKey } from '../api/resources.ts';
import type { ContainerKind } from '../runtime/cri.ts';

/** A container with what it is in its Pod. */
export interface ContainerIn {
  readonly container: Container | EphemeralContainer;
  readonly kind: ContainerKind;
}

/** Every container of a Pod: init containers, then the regular ones, then ephemeral ones. */
export function containersOf(pod: Pod): readonly ContainerIn[] {
  return [
    ...(pod.spec.initContainers ?? []).map((container): ContainerIn => ({ container, kind: isSidecar(container) ? 'sidecar' : 'init' })),
    ...pod.spec.containers.map((container): ContainerIn => ({ container, kind: 'app' })),
    ...(pod.spec.ephemeralContainers ?? []).map((container): ContainerIn => ({ container, kind: 'ephemeral' })),
  ];
}

/** A container by its name. */
export const containerIn = (pod: Pod, name: string): ContainerIn | undefined =>
  containersOf(pod).find((each) => each.container.name === name);

/** `spec.containers{web}`: what an event of a container is about. Models kubecontainer.GenerateContainerRef. */
export function fieldPathOf({ container, kind }: ContainerIn): string {
  const field = kind === 'app' ? 'containers' : kind === 'ephemeral' ? 'ephemeralContainers' : 'initContainers';
  return `spec.${field}{${container.name}}`;
}

export const uidOf = (pod: Pod): string => pod.metadata.uid ?? '';
export const namespaceOf = (pod: Pod): string => pod.metadata.namespace ?? 'default';
/** The Pod's key in etcd: what messages and notes are about. */
export const keyOf = (pod: Pod): string => podKey(namespaceOf(pod), pod.metadata.name);
/** `web_default(<uid>)`. Models pkg/kubelet/util/format.Pod. */
export const formatPod = (pod: Pod): string => `${pod.metadata.name}_${namespaceOf(pod)}(${uidOf(pod)})`;

const SOURCE = 'kubernetes.io/config.source';
const MIRROR = 'kubernetes.io/config.mirror';
/** Whether a Pod comes from a manifest on the node. Models kubetypes.IsStaticPod. */
export const isStaticPod = (pod: Pod): boolean => {
  const source = pod.metadata.annotations?.[SOURCE];
  return source !== undefined && source !== 'api';
};
/** Whether a Pod of the API only mirrors a static one. Models kubetypes.IsMirrorPod. */
export const isMirrorPod = (pod: Pod): boolean => pod.metadata.annotations?.[MIRROR] !== undefined;
/** `name_namespace`: by which a mirror Pod and its static Pod are matched. */
export const fullNameOf = (pod: Pod): string => `${pod.metadata.name}_${namespaceOf(pod)}`;

const SYSTEM_CRITICAL_PRIORITY = 2_000_000_000;
/** Whether a Pod may push others away. Models kubetypes.IsCriticalPod. */
export const isCriticalPod = (pod: Pod): boolean =>
  isStaticPod(pod) || isMirrorPod(pod) || (pod.spec.priority ?? 0) >= SYSTEM_CRITICAL_PRIORITY;

/** Whether a Pod's phase is one that it never leaves. */
export const isTerminalPhase = (phase: string | undefined): boolean => phase === 'Succeeded' || phase === 'Failed';
