// The keys of the tree, key by key.
import { expect, test } from 'vitest';
import type { NodeItem, OutlineItem } from '../../session/outline/outline.ts';
import { type Move, findByLetters, moveFor, rowsOf, windowOf } from './rows.ts';

const node = (name: string, children: NodeItem['children'] = []): NodeItem => ({
  kind: 'node',
  id: name,
  name,
  isControlPlane: false,
  ready: 'True',
  taints: 0,
  isStopped: false,
  children,
});
const group: NodeItem['children'][number] = { kind: 'system', id: 'group', children: [] };
const TREE: readonly OutlineItem[] = [node('control-plane'), node('node1', [{ ...group }]), node('node2')];
const open = rowsOf(TREE, () => true);
const shut = rowsOf(TREE, () => false);

const MOVES: readonly (readonly [string, 'open' | 'shut', string, Move | undefined])[] = [
  ['ArrowDown', 'open', 'control-plane', { to: 'node1' }],
  ['ArrowDown', 'open', 'node1', { to: 'group' }],
  ['ArrowDown', 'shut', 'node1', { to: 'node2' }],
  ['ArrowDown', 'open', 'node2', 'stay'],
  ['ArrowUp', 'open', 'control-plane', 'stay'],
  ['ArrowUp', 'open', 'node2', { to: 'group' }],
  ['ArrowRight', 'shut', 'node1', { fold: 'node1', open: true }],
  ['ArrowRight', 'open', 'node1', { to: 'group' }],
  ['ArrowRight', 'open', 'node2', 'stay'],
  ['ArrowLeft', 'open', 'node1', { fold: 'node1', open: false }],
  ['ArrowLeft', 'open', 'group', { to: 'node1' }],
  ['ArrowLeft', 'shut', 'node1', 'stay'],
  ['Home', 'open', 'node2', { to: 'control-plane' }],
  ['End', 'open', 'control-plane', { to: 'node2' }],
  ['PageDown', 'open', 'control-plane', { to: 'node2' }],
  ['Enter', 'open', 'node1', { choose: 'node1' }],
  [' ', 'open', 'node1', { choose: 'node1' }],
  ['Tab', 'open', 'node1', undefined],
  ['ArrowDown', 'open', 'gone', undefined],
];

test.each(MOVES)('%s (%s) at %s', (key, state, active, expected) => {
  expect(moveFor(key, state === 'open' ? open : shut, active)).toEqual(expected);
});

test('letters find the next name, all around; a longer word may stay', () => {
  expect(findByLetters(open, 'control-plane', 'n')).toBe('node1');
  expect(findByLetters(open, 'node1', 'n')).toBe('node2');
  expect(findByLetters(open, 'node2', 'n')).toBe('node1');
  expect(findByLetters(open, 'node1', 'NO')).toBe('node1');
  expect(findByLetters(open, 'node1', 'x')).toBeUndefined();
});

test('of many rows only those around the active one are drawn, each with its place among all', () => {
  const many = rowsOf(
    Array.from({ length: 10_000 }, (_, i) => node(`n${i}`)),
    () => true,
  );
  const drawn = windowOf(many, 'n5000');
  expect(drawn).toHaveLength(100);
  expect(drawn.some(({ item }) => item.id === 'n5000')).toBe(true);
  expect(drawn[0]?.siblings).toBe(10_000);
  expect(windowOf(many, 'n0')[0]?.place).toBe(1);
  expect(windowOf(many, 'n9999').at(-1)?.place).toBe(10_000);
});
