// Pods that already run when the simulation starts: their sandboxes and containers, one hour old, as if this runtime had started them.
import type { Instant } from '../../engine/records.ts';
import type { ContainerConfig } from './cri.ts';
import { addContainer, runProcess } from './containers.ts';
import { fullName } from './images/registry.ts';
import { newId, type RuntimeNode, writeSandbox } from './node.ts';
import { addSandbox, type SandboxConfig } from './sandboxes.ts';

/** A Pod that stands at instant 0. */
export interface StandingPod {
  readonly sandbox: SandboxConfig;
  /** Its address; the next free one where nothing is said. On the host's network the node's. */
  readonly ip?: string;
  /** Ids, if they are known from the Pod's status: the sandbox's, and the containers' in their order. */
  readonly sandboxId?: string;
  readonly containers: readonly { readonly config: ContainerConfig; readonly id?: string }[];
}

/** When they were started. */
const STANDING_AT: Instant = -3_600_000;

/** Puts a Pod in place: ready, its containers running. */
export function stand(node: RuntimeNode, pod: StandingPod): void {
  const { config } = { config: pod.sandbox };
  if (pod.ip !== undefined && !config.hostNetwork) node.addresses.reserve(pod.ip);
  const ip = config.hostNetwork ? node.options.hostIp : (pod.ip ?? node.addresses.take() ?? '');
  const id = pod.sandboxId ?? newId(node.context(), 'sandbox', `${config.pod.uid}/${config.attempt}`);
  const sandbox = addSandbox(node, config, id, ip);
  Object.assign(sandbox, { createdAt: STANDING_AT });
  writeSandbox(node, sandbox);
  for (const { config: each, id: known } of pod.containers) {
    const name = fullName(each.image) ?? each.image;
    const resolved = node.registry.resolve(each.image);
    if ('failure' in resolved) continue;
    node.images.set(name, resolved.image);
    const container = addContainer(node, sandbox, each, known ?? newId(node.context(), 'container', `${id}/${each.name}/${each.attempt}`));
    Object.assign(container, { createdAt: STANDING_AT });
    runProcess(node, container, STANDING_AT);
  }
}
