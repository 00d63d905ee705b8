import { expect, test } from 'vitest';
import { all, run, type Task, wait, within } from './tasks.ts';

/** Waits that are resumed by name. */
function gates() {
  const open = new Map<string, (value: string) => void>();
  const gate = (name: string): Task<string> =>
    wait<string>((resume) => {
      open.set(name, resume);
      return () => open.delete(name);
    });
  return { gate, open };
}

test('all waits for each, and answers in order', () => {
  const { gate, open } = gates();
  let result: string[] | undefined;
  run(all([gate('a'), gate('b')]), (value) => {
    result = value;
  });
  open.get('b')?.('2');
  expect(result).toBeUndefined();
  open.get('a')?.('1');
  expect(result).toEqual(['1', '2']);
});

test('within gives up what takes too long', () => {
  const { gate, open } = gates();
  function* limit(): Task<void> {
    yield* gate('limit');
  }
  const results: (string | undefined)[] = [];
  run(within(gate('a'), limit()), (value) => results.push(value));
  open.get('limit')?.('');
  expect(results).toEqual([undefined]);
  expect(open.has('a')).toBe(false);
});

test('a task that is given up does not go on, but tidies up', () => {
  const { gate, open } = gates();
  const told: string[] = [];
  function* task(): Task<void> {
    try {
      yield* gate('a');
      told.push('went on');
    } finally {
      told.push('tidied');
    }
  }
  const running = run(task(), () => told.push('ended'));
  const resume = open.get('a');
  running.cancel();
  resume?.('late');
  expect(told).toEqual(['tidied']);
});
