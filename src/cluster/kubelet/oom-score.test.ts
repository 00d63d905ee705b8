// Who is killed first where a node has no memory left. Cases follow TestGetContainerOOMScoreAdjust of pkg/kubelet/qos/policy_test.go.
import { expect, test } from 'vitest';
import type { Container, PodSpec } from '../api/types.ts';
import { oomScoreAdjust } from './oom-score.ts';

const CAPACITY = 8_000_000_000;
const asks = (name: string, memory?: string, limits?: Readonly<Record<string, string>>): Container => ({
  name,
  resources: { ...(memory === undefined ? {} : { requests: { memory } }), ...(limits ? { limits } : {}) },
});

test.each<readonly [string, Partial<PodSpec>, number]>([
  ['best effort', { containers: [asks('c')] }, 1000],
  ['a limit without memory', { containers: [asks('c', undefined, { cpu: '10' })] }, 999],
  ['half of the node', { containers: [asks('c', '4000000000')] }, 500],
  ['all but a little', { containers: [asks('c', '7990000000')] }, 3],
  ['a little', { containers: [asks('c', '1000000')] }, 999],
  [
    'guaranteed',
    { containers: [{ name: 'c', resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '1', memory: '1Gi' } } }] },
    -997,
  ],
  ['critical to its node', { priorityClassName: 'system-node-critical', containers: [asks('c')] }, -997],
  ['critical to the cluster only', { priorityClassName: 'system-cluster-critical', containers: [asks('c')] }, 1000],
])('%s', (_name, spec, score) => {
  const { containers = [] } = spec;
  const [first] = containers;
  expect(first && oomScoreAdjust({ ...spec, containers }, first, CAPACITY)).toBe(score);
});

test('a sidecar is not killed before the containers that it serves', () => {
  const sidecar = { ...asks('s', '1000000000'), restartPolicy: 'Always' as const };
  const spec = { initContainers: [sidecar], containers: [asks('a', '4000000000'), asks('b', '3000000000')] };
  expect(oomScoreAdjust(spec, sidecar, CAPACITY)).toBe(625);
  expect(oomScoreAdjust({ ...spec, containers: [asks('a', '500000000')] }, sidecar, CAPACITY)).toBe(875);
});
