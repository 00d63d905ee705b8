// A Pod as the page draws it: a small anatomy. The beam is the network namespace that pause holds; the cells below are its containers in
// start order. A cell says what the container really is on its node; the chip says what `kubectl get pods` would print.
import { must } from '../base/assert.ts';
import type { RowRecord } from '../engine/records.ts';
import { type Trace, lastAtStep } from '../engine/trace.ts';
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
  const last = new Map<string, { readonly pod: Pod; readonly rows: readonly (RowRecord | undefined)[]; readonly mark: PodMark }>();
  let index: { readonly trace: Trace; readonly places: (node: string) => ReadonlyMap<string, Places> } | undefined;
  return {
    mark(trace, step, key, pod) {
      if (index?.trace !== trace) index = { trace, places: createPlaces(trace) };
      const node = pod.spec.nodeName;
      const places = (node === undefined ? undefined : index.places(node).get(pod.metadata.uid ?? '')) ?? NOWHERE;
      const known = last.get(key);
      if (known?.pod === pod && isSame(known.rows, trace, step, places)) return known.mark;
      const rows = revisionsOf(trace, step, places);
      const mark = markPod(key, pod, standingOf(rows));
      last.set(key, { pod, rows, mark });
      return mark;
    },
  };
}

/** The keys of the rows of one Pod on its node: sandboxes first, then containers. */
interface Places {
  readonly sandboxes: string[];
  readonly containers: string[];
}

const NOWHERE: Places = { sandboxes: [], containers: [] };

/** The rows of each node by the uid of their Pods; rows are only ever added to a trace, so each is looked at once. */
function createPlaces(trace: Trace): (node: string) => ReadonlyMap<string, Places> {
  const nodes = new Map<string, { readonly byUid: Map<string, Places>; readonly read: Record<keyof Places, number> }>();
  return (node) => {
    const known = nodes.get(node) ?? { byUid: new Map<string, Places>(), read: { sandboxes: 0, containers: 0 } };
    nodes.set(node, known);
    for (const folder of ['sandboxes', 'containers'] as const) {
      const keys = trace.keysUnder(`/run/${node}/${folder}/`);
      for (; known.read[folder] < keys.length; known.read[folder] += 1) {
        const key = keys[known.read[folder]] as string;
        const [first] = trace.history(key);
        const { podUid } = must(first, 'a key was written').value as { readonly podUid: string };
        const places = known.byUid.get(podUid) ?? { sandboxes: [], containers: [] };
        known.byUid.set(podUid, places);
        places[folder].push(key);
      }
    }
    return known.byUid;
  };
}

/** A row's revision as of a step. */
function revisionOf(trace: Trace, step: number, key: string): RowRecord | undefined {
  const history = trace.history(key);
  return history[lastAtStep(history, step)];
}

const revisionsOf = (trace: Trace, step: number, { sandboxes, containers }: Places): readonly (RowRecord | undefined)[] =>
  [...sandboxes, ...containers].map((key) => revisionOf(trace, step, key));

/** Whether the rows of a Pod are what they were. */
function isSame(known: readonly (RowRecord | undefined)[], trace: Trace, step: number, { sandboxes, containers }: Places): boolean {
  if (known.length !== sandboxes.length + containers.length) return false;
  for (let i = 0; i < sandboxes.length; i += 1) if (revisionOf(trace, step, sandboxes[i] as string) !== known[i]) return false;
  for (let i = 0; i < containers.length; i += 1)
    if (revisionOf(trace, step, containers[i] as string) !== known[sandboxes.length + i]) return false;
  return true;
}

/** The newest sandbox among some rows, and the newest container of each name in it. */
function standingOf(rows: readonly (RowRecord | undefined)[]): Standing {
  let sandbox: SandboxStatus | undefined;
  const containers = new Map<string, RuntimeContainer>();
  for (const row of rows) {
    if (!row?.key.includes('/sandboxes/') || row.value === undefined) continue;
    const found = row.value as SandboxStatus;
    if (sandbox === undefined || found.attempt >= sandbox.attempt) sandbox = found;
  }
  for (const row of rows) {
    if (!row?.key.includes('/containers/') || row.value === undefined) continue;
    const found = row.value as RuntimeContainer;
    const known = containers.get(found.name);
    if (found.sandboxId === sandbox?.id && (known === undefined || found.attempt >= known.attempt)) containers.set(found.name, found);
  }
  return { sandbox, containers };
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
