// A lecturer's steps: each press goes to the next event of the story and rests there.
import { expect, test } from 'vitest';
import { countBy } from '../../session/events.ts';
import { createToyWorld, STORY_AFTER } from '../../session/toy-world.ts';
import { createBeats } from './beats.ts';

/** Events of the toy's story: the input, then four. */
const EVENTS = 1 + STORY_AFTER.length;

function presented(isStill = false) {
  const { session, settle, turn } = createToyWorld();
  session.start();
  session.wake();
  settle();
  session.act({ apply: 'a', file: 'a.yaml' });
  settle();
  session.pause();
  session.home();
  const state = session.store.getState;
  const told = (): number => countBy(state().events.at('story'), state().step);
  return { session, beats: createBeats(session, () => isStill), state, told, settle, turn };
}

test('each step plays up to the next event and rests there', () => {
  const { beats, state, told, turn } = presented();
  for (let n = 1; n <= EVENTS; n += 1) {
    beats.next();
    expect(state().playing).toBe(true);
    turn(4000);
    expect({ told: told(), playing: state().playing }).toEqual({ told: n, playing: false });
  }
});

test('after the last event the run goes on to its end, and no step starts it again', () => {
  const { beats, state, told, turn } = presented();
  for (let n = 0; n <= EVENTS; n += 1) {
    beats.next();
    turn(4000);
  }
  expect({ t: state().t, told: told() }).toEqual({ t: state().until, told: EVENTS });
  beats.next();
  turn(4000);
  expect(state().t).toBe(state().until);
});

test('pressed again on the way, it is there at once', () => {
  const { beats, state, told, turn } = presented();
  beats.next();
  turn(4000);
  beats.next();
  turn(100);
  expect(told()).toBe(1);
  beats.next();
  expect({ told: told(), playing: state().playing }).toEqual({ told: 2, playing: false });
});

test('with less motion nothing travels', () => {
  const { beats, state, told, settle } = presented(true);
  beats.next();
  settle();
  expect({ told: told(), playing: state().playing }).toEqual({ told: 1, playing: false });
});

test('back is back, and the pace stays what it was', () => {
  const { session, beats, state, told, turn } = presented();
  session.setPace(60);
  for (let n = 0; n < 3; n += 1) {
    beats.next();
    turn(4000);
  }
  expect({ told: told(), pace: state().pace }).toEqual({ told: 3, pace: 60 });
  beats.previous();
  expect(told()).toBe(2);
  beats.next();
  beats.rest();
  expect({ playing: state().playing, pace: state().pace }).toEqual({ playing: false, pace: 60 });
});
