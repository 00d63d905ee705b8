// The conditions of a Pod or a node, with the instant since which each stands.
import type { Instant, RecordId } from '../engine/records.ts';
import type { Trace } from '../engine/trace.ts';
import type { Node, Pod } from '../cluster/api/types.ts';

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

/** The order in which they come true. */
const ORDER = ['PodScheduled', 'PodReadyToStartContainers', 'Initialized', 'ContainersReady', 'Ready'];

/** The five that every Pod gets, then those of this Pod. */
export function conditionsOf(trace: Trace, step: number, key: string, pod: Pod): readonly ConditionMark[] {
  const extra = (pod.status.conditions ?? []).map(({ type }) => type).filter((type) => !ORDER.includes(type));
  return marksOf(trace, step, key, pod, [...ORDER, ...extra]);
}

/** Those of a node: whether it is ready first, then what it is short of. */
export function nodeConditionsOf(trace: Trace, step: number, key: string, node: Node): readonly ConditionMark[] {
  const types = (node.status.conditions ?? []).map(({ type }) => type);
  return marksOf(trace, step, key, node, [...types.filter((type) => type === 'Ready'), ...types.filter((type) => type !== 'Ready')]);
}

function marksOf(trace: Trace, step: number, key: string, object: Pod | Node, types: readonly string[]): readonly ConditionMark[] {
  const present = object.status.conditions ?? [];
  const since = sinceWhen(trace, step, key, object.metadata.uid);
  return types.map((type) => {
    const condition = present.find((each) => each.type === type);
    return {
      type,
      status: statusOf(condition?.status),
      reason: condition?.reason ?? '',
      message: condition?.message ?? '',
      since: condition && since.get(type)?.at,
      record: condition && since.get(type)?.record,
    };
  });
}

const statusOf = (status: string | undefined): ConditionMark['status'] =>
  status === undefined ? 'unset' : status === 'True' || status === 'False' ? status : 'Unknown';

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
    const stored = record.value as Pod | Node | undefined;
    if (stored?.metadata.uid !== uid) continue;
    for (const { type, status } of stored?.status.conditions ?? [])
      if (found.get(type)?.status !== status) found.set(type, { status, at: record.at, record: record.id });
  }
  return found;
}
