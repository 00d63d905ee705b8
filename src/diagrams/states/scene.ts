// Pod phase and container states as a function of (trace, step): where the Pod is, and which ways it has gone so far, counted from the
// revisions of its row: what the API server says, not what happens on the node.
import type { RowRecord } from '../../engine/records.ts';
import type { Trace } from '../../engine/trace.ts';
import type { Container, ContainerStatus, Pod } from '../../cluster/api/types.ts';
import { newestPods, selectedPod } from '../../session/selected-pod.ts';
import { type Explained, explainStatus } from '../../session/explain-status.ts';

/** A way from one state to another: `Pending>Running`; `>Pending` is how it begins, `Running>` the end of the object. */
export type Way = string;

/** What a machine has done. */
export interface Walked {
  /** How often each way was gone. */
  readonly counts: ReadonlyMap<Way, number>;
  /** The last way gone, and when. */
  readonly last: Way | undefined;
  readonly lastAt: number | undefined;
  /** The state it is in; undefined before the first, and after the end. */
  readonly now: string | undefined;
}

export type Meaning = 'waiting' | 'working' | 'ready' | 'failed' | 'finished';

/** One container's machine. */
export interface ContainerFigure extends Walked {
  readonly name: string;
  readonly kind: 'init' | 'sidecar' | 'app' | 'ephemeral';
  readonly meaning: Meaning;
  /** Words beside the present state: the reason, the exit code. */
  readonly detail: string;
  /** Reasons for waiting and for having ended that were seen, how often each. */
  readonly waiting: ReadonlyMap<string, number>;
  readonly terminated: ReadonlyMap<string, number>;
  readonly restarts: number;
}

/** All that the figures show. */
export interface Scene {
  readonly pod: string | undefined;
  readonly name: string;
  readonly phase: Walked;
  readonly containers: readonly ContainerFigure[];
  readonly status: Explained | undefined;
  /** Ways of the list below that were gone, and how many there are. */
  readonly seen: number;
  readonly all: number;
  readonly others: readonly string[];
}

/** The ways a phase can go. Unknown is not among them: nothing has set it for years. */
export const PHASE_WAYS: readonly Way[] = [
  '>Pending',
  'Pending>Running',
  'Pending>Succeeded',
  'Pending>Failed',
  'Running>Succeeded',
  'Running>Failed',
  'Pending>',
  'Running>',
  'Succeeded>',
  'Failed>',
];
/** The ways a container's state can go, as the API server sees it; the kubelet tells it only what it finds when it looks. */
export const CONTAINER_WAYS: readonly Way[] = [
  '>waiting',
  'waiting>waiting',
  'waiting>running',
  'waiting>terminated',
  'running>running',
  'running>waiting',
  'running>terminated',
  'terminated>waiting',
  'terminated>running',
  'terminated>terminated',
];

const OFFERED = 30;
const NOT_WALKED: Walked = { counts: new Map(), last: undefined, lastAt: undefined, now: undefined };

