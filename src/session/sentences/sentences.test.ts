// Every note has a sentence in both languages that names what it is about.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { NoteName, Notes } from '../../cluster/notes.ts';
import { openScenario } from '../../scenario/open.ts';
import { FAULTS, readRecipe } from '../../scenario/recipe.ts';
import { SENTENCES, pieces, plain, sentenceOf } from './index.ts';

const pod = { namespace: 'default', pod: 'web' };
const of = { ...pod, node: 'node1', container: 'nginx', kind: 'app' } as const;
const verdict = (total: number) => ({ reject: null, scores: {}, total });

const SAMPLES: { readonly [N in NoteName]: Notes[N] } = {
  input: { what: 'apply', text: 'web.yaml', terminal: '1' },
  fault: { kind: 'kill-container', target: 'web' },
  'command-started': { terminal: '1', line: 'kubectl get pods' },
  'command-ended': { terminal: '1', line: 'kubectl get pods', stdout: 'NAME\n', stderr: '', exit: 0 },
  'request-stage': { stage: 'decode', method: 'POST', path: '/api/v1/namespaces/default/pods' },
  'request-refused': { method: 'POST', path: '/', code: 422, reason: 'Invalid', message: 'Pod "web" is invalid' },
  'object-stored': { kind: 'Pod', namespace: 'default', name: 'web', revision: 7, change: 'created' },
  event: { ...pod, kind: 'Pod', type: 'Normal', reason: 'Scheduled', message: 'Successfully assigned', count: 1 },
  'pod-queued': { ...pod, queue: 'active' },
  'scheduling-attempt': {
    ...pod,
    attempt: 1,
    nodes: { node1: verdict(459), node2: verdict(435) },
    chosen: 'node1',
    nominated: null,
    victims: [],
    message: '',
  },
  'pod-bound': { ...pod, node: 'node1' },
  'pod-seen': { ...pod, node: 'node1' },
  'pod-rejected': { ...pod, node: 'node1', reason: 'OutOfcpu', message: 'Pod was rejected' },
  'sandbox-starting': { ...pod, node: 'node1', attempt: 0 },
  'sandbox-ready': { ...pod, node: 'node1', ip: '10.244.1.5', sandbox: 's1' },
  'sandbox-stopped': { ...pod, node: 'node1', sandbox: 's1' },
  'image-pulling': { ...of, image: 'nginx:1.14' },
  'image-pulled': { ...of, image: 'nginx:1.14', tookMs: 4000, present: false },
  'image-failed': { ...of, image: 'nginx:1.14', message: 'not found' },
  'image-backoff': { ...of, image: 'nginx:1.14', delayMs: 10_000 },
  'container-created': { ...of, id: 'c1', attempt: 0 },
  'container-started': { ...of, id: 'c1', attempt: 1 },
  'container-failed': { ...of, reason: 'StartError', message: 'no such file' },
  'container-exited': { ...of, id: 'c1', exitCode: 1, reason: 'Error' },
  'out-of-memory': { ...of, id: 'c1', of: 'limit', heldBytes: 209_715_200, mostBytes: 104_857_600 },
  'container-killing': { ...of, why: 'failed liveness probe', graceMs: 30_000 },
  'container-backoff': { ...of, delayMs: 10_000, restarts: 1 },
  'probe-result': { ...of, probe: 'liveness', ok: false, output: 'HTTP probe failed', count: 1, threshold: 3 },
  'pod-phase': { ...pod, from: 'Pending', to: 'Running' },
  'pod-ready': { ...pod, ready: true },
  'pod-terminating': { ...pod, graceMs: 30_000 },
  'pod-removed': pod,
  'node-ready': { node: 'node1', ready: 'True' },
  'component-runs': { component: 'scheduler', runs: false },
  'node-tainted': { node: 'node1', taint: 'node.kubernetes.io/not-ready:NoSchedule', added: true },
  'pod-evicted': { ...pod, node: 'node1', reason: 'taint' },
  'packet-served': { from: '10.244.1.5', to: '10.244.1.6:80', outcome: 'HTTP 200' },
  connection: { from: '/run/node1/containers/c1', to: '127.0.0.1:80', server: null, outcome: 'refused' },
  'docker-image-pulled': { image: 'nginx:latest', tookMs: 3000 },
  'docker-container-started': { id: 'c1', container: 'nginx', image: 'nginx', ip: '172.17.0.2' },
  'docker-container-exited': { id: 'c1', container: 'nginx', exitCode: 0 },
  'process-busy': { ...of, id: 'c1' },
  'not-simulated': { what: 'image', detail: 'runs on quietly' },
};

