// The worker's side of the protocol: holds the run, advances it in short slices, sends what it leaves behind.
import { assert, must } from '../base/assert.ts';
import type { TraceRecord } from '../engine/records.ts';
import type { Run } from '../engine/run.ts';
import type { Input, Recipe } from '../scenario/recipe.ts';
import type { Completions } from '../scenario/terminal/complete.ts';
import type { Action, Completing, FromWorker, Goal, Problem, Query, ToWorker } from './protocol.ts';

/** Wall time after which the worker lets messages in. */
const SLICE_MS = 8;
/** Deliveries between two looks at the clock. */
const STEPS_AT_ONCE = 32;

/** What a host needs of the world around it. */
export interface HostWorld<B, R extends Run<B>> {
  open(recipe: Recipe): R;
  give(run: R, input: Input): void;
  /** What applying a text would say, given the objects that stand, by their keys in etcd. */
  check(query: Query, standing: ReadonlyMap<string, unknown>): readonly Problem[];
  /** What may come next on a line, given those objects and the recipe as it has become. */
  complete(text: string, world: { readonly standing: ReadonlyMap<string, unknown>; readonly recipe: Recipe }): Completions;
  post(message: FromWorker): void;
  /** Calls back after messages have been let in. */
  later(act: () => void): void;
  now(): number;
}

/** A host without a run; `open` gives it one. */
export function createHost<B, R extends Run<B>>(world: HostWorld<B, R>): (message: ToWorker) => void {
  let run: R | undefined;
  let recipe: Recipe | undefined;
  let goal: Goal | undefined;
  let isScheduled = false;
  let sentStep = 0;
  const standing = new Map<string, unknown>();

  const send = (records: readonly TraceRecord[], isDone: boolean): void => {
    const open = must(run, 'a chunk comes from a run');
    const fromStep = sentStep;
    sentStep = open.steps;
    for (const record of records) {
      if (record.type !== 'row' || !/^\/(?:registry|docker)\//.test(record.key)) continue;
      if (record.value === undefined) standing.delete(record.key);
      else standing.set(record.key, record.value);
    }
    const stamp = { fromStep, toStep: sentStep, hash: open.hash(), edge: open.edge, nextAt: open.nextAt() };
    world.post({ type: 'chunk', records, isDone, ...stamp });
  };
  const guarded = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      goal = undefined;
      const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
      world.post({ type: 'bug', message, stack, edge: run?.edge ?? 0 });
    }
  };
  const schedule = (): void => {
    if (isScheduled) return;
    isScheduled = true;
    world.later(() => {
      isScheduled = false;
      guarded(slice);
    });
  };
  const slice = (): void => {
    if (!run || !goal) return;
    const until = world.now() + SLICE_MS;
    const records: TraceRecord[] = [];
    const isReached = goal.stopAtStory ? toStory(run, goal.to, until, records) : toInstant(run, goal.to, until);
    records.push(...run.take());
    if (isReached) goal = undefined;
    send(records, isReached);
    if (!isReached) schedule();
  };
  const toInstant = (open: R, to: number, until: number): boolean => {
    while (!open.advance(Math.max(to, open.edge), STEPS_AT_ONCE)) if (world.now() >= until) return false;
    return true;
  };
  const toStory = (open: R, to: number, until: number, records: TraceRecord[]): boolean => {
    for (;;) {
      const nextAt = open.nextAt();
      if (nextAt === undefined || nextAt >= to) {
        open.advance(Math.max(to, open.edge));
        return true;
      }
      open.advance(nextAt + 1);
      const taken = open.take();
      records.push(...taken);
      if (taken.some((record) => record.type === 'note' && record.level === 'story')) return true;
      if (world.now() >= until) return false;
    }
  };
  const take = (action: Action): void => {
    const open = must(run, 'an input is given to a run');
    goal = undefined;
    // Dated here: the worker may have gone on since the page last heard of it.
    const input = { ...action, at: open.edge } as Input;
    if (recipe) recipe = { ...recipe, inputs: [...recipe.inputs, input] };
    try {
      world.give(open, input);
    } catch (error) {
      // What brought the bug about belongs to the recipe that replays it.
      world.post({ type: 'dated', input });
      throw error;
    }
    send(open.take(), false);
    world.post({ type: 'dated', input });
  };

  const answer = (id: number, query: Query | Completing): void => {
    if (query.query === 'check') world.post({ type: 'answer', id, problems: world.check(query, standing) });
    else if (recipe) world.post({ type: 'completed', id, completions: world.complete(query.text, { standing, recipe }) });
  };

  return (message) =>
    guarded(() => {
      switch (message.type) {
        case 'open':
          assert(run === undefined, 'a worker has one run');
          run = world.open(message.recipe);
          recipe = message.recipe;
          goal = { to: message.to, stopAtStory: false };
          schedule();
          break;
        case 'advance':
          goal = { to: message.to, stopAtStory: message.stopAtStory };
          schedule();
          break;
        case 'input':
          take(message.action);
          break;
        case 'query':
          answer(message.id, message.query);
          break;
      }
    });
}
