// The figures over real runs, and the rules of STATUS over every recorded Pod.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Pod } from '../../cluster/api/types.ts';
import { podStatus } from '../../cluster/apiserver/tables/pod-status.ts';
import { createTrace, type Trace } from '../../engine/trace.ts';
import { openScenario } from '../../scenario/open.ts';
import { readRecipe } from '../../scenario/recipe.ts';
import { explainStatus } from '../../session/explain-status.ts';
import { CONTAINER_WAYS, PHASE_WAYS, type Scene, sceneAt } from './scene.ts';

function run(world: object, toMs: number): Trace {
  const read = readRecipe({ podscope: 1, ...world });
  if (!('recipe' in read)) throw new Error(JSON.stringify(read.mistakes));
  const opened = openScenario(read.recipe);
  opened.advance(toMs);
  const trace = createTrace();
  trace.append(opened.take());
  return trace;
}

const podOf = (name: string, spec: object): string => JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec });
const sh = (name: string, script: string) => ({ name, image: 'busybox:1.36', command: ['sh', '-c', script] });
const sceneOf = (trace: Trace): Scene => sceneAt(trace, trace.lastStep, undefined);
const counts = (walked: { readonly counts: ReadonlyMap<string, number> } | undefined) => Object.fromEntries(walked?.counts ?? []);

const recorded: readonly { readonly id: string; readonly pod: Pod }[] = JSON.parse(
  readFileSync(new URL('../../../conformance/printing.json', import.meta.url), 'utf8'),
);

test('the rules come to the STATUS that kubectl prints, for every recorded Pod', () => {
  const wrong = recorded.filter(({ pod }) => explainStatus(pod).status !== podStatus(pod).status).map(({ id }) => id);
  expect(recorded.length).toBeGreaterThan(100);
  expect(wrong).toEqual([]);
});

const status = (fields: object, deleted = false): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p', ...(deleted && { deletionTimestamp: '2026-01-01T00:00:00Z' }) },
  spec: { containers: [{ name: 'a' }, { name: 'b' }] } as unknown as Pod['spec'],
  status: fields,
});
const one = (name: string, state: object, ready = false) => ({ name, state, ready, restartCount: 0, image: '', imageID: '' });
const ended = (exitCode: number, reason?: string) => ({ terminated: { exitCode, ...(reason !== undefined && { reason }) } });
const READY = { type: 'Ready', status: 'True' };

test.each([
  ['phase', 'Pending', status({ phase: 'Pending' })],
  ['reason', 'Evicted', status({ phase: 'Failed', reason: 'Evicted' })],
  [
    'gated',
    'SchedulingGated',
    status({ phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }] }),
  ],
  [
    'container-waiting',
    'CrashLoopBackOff',
    status({ phase: 'Running', containerStatuses: [one('a', { waiting: { reason: 'CrashLoopBackOff' } })] }),
  ],
  ['container-ended', 'Signal:9', status({ phase: 'Failed', containerStatuses: [one('a', { terminated: { exitCode: 137, signal: 9 } })] })],
  [
    'completed-not-ready',
    'NotReady',
    status({ phase: 'Running', containerStatuses: [one('a', ended(0, 'Completed')), one('b', { running: {} }, true)] }),
  ],
  [
    'completed-running',
    'Running',
    status({
      phase: 'Running',
      conditions: [READY],
      containerStatuses: [one('a', ended(0, 'Completed')), one('b', { running: {} }, true)],
    }),
  ],
  [
    'completed-error',
    'Error',
    status({ phase: 'Running', containerStatuses: [one('a', ended(0, 'Completed')), one('b', ended(1, 'Error'))] }),
  ],
  ['init-waiting', 'Init:ImagePullBackOff', status({ initContainerStatuses: [one('i', { waiting: { reason: 'ImagePullBackOff' } })] })],
  ['init-ended', 'Init:Error', status({ initContainerStatuses: [one('i', ended(1, 'Error'))] })],
  ['deleted', 'Terminating', status({ phase: 'Running' }, true)],
  ['deleted-lost', 'Unknown', status({ phase: 'Running', reason: 'NodeLost' }, true)],
] as const)('%s makes %s', (rule, value, pod) => {
  const { status: said, made } = explainStatus(pod);
  expect([made.rule, said]).toEqual([rule, value]);
  expect(podStatus(pod).status).toBe(value);
});

