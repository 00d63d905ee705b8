// Walks the commands of a script. Models evaltree and its family of busybox shell/ash.c.
import { specialBuiltins } from './parse/grammar.ts';
import { builtins } from './builtins/table.ts';
import type { Builtin, Quick } from './builtins/kinds.ts';
import { evaluateExternal } from './external.ts';
import { expandPattern, expandText, expandWords } from './expand.ts';
import { addJob, waitForJob } from './jobs.ts';
import type { Node, Simple, Word } from './parse/syntax.ts';
import { compilePattern } from './pattern.ts';
import { expandTargets, redirect, restore, type Saved } from './redirect.ts';
import {
  last,
  type Running,
  setVariable,
  type Shell,
  ShellError,
  type ShellFunction,
  ShellExit,
  tested,
  type Variable,
  write,
} from './state.ts';
import { report, subshell } from './subshell.ts';
import { settle, settleWords, start, textOf } from './substitute.ts';
import { traceText } from './trace-text.ts';
import { hasTraps, runTraps } from './traps.ts';

/** So many interpreted steps are told to the machine at once. */
const stepsAtOnce = 64;
/** Functions that call themselves deeper than this end the shell, as a full stack does. */
const maxCalls = 400;

/** Runs a command. Answers its status, which is also `$?`. */
export function* evaluate(shell: Shell, node: Node, flags: number): Running {
  const fast = attempt(shell, node, flags);
  return typeof fast === 'number' ? fast : yield* evaluateRest(shell, node, flags, fast);
}

/** What `attempt` could not end by itself. */
type Rest = Fast | { readonly status: number } | undefined;

/** Runs a command without a generator if it is a builtin that neither waits nor prints: most of what loops consist of. */
function attempt(shell: Shell, node: Node, flags: number): number | Rest {
  if (node.kind !== 'simple' || !node.direct || shell.steps >= stepsAtOnce || shell.options.noexec) return undefined;
  const fast = quickly(shell, node);
  if (typeof fast !== 'number') return fast;
  shell.steps += 1;
  shell.status = fast;
  const signal = shell.sys.takeSignal();
  if (signal !== undefined) shell.pending.push(signal);
  if (shell.pending.length > 0 || (fast !== 0 && shell.options.errexit && (flags & tested) === 0)) return { status: fast };
  return fast;
}

function* evaluateRest(shell: Shell, node: Node, flags: number, rest: Rest): Running {
  if (shell.options.noexec && !shell.interactive) return shell.status;
  shell.steps += 1;
  if (shell.steps >= stepsAtOnce) yield* account(shell);
  let status: number;
  try {
    if (!rest) status = yield* dispatch(shell, node, flags);
    else status = 'status' in rest ? rest.status : yield* finishFast(shell, rest);
  } catch (error) {
    if (error instanceof ShellError) yield* report(shell, error);
    throw error;
  }
  shell.status = status;
  const signal = shell.sys.takeSignal();
  if (signal !== undefined) shell.pending.push(signal);
  if (shell.pending.length > 0) {
    yield* runTraps(shell);
    // A trap may return from the function in which it came.
    status = shell.status;
  }
  if (status !== 0 && shell.options.errexit && (flags & tested) === 0 && checksExit(node) && shell.skip === undefined)
    throw new ShellExit(status);
  return status;
}

function* account(shell: Shell): Running<void> {
  const answer = yield { ask: 'steps', count: shell.steps };
  shell.steps = 0;
  if (answer.signal !== undefined) shell.pending.push(answer.signal);
}

const checksExit = ({ kind }: Node): boolean => kind === 'simple' || kind === 'pipeline' || kind === 'subshell';

/** A builtin that has run and has something to say. */
interface Fast {
  readonly name: string | undefined;
  readonly builtin: Builtin | undefined;
  readonly answer: Quick | ShellError;
  readonly fatal: boolean;
}

function quickly(shell: Shell, node: Simple): number | Fast | undefined {
  if (shell.options.xtrace) return undefined;
  const name = node.words[0]?.literal;
  if (name === undefined) {
    shell.line = shell.lineBase + node.line;
    return assignAll(shell, node);
  }
  const builtin = builtins.get(name);
  if (!builtin || !('quick' in builtin) || isFunction(shell, name, builtin) || shell.aliases.has(name)) return undefined;
  shell.line = shell.lineBase + node.line;
  let words: readonly string[];
  try {
    words = expandWords(shell, node.words);
  } catch (error) {
    return fatal(error, name, builtin);
  }
  const answer = callQuick(shell, builtin.quick, words);
  return typeof answer === 'number' ? answer : { name, builtin, answer, fatal: false };
}

