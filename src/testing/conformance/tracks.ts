// A lived Pod as tracks: one for its phase, each container's state, readiness and restarts, each condition. A track is the list of its
// values with the second at which each began.
import type { ContainerState, ContainerStatus, Pod } from '../../cluster/api/types.ts';
import { masked } from './text.ts';

/** A Pod's status as the recordings keep it. */
export interface Look {
  readonly deleted?: boolean;
  readonly phase?: string;
  readonly reason?: string;
  /** The grace period once it is being deleted. */
  readonly deleting?: number;
  readonly conditions?: readonly { readonly type: string; readonly status: string; readonly reason?: string; readonly message?: string }[];
  readonly initContainerStatuses?: readonly ContainerLook[];
  readonly containerStatuses?: readonly ContainerLook[];
  readonly ephemeralContainerStatuses?: readonly ContainerLook[];
}

type ContainerLook = Pick<ContainerStatus, 'name' | 'ready' | 'restartCount' | 'state'>;

/** A value of a track, and the second at which it began. */
export interface Spell {
  readonly t: number;
  readonly value: string;
}

/** How many seconds apart two times may be at a second of the run. */
export type Tolerance = (t: number) => number;

/** The kubelet looks once a second and merges what falls together: what lasted less than this may be missing on either side. */
const SHORT_SECONDS = 2;

/** What the recordings would keep of a Pod. */
export function lookOf({ metadata, status }: Pod): Look {
  const { phase, reason, conditions = [], initContainerStatuses, containerStatuses, ephemeralContainerStatuses } = status ?? {};
  return {
    ...(phase !== undefined && { phase }),
    ...(reason !== undefined && { reason }),
    ...(metadata.deletionTimestamp !== undefined && { deleting: metadata.deletionGracePeriodSeconds ?? 0 }),
    conditions,
    ...(initContainerStatuses && { initContainerStatuses }),
    ...(containerStatuses && { containerStatuses }),
    ...(ephemeralContainerStatuses && { ephemeralContainerStatuses }),
  };
}

/** The tracks of a Pod that looked like this, one after the other. */
export function tracksOf(looks: readonly { readonly t: number; readonly look: Look }[]): ReadonlyMap<string, readonly Spell[]> {
  const tracks = new Map<string, Spell[]>();
  for (const { t, look } of looks) {
    for (const [name, value] of valuesOf(look)) {
      const track = tracks.get(name) ?? [];
      tracks.set(name, track);
      if (track.at(-1)?.value !== value) track.push({ t, value });
    }
  }
  return tracks;
}

function valuesOf(look: Look): readonly (readonly [string, string])[] {
  if (look.deleted) return [['object', 'gone']];
  const containers = [look.initContainerStatuses, look.containerStatuses, look.ephemeralContainerStatuses].flatMap((group) => group ?? []);
  return [
    ['object', look.deleting === undefined ? 'standing' : `terminating within ${look.deleting} s`],
    ['phase', words(look.phase, look.reason)],
    ...(look.conditions ?? []).map(
      ({ type, status, reason, message }) => [`condition ${type}`, words(status, reason, message && masked(message))] as const,
    ),
    ...containers.flatMap(({ name, ready, restartCount, state }) => [
      [`${name} state`, stateWords(state)] as const,
      [`${name} ready`, String(ready)] as const,
      [`${name} restarts`, String(restartCount)] as const,
    ]),
  ];
}

const words = (...parts: readonly (string | number | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join(' ');

/** Messages are compared where the kubelet writes them itself; others are an image registry's. */
function stateWords(state: ContainerState | undefined): string {
  const { running, terminated, waiting } = state ?? {};
  if (running) return 'running';
  if (terminated) {
    const { reason, exitCode, signal, message } = terminated;
    return words('terminated', reason, exitCode, signal ? `signal ${signal}` : undefined, withoutUid(message));
  }
  return words('waiting', waiting?.reason, waiting?.reason === 'CrashLoopBackOff' ? withoutUid(waiting.message) : undefined);
}

const withoutUid = (message: string | undefined): string | undefined => message?.replace(/\([0-9a-f-]{36}\)/, '(<uid>)');

interface Dated extends Spell {
  readonly lasted: number;
}

/** Whether two tracks tell the same story; what differs where the two could be followed furthest. */
export function trackDifference(
  name: string,
  real: readonly Spell[],
  ours: readonly Spell[],
  end: number,
  tolerance: Tolerance,
): string | undefined {
  const [theirs, mine] = [datedTo(end, real), datedTo(end, ours)];
  /** Something that began shortly before the end, or says again what stood before something short, need not be there. */
  const mayBeMissing = ({ t, value, lasted }: Dated, held: string | undefined): boolean =>
    lasted < SHORT_SECONDS || value === held || end - t < 1 + tolerance(t);
  const tried = new Set<string>();
  let furthest = { at: -1, difference: '' };
  const open: { readonly i: number; readonly j: number; readonly held: string | undefined }[] = [{ i: 0, j: 0, held: undefined }];
  for (let place = open.pop(); place; place = open.pop()) {
    const { i, j, held } = place;
    if (tried.has(`${i} ${j} ${held}`)) continue;
    tried.add(`${i} ${j} ${held}`);
    const [their, my] = [theirs[i], mine[j]];
    if (!their && !my) return undefined;
    const isSame = their !== undefined && my !== undefined && their.value === my.value;
    const isInTime = isSame && Math.abs(their.t - my.t) <= tolerance(their.t);
    if (their && mayBeMissing(their, held)) open.push({ i: i + 1, j, held });
    if (my && mayBeMissing(my, held)) open.push({ i, j: j + 1, held });
    if (isInTime) open.push({ i: i + 1, j: j + 1, held: their.value });
    else if (i + j > furthest.at)
      furthest = { at: i + j, difference: `${name}, after ${held ?? 'nothing'}: the real one ${told(their)}, ours ${told(my)}` };
  }
  return furthest.difference;
}

const told = (spell: Spell | undefined): string => (spell ? `${spell.value} at ${spell.t} s` : 'stays so');

function datedTo(end: number, track: readonly Spell[]): readonly Dated[] {
  const begun = track.filter(({ t }) => t < end - 0.5);
  return begun.map((spell, i) => ({ ...spell, lasted: (begun[i + 1]?.t ?? end) - spell.t }));
}
