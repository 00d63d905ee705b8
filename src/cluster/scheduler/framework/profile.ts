// The plugins in their order, sorted by what they can do.
import { assert } from '../../../base/assert.ts';
import type { Plugin } from './plugin.ts';

/** Plugins by extension point, each list in the order of the plugins. */
export interface Profile {
  readonly plugins: readonly Plugin[];
  readonly preEnqueue: readonly Plugin[];
  readonly filter: readonly Plugin[];
  readonly postFilter: readonly Plugin[];
  readonly score: readonly Plugin[];
}

/** A profile of these plugins; two plugins with the same place are a mistake. */
export function profileOf(plugins: readonly Plugin[]): Profile {
  const sorted = [...plugins].sort((a, b) => a.order - b.order);
  const places = new Set(sorted.map(({ order }) => order));
  assert(places.size === sorted.length, 'two scheduler plugins have the same order');
  return {
    plugins: sorted,
    preEnqueue: sorted.filter((plugin) => plugin.preEnqueue),
    filter: sorted.filter((plugin) => plugin.preFilter),
    postFilter: sorted.filter((plugin) => plugin.postFilter),
    score: sorted.filter((plugin) => plugin.preScore),
  };
}
