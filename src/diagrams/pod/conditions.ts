// The conditions of a Pod, in the order in which they come true, with the instant since which each stands.
import type { Instant, RecordId } from '../../engine/records.ts';
import type { Trace } from '../../engine/trace.ts';
import type { Pod, PodCondition } from '../../cluster/api/types.ts';

/** One condition. */
export interface ConditionMark {
  readonly type: string;
  /** `unset`: nobody has written it yet. */
  readonly status: 'True' | 'False' | 'Unknown' | 'unset';
  readonly reason: string;
  readonly message: string;
  /** Since when it has this status; undefined before it was written. */
  readonly since: Instant | undefined;
  /** The revision that gave it this status. */
  readonly record: RecordId | undefined;
}

const ORDER = ['PodScheduled', 'PodReadyToStartContainers', 'Initialized', 'ContainersReady', 'Ready'];

/** The five that every Pod gets, then those of this Pod. */
export function conditionsOf(trace: Trace, step: number, key: string, pod: Pod): readonly ConditionMark[] {
  const present = pod.status.conditions ?? [];
  const extra = present.map(({ type }) => type).filter((type) => !ORDER.includes(type));
  const since = sinceWhen(trace, step, key, pod.metadata.uid);
  return [...ORDER, ...extra].map((type) => {
    const condition = present.find((each) => each.type === type);
    return {
      type,
      status: statusOf(condition),
      reason: condition?.reason ?? '',
      message: condition?.message ?? '',
      since: condition && since.get(type)?.at,
      record: condition && since.get(type)?.record,
    };
  });
}

const statusOf = (condition: PodCondition | undefined): ConditionMark['status'] =>
  condition === undefined ? 'unset' : condition.status === 'True' || condition.status === 'False' ? condition.status : 'Unknown';

interface Since {
  readonly status: string;
  readonly at: Instant;
  readonly record: RecordId;
}

/** When each condition took the status that it has: the stored times are cut to seconds, the revisions are not. */
function sinceWhen(trace: Trace, step: number, key: string, uid: string | undefined): ReadonlyMap<string, Since> {
  const found = new Map<string, Since>();
  for (const record of trace.history(key)) {
    if (record.step > step) break;
    const stored = record.value as Pod | undefined;
    if (stored?.metadata.uid !== uid) continue;
    for (const { type, status } of stored?.status.conditions ?? [])
      if (found.get(type)?.status !== status) found.set(type, { status, at: record.at, record: record.id });
  }
  return found;
}
