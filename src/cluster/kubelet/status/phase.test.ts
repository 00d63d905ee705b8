import { expect, test } from 'vitest';
import type { ContainerStatus, Pod } from '../../api/types.ts';
import { container, pod, status } from '../test-pods.ts';
import { phaseOf } from './phase.ts';

const two = { containers: [container('a'), container('b')] };
const withInit = { initContainers: [container('i')] };
const withSidecar = { initContainers: [container('s', { restartPolicy: 'Always' })] };
const rule = { restartPolicy: 'Never', restartPolicyRules: [{ action: 'Restart', exitCodes: { operator: 'In', values: [42] } }] };

const cases: readonly [string, Partial<Pod['spec']>, readonly ContainerStatus[], string, boolean?][] = [
  ['nothing is known', {}, [], 'Pending'],
  ['both run', two, [status('a', 'running'), status('b', 'running')], 'Running'],
  ['one has not started', two, [status('a', 'running'), status('b', 'waiting')], 'Pending'],
  ['one runs, one is unknown', two, [status('a', 'running')], 'Pending'],
  ['a crash that is waited out', {}, [status('a', 'waiting after 1')], 'Running'],
  ['all ended, Always', two, [status('a', 'exited 0'), status('b', 'exited 1')], 'Running'],
  ['all ended well, OnFailure', { ...two, restartPolicy: 'OnFailure' }, [status('a', 'exited 0'), status('b', 'exited 0')], 'Succeeded'],
  ['one failed, OnFailure', { ...two, restartPolicy: 'OnFailure' }, [status('a', 'exited 0'), status('b', 'exited 1')], 'Running'],
  ['one failed, Never', { ...two, restartPolicy: 'Never' }, [status('a', 'exited 0'), status('b', 'exited 1')], 'Failed'],
  ['one failed, one runs, Never', { ...two, restartPolicy: 'Never' }, [status('a', 'running'), status('b', 'exited 1')], 'Running'],
  ['ended for good, Always', {}, [status('a', 'exited 0')], 'Succeeded', true],
  ['killed for good, Always', {}, [status('a', 'exited 137')], 'Failed', true],
  ['init container runs', withInit, [status('i', 'running'), status('a', 'waiting')], 'Pending'],
  ['init container failed, Always', withInit, [status('i', 'exited 1'), status('a', 'waiting')], 'Pending'],
  ['init container failed, Never', { ...withInit, restartPolicy: 'Never' }, [status('i', 'exited 1'), status('a', 'waiting')], 'Failed'],
  ['init container done', withInit, [status('i', 'exited 0'), status('a', 'running')], 'Running'],
  ['sidecar has not started', withSidecar, [status('s', 'running', { started: false }), status('a', 'waiting')], 'Pending'],
  [
    'sidecar keeps the Pod running',
    { ...withSidecar, restartPolicy: 'Never' },
    [status('s', 'running'), status('a', 'exited 0')],
    'Running',
  ],
  [
    'sidecar failed, container done',
    { ...withSidecar, restartPolicy: 'Never' },
    [status('s', 'exited 137'), status('a', 'exited 0')],
    'Succeeded',
  ],
  ['a rule restarts', { restartPolicy: 'Never', containers: [container('a', rule)] }, [status('a', 'exited 42')], 'Running'],
  ['no rule speaks', { restartPolicy: 'Never', containers: [container('a', rule)] }, [status('a', 'exited 1')], 'Failed'],
];

test.each(cases)('phase: %s', (_name, spec, statuses, expected, isTerminal = false) => {
  expect(phaseOf({ pod: pod(spec), statuses, isTerminal, hasInitialized: false })).toBe(expected);
});

test('a static Pod that is being stopped has no final phase', () => {
  const own = pod({}, { annotations: { 'kubernetes.io/config.source': 'file' } });
  expect(phaseOf({ pod: own, statuses: [status('a', 'exited 0')], isTerminal: true, hasInitialized: true })).toBe('Running');
});

test('a sidecar that starts again does not make a Pod that ran Pending', () => {
  const statuses = [status('s', 'running', { started: false }), status('a', 'running')];
  expect(phaseOf({ pod: pod(withSidecar), statuses, isTerminal: false, hasInitialized: true })).toBe('Running');
});
