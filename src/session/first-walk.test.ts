// The first walk over the real cluster: the story rests at Ready and asks; what came of it is read from the trace.
import { expect, test } from 'vitest';
import { giveInput, openScenario } from '../scenario/open.ts';
import { startFirstWalk } from './first-walk.ts';
import { choose, dismiss } from './prediction.ts';
import { createWorldOf } from './toy-world.ts';

const WHOLE_STORY_MS = 30_000;

const walking = () => {
  const world = createWorldOf({ open: openScenario, give: giveInput });
  const state = world.session.store.getState;
  world.session.start();
  startFirstWalk(world.session);
  world.settle();
  return { ...world, state };
};
/** A walk that has come to its question. */
const asked = () => {
  const world = walking();
  world.turn(WHOLE_STORY_MS);
  return world;
};
/** A walk whose question has been answered. */
const answered = (option: string) => {
  const world = asked();
  choose(world.session, option);
  world.settle();
  world.turn(WHOLE_STORY_MS);
  return world;
};

test('the story rests when the Pod is Ready, after 10 to 18 s, and asks', () => {
  const world = walking();
  let ms = 0;
  for (; ms < WHOLE_STORY_MS && world.state().asked === undefined; ms += 160) world.turn(160);
  expect(ms).toBeGreaterThan(10_000);
  expect(ms).toBeLessThan(18_000);
  const { playing, asked: question, pace, isWalking, hasWalked } = world.state();
  expect({ playing, pace, isWalking, hasWalked }).toEqual({ playing: false, pace: 'story', isWalking: true, hasWalked: true });
  expect(question?.prediction.options.map(({ id }) => id)).toEqual(['in-place', 'new-pod', 'other-node']);
  world.turn(WHOLE_STORY_MS);
  expect(world.state().asked).toBe(question);
});

test('the answer is an input of the recipe, and the trace says what came of it', () => {
  const { state } = answered('new-pod');
  const { recipe, asked: question, playing } = state();
  expect(recipe.inputs[1]).toMatchObject({ fault: { kind: 'kill-container', pod: 'web', container: 'nginx' } });
  expect(playing).toBe(false);
  expect(question?.chosen).toBe('new-pod');
  expect(question?.finding?.cameTrue).toEqual(['in-place']);
  expect(question?.finding?.facts.map(({ name, was, is }) => [name.en, was === is ? 'same' : was, is])).toEqual([
    ['RESTARTS', '0', '1'],
    ['Pod', 'same', expect.stringMatching(/^web \(uid [0-9a-f]{8}\)$/)],
    ['IP', 'same', expect.stringMatching(/^10\.244\.\d\.\d+$/)],
    ['node', 'same', expect.stringMatching(/^node\d$/)],
    ['exit code', undefined, '137'],
  ]);
});

test('what is done otherwise puts the question away, and it does not come again', () => {
  const ways: readonly ((world: ReturnType<typeof asked>) => void)[] = [
    ({ session }) => dismiss(session),
    ({ session }) => session.setDraft('kind: Pod'),
    ({ session }) => session.previous(),
    ({ session }) => session.play(),
    ({ session }) => session.act({ run: 'kubectl get pods' }),
  ];
  for (const leave of ways) {
    const world = asked();
    leave(world);
    world.settle();
    world.turn(WHOLE_STORY_MS);
    const { asked: question, isWalking, hasWalked } = world.state();
    expect({ question, isWalking, hasWalked }).toEqual({ question: undefined, isWalking: false, hasWalked: true });
  }
});

test('at a pace of one’s own nothing is asked', () => {
  const world = walking();
  world.session.setPace(600);
  world.turn(WHOLE_STORY_MS);
  const { asked: question, isWalking, hasWalked, t, until } = world.state();
  expect({ question, isWalking, hasWalked, isOver: t >= until }).toEqual({
    question: undefined,
    isWalking: false,
    hasWalked: false,
    isOver: true,
  });
});

test('who has walked is not asked again', () => {
  const world = createWorldOf({ open: openScenario, give: giveInput });
  world.session.set({ hasWalked: true });
  startFirstWalk(world.session);
  world.settle();
  world.turn(WHOLE_STORY_MS);
  expect(world.session.store.getState().asked).toBeUndefined();
});
