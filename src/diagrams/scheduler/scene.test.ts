// The matrix over real runs: what it says is what the scheduler noted, and its text is the event's.
import { expect, test } from 'vitest';
import type { Node, Pod } from '../../cluster/api/types.ts';
import { PLUGINS } from '../../cluster/scheduler/catalog.ts';
import { createTrace, type Trace } from '../../engine/trace.ts';
import { openScenario } from '../../scenario/open.ts';
import { readRecipe } from '../../scenario/recipe.ts';
import { textOf } from '../../i18n/messages.ts';
import { createAttemptIndex } from './attempts.ts';
import { factsOf, nodeAt } from './facts.ts';
import { fitText } from './fit-text.ts';
import { messages } from './messages.ts';
import { usualWeight } from './plugins.ts';
import { podAt, type Scene, sceneAt } from './scene.ts';

function run(world: object, toMs: number): Trace {
  const read = readRecipe({ podscope: 1, ...world });
  if (!('recipe' in read)) throw new Error(JSON.stringify(read.mistakes));
  const opened = openScenario(read.recipe);
  opened.advance(toMs);
  const trace = createTrace();
  trace.append(opened.take());
  return trace;
}

const podOf = (name: string, spec: object = {}, requests: object = {}): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: { ...spec, containers: [{ name: 'app', image: 'nginx:1.14', resources: { requests } }] },
  });
const sceneOf = (trace: Trace, pod?: string): Scene =>
  sceneAt(trace, trace.lastStep, pod && `/registry/pods/default/${pod}`, createAttemptIndex(trace));

const GPU = { name: 'gpu1', cpu: '4', memory: '8Gi', labels: { disk: 'ssd' }, taints: [{ key: 'gpu', effect: 'NoSchedule' }] };

test('nothing is said before there is a Pod', () => {
  expect(sceneOf(run({}, 1000))).toMatchObject({ pod: undefined, attempts: [] });
});

test('a Pod that fits on two nodes: filters pass, scores add up, the arithmetic comes to the score', () => {
  const trace = run({ inputs: [{ apply: podOf('web', {}, { cpu: '300m', memory: '256Mi' }) }] }, 5000);
  const scene = sceneOf(trace);
  const [attempt] = scene.attempts;
  if (!attempt) throw new Error('an attempt');
  expect(scene).toMatchObject({
    name: 'web',
    asks: [
      { field: 'cpu', value: '300m' },
      { field: 'memory', value: '256Mi' },
    ],
  });
  expect(attempt.moves.map(({ queue }) => queue)).toEqual(['active']);
  expect(attempt.filters.filter(({ isTelling }) => isTelling).map(({ plugin }) => plugin)).toEqual([
    'NodeUnschedulable',
    'NodeName',
    'TaintToleration',
    'NodeResourcesFit',
  ]);
  const rejected = attempt.rows.filter((row) => row.reject);
  expect(rejected.map((row) => [row.reject?.plugin, row.filters[row.filters.indexOf('reject') + 1]])).toEqual([
    ['TaintToleration', 'unasked'],
  ]);
  const passed = attempt.rows.filter((row) => !row.reject);
  expect(passed).toHaveLength(2);
  for (const row of passed) {
    expect(row.filters).toContain('nothing');
    expect(row.scores.reduce((sum, score) => sum + (score?.weighted ?? 0), 0)).toBe(row.total);
    for (const [i, score] of row.scores.entries())
      expect(score?.weighted).toBe((score?.normalised ?? 0) * (attempt.scores[i]?.weight ?? 0));
    const index = createAttemptIndex(trace);
    const node = nodeAt(trace, attempt.step, row.node, index);
    const pod = podAt(trace, attempt, scene.pod ?? '');
    if (!node || !pod) throw new Error('a node and a Pod');
    const raw = row.scores[attempt.scores.findIndex(({ plugin }) => plugin === 'NodeResourcesFit')]?.raw;
    expect(factsOf('NodeResourcesFit', pod, node, raw).sum.at(-1)).toMatch(new RegExp(`= ${raw}$`));
  }
  expect(attempt.outcome.kind).toBe(passed[0]?.total === passed[1]?.total ? 'drawn' : 'best');
});

test('equal totals are said to be drawn, and the difference is 0', () => {
  const inputs = [{ apply: podOf('web', { tolerations: [{ operator: 'Exists' }] }) }];
  const nodes = ['a', 'b'].map((name) => ({ name: `same-${name}`, cpu: '64', memory: '256Gi' }));
  const [attempt] = sceneOf(run({ cluster: { nodes }, inputs }, 5000)).attempts;
  if (attempt?.outcome.kind !== 'drawn') throw new Error(`drawn, not ${JSON.stringify(attempt?.outcome)}`);
  expect([...attempt.outcome.among].sort()).toEqual(['same-a', 'same-b']);
  expect(attempt.rows.filter(({ isTied }) => isTied).map(({ behind }) => behind)).toEqual([0, 0]);
});

