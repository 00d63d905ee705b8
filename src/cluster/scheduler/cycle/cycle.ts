// What a scheduling cycle works with.
import type { Random } from '../../../base/prng.ts';
import type { PodInfo } from '../framework/pod-info.ts';
import type { Profile } from '../framework/profile.ts';
import type { Snapshot } from '../framework/snapshot.ts';
import type { Verdicts } from './verdicts.ts';

/** What a cycle works with. */
export interface Cycle {
  readonly profile: Profile;
  readonly verdicts: Verdicts;
  readonly snapshot: Snapshot;
  readonly pod: PodInfo;
  /** The node from which the search starts: it moves on, so that all nodes are asked equally often. */
  readonly startAt: number;
  /** Chance, for one purpose. */
  random(purpose: string): Random;
}
