// A world for the session's own tests: a worker without a thread, a clock that is turned by hand, and a run of one toy component that
// tells its story at known instants.
import { type Component, createRun, type Run } from '../engine/run.ts';
import type { Input, Recipe } from '../scenario/recipe.ts';
import { type HostWorld, createHost } from './host.ts';
import type { FromWorker, WorkerPort } from './protocol.ts';
import { createSession, type Session } from './session.ts';

/** Instants after an input at which the toy tells its story; a message takes 3 ms each time. */
export const STORY_AFTER = [3, 9, 4000, 20_000];

/** An input makes a story; the toy also ticks every second, unnoticed by a story. */
const toy = (): Component<string> => ({
  name: 'toy',
  handle(context, { body }) {
    if (body === 'tick') {
      context.note('tick', '/toy', { n: context.random('tick', 'toy').below(1000) }, 'all');
      context.wake(1000, 'tick');
    } else if (body.startsWith('story')) {
      context.note('story', '/toy', { body }, 'story');
      context.write('/toy', { last: body, at: context.at });
    } else {
      context.because(context.note('input', '/toy', { body }, 'story'));
      for (const inMs of STORY_AFTER) context.wake(inMs - 3, `send ${body} ${inMs}`);
    }
  },
});

const sender = (inner: Component<string>): Component<string> => ({
  name: inner.name,
  handle(context, delivery) {
    if (!delivery.body.startsWith('send')) inner.handle(context, delivery);
    else context.send('toy', `story ${delivery.body}`, { latencyMs: 3, kind: 'request', level: 'story', label: delivery.body });
  },
});

const giveToy = (run: Run<string>, input: Input): void => run.input(input.at, 'toy', 'apply' in input ? input.apply : 'other');

function openToy(recipe: Recipe): Run<string> {
  const run = createRun<string>(recipe.seed);
  run.add(sender(toy()));
  run.setUp('toy', (context) => {
    context.write('/toy', { last: 'start' });
    context.signal('toy', 'tick');
  });
  for (const input of recipe.inputs) giveToy(run, input);
  return run;
}

export interface ToyWorld {
  readonly session: Session;
  /** Lets every message be handled. */
  settle(): void;
  /** Turns the wall clock by so much, a frame of 16 ms at a time. */
  turn(ms: number): void;
}

/** A session over toy runs. */
export const createToyWorld = (): ToyWorld => createWorldOf({ open: openToy, give: giveToy });

/** A session over runs of any kind. */
export function createWorldOf<B, R extends Run<B>>({ open, give }: Pick<HostWorld<B, R>, 'open' | 'give'>): ToyWorld {
  const waiting: (() => void)[] = [];
  const frames = new Set<(now: number) => void>();
  let now = 0;
  const openWorker = (): WorkerPort => {
    let isOpen = true;
    let hear: (message: FromWorker) => void = () => {};
    const post = (message: FromWorker): void => {
      waiting.push(() => isOpen && hear(message));
    };
    const later = (act: () => void): void => {
      waiting.push(() => isOpen && act());
    };
    const host = createHost({
      open,
      give,
      check: () => [],
      complete: (text) => ({ from: text.length, words: [] }),
      post,
      later,
      now: () => now,
    });
    return {
      post: (message) => waiting.push(() => isOpen && host(message)),
      listen(onMessage) {
        hear = onMessage;
      },
      close() {
        isOpen = false;
      },
    };
  };
  const requestFrame = (act: (at: number) => void) => {
    frames.add(act);
    return () => frames.delete(act);
  };
  const settle = (): void => {
    for (let act = waiting.shift(); act; act = waiting.shift()) act();
  };
  return {
    session: createSession({ openWorker, requestFrame }, 'en', 'light'),
    settle,
    turn(ms) {
      for (const end = now + ms; now < end; ) {
        now += 16;
        const due = [...frames];
        frames.clear();
        for (const act of due) act(now);
        settle();
      }
    },
  };
}
