// Assertions for our own mistakes. What a user did wrong, or what the simulated cluster suffers, is a value, never an assertion.

/** Thrown when Podscope itself is wrong. The page shows it as our bug, with a link that replays it. */
export class AssertionError extends Error {
  override readonly name = 'AssertionError';
}

/** Throws an AssertionError unless `condition` holds; `message` says what should have been true. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AssertionError(message);
}

/** Returns `value`, which must be there. */
export function must<T>(value: T | undefined | null, message: string): T {
  if (value === undefined || value === null) throw new AssertionError(message);
  return value;
}

/** Marks a branch that the types rule out. */
export function assertNever(value: never): never {
  throw new AssertionError(`unexpected ${JSON.stringify(value)}`);
}
