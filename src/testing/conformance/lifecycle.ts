// Pods that lived on a real node: every state of theirs, in the same order and at the same times, and their events.
import type { Event, Pod } from '../../cluster/api/types.ts';
import { type LivedEvent, eventDifference } from './lived-events.ts';
import { kubectlLine, listOf, revisionsOf, simulate, terminalsOf } from './simulate.ts';
import { type Look, lookOf, type Tolerance, trackDifference, tracksOf } from './tracks.ts';

/** A recorded case; it was recorded more than once, and equal to one of the runs is equal. */
export interface LifecycleCase {
  readonly id: string;
  readonly object: object;
  readonly static?: boolean;
  readonly before?: readonly object[];
  readonly steps?: readonly Step[];
  readonly seconds: number;
  readonly runs: readonly LivedRun[];
}

interface LivedRun {
  /** Its fraction of a second matters: the API cuts times to seconds, and probes count from the cut time. */
  readonly startAt: string;
  readonly trace: readonly { readonly t: number; readonly status?: Look }[];
  readonly events: readonly LivedEvent[];
}

type Step = readonly [at: number, what: string, given: unknown];

const NODE = 'worker-1';
/** The recorded registry was near and its images small; `absent` and `sample` it had not. */
const IMAGES = [
  ...['nginx:1.14', 'nginx:latest', 'centos:7', 'busybox:1.28', 'ghcr.io/subicura/echo:v1'].map((name) => ({ name, pull: '30ms' })),
  { name: 'slow:1', pull: '30s', command: ['sleep', '1000'] },
  ...['sample:1.28', 'absent:1', 'absent:2', 'absent:3'].map((name) => ({ name, missing: true })),
];

/** What differs first from the first recorded run; undefined where one of the runs is equal. */
export function lifecycleDifference(recorded: LifecycleCase): string | undefined {
  let first: string | undefined;
  for (const run of recorded.runs) {
    const difference = runDifference(recorded, run);
    if (difference === undefined) return undefined;
    first ??= difference;
  }
  return first;
}

function runDifference(recorded: LifecycleCase, run: LivedRun): string | undefined {
  const { id, seconds } = recorded;
  const records = simulate({
    cluster: { preset: 'none', startAt: run.startAt, nodes: [{ name: NODE, cpu: '2', memory: '23Gi', pods: 200 }], images: IMAGES },
    files: { 'pod.json': JSON.stringify(recorded.object) },
    objects: listOf(recorded.before ?? []),
    inputs: [
      recorded.static
        ? { at: '0s', fault: { kind: 'static-add', node: NODE, manifest: JSON.stringify(recorded.object) } }
        : { at: '0s', run: 'kubectl create -f pod.json' },
      ...(recorded.steps ?? []).map((step) => inputOf(id, step)),
    ],
    until: `${seconds}s`,
  });
  const name = recorded.static ? `${id}-${NODE}` : id;
  const lived = revisionsOf<Pod>(records, 'Pod').filter(({ object }) => object.metadata.name === name);
  if (lived.length === 0) return `the Pod never stood: ${JSON.stringify(terminalsOf(records)[0]?.stderr ?? '')}`;
  const ours = tracksOf(
    lived.map(({ t, event, object }) => ({ t: t / 1000, look: event === 'DELETED' ? { deleted: true } : lookOf(object) })),
  );
  const real = tracksOf(run.trace.flatMap(({ t, status }) => (status ? [{ t, look: status }] : [])));
  const tolerance = toleranceOf(run.events);
  for (const track of new Set([...real.keys(), ...ours.keys()])) {
    const difference = trackDifference(track, real.get(track) ?? [], ours.get(track) ?? [], seconds, tolerance);
    if (difference !== undefined) return difference;
  }
  const events = revisionsOf<Event>(records, 'Event')
    .filter(({ event, object }) => event !== 'DELETED' && object.involvedObject.name === name)
    .map(({ t, object }) => ({
      t: t / 1000,
      type: object.type ?? '',
      reason: object.reason ?? '',
      message: object.message ?? '',
      count: object.count ?? 1,
    }));
  return eventDifference(run.events, events, seconds, tolerance);
}

function inputOf(pod: string, [at, what, given]: Step): object {
  const words = Array.isArray(given) ? given.map(String) : [];
  const dated = { at: `${at}s` };
  switch (what) {
    case 'delete':
      return { ...dated, run: kubectlLine(['delete', 'pod', pod, ...words]) };
    case 'kubectl':
      return { ...dated, run: kubectlLine(words) };
    case 'create':
      return { ...dated, create: JSON.stringify(given), file: 'late.json' };
    case 'kill-container':
      return { ...dated, fault: { kind: 'kill-container', pod, container: words[0] } };
    case 'kill-pause':
      return { ...dated, fault: { kind: 'kill-sandbox', pod } };
    case 'delete-mirror':
      return { ...dated, run: `kubectl delete pod ${pod}-${NODE} --wait=false` };
    case 'remove-manifest':
      return { ...dated, fault: { kind: 'static-remove', node: NODE, pod } };
    default:
      throw new Error(`no step ${what}`);
  }
}

/** Once something is waited out, the next try comes with the kubelet's next look at the Pod, 10 to 15 s after the last. */
const RETRIED = ['BackOff', 'Failed', 'FailedMount', 'InspectFailed', 'ErrImageNeverPull'];

function toleranceOf(events: readonly LivedEvent[]): Tolerance {
  const retriesFrom = Math.min(Number.POSITIVE_INFINITY, ...events.filter(({ reason }) => RETRIED.includes(reason)).map(({ t }) => t)) - 1;
  return (t) => (t < retriesFrom ? Math.max(1.5, t / 10) : Math.max(8, t / 5));
}