/** The whole figure as of a step. */
export function sceneAt(trace: Trace, step: number, selection: string | undefined): Scene {
  const others = newestPods(trace, step, OFFERED);
  const key = selectedPod(trace, step, selection);
  const all = PHASE_WAYS.length + CONTAINER_WAYS.length;
  if (key === undefined) return { pod: undefined, name: '', phase: NOT_WALKED, containers: [], status: undefined, seen: 0, all, others };
  const revisions = ownRevisions(trace.history(key).filter((row) => row.step <= step));
  const pod = revisions.findLast((row) => row.value !== undefined)?.value as Pod | undefined;
  const isThere = revisions.at(-1)?.value !== undefined;
  const phase = walkPhase(revisions);
  const containers = pod ? specsOf(pod).map(([spec, kind]) => containerFigure(revisions, pod, spec, kind)) : [];
  const seenWays = CONTAINER_WAYS.filter((way) => containers.some(({ counts }) => counts.has(way)));
  return {
    pod: key,
    name: key.slice('/registry/pods/'.length).replace(/^default\//, ''),
    phase,
    containers,
    status: pod && isThere ? explainStatus(pod) : undefined,
    seen: PHASE_WAYS.filter((way) => phase.counts.has(way)).length + seenWays.length,
    all,
    others: others.includes(key) ? others : [key, ...others],
  };
}

/** The revisions of the Pod that is there now (or was last): an earlier one of the same name is another Pod. */
function ownRevisions(rows: readonly RowRecord[]): readonly RowRecord[] {
  const uid = (rows.findLast((row) => row.value !== undefined)?.value as Pod | undefined)?.metadata.uid;
  const first = rows.findIndex((row) => (row.value as Pod | undefined)?.metadata.uid === uid);
  return first < 0 ? [] : rows.slice(first);
}

/** Counts the ways between states. `go` is told every state in turn; undefined: it is gone. */
function createWalk(): { go(state: string | undefined, at: number, isSame: boolean): void; end(): Walked } {
  const counts = new Map<Way, number>();
  let now: string | undefined;
  let last: Way | undefined;
  let lastAt: number | undefined;
  return {
    go(state, at, isSame) {
      if (isSame || (state === undefined && now === undefined)) return;
      last = `${now ?? ''}>${state ?? ''}`;
      lastAt = at;
      counts.set(last, (counts.get(last) ?? 0) + 1);
      now = state;
    },
    end: () => ({ counts, last, lastAt, now }),
  };
}

function walkPhase(revisions: readonly RowRecord[]): Walked {
  const walk = createWalk();
  let before: string | undefined;
  for (const { value, at } of revisions) {
    const phase = value === undefined ? undefined : ((value as Pod).status.phase ?? 'Pending');
    walk.go(phase, at, phase === before);
    before = phase;
  }
  return walk.end();
}

type Kind = ContainerFigure['kind'];

function specsOf({ spec }: Pod): readonly (readonly [Container, Kind])[] {
  return [
    ...(spec.initContainers ?? []).map((one) => [one, one.restartPolicy === 'Always' ? 'sidecar' : 'init'] as const),
    ...spec.containers.map((one) => [one, 'app'] as const),
    ...((spec.ephemeralContainers ?? []) as readonly Container[]).map((one) => [one, 'ephemeral'] as const),
  ];
}

function statusOf({ status }: Pod, name: string): ContainerStatus | undefined {
  const { initContainerStatuses = [], containerStatuses = [], ephemeralContainerStatuses = [] } = status;
  return [...initContainerStatuses, ...containerStatuses, ...ephemeralContainerStatuses].find((one) => one.name === name);
}

interface Told {
  readonly state: 'waiting' | 'running' | 'terminated';
  readonly reason: string;
  /** What tells one stay in a state from the next. */
  readonly mark: string;
}

/** What a status says; the restart count and the id tell a new container in the same state. */
function toldBy({ state = {}, restartCount, containerID = '' }: ContainerStatus): Told {
  const { running, terminated, waiting } = state;
  if (running) return { state: 'running', reason: '', mark: `running ${restartCount} ${running.startedAt ?? ''}` };
  if (terminated) {
    const reason = terminated.reason || `ExitCode:${terminated.exitCode}`;
    return { state: 'terminated', reason, mark: `terminated ${restartCount} ${terminated.containerID ?? containerID}` };
  }
  return { state: 'waiting', reason: waiting?.reason ?? '', mark: `waiting ${waiting?.reason ?? ''}` };
}

function containerFigure(revisions: readonly RowRecord[], pod: Pod, { name }: Container, kind: Kind): ContainerFigure {
  const walk = createWalk();
  const seen = { waiting: new Map<string, number>(), running: new Map<string, number>(), terminated: new Map<string, number>() };
  let before: string | undefined;
  for (const { value, at } of revisions) {
    const status = value === undefined ? undefined : statusOf(value as Pod, name);
    if (!status) continue;
    const { state, reason, mark } = toldBy(status);
    if (mark === before) continue;
    walk.go(state, at, false);
    if (reason !== '') seen[state].set(reason, (seen[state].get(reason) ?? 0) + 1);
    before = mark;
  }
  const status = statusOf(pod, name);
  const walked = walk.end();
  return {
    ...walked,
    name,
    kind,
    meaning: meaningOf(status),
    detail: detailOf(status),
    waiting: seen.waiting,
    terminated: seen.terminated,
    restarts: status?.restartCount ?? 0,
  };
}

const FAILED = /BackOff|Err|Error|Invalid/;

function meaningOf(status: ContainerStatus | undefined): Meaning {
  const { running, terminated, waiting } = status?.state ?? {};
  if (running) return status?.ready ? 'ready' : 'working';
  if (terminated) return terminated.exitCode === 0 ? 'finished' : 'failed';
  return FAILED.test(waiting?.reason ?? '') ? 'failed' : 'waiting';
}

function detailOf(status: ContainerStatus | undefined): string {
  const { terminated, waiting } = status?.state ?? {};
  return terminated ? `${terminated.reason ?? ''} (${terminated.exitCode})`.trim() : (waiting?.reason ?? '');
}
