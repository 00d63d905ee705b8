// "Why?" of everything that is noted, in every kind of scenario: each chain ends with a person, a fault or the start, and each of its links
// is a sentence in both languages; and the chains that every newcomer meets, link by link.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { NoteName } from '../../cluster/notes.ts';
import type { NoteRecord } from '../../engine/records.ts';
import { plain } from '../../session/sentences/index.ts';
import { sentenceOfRecord, startSentence } from '../../session/sentences/records.ts';
import { rootKind, whyChain, type WhyLink } from '../../session/why.ts';
import { type Driver, drive, podOf, type World } from '../driver.ts';

const sample = (name: string): string => readFileSync(`src/panels/editor/samples/${name}.yaml`, 'utf8');
const SAMPLES = ['001_0', '001_1', '002_0', '002_1', '002_2', '002_3', '002_4', '002_5', '003_0', '003_1', '004_0', '004_1'];
const NGINX = { name: 'nginx', image: 'nginx:1.14' };
const WEB = { at: '0s', apply: JSON.stringify(podOf('web', [NGINX])) };
const HOG = {
  name: 'stress',
  image: 'polinux/stress',
  command: ['stress', '--vm', '1', '--vm-bytes', '250M', '--vm-hang', '1'],
  resources: { limits: { memory: '100Mi' } },
};
const fault = (fields: object, at = '10s'): object => ({ at, fault: fields });

/** What the other tests of this folder live through, and the seeds' manifests. */
const WORLDS: readonly (readonly [string, World, number])[] = [
  ...SAMPLES.map((name) => [name, { inputs: [{ at: '0s', apply: sample(`s${name}`) }] }, 60_000] as const),
  ['a lasting liveness failure', { inputs: [{ at: '0s', apply: sample('s003_1') }] }, 200_000],
  [
    'no room',
    { inputs: [{ at: '0s', apply: JSON.stringify(podOf('big', [{ ...NGINX, resources: { requests: { cpu: '9' } } }])) }] },
    30_000,
  ],
  ['over its memory', { inputs: [{ at: '0s', apply: JSON.stringify(podOf('hog', [HOG])) }] }, 60_000],
  ['no such image', { inputs: [{ at: '0s', apply: JSON.stringify(podOf('typo', [{ ...NGINX, image: 'ngnix:no' }])) }] }, 60_000],
  ['kill-container', { inputs: [WEB, fault({ kind: 'kill-container', pod: 'web', container: 'nginx' })] }, 30_000],
  ['kill-sandbox', { inputs: [WEB, fault({ kind: 'kill-sandbox', pod: 'web' })] }, 30_000],
  ['registry-down', { inputs: [fault({ kind: 'registry-down' }, '0s'), WEB] }, 30_000],
  ['scheduler-down', { inputs: [fault({ kind: 'scheduler-down' }, '0s'), WEB, fault({ kind: 'scheduler-up' })] }, 30_000],
  ['node-down', { inputs: [WEB, fault({ kind: 'node-down', node: 'node1' }), fault({ kind: 'node-down', node: 'node2' })] }, 420_000],
  [
    'kubelet-down',
    { inputs: [WEB, fault({ kind: 'kubelet-down', node: 'node1' }), fault({ kind: 'kubelet-up', node: 'node1' }, '90s')] },
    120_000,
  ],
  [
    'lines of a terminal',
    {
      inputs: [
        WEB,
        { at: '10s', run: 'kubectl get pods -o wide' },
        { at: '12s', run: 'kubectl exec web -- ls /', terminal: '2' },
        { at: '14s', run: 'kubectl logs web' },
        { at: '16s', run: 'kubectl delete pod web' },
        { at: '50s', run: 'kubectl get pod nobody' },
      ],
    },
    60_000,
  ],
];

