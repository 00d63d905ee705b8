// A Pod as the page draws it: a small anatomy. The beam is the network namespace that pause holds; the cells below are its containers in
// start order. A cell says what the container really is on its node; the chip says what `kubectl get pods` would print.
import type { Trace } from '../engine/trace.ts';
import type { Container, ContainerStatus, Pod } from '../cluster/api/types.ts';
import type { ContainerKind, RuntimeContainer, SandboxStatus } from '../cluster/runtime/cri.ts';
import { milliValue, unitValue } from '../cluster/api/quantity.ts';
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
  /** What its containers ask for together, in thousandths of a core and in bytes; nothing once it has ended. */
  readonly requests: { readonly cpuMilli: number; readonly memoryBytes: number };
}

/** STATUS values that say something went wrong. */
const FAILED = /BackOff|Err|Error|Failed|Invalid|OOMKilled|Unknown|Evicted|OutOf|Deadline|NodeLost|Affinity|Rejected|NodePorts|Unexpected/;

/** What stands on a node of one Pod: its newest sandbox, and the newest container of each name in it. */
export interface Standing {
  readonly sandbox: SandboxStatus | undefined;
  readonly containers: ReadonlyMap<string, RuntimeContainer>;
}

/** Reads Pods as of a step, one step after another; a Pod of which nothing has changed is the same mark again. */
export interface PodMarker {
  mark(trace: Trace, step: number, key: string, pod: Pod): PodMark;
}

/** Nothing stands yet. */
export const NOTHING: Standing = { sandbox: undefined, containers: new Map() };

/** A marker that remembers its last marks. */
export function createPodMarker(): PodMarker {
  const last = new Map<string, { readonly pod: Pod; readonly standing: Standing; readonly mark: PodMark }>();
  let read: { readonly trace: Trace; readonly step: number; readonly nodes: Map<string, ReadonlyMap<string, Standing>> } | undefined;
  const standingOf = (trace: Trace, step: number, pod: Pod): Standing => {
    const node = pod.spec.nodeName;
    if (node === undefined) return NOTHING;
    if (read?.trace !== trace || read.step !== step) read = { trace, step, nodes: new Map() };
    const onNode = read.nodes.get(node) ?? readNode(trace, step, node);
    read.nodes.set(node, onNode);
    return onNode.get(pod.metadata.uid ?? '') ?? NOTHING;
  };
  return {
    mark(trace, step, key, pod) {
      const standing = standingOf(trace, step, pod);
      const known = last.get(key);
      if (known && known.pod === pod && isSame(known.standing, standing)) return known.mark;
      const mark = markPod(key, pod, standing);
      last.set(key, { pod, standing, mark });
      return mark;
    },
  };
}

function isSame(a: Standing, b: Standing): boolean {
  if (a.sandbox !== b.sandbox || a.containers.size !== b.containers.size) return false;
  for (const [name, container] of a.containers) if (b.containers.get(name) !== container) return false;
  return true;
}

/** What stands on a node, by the uid of its Pods. */
function readNode(trace: Trace, step: number, node: string): ReadonlyMap<string, Standing> {
  const found = new Map<string, { sandbox: SandboxStatus; containers: Map<string, RuntimeContainer> }>();
  for (const [, value] of trace.rowsUnder(`/run/${node}/sandboxes/`, step)) {
    const sandbox = value as SandboxStatus;
    const known = found.get(sandbox.podUid);
    if (known === undefined || sandbox.attempt >= known.sandbox.attempt) found.set(sandbox.podUid, { sandbox, containers: new Map() });
  }
  for (const [, value] of trace.rowsUnder(`/run/${node}/containers/`, step)) {
    const container = value as RuntimeContainer;
    const pod = found.get(container.podUid);
    if (pod === undefined || pod.sandbox.id !== container.sandboxId) continue;
    const known = pod.containers.get(container.name);
    if (known === undefined || container.attempt >= known.attempt) pod.containers.set(container.name, container);
  }
  return found;
}

/** A Pod with what stands of it. */
export function markPod(key: string, pod: Pod, { sandbox, containers }: Standing): PodMark {
  const columns = podStatus(pod);
  const cells = [
    ...(pod.spec.initContainers ?? []).map((spec) =>
      markCell(pod, spec, spec.restartPolicy === 'Always' ? 'sidecar' : 'init', containers.get(spec.name)),
    ),
    ...pod.spec.containers.map((spec) => markCell(pod, spec, 'app', containers.get(spec.name))),
  ];
  return {
    key,
    uid: pod.metadata.uid ?? '',
    name: pod.metadata.name,
    namespace: pod.metadata.namespace ?? 'default',
    node: pod.spec.nodeName,
    phase: pod.status.phase ?? 'Pending',
    status: columns.status,
    meaning: meaningOfStatus(columns.status, pod, columns.ready === columns.total),
    ready: `${columns.ready}/${columns.total}`,
    restarts: columns.restarts,
    ip: sandbox?.state === 'ready' ? sandbox.ip || (pod.status.podIP ?? '') : '',
    sandbox: sandbox?.state ?? 'none',
    cells,
    requests: requestsOf(pod),
  };
}

function requestsOf({ spec, status }: Pod): PodMark['requests'] {
  if (status.phase === 'Succeeded' || status.phase === 'Failed') return { cpuMilli: 0, memoryBytes: 0 };
  let [cpuMilli, memoryBytes] = [0, 0];
  for (const { resources } of spec.containers) {
    const { cpu, memory } = resources?.requests ?? {};
    if (cpu !== undefined) cpuMilli += milliValue(cpu);
    if (memory !== undefined) memoryBytes += unitValue(memory);
  }
  return { cpuMilli, memoryBytes };
}

function meaningOfStatus(status: string, pod: Pod, allReady: boolean): Meaning {
  if (pod.metadata.deletionTimestamp !== undefined) return 'terminating';
  if (FAILED.test(status)) return 'failed';
  if (status === 'Completed' || status === 'Succeeded') return 'finished';
  if (status === 'Running') return allReady ? 'ready' : 'working';
  return status.startsWith('Init:') || status === 'NotReady' ? 'working' : 'waiting';
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
