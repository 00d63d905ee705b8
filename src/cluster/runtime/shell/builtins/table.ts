// All builtins by name.
import { control } from './control.ts';
import type { Builtin } from './kinds.ts';
import { processes } from './processes.ts';
import { text } from './text.ts';
import { variables } from './variables.ts';

/** The builtins of the shell. */
export const builtins: ReadonlyMap<string, Builtin> = new Map(
  [control, variables, processes, text].flatMap((group) => Object.entries(group)),
);
