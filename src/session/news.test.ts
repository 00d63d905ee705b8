// What "Why?" is asked about where no record was picked: the last that is known of what is selected.
import { expect, test } from 'vitest';
import { createTrace } from '../engine/trace.ts';
import type { NoteRecord } from '../engine/records.ts';
import { openScenario } from '../scenario/open.ts';
import { readRecipe } from '../scenario/recipe.ts';
import { newsOf } from './news.ts';
import { whyChain } from './why.ts';

const POD = '/registry/pods/default/web';
const pod = (container: object, spec: object = {}): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web' },
    spec: { ...spec, containers: [{ name: 'app', image: 'busybox:1.28', ...container }] },
  });

function newsAt(inputs: readonly object[], untilMs: number, selection: string): readonly string[] {
  const read = readRecipe({ podscope: 1, inputs });
  if (!('recipe' in read)) throw new Error(JSON.stringify(read.mistakes));
  const run = openScenario(read.recipe);
  run.advance(untilMs);
  const trace = createTrace();
  trace.append(run.take());
  const news = newsOf(trace, trace.lastStep, selection);
  const chain = news === undefined ? [] : whyChain(trace, news);
  return chain.map(({ record }) => (record === undefined ? 'start' : record.type === 'note' ? (record as NoteRecord).name : record.type));
}

const apply = (manifest: string, at = '0s'): object => ({ at, apply: manifest });
const fault = (at: string, fields: object): object => ({ at, fault: fields });

test.each([
  [
    'a Pod that runs: its STATUS, and what made it',
    [apply(pod({ command: ['sleep', '1d'] }))],
    20_000,
    POD,
    ['row', 'pod-phase', 'container-started'],
  ],
  ['a container that runs: its start', [apply(pod({ command: ['sleep', '1d'] }))], 20_000, `${POD}/app`, ['container-started']],
  [
    'a container in back-off',
    [apply(pod({ command: ['false'] }))],
    20_000,
    `${POD}/app`,
    ['container-backoff', 'container-exited', 'container-started'],
  ],
  ['an image on its way', [apply(pod({ image: 'nginx:1.14' }))], 1000, POD, ['image-pulling', 'sandbox-ready', 'pod-seen']],
  ['no node for it', [apply(pod({ resources: { requests: { cpu: '9' } } }))], 20_000, POD, ['pod-queued', 'scheduling-attempt', 'input']],
  [
    'nobody who would look for a node',
    [fault('0s', { kind: 'scheduler-down' }), apply(pod({}), '1s')],
    20_000,
    POD,
    ['component-runs', 'fault'],
  ],
  [
    'an image that cannot be had because the registry is gone',
    [fault('0s', { kind: 'registry-down' }), apply(pod({ image: 'nginx:1.14' }), '1s')],
    60_000,
    POD,
    ['row', 'container-failed'],
  ],
  ['a node that has been as it is from the start', [], 10_000, '/registry/minions/node1', ['row', 'start']],
  ['a node that is silent', [fault('5s', { kind: 'node-down', node: 'node1' })], 60_000, '/registry/minions/node1', ['node-tainted']],
  ['nothing there', [], 1000, '/registry/pods/default/nobody', []],
] as const)('%s', (_name, inputs, untilMs, selection, expected) => {
  expect(newsAt(inputs, untilMs, selection).slice(0, expected.length)).toEqual(expected);
});

test('what the registry’s absence leads to ends with whoever took it away', () => {
  const inputs = [fault('0s', { kind: 'registry-down' }), apply(pod({ image: 'nginx:1.14' }), '1s')];
  expect(newsAt(inputs, 60_000, POD).at(-1)).toBe('fault');
});
