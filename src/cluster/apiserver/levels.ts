// How much of a story a change of an object is: what a learner must see, what an API client sees, everything.
import { equal } from '../../base/json.ts';
import type { Level } from '../../engine/records.ts';
import type { ContainerState, ContainerStatus, Pod, PodStatus } from '../api/types.ts';
import type { Stored } from './cache.ts';

/** The level of a change; no `before`: created, no `after`: gone. */
export function levelOfChange(before: Stored | undefined, after: Stored | undefined): Level {
  const kind = (after ?? before)?.kind;
  if (kind === 'Event' || kind === 'Lease') return 'all';
  if (kind !== 'Pod') return 'api';
  if (!before || !after) return 'story';
  return isNews(before as Stored & Pod, after as Stored & Pod) ? 'story' : 'api';
}

/**
 * The level of a watch event about a change of this level, to one client: the scheduler is told of new Pods, a kubelet of what it must
 * act on.
 */
export function levelForWatcher(client: string, level: Level, before: Stored | undefined, after: Stored | undefined): Level {
  if (level !== 'story') return level;
  if (client === 'scheduler') return before ? 'api' : 'story';
  if (!client.startsWith('kubelet/') || !after) return 'api';
  const [old, now] = [before as (Stored & Pod) | undefined, after as Stored & Pod];
  const mustAct = !old || !equal(old.spec, now.spec) || old.metadata.deletionTimestamp !== now.metadata.deletionTimestamp;
  return mustAct ? 'story' : 'api';
}

function isNews(before: Stored & Pod, after: Stored & Pod): boolean {
  if (before.metadata.deletionTimestamp !== after.metadata.deletionTimestamp) return true;
  if (before.spec !== after.spec && !equal(before.spec, after.spec)) return true;
  const [old, now] = [before.status, after.status];
  return old.phase !== now.phase || readiness(old) !== readiness(now) || haveNewStates(old, now);
}

const readiness = (status: PodStatus): string | undefined => status.conditions?.find(({ type }) => type === 'Ready')?.status;

function haveNewStates(old: PodStatus, now: PodStatus): boolean {
  const isSame =
    old.containerStatuses === now.containerStatuses &&
    old.initContainerStatuses === now.initContainerStatuses &&
    old.ephemeralContainerStatuses === now.ephemeralContainerStatuses;
  return !isSame && !equal(states(old), states(now));
}

/** What each container is doing, in few words. */
function states(status: PodStatus): readonly string[] {
  const all = [status.initContainerStatuses, status.containerStatuses, status.ephemeralContainerStatuses];
  return all.flatMap((list) => (list ?? []).map((each: ContainerStatus) => `${each.name} ${each.ready} ${stateWord(each.state)}`));
}

function stateWord(state: ContainerState | undefined): string {
  if (state?.running) return 'running';
  if (state?.terminated) return `terminated ${state.terminated.reason ?? ''} ${state.terminated.exitCode}`;
  return `waiting ${state?.waiting?.reason ?? ''}`;
}
