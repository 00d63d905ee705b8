// What a builtin is.
import type { Running, Shell } from '../state.ts';

/** What a builtin that cannot wait answers: a status, and text for standard output or error. */
export type Quick = number | { readonly status: number; readonly out?: string; readonly error?: string };

/** A builtin. `args` are without its name. */
export type Builtin =
  | { readonly quick: (shell: Shell, args: readonly string[]) => Quick; readonly special?: true }
  | { readonly slow: (shell: Shell, args: readonly string[], flags: number) => Running; readonly special?: true };
