import { expect, test } from 'vitest';
import { createRun, type Component } from './run.ts';
import { createTrace } from './trace.ts';

type Body = { readonly say: string };

/** A world of two parts: `ping` sends to `pong`, which answers; `rows` counts what was said. */
function world(seed: number) {
  const run = createRun<Body>(seed);
  const ping: Component<Body> = {
    name: 'ping',
    handle(context, { body }) {
      if (body.say === 'again') return;
      context.send('pong', body, { latencyMs: 5, kind: 'request', level: 'story', label: body.say });
    },
  };
  let said = 0;
  const pong: Component<Body> = {
    name: 'pong',
    handle(context, { body }) {
      said += 1;
      const heard = context.note('heard', '/rows/said', { text: body.say }, 'story');
      context.because(heard);
      context.write('/rows/said', { said, drawn: context.random('draw', 'pong').below(1000) });
      context.log('pong', `${body.say}\n`);
      context.wake(10, { say: 'later' });
      if (said > 3) context.write('/rows/said', undefined);
    },
  };
  run.add(ping);
  run.add(pong);
  run.input(0, 'ping', { say: 'one' });
  run.input(20, 'ping', { say: 'two' });
  return run;
}

test('the same seed gives the same hash, however it is advanced; another seed another', () => {
  const whole = world(1);
  whole.advance(100);
  const sliced = world(1);
  while (!sliced.advance(100, 1));
  const other = world(2);
  other.advance(100);
  expect(sliced.hash()).toBe(whole.hash());
  expect(other.hash()).not.toBe(whole.hash());
  expect(whole.edge).toBe(100);
});

test('an input given late is handled as one that was there from the start', () => {
  const late = createRun<Body>(1);
  const early = createRun<Body>(1);
  const parts = () => {
    const part: Component<Body> = {
      name: 'part',
      handle(context, { body }) {
        context.log('order', body.say);
        if (body.say === 'first') context.wake(10, { say: 'woken' });
      },
    };
    return part;
  };
  late.add(parts());
  early.add(parts());
  early.input(0, 'part', { say: 'first' });
  early.input(10, 'part', { say: 'input' });
  early.advance(50);
  late.input(0, 'part', { say: 'first' });
  late.advance(10);
  late.input(10, 'part', { say: 'input' });
  late.advance(50);
  expect(late.take()).toEqual(early.take());
  expect(late.hash()).toBe(early.hash());
});

test('every record says what caused it', () => {
  const run = world(1);
  run.advance(8);
  const records = run.take();
  expect(records.map(({ type, cause, id }) => `${id} ${type} <- ${cause}`)).toEqual([
    '1 message <- 0',
    '2 note <- 1',
    '3 row <- 2',
    '4 log <- 2',
  ]);
});

test('the trace reads the past', () => {
  const run = world(1);
  run.advance(100);
  const trace = createTrace();
  trace.append(run.take());
  const steps = trace.history('/rows/said').map((row) => row.step);
  expect(trace.row('/rows/said', (steps[0] as number) - 1)).toBeUndefined();
  expect(trace.row('/rows/said', steps[0] as number)).toMatchObject({ said: 1 });
  expect(trace.row('/rows/said', (steps[1] as number) - 1)).toMatchObject({ said: 1 });
  expect(trace.rowsUnder('/rows/', trace.lastStep)).toEqual([]);
  expect(trace.inFlight(2.5, trace.stepAt(2)).map((message) => message.label)).toEqual(['one']);
  expect(trace.inFlight(5, trace.stepAt(5))).toEqual([]);
  expect(trace.logs('pong', trace.stepAt(15)).map((line) => line.text)).toEqual(['one\n', 'later\n']);
});

test('a cancelled wake-up does not come, and is not what happens next', () => {
  const run = createRun<Body>(1);
  let woken = 0;
  run.add({
    name: 'part',
    handle(context, { body }) {
      if (body.say === 'start') context.cancel(context.wake(5, { say: 'wake' }));
      else woken += 1;
    },
  });
  run.input(0, 'part', { say: 'start' });
  run.advance(1);
  expect(run.nextAt()).toBeUndefined();
  run.advance(10);
  expect(woken).toBe(0);
});

test('past its budget a trace forgets the finest messages, the oldest first, and nothing else', () => {
  const run = createRun<Body>(1);
  const levels = ['all', 'story', 'api'] as const;
  run.add({
    name: 'part',
    handle(context, { body }) {
      const count = Number(body.say);
      if (count < 90)
        context.send(
          'part',
          { say: String(count + 1) },
          { latencyMs: 1, kind: 'call', level: levels[count % 3] ?? 'all', label: body.say },
        );
      if (count % 10 === 0) context.note('tenth', '', count, 'story');
    },
  });
  run.input(0, 'part', { say: '0' });
  run.advance(200);
  const records = run.take();
  const trace = createTrace(36_000);
  const whole = createTrace();
  trace.append(records);
  whole.append(records);
  expect(whole.forgotten).toBe(0);
  expect(trace.forgotten).toBeGreaterThan(0);
  const left = trace.messages.map(({ level }) => level);
  expect(left.filter((level) => level === 'story')).toHaveLength(30);
  expect(left.filter((level) => level === 'api')).toHaveLength(30);
  expect(trace.notes).toEqual(whole.notes);
  expect(trace.messages.some(({ at }) => at > 80)).toBe(true);
  expect(trace.timeOf(50)).toBe(whole.timeOf(50));
  expect(trace.lastStep).toBe(whole.lastStep);
});
