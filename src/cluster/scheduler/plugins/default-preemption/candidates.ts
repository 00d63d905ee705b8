// Which node's Pods are sacrificed. Models framework/preemption/preemption.go pickOneNodeForPreemption.
import type { PodInfo } from '../../framework/pod-info.ts';

/** A node and the Pods that would have to go, the most important first. */
export interface Candidate {
  readonly node: string;
  readonly victims: readonly PodInfo[];
}

/** Makes sums of priorities count Pods too: no priority is below -2^31. */
const OFFSET = 2 ** 31;

const startedAt = ({ pod }: PodInfo): string => pod.status.startTime ?? '9999';
const earlier = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Higher priority first, then whoever has run longer. Of Pods that have not started the real one asks the clock at each comparison, so
 * that of two the one it names first seems older: its sort turns them round, and so does this. Models pkg/scheduler/util MoreImportantPod.
 */
export function byImportance(pods: readonly PodInfo[]): readonly PodInfo[] {
  const places = new Map(pods.map((pod, i) => [pod.uid, i]));
  const place = ({ uid }: PodInfo): number => places.get(uid) ?? 0;
  return pods.toSorted((a, b) => {
    if (a.priority !== b.priority) return b.priority - a.priority;
    if (a.pod.status.startTime === undefined && b.pod.status.startTime === undefined) return place(b) - place(a);
    return earlier(startedAt(a), startedAt(b));
  });
}

const highest = ({ victims }: Candidate): number => Math.max(...victims.map(({ priority }) => priority));
const total = ({ victims }: Candidate): number => victims.reduce((sum, { priority }) => sum + priority + OFFSET, 0);
/** When the longest running of the most important victims started. */
function earliestStart(candidate: Candidate): string {
  const top = highest(candidate);
  const starts = candidate.victims.filter(({ priority }) => priority === top).map(startedAt);
  return starts.sort(earlier)[0] ?? '';
}

/** Lowest highest priority, smallest sum of priorities, fewest victims, latest start; of equals the first. */
export function chooseCandidate(candidates: readonly Candidate[]): Candidate | undefined {
  let best: Candidate | undefined;
  for (const candidate of candidates) {
    if (!best || isBetter(candidate, best)) best = candidate;
  }
  return best;
}

function isBetter(a: Candidate, b: Candidate): boolean {
  const order =
    highest(a) - highest(b) || total(a) - total(b) || a.victims.length - b.victims.length || earlier(earliestStart(b), earliestStart(a));
  return order < 0;
}
