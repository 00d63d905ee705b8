// A Pod as the runtime last described it: kubecontainer.PodStatus.
import type { RuntimeContainer, SandboxStatus } from '../runtime/cri.ts';
import type { Instant } from '../../engine/records.ts';

/** What stands of one Pod on the node. */
export interface RuntimePod {
  readonly uid: string;
  /** When this was asked. */
  readonly at: Instant;
  /** Newest first. */
  readonly sandboxes: readonly SandboxStatus[];
  /** Newest first. */
  readonly containers: readonly RuntimeContainer[];
  /** The Pod's address; kept after its sandbox has stopped. */
  readonly ip: string;
}

/** Nothing stands. */
export const emptyPod = (uid: string, at: Instant): RuntimePod => ({ uid, at, sandboxes: [], containers: [], ip: '' });

/** Puts the runtime's answer in order; the old address stays where no sandbox has one. Models GenericPLEG.getPodIPs. */
export function runtimePodOf(uid: string, at: Instant, answered: readonly SandboxStatus[], old: RuntimePod | undefined): RuntimePod {
  const sandboxes = answered.filter((each) => each.podUid === uid).sort((a, b) => b.attempt - a.attempt || b.createdAt - a.createdAt);
  const containers = sandboxes.flatMap((each) => each.containers).sort((a, b) => b.createdAt - a.createdAt || b.attempt - a.attempt);
  const ip = sandboxes.find((each) => each.ip !== '')?.ip ?? '';
  return { uid, at, sandboxes, containers, ip: ip === '' ? (old?.ip ?? '') : ip };
}

/** The newest container of a name. Models PodStatus.FindContainerStatusByName. */
export const newestOf = (pod: RuntimePod, name: string): RuntimeContainer | undefined => pod.containers.find((each) => each.name === name);

/** The containers that run. */
export const runningIn = (pod: RuntimePod): readonly RuntimeContainer[] => pod.containers.filter((each) => each.state === 'running');