test('no Pod yet: nothing is walked', () => {
  expect(sceneOf(run({}, 1000))).toMatchObject({ pod: undefined, seen: 0, all: PHASE_WAYS.length + CONTAINER_WAYS.length });
});

test('a crashing container beside one that runs: each way counted as often as it was gone', () => {
  const trace = run({ inputs: [{ apply: podOf('p', { containers: [sh('good', 'sleep 1000'), sh('bad', 'sleep 2; exit 1')] }) }] }, 60_000);
  const scene = sceneOf(trace);
  expect(counts(scene.phase)).toEqual({ '>Pending': 1, 'Pending>Running': 1 });
  const [good, bad] = scene.containers;
  expect(counts(good)).toEqual({ '>waiting': 1, 'waiting>running': 1 });
  expect(good).toMatchObject({ now: 'running', meaning: 'ready' });
  expect(bad?.waiting.get('CrashLoopBackOff')).toBeGreaterThan(0);
  expect(bad?.terminated.get('Error')).toBeGreaterThan(0);
  const starts = [...(bad?.counts ?? [])].filter(([way]) => way.endsWith('>running')).reduce((sum, [, count]) => sum + count, 0);
  expect(starts).toBe((bad?.restarts ?? 0) + 1);
  for (const { counts: all } of scene.containers) for (const way of all.keys()) expect(CONTAINER_WAYS).toContain(way);
  for (const step of [...new Set(trace.history(scene.pod ?? '').map((row) => row.step))]) {
    const pod = trace.row(scene.pod ?? '', step) as Pod;
    expect(sceneAt(trace, step, undefined).status?.status).toBe(podStatus(pod).status);
  }
});

test('an init container, a Pod that ends, and its deletion', () => {
  const spec = { restartPolicy: 'Never', initContainers: [sh('first', 'sleep 1')], containers: [sh('job', 'sleep 2')] };
  const trace = run(
    {
      inputs: [
        { at: '0s', apply: podOf('p', spec) },
        { at: '30s', run: 'kubectl delete pod p' },
      ],
    },
    90_000,
  );
  const before = sceneAt(trace, trace.stepAt(29_000), undefined);
  expect(before.status).toMatchObject({ status: 'Completed', made: { rule: 'container-ended' } });
  expect(before.containers[0]).toMatchObject({ name: 'first', kind: 'init', now: 'terminated', meaning: 'finished' });
  const after = sceneOf(trace);
  expect(counts(after.phase)).toMatchObject({ '>Pending': 1, 'Succeeded>': 1 });
  expect(after.phase.now).toBeUndefined();
  expect(after.status).toBeUndefined();
  expect(after.seen).toBeGreaterThan(before.seen);
  const early = [...new Set(trace.history('/registry/pods/default/p').map((row) => row.step))].map(
    (step) => sceneAt(trace, step, undefined).status?.made.rule,
  );
  expect(early).toContain('init-count');
});

test('another Pod of the same name starts anew', () => {
  const inputs = [
    { at: '0s', apply: podOf('p', { containers: [sh('a', 'sleep 1000')], terminationGracePeriodSeconds: 1 }) },
    { at: '10s', run: 'kubectl delete pod p' },
    { at: '30s', apply: podOf('p', { containers: [sh('a', 'sleep 1000')] }) },
  ];
  expect(counts(sceneOf(run({ inputs }, 40_000)).phase)).toEqual({ '>Pending': 1, 'Pending>Running': 1 });
});
