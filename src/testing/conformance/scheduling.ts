// One incoming Pod on a small recorded cluster: which nodes were feasible, every plugin's weighted score, totals, message, victims.
import type { Pod } from '../../cluster/api/types.ts';
import type { Notes } from '../../cluster/notes.ts';
import { listOf, type ObjectRecord, revisionsOf, simulate } from './simulate.ts';
import { masked } from './text.ts';

/** A recorded case. */
export interface SchedulingCase {
  readonly id: string;
  readonly nodes: readonly unknown[];
  readonly pods: readonly unknown[];
  readonly incoming: { readonly metadata: { readonly name: string } };
  readonly priorityClasses?: Readonly<Record<string, number>>;
  /** The priority classes with preemptionPolicy Never. */
  readonly never?: readonly string[];
  readonly outcome: Outcome;
}

interface Outcome {
  readonly node: string | null;
  readonly nominated: string | null;
  readonly condition?: { readonly reason: string; readonly message: string };
  /** By node, then plugin; empty where one node was left and nothing was scored. */
  readonly scores: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly final: Readonly<Record<string, number>>;
  readonly victims: readonly string[];
}

type Attempt = Notes['scheduling-attempt'];

/** What differs first; undefined where nothing does. */
export function schedulingDifference({ nodes, pods, incoming, priorityClasses, never, outcome }: SchedulingCase): string | undefined {
  const classes = Object.entries(priorityClasses ?? {}).map(([name, value]) => ({
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name },
    value,
    ...(never?.includes(name) && { preemptionPolicy: 'Never' }),
  }));
  const records = simulate({
    cluster: { preset: 'none', nodes },
    files: { 'incoming.json': JSON.stringify(incoming) },
    objects: listOf([...classes, ...pods]),
    inputs: [{ at: '1s', run: 'kubectl create -f incoming.json' }],
    until: '4s',
  });
  const name = incoming.metadata.name;
  const attempt = records.find((record) => record.type === 'schedule' && record.pod === `default/${name}`) as Attempt | undefined;
  if (!attempt) return outcome.condition?.reason === 'SchedulingGated' ? undefined : 'the scheduler never tried';
  const revisions = revisionsOf<Pod>(records, 'Pod').filter(({ object }) => object.metadata.name === name);
  const bound = revisions.at(-1)?.object.spec.nodeName ?? null;
  if (bound !== attempt.chosen) return `the attempt chose ${attempt.chosen}, but the Pod's nodeName is ${bound}`;
  return outcome.node === null ? refusalDifference(outcome, attempt, revisions) : choiceDifference(outcome, attempt);
}

function refusalDifference(outcome: Outcome, attempt: Attempt, revisions: readonly ObjectRecord<Pod>[]): string | undefined {
  const { reason, message = '' } = outcome.condition ?? {};
  if (attempt.chosen !== null) return `the real one was refused (${message}), ours went to ${attempt.chosen}`;
  if (masked(attempt.message) !== masked(message))
    return `message: the real one ${JSON.stringify(message)}, ours ${JSON.stringify(attempt.message)}`;
  const isTold = revisions.some(({ object }) =>
    object.status?.conditions?.some(
      (condition) => condition.type === 'PodScheduled' && condition.reason === reason && condition.message === attempt.message,
    ),
  );
  if (!isTold) return 'the condition PodScheduled never said what the attempt found';
  if (attempt.nominated !== outcome.nominated) return `nominated: the real one ${outcome.nominated}, ours ${attempt.nominated}`;
  const victims = attempt.victims.map((victim) => victim.split('/').at(-1));
  return namesDifference('victims', outcome.victims, victims);
}

function choiceDifference({ node, scores, final }: Outcome, { nodes, chosen }: Attempt): string | undefined {
  const feasible = Object.keys(nodes).filter((name) => nodes[name]?.reject === null);
  if (Object.keys(final).length === 0) return namesDifference('feasible', [node], feasible) ?? namesDifference('chosen', [node], [chosen]);
  const wrong = namesDifference('feasible', Object.keys(final), feasible);
  if (wrong !== undefined) return wrong;
  for (const [name, plugins] of Object.entries(scores)) {
    for (const [plugin, score] of Object.entries(plugins)) {
      const ours = nodes[name]?.scores[plugin] ?? 0;
      if (ours !== score) return `${plugin} of ${name}: the real one ${score}, ours ${ours}`;
    }
  }
  for (const [name, total] of Object.entries(final)) {
    if (nodes[name]?.total !== total) return `total of ${name}: the real one ${total}, ours ${nodes[name]?.total}`;
  }
  // Of equal totals the real scheduler draws one by lot.
  const highest = Math.max(...Object.values(final));
  const best = Object.keys(final).filter((name) => final[name] === highest);
  return chosen !== null && best.includes(chosen) ? undefined : `chosen: the real one took one of ${best}, ours ${chosen}`;
}

function namesDifference(
  what: string,
  real: readonly (string | null | undefined)[],
  ours: readonly (string | null | undefined)[],
): string | undefined {
  const [theirs, mine] = [[...real].sort().join(), [...ours].sort().join()];
  return theirs === mine ? undefined : `${what}: the real one ${theirs || 'nothing'}, ours ${mine || 'nothing'}`;
}