/** Whether a name is a function's. To POSIX special builtins come before functions, to bash after them. */
const isFunction = (shell: Shell, name: string, builtin: Builtin | undefined): boolean =>
  shell.functions.has(name) && (!builtin?.special || shell.dialect.name === 'bash');

function assignAll(shell: Shell, node: Simple): number | Fast {
  try {
    for (const { name, value } of node.assignments) setVariable(shell, name, expandText(shell, value));
    return 0;
  } catch (error) {
    return fatal(error, undefined, undefined);
  }
}

/** A mistake in an expansion ends the shell, whatever the command. */
function fatal(error: unknown, name: string | undefined, builtin: Builtin | undefined): Fast {
  if (error instanceof ShellError) return { name, builtin, answer: error, fatal: true };
  throw error;
}

function callQuick(shell: Shell, quick: (shell: Shell, args: readonly string[]) => Quick, words: readonly string[]): Quick | ShellError {
  const { commandName } = shell;
  shell.commandName = words[0];
  try {
    return quick(shell, words.slice(1));
  } catch (error) {
    if (error instanceof ShellError) return error;
    throw error;
  } finally {
    shell.commandName = commandName;
  }
}

/** Prints what a builtin has left. */
function* finishFast(shell: Shell, { name, builtin, answer, fatal }: Fast): Running {
  if (!(answer instanceof ShellError)) return yield* finishQuick(shell, answer);
  if (fatal) throw answer;
  const { commandName } = shell;
  shell.commandName = name;
  yield* report(shell, answer);
  shell.commandName = commandName;
  if (builtin?.special) throw answer;
  return answer.status;
}

function* dispatch(shell: Shell, node: Node, flags: number): Running {
  switch (node.kind) {
    case 'simple':
      return yield* evaluateSimple(shell, node, flags);
    case 'list': {
      let status = 0;
      for (const [index, item] of node.items.entries()) {
        const own = index === node.items.length - 1 ? flags : flags & tested;
        const fast = attempt(shell, item, own);
        status = typeof fast === 'number' ? fast : yield* evaluateRest(shell, item, own, fast);
        if (shell.skip !== undefined) break;
      }
      return status;
    }
    case 'and':
    case 'or': {
      const status = yield* evaluate(shell, node.left, tested);
      if (shell.skip !== undefined || (status === 0) === (node.kind === 'or')) return status;
      return yield* evaluate(shell, node.right, flags);
    }
    case 'not': {
      const status = yield* evaluate(shell, node.body, tested);
      return shell.skip === undefined ? Number(status === 0) : status;
    }
    case 'if': {
      const test = yield* evaluate(shell, node.test, tested);
      if (shell.skip !== undefined) return test;
      if (test === 0) return yield* evaluate(shell, node.body, flags);
      return node.otherwise ? yield* evaluate(shell, node.otherwise, flags) : 0;
    }
    case 'while':
      return yield* evaluateWhile(shell, node, flags);
    case 'for':
      return yield* evaluateFor(shell, node, flags);
    case 'case':
      return yield* evaluateCase(shell, node, flags);
    case 'function':
      if (shell.dialect.name !== 'bash' && specialBuiltins.has(node.name)) throw new ShellError('syntax error: bad function name');
      shell.functions.set(node.name, { body: node.body, lineBase: shell.lineBase });
      return 0;
    case 'pipeline':
      return yield* evaluatePipeline(shell, node.commands);
    case 'background':
      return yield* evaluatePipeline(shell, node.body.kind === 'pipeline' ? node.body.commands : [node.body], node.text);
    case 'subshell':
      return yield* evaluateSubshell(shell, node, flags);
    case 'redirected': {
      let saved: Saved;
      try {
        saved = yield* redirect(shell, yield* expandTargets(shell, node.redirects));
      } catch (error) {
        return yield* refusedRedirect(shell, error);
      }
      try {
        return yield* evaluate(shell, node.body, flags & tested);
      } finally {
        restore(shell, saved);
      }
    }
  }
}

/** A redirection that fails makes its command fail; only special builtins end the shell with it. */
function* refusedRedirect(shell: Shell, error: unknown): Running {
  if (!(error instanceof ShellError) || error.status !== 1) throw error;
  yield* report(shell, error);
  return 1;
}

/** Whether a loop goes on; counts `break` and `continue` down. */
function loopGoesOn(shell: Shell): boolean {
  if (shell.skip === undefined) return true;
  if (shell.skip === 'return') return false;
  shell.skipCount -= 1;
  if (shell.skipCount > 0) return false;
  const continues = shell.skip === 'continue';
  shell.skip = undefined;
  return continues;
}