test('the text of FailedScheduling is the sum of its rows, and every attempt is kept', () => {
  const late = podOf('trainer', { tolerations: [{ key: 'gpu', operator: 'Exists' }], nodeSelector: { disk: 'ssd' } }, { cpu: '1500m' });
  const inputs = [
    { at: '0s', apply: podOf('trainer', { nodeSelector: { disk: 'ssd' } }, { cpu: '1500m' }) },
    { at: '30s', apply: late },
  ];
  const trace = run({ cluster: { nodes: [GPU] }, inputs }, 40_000);
  const { attempts } = sceneOf(trace);
  expect(attempts.map(({ number, outcome }) => [number, outcome.kind])).toEqual([
    [2, 'alone'],
    [1, 'nowhere'],
  ]);
  const [second, first] = attempts;
  expect(first?.text.parts.map(({ text }) => text).join('')).toBe(
    createAttemptIndex(trace).attempts('/registry/pods/default/trainer')[0]?.data.message,
  );
  expect(first?.text.parts.filter(({ letter }) => letter).map(({ text, letter }) => `${letter} ${text}`)).toEqual([
    "A 2 node(s) didn't match Pod's node affinity/selector",
    'B 2 node(s) had untolerated taint(s)',
  ]);
  expect(first?.rows.map(({ reject }) => reject?.reasons[0]?.letter).sort()).toEqual(['A', 'A', 'B', 'B']);
  expect(second?.moves.at(-1)?.queue).toBe('active');
  const before = sceneAt(trace, trace.stepAt(20_000), undefined, createAttemptIndex(trace));
  expect(before.attempts).toHaveLength(1);
});

test('a refusal before any node was looked at has no count but keeps its letter', () => {
  const message =
    '0/2 nodes are available: pod affinity terms conflict. preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.';
  const verdict = { reject: { plugin: 'NodeAffinity', reasons: ['pod affinity terms conflict'] }, scores: {}, total: 0 };
  const { parts, letters } = fitText(message, [verdict, verdict]);
  expect(parts.map(({ text }) => text).join('')).toBe(message);
  expect([...letters]).toEqual([['pod affinity terms conflict', 'A']]);
});

test('preemption names the node and the victims', () => {
  const priority = (name: string, value: number) =>
    JSON.stringify({ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name }, value });
  const inputs = [
    { at: '0s', apply: priority('high', 1000) },
    { at: '1s', apply: podOf('low-1', {}, { cpu: '1500m' }) },
    { at: '1s', apply: podOf('low-2', {}, { cpu: '1500m' }) },
    { at: '10s', apply: podOf('vip', { priorityClassName: 'high' }, { cpu: '1500m' }) },
  ];
  const { attempts } = sceneOf(run({ inputs }, 60_000), 'vip');
  const first = attempts.at(-1);
  expect(first?.outcome.kind).toBe('nowhere');
  expect(first?.preemption?.victims).toHaveLength(1);
  expect(attempts[0]?.outcome).toMatchObject({ node: first?.preemption?.node });
});

test('a Pod with a nodeName was never asked about', () => {
  const scene = sceneOf(run({ inputs: [{ apply: podOf('fixed', { nodeName: 'node2' }) }] }, 5000));
  expect(scene).toMatchObject({ attempts: [], placedWithout: 'node2' });
});

test('in a large cluster equal rejections are one row', () => {
  const nodes = Array.from({ length: 40 }, (_, i) => ({ ...GPU, name: `gpu${i}` }));
  const [attempt] = sceneOf(run({ cluster: { nodes }, inputs: [{ apply: podOf('web') }] }, 5000)).attempts;
  expect(attempt?.rows.length).toBeLessThan(10);
  expect(attempt?.rows.reduce((sum, row) => sum + 1 + row.alike, 0)).toBe(43);
});

test('usual weights are those of the profile, and every plugin is explained in both languages', () => {
  for (const { name, weight, preScore, preFilter } of PLUGINS) {
    if (preScore) expect([name, usualWeight(name)]).toEqual([name, weight]);
    for (const kind of [...(preScore ? ['score'] : []), ...(preFilter ? ['filter'] : [])]) {
      for (const language of ['ko', 'en'] as const) expect(messages[language]).toHaveProperty(kind + name);
    }
  }
  expect(textOf(messages, 'ko')('attempt', 2)).toBe('시도 2');
});

test('the facts of a rejecting cell are those of the node', () => {
  const trace = run({ cluster: { nodes: [GPU] }, inputs: [{ apply: podOf('web') }] }, 5000);
  const [attempt] = sceneOf(trace).attempts;
  const node = nodeAt(trace, attempt?.step ?? 0, 'gpu1', createAttemptIndex(trace));
  const pod = trace.row('/registry/pods/default/web', attempt?.step ?? 0) as Pod;
  if (!node) throw new Error('a node');
  expect(factsOf('TaintToleration', pod, node, undefined).node).toEqual([{ field: '✕ taint', value: 'gpu:NoSchedule' }]);
  expect((trace.row('/registry/minions/gpu1', trace.lastStep) as Node).metadata.name).toBe('gpu1');
});
