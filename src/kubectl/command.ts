// What a command of kubectl is: the default export of its folder under commands/.
import type { Kubectl, KubectlEnvironment } from './ask.ts';
import type { Client } from './client.ts';
import type { Flags, FlagSpec } from './flags.ts';

/** What a command works with. */
export interface CommandContext {
  readonly environment: KubectlEnvironment;
  readonly client: Client;
  readonly flags: Flags;
  readonly args: readonly string[];
  /** Of `-n`, else `default`. */
  readonly namespace: string;
  /** Whether `-n` was given: then objects of another namespace are refused. */
  readonly isNamespaceGiven: boolean;
}

/** A command: `kubectl <name> ...`, or a part of one (`set image`). */
export interface Command {
  /** The words after `kubectl`. */
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly flags: readonly FlagSpec[];
  /** The line after `Usage:` in its help, and one sentence of what it does. */
  readonly usage: string;
  readonly about: string;
  /** Answers the exit code; what goes wrong is thrown. */
  run(context: CommandContext): Kubectl<number>;
}

/** Writes on standard output. */
export function* print(text: string): Kubectl<void> {
  if (text !== '') yield { ask: 'write', fd: 1, text };
}

/** Writes on standard error. */
export function* complain(text: string): Kubectl<void> {
  if (text !== '') yield { ask: 'write', fd: 2, text };
}