function* evaluateWhile(shell: Shell, node: Node & { kind: 'while' }, flags: number): Running {
  let status = 0;
  shell.loopDepth += 1;
  for (;;) {
    const quick = attempt(shell, node.test, tested);
    const test = typeof quick === 'number' ? quick : yield* evaluateRest(shell, node.test, tested, quick);
    if (shell.skip !== undefined) {
      // A return in the condition gives its status; a break leaves 0.
      if (shell.skip === 'return') status = test;
      if (loopGoesOn(shell)) continue;
      break;
    }
    if ((test === 0) === node.until) break;
    const done = attempt(shell, node.body, flags & tested);
    status = typeof done === 'number' ? done : yield* evaluateRest(shell, node.body, flags & tested, done);
    if (!loopGoesOn(shell)) break;
  }
  shell.loopDepth -= 1;
  return status;
}

function* evaluateFor(shell: Shell, node: Node & { kind: 'for' }, flags: number): Running {
  const items = node.words ? expandWords(shell, yield* settleWords(shell, node.words)) : shell.parameters;
  let status = 0;
  shell.loopDepth += 1;
  for (const item of items) {
    setVariable(shell, node.name, item);
    status = yield* evaluate(shell, node.body, flags & tested);
    if (!loopGoesOn(shell)) break;
  }
  shell.loopDepth -= 1;
  return status;
}

function* evaluateCase(shell: Shell, node: Node & { kind: 'case' }, flags: number): Running {
  const value = yield* textOf(shell, node.word);
  for (const { patterns, body } of node.items) {
    for (const pattern of patterns) {
      if (!compilePattern(expandPattern(shell, yield* settle(shell, pattern))).matches(value)) continue;
      return body ? yield* evaluate(shell, body, flags) : 0;
    }
  }
  return 0;
}

/** Runs commands side by side; `text`: behind the shell, as the job of this text. */
function* evaluatePipeline(shell: Shell, commands: readonly Node[], text?: string): Running {
  const background = text !== undefined;
  const pids: number[] = [];
  let input: number | undefined;
  for (const [index, command] of commands.entries()) {
    const pipe = index < commands.length - 1 ? shell.sys.pipe() : undefined;
    const fds = new Map<number, number | 'null'>();
    if (input !== undefined) fds.set(0, input);
    else if (background && !shell.interactive) fds.set(0, 'null');
    if (pipe) fds.set(1, pipe.write);
    const closing = [input, pipe?.read, pipe?.write].filter((fd) => fd !== undefined);
    pids.push(yield* start(shell, subshell(shell, command, { closing, background }), fds));
    if (input !== undefined) shell.sys.close(input);
    if (pipe) shell.sys.close(pipe.write);
    input = pipe?.read;
  }
  const job = addJob(shell, pids, background, shell.interactive ? (text ?? '') : '');
  if (!background) return yield* waitForJob(shell, job);
  shell.lastBackground = pids.at(-1);
  yield* announce(shell, job.id);
  return 0;
}

/** An interactive shell says which job it has started. */
function* announce(shell: Shell, id: number): Running<void> {
  if (shell.interactive && !shell.isSubshell && shell.dialect.name === 'bash') yield* write(shell, 2, `[${id}] ${shell.lastBackground}\n`);
}

function* evaluateSubshell(shell: Shell, node: Node & { kind: 'subshell' }, flags: number): Running {
  const targets = yield* expandTargets(shell, node.redirects);
  if ((flags & last) !== 0 && !hasTraps(shell)) {
    shell.jobs.length = 0;
    yield* redirect(shell, targets);
    return yield* evaluate(shell, node.body, flags);
  }
  const before = function* open(child: Shell): Running<number | undefined> {
    yield* redirect(child, targets);
    return undefined;
  };
  const pid = yield* start(shell, subshell(shell, node.body, { flags, before }));
  return yield* waitForJob(shell, addJob(shell, [pid], false, ''));
}

