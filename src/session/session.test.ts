// The session over a toy run: story pace, seeking, acting in the past.
import { expect, test } from 'vitest';
import { STORY_AFTER, createToyWorld } from './toy-world.ts';

const opened = () => {
  const world = createToyWorld();
  world.session.start();
  world.session.wake();
  world.settle();
  return world;
};
/** A run that has been played for so long after one input. */
const played = (ms: number) => {
  const world = opened();
  world.session.act({ apply: 'a', file: 'a.yaml' });
  world.settle();
  world.turn(ms);
  return { ...world, state: world.session.store.getState };
};

test('the start stands before anything has happened', () => {
  const { session } = opened();
  const { phase, t, step, edge, trace } = session.store.getState();
  expect({ phase, t, step, edge }).toEqual({ phase: 'ready', t: 0, step: 0, edge: 0 });
  expect(trace.row('/toy', 0)).toEqual({ last: 'start' });
});

test('the first sight needs no worker; what is done before one has come is done then', () => {
  const { session, settle } = createToyWorld();
  session.start();
  expect(session.messagesSent()).toBe(0);
  expect(session.store.getState().trace.keysUnder('/registry/minions/')).toHaveLength(3);
  session.act({ apply: 'a', file: 'a.yaml' });
  settle();
  expect(session.store.getState().recipe.inputs).toHaveLength(1);
  expect(session.store.getState().playing).toBe(true);
});

test('an input at the edge is dated there, is kept in the recipe, and plays', () => {
  const { state } = played(100);
  expect(state().recipe.inputs).toEqual([{ apply: 'a', file: 'a.yaml', at: 0 }]);
  expect(state().playing).toBe(true);
  expect(state().isFirstVisit).toBe(false);
});

test('story pace shows every event for at least 1.2 s, skips empty time and ends at the end of the run', () => {
  const world = played(0);
  const shown: { step: number; frames: number }[] = [];
  let skipped = 0;
  for (let i = 0; i < 1000 && world.state().playing; i += 1) {
    world.turn(16);
    const { events, step, skipping } = world.state();
    const event = events.at('story').findLast((candidate) => candidate.step <= step);
    if (skipping !== undefined) skipped = Math.max(skipped, skipping);
    if (!event) continue;
    if (shown.at(-1)?.step === event.step) (shown.at(-1) as { frames: number }).frames += 1;
    else shown.push({ step: event.step, frames: 1 });
  }
  expect(shown).toHaveLength(1 + STORY_AFTER.length);
  // The first is what the person has just done: it may be shorter.
  for (const { frames } of shown.slice(1)) expect(frames * 16).toBeGreaterThanOrEqual(1150);
  for (const { frames } of shown.slice(0, -1)) expect(frames * 16).toBeLessThan(2200);
  expect(skipped).toBeGreaterThan(10_000);
  expect(world.state().t).toBe(60_000);
});

test('a message of the story is on its way for 600 to 900 ms', () => {
  const world = played(0);
  const inTheAir = new Map<number, number>();
  for (let i = 0; i < 600; i += 1) {
    world.turn(16);
    const { trace, t, step } = world.state();
    for (const { id, at } of trace.inFlight(t, step)) if (t > at) inTheAir.set(id, (inTheAir.get(id) ?? 0) + 16);
  }
  expect(inTheAir.size).toBe(STORY_AFTER.length);
  for (const ms of inTheAir.values()) {
    expect(ms).toBeGreaterThanOrEqual(600);
    expect(ms).toBeLessThanOrEqual(900);
  }
});

test('the edge stays at the playhead while an event is read, so that acting needs no fork', () => {
  const world = played(0);
  world.turn(200);
  world.session.pause();
  world.session.act({ apply: 'b', file: 'b.yaml' });
  world.settle();
  expect(world.state().recipe.inputs).toHaveLength(2);
  expect(world.state().asking).toBeUndefined();
});

test('real pace follows the wall clock', () => {
  const world = played(0);
  world.session.setPace(10);
  world.turn(1600);
  expect(world.state().t).toBeGreaterThan(14_000);
  expect(world.state().t).toBeLessThan(17_000);
});

test('seeking, stepping and playing again what is known send no message', () => {
  const world = played(12_000);
  world.session.pause();
  const before = world.session.messagesSent();
  world.session.seek({ t: 5 });
  world.session.next();
  world.session.previous();
  world.session.home();
  world.session.end();
  world.session.seek({ t: 0 });
  world.session.play();
  world.turn(2000);
  world.session.pause();
  expect(world.session.messagesSent()).toBe(before);
});

test('next and previous walk the events one by one', () => {
  const world = played(12_000);
  world.session.home();
  const seen: number[] = [];
  for (let i = 0; i < STORY_AFTER.length + 1; i += 1) {
    world.session.next();
    seen.push(world.state().t);
  }
  expect(seen).toEqual([0, ...STORY_AFTER]);
  const back = seen.map(() => {
    world.session.previous();
    return world.state().t;
  });
  expect(back).toEqual([...[0, ...STORY_AFTER].slice(0, -1).reverse(), 0]);
});

test('acting in the past asks once, then forks: the same until the cut, the old branch kept as a ghost', () => {
  const world = played(12_000);
  world.session.pause();
  const old = world.state();
  world.session.seek({ t: 9 });
  world.session.act({ apply: 'b', file: 'b.yaml' });
  expect(world.state().asking).toEqual({ action: { apply: 'b', file: 'b.yaml' }, cutAt: 10 });
  world.session.answerFork(true);
  world.settle();
  const { recipe, ghost, trace, phase, bug } = world.state();
  expect(bug).toBeUndefined();
  expect(phase).toBe('ready');
  expect(recipe.inputs.map(({ at }) => at)).toEqual([0, 10]);
  expect(ghost?.trace).toBe(old.trace);
  expect(ghost?.cutAt).toBe(10);
  for (let id = 1; (trace.record(id)?.at ?? 10) < 10; id += 1) expect(trace.record(id)).toEqual(old.trace.record(id));
});

test('saying no to a fork changes nothing', () => {
  const world = played(12_000);
  world.session.seek({ t: 9 });
  world.session.act({ apply: 'b', file: 'b.yaml' });
  world.session.answerFork(false);
  world.settle();
  expect(world.state().asking).toBeUndefined();
  expect(world.state().recipe.inputs).toHaveLength(1);
});

test('opening a recipe at a moment shows that moment, paused, and the same trace', () => {
  const world = played(12_000);
  world.session.pause();
  const { recipe, trace } = world.state();
  const row = trace.row('/toy', trace.stepAt(4000));
  world.session.open(recipe, { at: 4000, isShared: true });
  world.settle();
  const state = world.state();
  expect([state.t, state.playing, state.isShared, state.phase]).toEqual([4000, false, true, 'ready']);
  expect(state.trace.row('/toy', state.step)).toEqual(row);
});

test('at the end, playing starts over; a minute more goes on', () => {
  const world = played(15_000);
  expect(world.state().playing).toBe(false);
  world.session.extend();
  world.turn(3000);
  expect(world.state().t).toBe(120_000);
  world.session.play();
  world.turn(100);
  expect(world.state().t).toBeLessThan(10);
});
