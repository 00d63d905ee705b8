import { expect, test } from 'vitest';
import { fitErrorMessage } from './fit-error.ts';
import { unresolvable, unschedulable } from './status.ts';

test('counts are sorted as texts: 10 before 2', () => {
  const statuses = [...Array.from({ length: 10 }, () => unschedulable('Insufficient cpu')), unresolvable('x', 'y'), unresolvable('x')];
  expect(fitErrorMessage({ allNodes: 12, statuses })).toBe('0/12 nodes are available: 1 y, 10 Insufficient cpu, 2 x.');
});

test('a refusal of the whole Pod is not counted', () => {
  const message = fitErrorMessage({ allNodes: 3, statuses: [], preFilter: 'pod affinity terms conflict', postFilter: 'preemption: no.' });
  expect(message).toBe('0/3 nodes are available: pod affinity terms conflict. preemption: no.');
});
