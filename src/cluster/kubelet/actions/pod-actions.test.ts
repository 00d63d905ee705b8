import { expect, test } from 'vitest';
import type { Pod } from '../../api/types.ts';
import type { RuntimePod } from '../runtime-pod.ts';
import { emptyPod } from '../runtime-pod.ts';
import { container, pod, runtime, said } from '../test-pods.ts';
import type { ProbeVerdict } from './kill-reason.ts';
import { podActions } from './pod-actions.ts';

const two = { containers: [container('a'), container('b')] };
const init = { initContainers: [container('i'), container('j')] };
const sidecars = { initContainers: [container('s', { restartPolicy: 'Always' }), container('i')] };
const probed = { initContainers: [container('s', { restartPolicy: 'Always', startupProbe: {} })] };
const never = { restartPolicy: 'Never' };

/** Actions in short: `kill pod`, `sandbox 1`, `kill a: why`, `start a`. */
function short(
  spec: Partial<Pod['spec']>,
  of: RuntimePod,
  verdicts: Readonly<Record<string, ProbeVerdict>> = {},
  metadata: Partial<Pod['metadata']> = {},
): string[] {
  const actions = podActions(pod(spec, metadata), of, {
    liveness: (id) => verdicts[`live ${id}`],
    startup: (id) => verdicts[`start ${id}`],
  });
  return [
    ...(actions.restartAllFor === '' ? [] : [`restart all for ${actions.restartAllFor}`]),
    ...(actions.killPod ? ['kill pod'] : []),
    ...(actions.createSandbox ? [`sandbox ${actions.attempt}`] : []),
    ...actions.kill.map((each) => `kill ${each.container.name}: ${each.message}`),
    ...[...actions.startEphemeral, ...actions.startInit, ...actions.start].map((each) => `start ${each.name}`),
  ];
}

const cases: readonly [string, Partial<Pod['spec']>, RuntimePod, readonly string[], Readonly<Record<string, ProbeVerdict>>?][] = [
  ['a new Pod', two, emptyPod('u1', 0), ['kill pod', 'sandbox 0', 'start a', 'start b']],
  ['a new Pod with init containers', init, emptyPod('u1', 0), ['kill pod', 'sandbox 0', 'start i']],
  ['all runs', two, runtime([said('a', 'running'), said('b', 'running')]), []],
  ['one ended, Always', two, runtime([said('a', 'running'), said('b', 'exited 0')]), ['start b']],
  ['one ended well, OnFailure', { ...two, restartPolicy: 'OnFailure' }, runtime([said('a', 'running'), said('b', 'exited 0')]), []],
  ['all ended, Never', { ...two, ...never }, runtime([said('a', 'exited 0'), said('b', 'exited 1')]), ['kill pod']],
  ['created but not started', {}, runtime([said('a', 'created')]), ['start a']],
  [
    'another image',
    {},
    runtime([said('a', 'running', { image: 'nginx:1.13' })]),
    ['kill a: Container a definition changed, will be restarted', 'start a'],
  ],
  ['the same image, written in full', {}, runtime([said('a', 'running', { image: 'docker.io/library/nginx:1.14' })]), []],
  [
    'liveness failed',
    {},
    runtime([said('a', 'running')]),
    ['kill a: Container a failed liveness probe, will be restarted', 'start a'],
    { 'live a-id': 'failure' },
  ],
  [
    'startup failed',
    {},
    runtime([said('a', 'running')]),
    ['kill a: Container a failed startup probe, will be restarted', 'start a'],
    { 'start a-id': 'failure' },
  ],
  [
    'liveness failed, Never',
    never,
    runtime([said('a', 'running')]),
    ['kill pod', 'kill a: Container a failed liveness probe'],
    { 'live a-id': 'failure' },
  ],
  [
    'the sandbox died',
    two,
    runtime([said('a', 'running'), said('b', 'running')], { state: 'notready' }),
    ['kill pod', 'sandbox 1', 'start a', 'start b'],
  ],
  ['the sandbox died, Never', never, runtime([said('a', 'running')], { state: 'notready' }), ['kill pod']],
  [
    'the sandbox died, one is done, OnFailure',
    { ...two, restartPolicy: 'OnFailure' },
    runtime([said('a', 'exited 0'), said('b', 'running')], { state: 'notready' }),
    ['kill pod', 'sandbox 1', 'start b'],
  ],
  ['first init container runs', init, runtime([said('i', 'running')]), []],
  ['first init container done', init, runtime([said('i', 'exited 0')]), ['start j']],
  ['all init containers done', init, runtime([said('i', 'exited 0'), said('j', 'exited 0')]), ['start a']],
  ['init container failed, Always', init, runtime([said('i', 'exited 1')]), ['start i']],
  ['init container failed, Never', { ...init, ...never }, runtime([said('i', 'exited 1')]), ['kill pod']],
  ['init container out of memory', { ...init, ...never }, runtime([said('i', 'exited 0', { reason: 'OOMKilled' })]), ['kill pod']],
  ['initialized, init containers removed', init, runtime([said('a', 'running')]), []],
  ['sidecar runs: on to the next', sidecars, runtime([said('s', 'running')]), ['start i']],
  ['sidecar died while the next runs', sidecars, runtime([said('i', 'running'), said('s', 'exited 1')]), ['start s']],
  ['sidecar and init container done', sidecars, runtime([said('i', 'exited 0'), said('s', 'running')]), ['start a']],
  ['sidecar has not passed its startup probe', probed, runtime([said('s', 'running')]), []],
  ['sidecar has passed it', probed, runtime([said('s', 'running')]), ['start a'], { 'start s-id': 'success' }],
  [
    'sidecar failed it',
    probed,
    runtime([said('s', 'running')]),
    ['kill s: Init container s failed startup probe', 'start s'],
    { 'start s-id': 'failure' },
  ],
  [
    'only the sidecar is left, Never',
    { ...sidecars, ...never },
    runtime([said('a', 'exited 0'), said('i', 'exited 0'), said('s', 'running')]),
    ['kill pod'],
  ],
  ['an ephemeral container', { ephemeralContainers: [container('d')] }, runtime([said('a', 'running')]), ['start d']],
  [
    'an ephemeral container that has ended',
    { ephemeralContainers: [container('d')] },
    runtime([said('a', 'running'), said('d', 'exited 1')]),
    [],
  ],
];

test.each(cases)('actions: %s', (_name, spec, of, expected, verdicts) => {
  expect(short(spec, of, verdicts)).toEqual(expected);
});

test('nothing is started again once the Pod is being deleted', () => {
  const deleted = { deletionTimestamp: '2026-01-01T00:00:00Z' };
  expect(short(two, runtime([said('a', 'running'), said('b', 'exited 1')]), {}, deleted)).toEqual([]);
});

test('a rule restarts all containers', () => {
  const rules = [{ action: 'RestartAllContainers', exitCodes: { operator: 'In', values: [42] } }];
  const spec = { containers: [container('a', { restartPolicy: 'Never', restartPolicyRules: rules }), container('b')] };
  expect(short(spec, runtime([said('a', 'exited 42'), said('b', 'running')]))).toEqual(['restart all for a']);
  expect(short(spec, runtime([said('a', 'exited 1'), said('b', 'running')]))).toEqual([]);
});