function* evaluateSimple(shell: Shell, node: Simple, flags: number): Running {
  shell.line = shell.lineBase + node.line;
  shell.substitutionStatus = 0;
  const words = withAlias(shell, node.words[0]?.literal, expandWords(shell, yield* settleWords(shell, node.words)));
  const targets = yield* expandTargets(shell, node.redirects);
  const [name] = words;
  const builtin = name === undefined ? undefined : builtins.get(name);
  const body = name === undefined || !isFunction(shell, name, builtin) ? undefined : shell.functions.get(name);
  if (name !== undefined && !builtin && !body) {
    const assigned = yield* assignedValues(shell, node.assignments);
    if (shell.options.xtrace) yield* write(shell, 2, traceText(shell, assigned, words));
    return yield* evaluateExternal(shell, words, targets, assigned, flags);
  }
  const special = name === undefined || (builtin?.special === true && !body);
  const permanent = name === 'exec';
  let saved: Saved = [];
  try {
    saved = yield* redirect(shell, targets);
  } catch (error) {
    if (name === undefined || !special) return yield* refusedRedirect(shell, error);
    throw error;
  }
  let kept = permanent;
  try {
    const assigned = yield* assignedValues(shell, node.assignments, name === undefined);
    if (shell.options.xtrace) yield* write(shell, 2, traceText(shell, assigned, words));
    if (special) for (const [key, value] of assigned) setVariable(shell, key, value);
    if (name === undefined) return shell.substitutionStatus;
    const held = special ? undefined : assignLocally(shell, assigned);
    try {
      if (body) return yield* call(shell, body, words.slice(1), flags);
      return builtin ? yield* runBuiltin(shell, name, builtin, words.slice(1), flags) : 127;
    } finally {
      if (held) putBack(shell, held);
    }
  } catch (error) {
    kept = kept && !(error instanceof ShellError);
    // The error belongs to where the redirections still hold.
    if (error instanceof ShellError) yield* report(shell, error);
    throw error;
  } finally {
    if (!kept) restore(shell, saved);
    else for (const { copy } of saved) if (copy !== undefined) shell.sys.close(copy);
    for (const fd of shell.processFiles.splice(0)) shell.sys.close(fd);
  }
}

/** The words of a command whose name is an alias, at a terminal. Of aliases only words are simulated, no operators and no quotes. */
function withAlias(shell: Shell, name: string | undefined, words: readonly string[]): readonly string[] {
  const text = name === undefined || !shell.interactive ? undefined : shell.aliases.get(name);
  return text === undefined ? words : [...text.split(/\s+/).filter((word) => word !== ''), ...words.slice(1)];
}

/** The values of assignments; `keep`: each is set before the next is expanded. */
function* assignedValues(
  shell: Shell,
  assignments: readonly { readonly name: string; readonly value: Word }[],
  keep = false,
): Running<Map<string, string>> {
  const values = new Map<string, string>();
  for (const { name, value } of assignments) {
    const text = yield* textOf(shell, value);
    values.set(name, text);
    if (keep) setVariable(shell, name, text);
  }
  return values;
}

function assignLocally(shell: Shell, assigned: ReadonlyMap<string, string>): ReadonlyMap<string, Variable | undefined> | undefined {
  if (assigned.size === 0) return undefined;
  const held = new Map<string, Variable | undefined>();
  for (const [name, value] of assigned) {
    held.set(name, shell.variables.get(name));
    setVariable(shell, name, value, true);
  }
  return held;
}

function putBack(shell: Shell, held: ReadonlyMap<string, Variable | undefined>): void {
  for (const [name, variable] of held) {
    if (variable === undefined) shell.variables.delete(name);
    else shell.variables.set(name, variable);
  }
}

function* runBuiltin(shell: Shell, name: string, builtin: Builtin, args: readonly string[], flags: number): Running {
  const { commandName } = shell;
  shell.commandName = name;
  try {
    if ('slow' in builtin) return yield* builtin.slow(shell, args, flags);
    return yield* finishQuick(shell, builtin.quick(shell, args));
  } catch (error) {
    if (!(error instanceof ShellError) || builtin.special) {
      if (error instanceof ShellError) yield* report(shell, error);
      throw error;
    }
    yield* report(shell, error);
    return error.status;
  } finally {
    shell.commandName = commandName;
  }
}

function* finishQuick(shell: Shell, answer: Quick): Running {
  if (typeof answer === 'number') return answer;
  if (answer.out !== undefined) yield* write(shell, 1, answer.out);
  if (answer.error !== undefined) yield* write(shell, 2, answer.error);
  return answer.status;
}

/** Calls a function. */
function* call(shell: Shell, { body, lineBase }: ShellFunction, args: readonly string[], flags: number): Running {
  const held = { parameters: shell.parameters, lineBase: shell.lineBase };
  if (shell.callDepth >= maxCalls) {
    shell.sys.kill(shell.sys.pid, 'SEGV');
    throw new ShellExit(139, true);
  }
  shell.callDepth += 1;
  shell.parameters = args;
  shell.lineBase = lineBase;
  shell.locals.push(new Map());
  try {
    const status = yield* evaluate(shell, body, flags & tested);
    if (shell.skip === 'return') shell.skip = undefined;
    return status === shell.status ? status : shell.status;
  } finally {
    const frame = shell.locals.pop();
    if (frame) putBack(shell, frame);
    shell.parameters = held.parameters;
    shell.lineBase = held.lineBase;
    shell.callDepth -= 1;
  }
}