const PARTICLE = /\*\*(은|는|이|가|을|를|와|과|로|으로)(\s|\.)/;
const NAMES = Object.keys(SAMPLES) as NoteName[];

test('the samples know every note', () => {
  const source = readFileSync(new URL('../../cluster/notes.ts', import.meta.url), 'utf8');
  const body = /export interface Notes \{([\s\S]*?)\n\}/.exec(source)?.[1] ?? '';
  const declared = [...body.matchAll(/^ {2}'?([a-z-]+)'?:/gm)].map((match) => match[1]);
  expect([...NAMES].sort()).toEqual(declared.sort());
});

test.each(NAMES)('%s is a full sentence in both languages', (name) => {
  for (const language of ['en', 'ko'] as const) {
    const sentence = sentenceOf({ name, data: SAMPLES[name] }, language);
    expect(sentence).not.toMatch(/undefined|NaN|\[object/);
    expect(sentence.split('**').length % 2).toBe(1);
    expect(plain(sentence).length).toBeGreaterThan(5);
    expect(
      pieces(sentence)
        .map(({ text }) => text)
        .join(''),
    ).toBe(plain(sentence));
  }
  expect(sentenceOf({ name, data: SAMPLES[name] }, 'ko')).toMatch(/[가-힣]/);
});

test.each(Object.keys(FAULTS))('the fault %s is told in both languages, without a particle that depends on a name', (kind) => {
  const data = { kind, target: 'web/nginx', detail: '200Mi' };
  expect(sentenceOf({ name: 'fault', data }, 'en')).toMatch(/^(You|Node|The) .*\.$/);
  expect(sentenceOf({ name: 'fault', data }, 'ko')).toMatch(/[가-힣]다\.$/);
  expect(sentenceOf({ name: 'fault', data }, 'ko')).not.toMatch(PARTICLE);
});

/** What a note may say besides its sample: each choice that its data leaves. */
const VARIANTS: { readonly [N in NoteName]?: readonly Partial<Notes[N]>[] } = {
  input: (['create', 'run', 'type', 'key'] as const).map((what) => ({ what })),
  'command-ended': [{ exit: 1, stderr: 'error: no' }, { exit: null }, { stdout: '' }],
  'request-stage': (['default', 'admit', 'validate', 'store', 'notify'] as const).map((stage) => ({ stage })),
  'object-stored': [{ change: 'updated' }, { change: 'deleted' }, { change: 'updated', status: 'Running' }, { kind: 'Namespace' }],
  event: [{ count: 3 }, { type: 'Warning' }],
  'pod-queued': (['backoff', 'unschedulable', 'gated'] as const).map((queue) => ({ queue })),
  'scheduling-attempt': [
    { nodes: { node1: verdict(459), node2: verdict(459) } },
    {
      nodes: {
        node1: verdict(459),
        node2: { reject: { plugin: 'NodeResourcesFit', reasons: ['Insufficient cpu'] }, scores: {}, total: 0 },
      },
    },
    { chosen: null, message: '0/3 nodes are available: 3 Insufficient cpu.' },
  ],
  'sandbox-starting': [{ attempt: 1 }],
  'sandbox-ready': [{ ip: '' }],
  'image-pulled': [{ present: true }],
  'container-started': [{ attempt: 0 }, { kind: 'init' }, { kind: 'sidecar' }, { kind: 'ephemeral' }],
  'container-backoff': [{ restarts: 3 }],
  'probe-result': (['liveness', 'readiness', 'startup'] as const).flatMap((probe) => [
    { probe, ok: true },
    { probe, ok: false },
  ]),
  'pod-ready': [{ ready: false }],
  'node-ready': [{ ready: 'False' }, { ready: 'Unknown' }],
  'node-tainted': [{ added: false }],
};

/** A whole sentence: begun and closed, its names told, nothing of the program showing through. */
function expectWhole(sentence: string, language: 'ko' | 'en'): void {
  const text = plain(sentence);
  expect(text).not.toMatch(/undefined|NaN|\[object|null/);
  expect(text).toMatch(/[.!?…)]$/);
  expect(text).toMatch(language === 'ko' ? /[가-힣]/ : /^([A-Z]|etcd|pause|containerd|kubectl|\S+ (is|calls|starts|fails))/);
  if (language === 'ko') expect(sentence).not.toMatch(PARTICLE);
}

test.each(NAMES)('%s: every choice that its data leaves is told', (name) => {
  const variants: readonly object[] = [{}, ...(VARIANTS[name] ?? [])];
  const told = { ko: new Set<string>(), en: new Set<string>() };
  for (const variant of variants)
    for (const language of ['ko', 'en'] as const) {
      const sentence = sentenceOf({ name, data: { ...SAMPLES[name], ...variant } }, language);
      expectWhole(sentence, language);
      told[language].add(sentence);
    }
  expect(told.ko.size).toBe(told.en.size);
});

/** Runs that come to most notes: crashes, probes, a refusal, a Pod that fits nowhere, a node that goes. */
const RUNS: readonly (readonly object[])[] = [
  [
    { at: '0s', apply: podOf('crash', 'busybox:1.28', 'command: [sh, -c, "sleep 2; exit 3"]') },
    { at: '1s', apply: podOf('large', 'nginx:1.14', 'resources: {requests: {cpu: "64"}}') },
    { at: '2s', apply: podOf('typo', 'ngnix:9.9') },
    { at: '3s', apply: podOf('Bad_Name', 'nginx:1.14') },
    { at: '4s', run: 'kubectl get pods' },
    { at: '5s', run: 'kubectl delete pod large' },
  ],
  [
    { at: '0s', apply: podOf('probed', 'nginx:1.14', 'livenessProbe: {httpGet: {path: /no, port: 80}, periodSeconds: 2}') },
    { at: '20s', fault: { kind: 'kill-sandbox', pod: 'probed' } },
    { at: '40s', fault: { kind: 'node-down', node: 'node1' } },
    { at: '40s', fault: { kind: 'node-down', node: 'node2' } },
  ],
];

function podOf(name: string, image: string, more = ''): string {
  return `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec:\n  containers:\n  - name: app\n    image: ${image}\n${more === '' ? '' : `    ${more}\n`}`;
}

test.each(RUNS.map((inputs, i) => ({ run: i + 1, inputs })))('in run $run of the cluster nothing goes untold', ({ inputs }) => {
  const read = readRecipe({ podscope: 1, inputs });
  if (!('recipe' in read)) throw new Error(JSON.stringify(read.mistakes));
  const run = openScenario(read.recipe);
  run.advance(400_000);
  const notes = run.take().filter((record) => record.type === 'note');
  expect(new Set(notes.map(({ name }) => name)).size).toBeGreaterThan(15);
  for (const note of notes)
    for (const language of ['ko', 'en'] as const) {
      expect(Object.keys(SENTENCES[language]), `${note.name} has no sentence`).toContain(note.name);
      expectWhole(sentenceOf(note, language), language);
    }
});

test('both languages know the same notes', () => {
  expect(Object.keys(SENTENCES.ko).sort()).toEqual(Object.keys(SENTENCES.en).sort());
});

test('no Korean particle depends on how a name ends', () => {
  for (const name of NAMES) expect(sentenceOf({ name, data: SAMPLES[name] }, 'ko')).not.toMatch(PARTICLE);
});
