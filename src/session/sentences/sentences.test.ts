// Every note has a sentence in both languages that names what it is about.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { NoteName, Notes } from '../../cluster/notes.ts';
import { FAULTS } from '../../scenario/recipe.ts';
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
  'node-tainted': { node: 'node1', taint: 'node.kubernetes.io/not-ready:NoSchedule', added: true },
  'pod-evicted': { ...pod, node: 'node1', reason: 'taint' },
  'packet-served': { from: '10.244.1.5', to: '10.244.1.6:80', outcome: 'HTTP 200' },
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

test('both languages know the same notes', () => {
  expect(Object.keys(SENTENCES.ko).sort()).toEqual(Object.keys(SENTENCES.en).sort());
});

test('no Korean particle depends on how a name ends', () => {
  for (const name of NAMES) expect(sentenceOf({ name, data: SAMPLES[name] }, 'ko')).not.toMatch(PARTICLE);
});
