// A Pod as the page draws it: a small anatomy. The beam is the network namespace that pause holds; the cells below are its containers in
// start order. A cell says what the container really is on its node; the chip says what `kubectl get pods` would print.
import type { Trace } from '../engine/trace.ts';
import type { Container, ContainerStatus, Pod } from '../cluster/api/types.ts';
import type { ContainerKind, RuntimeContainer, SandboxStatus } from '../cluster/runtime/cri.ts';
import { podStatus } from '../cluster/apiserver/tables/pod-status.ts';

/** What a colour, a texture and an icon say of a state; nothing else on the page has colour. */
export type Meaning = 'waiting' | 'working' | 'ready' | 'failed' | 'terminating' | 'finished';

/** One container of a Pod. */
export interface Cell {
  readonly name: string;
  readonly kind: ContainerKind;
  readonly meaning: Meaning;
  /** Kubernetes' own word for its state: `Running`, `ContainerCreating`, `CrashLoopBackOff`, `Error`. */
  readonly word: string;
  readonly exitCode: number | undefined;
  readonly restarts: number;
  /** Whether a container stands on the node; a cell without is drawn dotted: it is still to come. */
  readonly exists: boolean;
}

/** A Pod, without its place. */
export interface PodMark {
  readonly key: string;
  readonly uid: string;
  readonly name: string;
  readonly namespace: string;
  readonly node: string | undefined;
  readonly phase: string;
  /** The STATUS column, and what it means. */
  readonly status: string;
  readonly meaning: Meaning;
  readonly ready: string;
  readonly restarts: number;
  /** The address that pause holds; empty before it is there. */
  readonly ip: string;
  /** Whether a sandbox stands: the pause container and its namespaces. */
  readonly sandbox: 'none' | 'ready' | 'notready';
  readonly cells: readonly Cell[];
}

/** STATUS values that say something went wrong. */
const FAILED = /BackOff|Err|Error|Failed|Invalid|OOMKilled|Unknown|Evicted|OutOf|Deadline|NodeLost|Affinity|Rejected|NodePorts|Unexpected/;

/** Reads a Pod as of a step. */
export function markPod(trace: Trace, step: number, key: string, pod: Pod): PodMark {
  const node = pod.spec.nodeName;
  const uid = pod.metadata.uid ?? '';
  const sandbox = node === undefined ? undefined : latestSandbox(trace, step, node, uid);
  const standing = node === undefined ? new Map<string, RuntimeContainer>() : latestContainers(trace, step, node, uid, sandbox?.id);
  const columns = podStatus(pod);
  const cells = [
    ...(pod.spec.initContainers ?? []).map((spec) =>
      markCell(pod, spec, spec.restartPolicy === 'Always' ? 'sidecar' : 'init', standing.get(spec.name)),
    ),
    ...pod.spec.containers.map((spec) => markCell(pod, spec, 'app', standing.get(spec.name))),
  ];
  return {
    key,
    uid,
    name: pod.metadata.name,
    namespace: pod.metadata.namespace ?? 'default',
    node,
    phase: pod.status.phase ?? 'Pending',
    status: columns.status,
    meaning: meaningOfStatus(columns.status, pod, columns.ready === columns.total),
    ready: `${columns.ready}/${columns.total}`,
    restarts: columns.restarts,
    ip: sandbox?.state === 'ready' ? sandbox.ip || (pod.status.podIP ?? '') : '',
    sandbox: sandbox?.state ?? 'none',
    cells,
  };
}

function meaningOfStatus(status: string, pod: Pod, allReady: boolean): Meaning {
  if (pod.metadata.deletionTimestamp !== undefined) return 'terminating';
  if (FAILED.test(status)) return 'failed';
  if (status === 'Completed' || status === 'Succeeded') return 'finished';
  if (status === 'Running') return allReady ? 'ready' : 'working';
  return status.startsWith('Init:') || status === 'NotReady' ? 'working' : 'waiting';
}

function latestSandbox(trace: Trace, step: number, node: string, uid: string): SandboxStatus | undefined {
  let latest: SandboxStatus | undefined;
  for (const [, value] of trace.rowsUnder(`/run/${node}/sandboxes/`, step)) {
    const sandbox = value as SandboxStatus;
    if (sandbox.podUid === uid && (latest === undefined || sandbox.attempt >= latest.attempt)) latest = sandbox;
  }
  return latest;
}

/** The newest container of each name in the Pod's newest sandbox. */
function latestContainers(
  trace: Trace,
  step: number,
  node: string,
  uid: string,
  sandboxId: string | undefined,
): Map<string, RuntimeContainer> {
  const latest = new Map<string, RuntimeContainer>();
  for (const [, value] of trace.rowsUnder(`/run/${node}/containers/`, step)) {
    const container = value as RuntimeContainer;
    if (container.podUid !== uid || container.sandboxId !== sandboxId) continue;
    const known = latest.get(container.name);
    if (known === undefined || container.attempt >= known.attempt) latest.set(container.name, container);
  }
  return latest;
}

function markCell(pod: Pod, spec: Container, kind: ContainerKind, container: RuntimeContainer | undefined): Cell {
  const status = statusOf(pod, spec.name);
  const base = {
    name: spec.name,
    kind,
    restarts: status?.restartCount ?? 0,
    exists: container !== undefined,
    exitCode: container?.exitCode,
  };
  const waiting = status?.state?.waiting?.reason;
  if (container?.state === 'running') return { ...base, word: 'Running', ...runningMeaning(pod, kind, status) };
  if (container?.state === 'created') return { ...base, word: 'Created', meaning: 'working' };
  // The API server may already say why it waits after it has ended: that is the newer news.
  if (container?.state === 'exited' && !isBackOff(waiting))
    return { ...base, word: container.reason ?? 'Error', meaning: container.exitCode === 0 ? 'finished' : 'failed' };
  const word = waiting ?? (pod.spec.nodeName === undefined ? 'Pending' : 'Waiting');
  return { ...base, word, meaning: FAILED.test(word) ? 'failed' : 'waiting' };
}

const isBackOff = (reason: string | undefined): boolean => reason !== undefined && FAILED.test(reason);

function runningMeaning(pod: Pod, kind: ContainerKind, status: ContainerStatus | undefined): { readonly meaning: Meaning } {
  if (pod.metadata.deletionTimestamp !== undefined) return { meaning: 'terminating' };
  return { meaning: kind !== 'init' && status?.ready === true && status.state?.running !== undefined ? 'ready' : 'working' };
}

function statusOf(pod: Pod, name: string): ContainerStatus | undefined {
  return [...(pod.status.initContainerStatuses ?? []), ...(pod.status.containerStatuses ?? [])].find((status) => status.name === name);
}
