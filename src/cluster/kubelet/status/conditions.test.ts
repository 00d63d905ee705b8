import { expect, test } from 'vitest';
import type { ContainerStatus, Pod } from '../../api/types.ts';
import { container, pod, runtime, status } from '../test-pods.ts';
import { containersReady, initialized, podReady, readyToStartContainers } from './conditions.ts';
import { merge } from './status-manager.ts';
import { statusPatch } from './status-patch.ts';

const init = { initContainers: [container('i1'), container('i2')] };
const sidecar = { initContainers: [container('s', { restartPolicy: 'Always' })] };

const readyCases: readonly [string, Partial<Pod['spec']>, readonly ContainerStatus[], string, string, string?, string?][] = [
  ['ready', {}, [status('a', 'running')], 'Running', 'True'],
  ['unready', {}, [status('a', 'exited 1')], 'Running', 'False', 'ContainersNotReady', 'containers with unready status: [a]'],
  ['unknown', {}, [], 'Pending', 'False', 'ContainersNotReady', 'containers with unknown status: [a]'],
  [
    'sidecars count',
    sidecar,
    [status('s', 'waiting'), status('a', 'running')],
    'Running',
    'False',
    'ContainersNotReady',
    'containers with unready status: [s]',
  ],
  ['succeeded', {}, [status('a', 'exited 0')], 'Succeeded', 'False', 'PodCompleted'],
  ['failed', {}, [status('a', 'exited 1')], 'Failed', 'False', 'PodFailed'],
];
test.each(readyCases)('ContainersReady: %s', (_name, spec, statuses, phase, is, reason, message) => {
  const found = containersReady(pod(spec), statuses, phase);
  expect([found.status, found.reason, found.message]).toEqual([is, reason, message]);
});

const initCases: readonly [string, readonly ContainerStatus[], string, string, string?][] = [
  [
    'none done',
    [status('i1', 'running', { ready: false }), status('i2', 'waiting'), status('a', 'waiting')],
    'Pending',
    'False',
    'containers with incomplete status: [i1 i2]',
  ],
  [
    'all done',
    [status('i1', 'exited 0', { ready: true }), status('i2', 'exited 0', { ready: true }), status('a', 'waiting')],
    'Pending',
    'True',
  ],
  [
    'one unknown',
    [status('i1', 'exited 0', { ready: true }), status('a', 'waiting')],
    'Pending',
    'False',
    'containers with unknown status: [i2]',
  ],
  ['past', [status('i1', 'running', { ready: false }), status('i2', 'waiting'), status('a', 'exited 1')], 'Running', 'True'],
];
test.each(initCases)('Initialized: %s', (_name, statuses, phase, is, message) => {
  const found = initialized(pod(init), statuses, phase);
  expect([found.status, found.message]).toEqual([is, message]);
});

test('readiness gates hold Ready back', () => {
  const gated = pod({ readinessGates: [{ conditionType: 'x/ok' }, { conditionType: 'y/ok' }] });
  const found = podReady(gated, containersReady(gated, [status('a', 'running')], 'Running'), [{ type: 'y/ok', status: 'False' }]);
  expect(found).toEqual({
    type: 'Ready',
    status: 'False',
    reason: 'ReadinessGatesNotReady',
    message:
      'corresponding condition of pod readiness gate "x/ok" does not exist., the status of pod readiness gate "y/ok" is not "True", but False',
  });
});

test('containers may start once the sandbox has an address', () => {
  expect(readyToStartContainers(pod(), runtime([])).status).toBe('True');
  expect(readyToStartContainers(pod(), runtime([], { ip: '' })).status).toBe('False');
  expect(readyToStartContainers(pod(), runtime([], { state: 'notready' })).status).toBe('False');
  expect(readyToStartContainers(pod({ hostNetwork: true }), runtime([], { ip: '' })).status).toBe('True');
});

test('a final phase is told only once everything has stopped', () => {
  const own = { phase: 'Failed', reason: 'DeadlineExceeded', conditions: [{ type: 'Ready', status: 'False' }] };
  const served = { phase: 'Running', conditions: [{ type: 'x/ok', status: 'True' }] };
  expect(merge(served, own, false)).toMatchObject({ phase: 'Running', conditions: [{ type: 'x/ok' }, { type: 'Ready' }] });
  expect(merge(served, own, true)).toMatchObject({ phase: 'Failed', reason: 'DeadlineExceeded' });
});

test('only what differs is sent, and nothing where nothing does', () => {
  const from = { phase: 'Pending', conditions: [{ type: 'Ready', status: 'False', reason: 'R' }] };
  expect(statusPatch(from, { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] })).toMatchObject({
    phase: 'Running',
    conditions: [{ type: 'Ready', status: 'True', reason: null }],
    '$setElementOrder/conditions': [{ type: 'Ready' }],
  });
  const same = { phase: 'Running' };
  expect(statusPatch(same, same)).toBeUndefined();
});
