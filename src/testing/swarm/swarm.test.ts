// Worlds drawn by seeds: no assertion of the simulation may fail, and the invariants hold after every piece of time.
import { expect, test } from 'vitest';
import { createTrace } from '../../engine/trace.ts';
import type { NoteRecord } from '../../engine/records.ts';
import type { Notes } from '../../cluster/notes.ts';
import { openScenario } from '../../scenario/open.ts';
import { recipeOf } from '../driver.ts';
import { SWARM_MS, drawWorld } from './draw.ts';
import { brokenInvariants } from './invariants.ts';

const SEEDS = 40;
const CHUNK_MS = 5000;

test.each(Array.from({ length: SEEDS }, (_, i) => i + 1))('seed %d', (seed) => {
  const run = openScenario(recipeOf(drawWorld(seed)));
  const trace = createTrace();
  const down = new Set<string>();
  for (let to = 0; to <= SWARM_MS; to += CHUNK_MS) {
    run.advance(to);
    const fresh = run.take();
    trace.append(fresh);
    for (const record of fresh) if (record.type === 'note' && record.name === 'fault') followNodes(down, record);
    expect(brokenInvariants(trace, fresh, down), `seed ${seed}, at ${to} ms`).toEqual([]);
  }
});

/** A node that has been down cannot say what became of its containers; one whose kubelet has been down cannot stop them. */
function followNodes(down: Set<string>, { data }: NoteRecord): void {
  const { kind, target } = data as Notes['fault'];
  if (kind === 'node-down' || kind === 'kubelet-down') down.add(target);
}
