// One Pod from inside as a function of (trace, step): its node, its sandbox, its containers, its volumes, its conditions. Only instants
// are given; what counts down is the reader's subtraction.
import type { Instant } from '../../engine/records.ts';
import type { Trace } from '../../engine/trace.ts';
import type { Node, Pod } from '../../cluster/api/types.ts';
import type { RuntimeContainer, SandboxStatus } from '../../cluster/runtime/cri.ts';
import type { Notes } from '../../cluster/notes.ts';
import { podOfSelection } from '../../session/cursor.ts';
import { type PodMark, type PodMarker, createPodMarker } from '../../session/pod-marks.ts';
import { type ColumnMark, columnsOf } from './columns.ts';
import { type ConditionMark, conditionsOf } from '../../session/conditions.ts';
import { type VolumeMark, volumesOf } from './volumes.ts';

/** The node's parts that a Pod touches. */
export interface NodeMark {
  readonly name: string;
  /** The status of its condition Ready. */
  readonly ready: string;
  /** The address of its bridge with the range of its Pods: `10.244.1.1/24`. */
  readonly bridge: string | undefined;
  readonly isKubeletDown: boolean;
  readonly isRuntimeDown: boolean;
}

/** What pause holds. */
export interface NetworkMark {
  /** `host`: the Pod asked for the node's own namespace. */
  readonly kind: 'own' | 'host';
  /** `10.244.1.5/24`; empty before the sandbox stands. */
  readonly address: string;
  readonly hostname: string;
}

/** Everything that the figure shows of one Pod. */
export interface PodScene {
  readonly mark: PodMark;
  /** Undefined before it is bound. */
  readonly node: NodeMark | undefined;
  readonly sandbox: PodMark['sandbox'];
  /** How often the sandbox was made anew. */
  readonly sandboxAttempt: number;
  readonly network: NetworkMark;
  readonly sharesProcesses: boolean;
  readonly qosClass: string;
  readonly restartPolicy: string;
  readonly columns: readonly ColumnMark[];
  readonly volumes: readonly VolumeMark[];
  readonly conditions: readonly ConditionMark[];
  /** The end of the grace period, where it is being deleted: the instant, and the whole length. */
  readonly deletion: { readonly until: Instant; readonly graceMs: number } | undefined;
}

/** What there is to draw: a Pod, or why there is none. */
export type Scene =
  | { readonly kind: 'pod'; readonly pod: PodScene; readonly others: readonly PodMark[] }
  | { readonly kind: 'none' }
  /** The selected Pod is not stored at this step; `gone`: it was before. */
  | { readonly kind: 'absent'; readonly name: string; readonly isGone: boolean; readonly others: readonly PodMark[] };

const PODS = '/registry/pods/';

/** The figure as of a step: of the selected Pod, or of the newest one outside kube-system. */
export function sceneAt(trace: Trace, step: number, selection: string | undefined, marker: PodMarker = createPodMarker()): Scene {
  const rows = trace.rowsUnder(PODS, step) as readonly (readonly [string, Pod])[];
  const wanted = podOfSelection(selection);
  const own = rows.filter(([key]) => !key.startsWith(`${PODS}kube-system/`) || key === wanted);
  const others = own.map(([key, pod]) => marker.mark(trace, step, key, pod));
  const chosen = wanted === undefined ? newest(own) : own.find(([key]) => key === wanted);
  if (chosen) {
    const mark = others[own.indexOf(chosen)] ?? marker.mark(trace, step, ...chosen);
    return { kind: 'pod', pod: podScene(trace, step, chosen[1], mark), others };
  }
  if (wanted === undefined) return { kind: 'none' };
  const isGone = trace.history(wanted).some((record) => record.step <= step && record.value !== undefined);
  return { kind: 'absent', name: wanted.slice(wanted.lastIndexOf('/') + 1), isGone, others };
}

/** The youngest; among equals the one that was stored last. */
function newest(pods: readonly (readonly [string, Pod])[]): readonly [string, Pod] | undefined {
  let found: readonly [string, Pod] | undefined;
  for (const each of pods) {
    if ((each[1].metadata.creationTimestamp ?? '') >= (found?.[1].metadata.creationTimestamp ?? '')) found = each;
  }
  return found;
}

