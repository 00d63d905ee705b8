// What the inspector says of a Pod, a node and another object, at telling moments.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createTrace, type Trace } from '../../engine/trace.ts';
import { openScenario } from '../../scenario/open.ts';
import { readRecipe } from '../../scenario/recipe.ts';
import { createPodMarker } from '../../session/pod-marks.ts';
import { textOf } from '../../i18n/messages.ts';
import { eventsOf } from './events-of.ts';
import { logOf } from './logs-of.ts';
import { messages } from './messages.ts';
import { diffOf, revisionsOf, yamlOf } from './revisions.ts';
import { type NodeSight, type PodSight, type Sight, sightAt } from './scene.ts';
import { statusSentence } from './status-sentence.ts';

const WEB = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  initContainers:
  - {name: fetch, image: "busybox:1.28", command: [sh, -c, "echo fetched; sleep 3"]}
  - {name: tail, image: "busybox:1.28", restartPolicy: Always, command: [sh, -c, "while true; do echo tick; sleep 5; done"]}
  containers:
  - {name: nginx, image: "nginx:1.14", resources: {requests: {cpu: 200m, memory: 64Mi}}, readinessProbe: {httpGet: {port: 80}, periodSeconds: 5}}
`;
const CRASHING = readFileSync('src/panels/editor/samples/s002_1.yaml', 'utf8');

function traceOf(inputs: readonly object[], until: number): Trace {
  const read = readRecipe({ podscope: 1, inputs });
  if (!('recipe' in read)) throw new Error(JSON.stringify(read.mistakes));
  const run = openScenario(read.recipe);
  run.advance(until);
  const trace = createTrace();
  trace.append(run.take());
  return trace;
}

const web = traceOf(
  [
    { at: '0s', apply: WEB },
    { at: '40s', run: 'kubectl delete pod web' },
  ],
  90_000,
);
const crashing = traceOf([{ at: '0s', apply: CRASHING }], 60_000);
const at = (trace: Trace, t: number, selection?: string): Sight | undefined =>
  sightAt(trace, trace.stepAt(t), selection, createPodMarker());
const pod = (sight: Sight | undefined): PodSight => {
  if (sight?.kind !== 'pod') throw new Error(`no Pod but ${sight?.kind}`);
  return sight;
};

test.each([
  [1500, 'Pending', 'Init:0/2', ['pause Running', 'fetch Running', 'tail PodInitializing', 'nginx PodInitializing']],
  [30_000, 'Running', 'Running', ['pause Running', 'fetch Completed', 'tail Running', 'nginx Running']],
  [41_000, 'Running', 'Terminating', undefined],
] as const)('web at %i ms: phase %s, STATUS %s', (t, phase, status, containers) => {
  const { mark, explained, containers: shown } = pod(at(web, t));
  expect([mark.phase, explained.status]).toEqual([phase, status]);
  if (containers) expect(shown.map(({ name, word }) => `${name} ${word}`)).toEqual(containers);
});

test('containers are in start order, each with its kind; what is asked of it stands in short', () => {
  const { containers, selected } = pod(at(web, 30_000, '/registry/pods/default/web/nginx'));
  expect(containers.map(({ kind }) => kind)).toEqual(['pause', 'init', 'sidecar', 'app']);
  expect(selected).toBe('nginx');
  expect(containers.at(-1)).toMatchObject({
    image: 'nginx:1.14',
    selection: '/registry/pods/default/web/nginx',
    probes: [{ kind: 'readiness', action: 'GET :80/', everyMs: 5000, failureThreshold: 3, last: { ok: true } }],
  });
});

test('a Pod that is gone is shown as it was last', () => {
  const sight = pod(at(web, 89_000, '/registry/pods/default/web'));
  expect(sight.isGone).toBe(true);
  expect(sight.mark.name).toBe('web');
});

test('why STATUS is not the phase, in both languages', () => {
  const [en, ko] = [textOf(messages, 'en'), textOf(messages, 'ko')];
  const init = pod(at(web, 1500));
  expect(statusSentence(init.explained, init.mark.phase, en)).toBe(
    'STATUS is not the phase. kubectl writes **Init:0/2** because 0 of 2 init containers are done.',
  );
  expect(statusSentence(init.explained, init.mark.phase, ko)).toContain('초기화 컨테이너 2개 가운데 0개');
  const back = pod(at(crashing, 20_500));
  expect(back.explained.status).toBe('CrashLoopBackOff');
  expect(statusSentence(back.explained, back.mark.phase, en)).toContain('**centos-container** waits');
});

test('a node: what it has and lends and has lent, and the Pods on it', () => {
  const name = pod(at(web, 30_000)).mark.node ?? '';
  const sight = at(web, 30_000, `/registry/minions/${name}`) as NodeSight;
  expect(sight).toMatchObject({ kind: 'node', status: 'Ready', meaning: 'ready', isControlPlane: false });
  expect(sight.pods.map((each) => each.name)).toContain('web');
  expect(sight.resources).toEqual([
    { name: 'cpu', capacity: 2000, allocatable: 2000, allocated: 200 },
    { name: 'memory', capacity: 4 * 2 ** 30, allocatable: 4 * 2 ** 30, allocated: 64 * 2 ** 20 },
    { name: 'pods', capacity: 110, allocatable: 110, allocated: sight.pods.length },
  ]);
  expect((at(web, 30_000, '/registry/minions/control-plane') as NodeSight).taints).toEqual([
    'node-role.kubernetes.io/control-plane:NoSchedule',
  ]);
});

test('without a selection it is the newest Pod; another object is itself; before there is any, nothing', () => {
  expect(at(web, 30_000)?.key).toBe('/registry/pods/default/web');
  expect(at(web, 0)).toBeUndefined();
  expect(at(web, 30_000, '/registry/namespaces/default')).toMatchObject({ kind: 'object', object: { kind: 'Namespace' } });
});

test('events as kubectl describe lists them, of this Pod and no other', () => {
  const { pod: object } = pod(at(crashing, 30_000));
  const step = crashing.stepAt(30_000);
  const events = eventsOf(crashing, step, object, Date.parse('2026-01-01T00:00:00Z') + 30_000);
  expect(events[0]).toMatchObject({ reason: 'Scheduled', age: '29s', from: 'default-scheduler' });
  expect(events.find(({ reason }) => reason === 'BackOff')).toMatchObject({ isWarning: true });
  expect(events.find(({ reason }) => reason === 'Created')?.text).toMatch(/^spec\.containers\{/);
});

test('revisions of this Pod, and what each changed', () => {
  const { key, pod: object } = pod(at(web, 30_000));
  const revisions = revisionsOf(web, web.stepAt(30_000), key, object.metadata.uid);
  expect(revisions.length).toBeGreaterThan(3);
  const [first, second] = revisions.map(({ value }) => yamlOf(value));
  expect(first).toMatch(/^apiVersion: v1\nkind: Pod\n/);
  expect(diffOf(undefined, first ?? '').every(({ kind }) => kind === 'same')).toBe(true);
  const lines = diffOf(first, second ?? '');
  expect(
    lines
      .filter(({ kind }) => kind !== 'removed')
      .map(({ text }) => text)
      .join('\n'),
  ).toBe((second ?? '').trimEnd());
  expect(
    lines
      .filter(({ kind }) => kind !== 'added')
      .map(({ text }) => text)
      .join('\n'),
  ).toBe((first ?? '').trimEnd());
  expect(lines.filter(({ kind }) => kind === 'added').map(({ text }) => text)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^ {2}nodeName: node[12]$/)]),
  );
});

test('the log of a container, run by run, up to the playhead', () => {
  const { pod: object } = pod(at(web, 30_000));
  const ticks = (t: number): number => logOf(web, web.stepAt(t), object, 'tail').flatMap(({ lines }) => lines).length;
  expect(logOf(web, web.stepAt(30_000), object, 'fetch').map(({ lines }) => lines.map(({ text }) => text))).toEqual([['fetched']]);
  expect(ticks(30_000)).toBeGreaterThan(ticks(15_000));
  const crashes = logOf(crashing, crashing.stepAt(50_000), pod(at(crashing, 50_000)).pod, 'centos-container');
  expect(crashes.map(({ attempt }) => attempt)).toEqual(crashes.map((_, i) => i));
  expect(crashes.length).toBeGreaterThan(2);
});