function linksOf(cluster: Driver, note: NoteRecord): readonly WhyLink[] {
  const links = whyChain(cluster.trace, note.id);
  for (const [i, link] of links.entries()) {
    for (const language of ['en', 'ko'] as const) {
      const sentence = link.record ? sentenceOfRecord(cluster.trace, link.record, language) : startSentence(language);
      expect(sentence).not.toMatch(/undefined|NaN|\[object/);
      expect(sentence.split('**').length % 2, sentence).toBe(1);
      expect(plain(sentence).length).toBeGreaterThan(5);
    }
    expect(link.at).toBeLessThanOrEqual(links[i - 1]?.at ?? link.at);
  }
  return links;
}

test.each(WORLDS)('%s: every note’s chain ends with a person, a fault or the start', (_name, world, untilMs) => {
  const cluster = drive(world);
  cluster.runFor(untilMs);
  expect(cluster.trace.notes.length).toBeGreaterThan(10);
  for (const note of cluster.trace.notes) {
    const links = linksOf(cluster, note);
    expect(links[0]?.id).toBe(note.id);
    const root = links.at(-1);
    expect(root?.record === undefined || rootKind(root.record) !== 'start').toBe(true);
    // A reader can take in a screen of causes.
    expect(links.length, plain(sentenceOfRecord(cluster.trace, note, 'en'))).toBeLessThanOrEqual(24);
  }
});

/** The names along the chain of the last note of a name, newest first; rounds in brackets. */
function story(cluster: Driver, name: NoteName, accept: (note: NoteRecord) => boolean = () => true): readonly string[] {
  const note = cluster.notes(name).findLast(accept);
  if (!note) throw new Error(`no ${name}`);
  return whyChain(cluster.trace, note.id).map(({ record, rounds }) => {
    const told = record === undefined ? 'start' : record.type === 'note' ? record.name : record.type;
    return rounds > 0 ? `(${rounds} rounds)` : told;
  });
}

const says = (status: string) => (note: NoteRecord) => (note.data as { readonly status?: string }).status === status;
const BEGUN = ['image-pulled', 'sandbox-ready', 'pod-seen', 'scheduling-attempt', 'input'];

test('echo-lp: a probe that asks for what is not there ends in back-off', () => {
  const cluster = drive({ inputs: [{ at: '0s', apply: sample('s003_1') }] });
  cluster.runFor(15_000);
  const round = ['container-exited', 'container-killing', 'probe-result', 'container-started'];
  expect(story(cluster, 'container-started')).toEqual(['container-started', ...round, ...BEGUN]);
  cluster.runUntil('CrashLoopBackOff', () => cluster.status('echo-lp') === 'CrashLoopBackOff');
  expect(story(cluster, 'object-stored', says('CrashLoopBackOff'))).toEqual([
    'object-stored',
    'container-backoff',
    ...round,
    '(2 rounds)',
    'container-started',
    ...BEGUN,
  ]);
});

test('multipod: a process that ends by itself', () => {
  const cluster = drive({ inputs: [{ at: '0s', apply: sample('s002_1') }] });
  cluster.runUntil('CrashLoopBackOff', () => cluster.status('multipod') === 'CrashLoopBackOff');
  const chain = story(cluster, 'object-stored', says('CrashLoopBackOff'));
  expect(chain.slice(0, 4)).toEqual(['object-stored', 'container-backoff', 'container-exited', 'container-started']);
  expect(chain.slice(-4)).toEqual(BEGUN.slice(-4));
});

test('over its memory: the kernel kills it, because of what it has done since its start', () => {
  const cluster = drive({ inputs: [{ at: '0s', apply: JSON.stringify(podOf('hog', [HOG])) }] });
  cluster.runUntil('OOMKilled', () => cluster.status('hog') === 'OOMKilled');
  expect(story(cluster, 'object-stored', says('OOMKilled'))).toEqual([
    'object-stored',
    'container-exited',
    'out-of-memory',
    'container-started',
    ...BEGUN,
  ]);
});

test('no room: the scheduler finds no node for what was applied', () => {
  const big = { ...NGINX, resources: { requests: { cpu: '9' } } };
  const cluster = drive({ inputs: [{ at: '0s', apply: JSON.stringify(podOf('big', [big])) }] });
  cluster.runFor(20_000);
  expect(story(cluster, 'event', ({ data }) => (data as { readonly reason: string }).reason === 'FailedScheduling')).toEqual([
    'event',
    'scheduling-attempt',
    'input',
  ]);
});

test('ready: because its process runs', () => {
  const cluster = drive({ inputs: [WEB] });
  cluster.runFor(20_000);
  expect(story(cluster, 'pod-ready')).toEqual(['pod-ready', 'container-started', ...BEGUN]);
});

test('what was broken is the root of what follows from it', () => {
  const cluster = drive({ inputs: [WEB, fault({ kind: 'kill-container', pod: 'web', container: 'nginx' })] });
  cluster.runFor(30_000);
  expect(story(cluster, 'container-started')).toEqual(['container-started', 'container-exited', 'fault']);
  const node = cluster.pod('web')?.spec.nodeName ?? '';
  cluster.fault('node-down', { node });
  cluster.runFor(90_000);
  expect(story(cluster, 'node-ready')).toEqual(['node-ready', 'fault']);
});

const PROBED = { ...NGINX, livenessProbe: { httpGet: { path: '/', port: 80 }, periodSeconds: 5 } };

test.each(['app-hang', 'app-fail'])('%s: what a probe then finds is told as its doing, be it an answer or silence', (kind) => {
  const apply = { at: '0s', apply: JSON.stringify(podOf('web', [PROBED])) };
  const cluster = drive({ inputs: [apply, fault({ kind, pod: 'web', container: 'nginx' })] });
  cluster.runFor(40_000);
  expect(story(cluster, 'container-killing')).toEqual(['container-killing', 'probe-result', 'fault']);
});

test('registry-down: a back-off follows from the pull that failed, the failure from the fault', () => {
  const cluster = drive({ inputs: [fault({ kind: 'registry-down' }, '0s'), WEB] });
  cluster.runFor(60_000);
  const backOff = ['object-stored', 'container-failed', 'image-backoff', 'image-failed', 'fault'];
  expect(story(cluster, 'object-stored', says('ImagePullBackOff'))).toEqual(backOff);
});
