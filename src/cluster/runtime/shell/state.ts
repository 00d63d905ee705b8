// The state of one shell process: variables, functions, options, jobs, traps, and how control is leaving a list of commands.
import type { Answer, Ask, Signal, Sys } from '../process/program.ts';
import type { Job } from './jobs.ts';
import type { Node } from './parse/syntax.ts';

/** A running piece of a shell. */
export type Running<T = number> = Generator<Ask, T, Answer>;

/** A variable. Undefined value: exported or read-only, but never set. */
export interface Variable {
  readonly value: string | undefined;
  readonly exported: boolean;
  readonly readOnly: boolean;
}

/** The options of `set`. */
export interface Options {
  errexit: boolean;
  nounset: boolean;
  noglob: boolean;
  xtrace: boolean;
  noexec: boolean;
  noclobber: boolean;
  allexport: boolean;
  verbose: boolean;
  pipefail: boolean;
}

/** How a shell is called and speaks. */
export interface Dialect {
  readonly name: 'ash' | 'bash' | 'dash';
  /** What stands before an error of a shell whose $0 is `name`. */
  prefix(shell: Shell): string;
  readonly prompt: string;
  /** An error of ash in the words of this shell. */
  translate(message: string): string;
}

/** Flags of evaluation: the status is tested (`set -e` stays quiet), nothing comes after (the last command replaces the shell). */
export const tested = 1;
export const last = 2;

/** A function, and the line on which the command stands that defines it. */
export interface ShellFunction {
  readonly body: Node;
  readonly lineBase: number;
}

/** A shell. */
export interface Shell {
  readonly sys: Sys;
  readonly dialect: Dialect;
  readonly variables: Map<string, Variable>;
  readonly functions: Map<string, ShellFunction>;
  readonly options: Options;
  /** `$0` and the positional parameters. */
  name: string;
  parameters: readonly string[];
  /** `$$`: the pid of the shell itself, in subshells as well. */
  readonly mainPid: number;
  readonly interactive: boolean;
  /** Where its script comes from. */
  readonly source: 'command' | 'file' | 'input';
  status: number;
  /** The status of the last command substitution of a command that has no words. */
  substitutionStatus: number;
  lastBackground: number | undefined;
  /** How control leaves: a number of loops still to leave, or the function. */
  skip: 'break' | 'continue' | 'return' | undefined;
  skipCount: number;
  loopDepth: number;
  callDepth: number;
  /** Depth of files and functions in which `return` has a meaning. */
  locals: Map<string, Variable | undefined>[];
  readonly jobs: Job[];
  readonly traps: Map<Signal, string>;
  /** Caught signals whose traps have not run yet. */
  readonly pending: Signal[];
  /** Whether an EXIT trap runs, and with which status. */
  trapStatus: number | undefined;
  /** The builtin or script that errors name. */
  commandName: string | undefined;
  line: number;
  lineBase: number;
  /** Interpreted steps that have not been accounted for. */
  steps: number;
  optionIndex: number;
  readonly isSubshell: boolean;
  /** What `trap` shows in `$(trap)`. */
  readonly shownTraps: ReadonlyMap<Signal, string> | undefined;
  /** Descriptors of `<(...)`, closed after the command. */
  readonly processFiles: number[];
  readonly aliases: Map<string, string>;
  /** What was entered at the prompt. */
  readonly history: string[];
  isBuiltin(name: string): boolean;
  isSpecial(name: string): boolean;
  /** Runs words as a builtin or a program, past all functions (`command`). */
  runCommand: (words: readonly string[]) => Running;
  /** Gives a copy of this shell the functions below, as its own. */
  bindTo(copy: Shell): void;
  run: (node: Node, flags: number) => Running;
  /** Runs a script; `source` names it. Answers its status. */
  runText: (text: string, flags: number, firstLine: number) => Running;
}

/** An error that ends a shell that is not interactive. */
export class ShellError extends Error {
  override readonly name = 'ShellError';
  readonly status: number;
  /** Whether it has been printed. */
  reported = false;
  constructor(message: string, status = 2) {
    super(message);
    this.status = status;
  }
}

/** Ctrl-C at a terminal: the shell drops what it does and prompts again. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** `exit`, or a program that has taken the shell's place and has ended (`replaced`: no trap runs any more). */
export class ShellExit extends Error {
  override readonly name = 'ShellExit';
  readonly status: number;
  readonly replaced: boolean;
  constructor(status: number, replaced = false) {
    super('exit');
    this.status = status;
    this.replaced = replaced;
  }
}

/** The value of a variable; undefined where it is unset. */
export function getVariable(shell: Shell, name: string): string | undefined {
  return shell.variables.get(name)?.value;
}

/** Sets a variable. Throws where it is read-only. */
export function setVariable(shell: Shell, name: string, value: string, exported = false): void {
  const held = shell.variables.get(name);
  if (held?.readOnly) throw new ShellError(`${name}: is read only`);
  shell.variables.set(name, { value, exported: exported || held?.exported === true || shell.options.allexport, readOnly: false });
  if (name === 'OPTIND') shell.optionIndex = 0;
}

/** The environment that a program gets. */
export function environment(shell: Shell): Map<string, string> {
  const env = new Map<string, string>();
  for (const [name, { value, exported }] of shell.variables) if (exported && value !== undefined) env.set(name, value);
  return env;
}

/** Whether a text may be a variable's name. */
export function isName(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text);
}

/** The letters of `$-`. */
export function optionLetters(shell: Shell): string {
  const { options } = shell;
  const letters: readonly [boolean, string][] = [
    [options.nounset, 'u'],
    [options.allexport, 'a'],
    [options.noclobber, 'C'],
    [options.verbose, 'v'],
    [options.xtrace, 'x'],
    [shell.source === 'command', 'c'],
    [shell.source === 'input', 's'],
    [shell.interactive, 'm'],
    [shell.interactive, 'i'],
    [options.noglob, 'f'],
    [options.errexit, 'e'],
  ];
  return letters.map(([on, letter]) => (on ? letter : '')).join('');
}

/** Writes to a descriptor, however long it takes. */
export function* write(shell: Shell, fd: number, text: string): Running<string | undefined> {
  const answer = yield* ask(shell, { ask: 'write', fd, text });
  return answer.error;
}

/** Asks until it is answered; caught signals are kept for their traps. */
export function* ask(shell: Shell, what: Ask): Running<Answer> {
  for (;;) {
    const answer = yield what;
    if (answer.signal === undefined) return answer;
    shell.pending.push(answer.signal);
  }
}

/** The text of an error as this shell words it. */
export function errorText(shell: Shell, message: string): string {
  return `${shell.dialect.prefix(shell)}${shell.dialect.translate(message)}\n`;
}

/** Prints an error. */
export function* complain(shell: Shell, message: string): Running<void> {
  yield* write(shell, 2, errorText(shell, message));
}