function podScene(trace: Trace, step: number, pod: Pod, mark: PodMark): PodScene {
  const { sandbox, containers } = standingOf(trace, step, pod);
  const { spec, status } = pod;
  return {
    mark,
    node: spec.nodeName === undefined ? undefined : nodeMark(trace, step, spec.nodeName),
    sandbox: mark.sandbox,
    sandboxAttempt: sandbox?.attempt ?? 0,
    network: networkOf(trace, step, pod, mark, sandbox),
    sharesProcesses: spec.shareProcessNamespace === true,
    qosClass: status.qosClass ?? '',
    restartPolicy: spec.restartPolicy ?? 'Always',
    columns: columnsOf(trace, step, pod, mark, containers),
    volumes: volumesOf(trace, step, pod),
    conditions: conditionsOf(trace, step, mark.key, pod),
    deletion: deletionOf(trace, step, mark.key, pod),
  };
}

/** The newest sandbox of a Pod, and the newest container of each name in it. */
function standingOf(
  trace: Trace,
  step: number,
  pod: Pod,
): { readonly sandbox: SandboxStatus | undefined; readonly containers: ReadonlyMap<string, RuntimeContainer> } {
  const containers = new Map<string, RuntimeContainer>();
  const { nodeName } = pod.spec;
  if (nodeName === undefined) return { sandbox: undefined, containers };
  let sandbox: SandboxStatus | undefined;
  for (const [, value] of trace.rowsUnder(`/run/${nodeName}/sandboxes/`, step)) {
    const each = value as SandboxStatus;
    if (each.podUid === pod.metadata.uid && each.attempt >= (sandbox?.attempt ?? 0)) sandbox = each;
  }
  for (const [, value] of trace.rowsUnder(`/run/${nodeName}/containers/`, step)) {
    const each = value as RuntimeContainer;
    if (each.sandboxId !== sandbox?.id) continue;
    const known = containers.get(each.name);
    if (known === undefined || each.attempt >= known.attempt) containers.set(each.name, each);
  }
  return { sandbox, containers };
}

function nodeMark(trace: Trace, step: number, name: string): NodeMark {
  const node = trace.row(`/registry/minions/${name}`, step) as Node | undefined;
  const range = node?.spec.podCIDR;
  return {
    name,
    ready: node?.status.conditions?.find(({ type }) => type === 'Ready')?.status ?? 'Unknown',
    bridge: range?.replace(/\.0\/(\d+)$/, '.1/$1'),
    ...downOn(trace, step, name),
  };
}

/** What faults have stopped on a node and nothing has started again. */
function downOn(trace: Trace, step: number, node: string): Pick<NodeMark, 'isKubeletDown' | 'isRuntimeDown'> {
  let isNodeDown = false;
  let isKubeletDown = false;
  for (const note of trace.notes) {
    if (note.step > step) break;
    if (note.name !== 'fault') continue;
    const { kind, target } = note.data as Notes['fault'];
    if (target !== node) continue;
    if (kind.startsWith('node-')) isNodeDown = kind === 'node-down';
    else if (kind.startsWith('kubelet-')) isKubeletDown = kind === 'kubelet-down';
  }
  return { isKubeletDown: isNodeDown || isKubeletDown, isRuntimeDown: isNodeDown };
}

function networkOf(trace: Trace, step: number, pod: Pod, mark: PodMark, sandbox: SandboxStatus | undefined): NetworkMark {
  const { hostNetwork = false, hostname, nodeName = '' } = pod.spec;
  if (hostNetwork) return { kind: 'host', address: pod.status.hostIP ?? '', hostname: sandbox?.hostname ?? nodeName };
  const node = trace.row(`/registry/minions/${nodeName}`, step) as Node | undefined;
  const bits = node?.spec.podCIDR?.split('/')[1];
  return {
    kind: 'own',
    address: mark.ip === '' || bits === undefined ? mark.ip : `${mark.ip}/${bits}`,
    hostname: sandbox?.hostname ?? hostname ?? pod.metadata.name,
  };
}

/** Deletion as the API server stored it: the instant of the first revision that carries it, and its grace period after it. */
function deletionOf(trace: Trace, step: number, key: string, pod: Pod): PodScene['deletion'] {
  if (pod.metadata.deletionTimestamp === undefined) return undefined;
  const graceMs = (pod.metadata.deletionGracePeriodSeconds ?? 0) * 1000;
  const asked = trace.history(key).find((record) => {
    const stored = record.value as Pod | undefined;
    return record.step <= step && stored?.metadata.uid === pod.metadata.uid && stored?.metadata.deletionTimestamp !== undefined;
  });
  return { until: (asked?.at ?? 0) + graceMs, graceMs };
}
