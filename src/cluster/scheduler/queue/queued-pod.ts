// A Pod that waits for a node. Models pkg/scheduler/framework/types.go QueuedPodInfo.
import type { Instant, RecordId } from '../../../engine/records.ts';
import type { PodInfo } from '../framework/pod-info.ts';

/** Where a waiting Pod is; `attempting` while its cycle or its binding runs. */
export type Place = 'active' | 'backoff' | 'unschedulable' | 'gated' | 'attempting' | 'gone';

/** A Pod that waits for a node. */
export interface QueuedPod {
  info: PodInfo;
  place: Place;
  /** Raised with every move: what a heap says of an earlier one is void. */
  moves: number;
  attempts: number;
  /** Attempts after which some plugin had rejected it. */
  unschedulableCount: number;
  /** Errors in a row. */
  errorCount: number;
  /** When it came to wait: since the last attempt, or since it was first seen. */
  sinceAt: Instant;
  /** The order in which Pods were first seen: decides where all else is equal. */
  readonly sequence: number;
  /** The plugins that rejected it at the last attempt, or keep it from entering. */
  rejectors: ReadonlySet<string>;
  /** The record of its last move: what the next attempt is caused by. */
  cause: RecordId;
}

const INITIAL_BACKOFF_MS = 1000;
const MAX_BACKOFF_MS = 10_000;

/** 1, 2, 4, 8, 10, 10 s ... Models calculateBackoffDuration of backend/queue/backoff_queue.go. */
export function backoffMs({ unschedulableCount, errorCount }: Pick<QueuedPod, 'unschedulableCount' | 'errorCount'>): number {
  const count = errorCount > 0 ? errorCount : unschedulableCount;
  if (count === 0) return 0;
  return count > 4 ? MAX_BACKOFF_MS : Math.min(INITIAL_BACKOFF_MS * 2 ** (count - 1), MAX_BACKOFF_MS);
}

/** PrioritySort: higher priority first, then whoever waits longer. */
export const comesBefore = (a: QueuedPod, b: QueuedPod): boolean =>
  a.info.priority !== b.info.priority
    ? a.info.priority > b.info.priority
    : a.sinceAt !== b.sinceAt
      ? a.sinceAt < b.sinceAt
      : a.sequence < b.sequence;
