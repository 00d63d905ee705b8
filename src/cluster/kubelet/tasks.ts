// Work that waits: a pod worker's sync is a generator that yields what it waits for, as the real one is a goroutine that blocks.

/** Begins a wait; `resume` goes on with what was waited for (at once, if it is there). Answers how to give the wait up. */
export type Wait<V> = (resume: (value: V) => void) => (() => void) | undefined;
/** Work that may wait and ends with a T. */
export type Task<T> = Generator<Wait<never>, T, unknown>;

/** Work that has been started. */
export interface Running {
  readonly isOver: boolean;
  /** Gives it up where it waits. Its `finally` blocks run. */
  cancel(): void;
}

/** Waits for one value. */
export function* wait<V>(begin: Wait<V>): Task<V> {
  // A wait is resumed with nothing but its own value: `run` hands it back where it was yielded.
  return (yield begin as Wait<never>) as V;
}

/** Starts a task; `finished` is called with its result, unless it is given up. */
export function run<T>(task: Task<T>, finished: (value: T) => void): Running {
  let isOver = false;
  let undo: (() => void) | undefined;
  const step = (value: unknown): void => {
    const next = task.next(value);
    if (next.done) {
      isOver = true;
      finished(next.value);
      return;
    }
    let isResumed = false;
    const begin = next.value as Wait<unknown>;
    const giveUp = begin((answer) => {
      if (isOver || isResumed) return;
      isResumed = true;
      undo = undefined;
      step(answer);
    });
    if (!isResumed) undo = giveUp;
  };
  step(undefined);
  return {
    get isOver() {
      return isOver;
    },
    cancel() {
      if (isOver) return;
      isOver = true;
      undo?.();
      task.return(undefined as never);
    },
  };
}

/** Runs tasks side by side until all have ended; answers their results in order. */
export function all<T>(tasks: readonly Task<T>[]): Task<T[]> {
  return wait<T[]>((resume) => {
    const results: T[] = [];
    let left = tasks.length;
    if (left === 0) {
      resume(results);
      return undefined;
    }
    const running = tasks.map((task, i) =>
      run(task, (result) => {
        results[i] = result;
        left -= 1;
        if (left === 0) resume(results);
      }),
    );
    return () => {
      for (const each of running) each.cancel();
    };
  });
}

/** Runs a task for as long as `limit` waits; undefined where the limit came first and the task was given up. */
export function within<T>(task: Task<T>, limit: Task<void>): Task<T | undefined> {
  return wait<T | undefined>((resume) => {
    const both: Running[] = [];
    const end = (value: T | undefined): void => {
      for (const each of both) each.cancel();
      resume(value);
    };
    both.push(run(task, end));
    if (both[0]?.isOver !== true) both.push(run(limit, () => end(undefined)));
    return () => {
      for (const each of both) each.cancel();
    };
  });
}
