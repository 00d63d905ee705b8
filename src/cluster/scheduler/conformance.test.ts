// Holds the plugins and the cycle against recordings of a real scheduler: feasible nodes, each plugin's score, totals, messages,
// nominations and victims.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createRandom } from '../../base/prng.ts';
import type { Container, Node, Pod } from '../api/types.ts';
import { createCache } from './cache/cache.ts';
import { PLUGINS } from './catalog.ts';
import { type CycleResult, schedulePod } from './cycle/schedule-pod.ts';
import { createVerdicts } from './cycle/verdicts.ts';
import { podInfoOf } from './framework/pod-info.ts';
import { profileOf } from './framework/profile.ts';

interface Recorded {
  readonly id: string;
  readonly nodes: readonly Node[];
  readonly pods: readonly Pod[];
  readonly incoming: Pod;
  readonly priorityClasses?: Readonly<Record<string, number>>;
  readonly never?: readonly string[];
  readonly outcome: {
    readonly node: string | null;
    readonly nominated: string | null;
    readonly condition?: { readonly message?: string };
    readonly scores: Readonly<Record<string, Readonly<Record<string, number>>>>;
    readonly final: Readonly<Record<string, number>>;
    readonly victims: readonly string[];
  };
}

const cases: readonly Recorded[] = JSON.parse(readFileSync(new URL('../../../conformance/scheduling.json', import.meta.url), 'utf8'));
const profile = profileOf(PLUGINS);

/** The defaults and admission that a scheduler relies on. */
function admitted(pod: Pod, { priorityClasses = {}, never = [] }: Recorded): Pod {
  const { priorityClassName = '' } = pod.spec;
  const withRequests = (container: Container): Container => ({
    ...container,
    resources: { ...container.resources, requests: { ...container.resources?.limits, ...container.resources?.requests } },
  });
  return {
    ...pod,
    metadata: { namespace: 'default', ...pod.metadata },
    spec: {
      ...pod.spec,
      priority: priorityClasses[priorityClassName] ?? 0,
      preemptionPolicy: never.includes(priorityClassName) ? 'Never' : 'PreemptLowerPriority',
      containers: pod.spec.containers.map(withRequests),
    },
    status: { phase: 'Pending' },
  };
}

function run(recorded: Recorded): CycleResult {
  const cache = createCache();
  for (const node of recorded.nodes) cache.setNode(node);
  for (const pod of recorded.pods) cache.setPod(podInfoOf(admitted(pod, recorded)), pod.spec.nodeName ?? '');
  return schedulePod({
    profile,
    verdicts: createVerdicts(profile),
    snapshot: cache.snapshot(),
    pod: podInfoOf(admitted(recorded.incoming, recorded)),
    startAt: 0,
    random: (purpose) => createRandom(1, purpose),
  });
}

test.each(cases.map((recorded) => [recorded.id, recorded] as const))('%s', (_, recorded) => {
  const { outcome } = recorded;
  const result = run(recorded);
  if (outcome.node === null) {
    expect(result.chosen).toBeNull();
    expect(result.message).toBe(outcome.condition?.message);
    expect(result.nominated || null).toBe(outcome.nominated);
    expect(result.victims.map(({ pod }) => pod.metadata.name).sort()).toEqual([...outcome.victims].sort());
    return;
  }
  const feasible = Object.keys(result.nodes).filter((name) => result.nodes[name]?.reject === null);
  const scored = Object.keys(outcome.final);
  expect(feasible.sort()).toEqual(scored.length === 0 ? [outcome.node] : scored.sort());
  for (const [node, scores] of Object.entries(outcome.scores)) {
    const ours = Object.fromEntries(Object.keys(scores).map((plugin) => [plugin, result.nodes[node]?.scores[plugin] ?? 0]));
    expect({ node, ...ours }).toEqual({ node, ...scores });
  }
  for (const [node, total] of Object.entries(outcome.final)) expect([node, result.nodes[node]?.total]).toEqual([node, total]);
  const best = Math.max(...Object.values(outcome.final));
  if (scored.length > 0) expect(outcome.final[result.chosen ?? '']).toBe(best);
});
