// A copy of a shell in a process of its own, and how every shell process ends.
import type { Program, Sys } from '../process/program.ts';
import type { Node } from './parse/syntax.ts';
import { complain, last, type Running, type Shell, ShellError, ShellExit, tested } from './state.ts';

/** How a subshell starts. */
export interface SubshellOptions {
  /** Descriptors of its parent that it must not keep. */
  readonly closing?: readonly number[];
  /** It runs behind the parent: an interrupt does not reach it, and it reads nothing. */
  readonly background?: boolean;
  readonly flags?: number;
  /** A command substitution: it shows its parent's traps, and `set -e` is off in it. */
  readonly captured?: boolean;
  /** What it does before the command: redirections. Answers a status where it fails. */
  readonly before?: (shell: Shell) => Running<number | undefined>;
}

/** A program that runs a command in a copy of a shell. */
export function subshell(shell: Shell, body: Node, options: SubshellOptions = {}): Program {
  const copy = snapshot(shell, body, options.captured ?? false);
  const reset = signalReset(shell);
  return function* run(sys) {
    const child = copy(sys);
    reset(sys);
    for (const fd of options.closing ?? []) sys.close(fd);
    if (options.background) {
      sys.onSignal('INT', 'ignore');
      sys.onSignal('QUIT', 'ignore');
    }
    return yield* runToEnd(child, () => inSubshell(child, body, options));
  };
}

function* inSubshell(child: Shell, body: Node, options: SubshellOptions): Running {
  const failed = options.before ? yield* options.before(child) : undefined;
  if (failed !== undefined) return failed;
  return yield* child.run(body, last | ((options.flags ?? 0) & (options.background ? 0 : tested)));
}

/** Copies the state now; the copy gets its process later. Models forkchild of ash. */
function snapshot(shell: Shell, body: Node, captured: boolean): (sys: Sys) => Shell {
  const first = body.kind === 'simple' ? body.words[0]?.literal : undefined;
  const held: Shell = {
    ...shell,
    variables: new Map(shell.variables),
    functions: new Map(shell.functions),
    options: captured ? { ...shell.options, errexit: false } : { ...shell.options },
    // Traps are reset; `$(trap)` and `$(jobs)` alone still show what the parent has.
    traps: new Map([...shell.traps].filter(([, action]) => action === '')),
    shownTraps: captured && first === 'trap' ? new Map(shell.traps) : undefined,
    jobs: first === 'jobs' ? shell.jobs.filter(({ background }) => background).map((job) => ({ ...job })) : [],
    locals: shell.locals.map((frame) => new Map(frame)),
    pending: [],
    processFiles: [],
    trapStatus: undefined,
    isSubshell: true,
  };
  return (sys) => {
    return bind(shell, held, sys);
  };
}

/** A child has what its parent traps at the default again, and what a shell at a terminal ignores for itself. */
export function signalReset(shell: Shell): (sys: Sys) => void {
  const trapped = [...shell.traps].filter(([signal, action]) => action !== '' && signal !== 'EXIT').map(([signal]) => signal);
  const own = (shell.interactive ? ['INT', 'QUIT', 'TERM', 'TSTP'] : []).filter((signal) => shell.traps.get(signal) !== '');
  const signals = [...own, ...trapped];
  return (sys) => {
    for (const signal of signals) sys.onSignal(signal, 'default');
  };
}

function bind(shell: Shell, held: Shell, sys: Sys): Shell {
  const child: Shell = { ...held, sys };
  shell.bindTo(child);
  return child;
}

/** Runs a shell process to its end: errors, `exit`, and the EXIT trap. */
export function* runToEnd(shell: Shell, body: () => Running): Running {
  let status = 0;
  try {
    status = yield* body();
  } catch (error) {
    if (error instanceof ShellExit && error.replaced) return error.status;
    status = yield* statusOf(shell, error);
  }
  const action = shell.traps.get('EXIT');
  if (action === undefined || action === '') return status & 255;
  shell.traps.delete('EXIT');
  shell.status = status;
  shell.trapStatus = status;
  shell.skip = undefined;
  try {
    yield* shell.runText(action, 0, 0);
  } catch (error) {
    if (error instanceof ShellExit && error.replaced) return error.status;
    status = yield* statusOf(shell, error);
  }
  return status & 255;
}

/** The status that an error means; it is printed where that has not been done. */
export function* statusOf(shell: Shell, error: unknown): Running {
  if (error instanceof ShellExit) return error.status;
  if (!(error instanceof ShellError)) throw error;
  yield* report(shell, error);
  return error.status;
}

/** Prints an error once: where it is found, on the standard error that holds there. */
export function* report(shell: Shell, error: ShellError): Running<void> {
  if (error.reported) return;
  error.reported = true;
  yield* complain(shell, error.message);
}
