// What holds of a cluster at every instant, whatever is done to it.
import type { Node, Pod } from '../../cluster/api/types.ts';
import type { RuntimeContainer } from '../../cluster/runtime/cri.ts';
import type { TraceRecord } from '../../engine/records.ts';
import type { Trace } from '../../engine/trace.ts';

const PHASES = ['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'];
/** The real kubelet takes its time: how long a container may outlive its Pod's object. */
const STOP_MS = 60_000;

/** What is broken in a trace, given the records that came since the last look: one sentence each. */
export function brokenInvariants(trace: Trace, fresh: readonly TraceRecord[], downNodes: ReadonlySet<string>): readonly string[] {
  return [...malformedRows(fresh), ...boundTwice(trace, fresh), ...orphans(trace, downNodes)];
}

/** A row says who it is, and is frozen; revisions of an object only grow. */
function malformedRows(fresh: readonly TraceRecord[]): readonly string[] {
  return fresh.flatMap((record) => {
    if (record.type !== 'row' || record.value === undefined) return [];
    const { key, value } = record;
    if (typeof value === 'object' && !Object.isFrozen(value)) return [`${key} is not frozen`];
    if (!key.startsWith('/registry/')) return [];
    const { metadata } = value as { readonly metadata?: Pod['metadata'] };
    if (!metadata?.name || !key.endsWith(`/${metadata.name}`)) return [`${key} holds an object named ${metadata?.name}`];
    if (!metadata.uid) return [`${key} has no uid`];
    if (key.startsWith('/registry/pods/')) return malformedPod(key, value as Pod);
    return key.startsWith('/registry/minions/') && !(value as Node).status ? [`${key} has no status`] : [];
  });
}

function malformedPod(key: string, { spec, status }: Pod): readonly string[] {
  const found: string[] = [];
  if (!PHASES.includes(status.phase ?? '')) found.push(`${key} has the phase ${status.phase}`);
  const names = new Set([...(spec.initContainers ?? []), ...spec.containers].map(({ name }) => name));
  for (const { name, state, restartCount } of [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])]) {
    if (!names.has(name)) found.push(`${key} has the status of a container ${name}, which it has not`);
    if (restartCount < 0) found.push(`${key}: ${name} has ${restartCount} restarts`);
    if (Object.values(state ?? {}).filter((each) => each !== undefined).length > 1) found.push(`${key}: ${name} is in two states`);
  }
  return found;
}

/** A Pod's nodeName is set once. */
function boundTwice(trace: Trace, fresh: readonly TraceRecord[]): readonly string[] {
  return fresh.flatMap((record) => {
    if (record.type !== 'row' || record.value === undefined || !record.key.startsWith('/registry/pods/')) return [];
    const pod = record.value as Pod;
    const before = trace.row(record.key, record.step - 1) as Pod | undefined;
    if (before?.metadata.uid !== pod.metadata.uid || before?.spec.nodeName === undefined) return [];
    return before.spec.nodeName === pod.spec.nodeName ? [] : [`${record.key} moved from ${before.spec.nodeName} to ${pod.spec.nodeName}`];
  });
}

/** A container runs for a Pod that stands on its node, or is being stopped. */
function orphans(trace: Trace, downNodes: ReadonlySet<string>): readonly string[] {
  const { lastStep } = trace;
  const now = trace.timeOf(lastStep);
  const pods = new Map(
    trace.rowsUnder('/registry/pods/', lastStep).flatMap(([, value]) => {
      const { metadata, spec } = value as Pod;
      const mirrored = metadata.annotations?.['kubernetes.io/config.mirror'];
      return [metadata.uid, mirrored].flatMap((uid) => (uid === undefined ? [] : [[uid, spec.nodeName] as const]));
    }),
  );
  return trace.rowsUnder('/run/', lastStep).flatMap(([key, value]) => {
    const [, node = '', id] = /^\/run\/([^/]+)\/containers\/([^/]+)$/.exec(key) ?? [];
    const { state, podUid, name } = value as RuntimeContainer;
    if (id === undefined || state !== 'running' || downNodes.has(node) || pods.get(podUid) === node) return [];
    const goneAt = lastSeen(trace, podUid);
    return goneAt === undefined || now - goneAt < STOP_MS ? [] : [`${key}: ${name} runs on for a Pod that is gone since ${goneAt} ms`];
  });
}

/** When the object of a Pod was removed; undefined where it never stood (a static Pod whose mirror has not come). */
function lastSeen(trace: Trace, uid: string): number | undefined {
  for (const key of trace.keysUnder('/registry/pods/')) {
    const history = trace.history(key);
    const last = history.findLastIndex(({ value }) => (value as Pod | undefined)?.metadata.uid === uid);
    if (last >= 0) return history[last + 1]?.at;
  }
  return undefined;
}
