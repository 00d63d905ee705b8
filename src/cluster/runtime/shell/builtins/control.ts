// Builtins that change where control goes, or the shell itself.
import { absolutePath } from '../../process/paths.ts';
import { programFile } from '../../process/program-search.ts';
import { execute, findOnPath } from '../external.ts';
import { environment, getVariable, last, type Running, type Shell, ShellError, ShellExit, write } from '../state.ts';
import type { Builtin, Quick } from './kinds.ts';

/** A number that is not negative, or an error. */
export function numberArgument(text: string): number {
  if (!/^\d+$/.test(text)) throw new ShellError(`Illegal number: ${text}`);
  return Number(text);
}

function leaveLoop(kind: 'break' | 'continue') {
  return (shell: Shell, [count]: readonly string[]): Quick => {
    const levels = count === undefined ? 1 : numberArgument(count);
    if (levels < 1) throw new ShellError(`Illegal number: ${count}`);
    if (shell.loopDepth > 0) {
      shell.skip = kind;
      shell.skipCount = Math.min(levels, shell.loopDepth);
    }
    return 0;
  };
}

function exit(shell: Shell, [code]: readonly string[]): never {
  throw new ShellExit(code === undefined ? (shell.trapStatus ?? shell.status) : numberArgument(code) & 255);
}

function return_(shell: Shell, [code]: readonly string[]): Quick {
  const status = code === undefined ? shell.status : numberArgument(code) & 255;
  shell.skip = 'return';
  return status;
}

function* eval_(shell: Shell, args: readonly string[], flags: number): Running {
  if (args.length === 0) return 0;
  return yield* shell.runText(args.join(' '), flags & ~last, 0);
}

function* exec(shell: Shell, args: readonly string[]): Running {
  const words = args[0] === '--' ? args.slice(1) : args[0] === '-a' ? args.slice(2) : args;
  if (words.length === 0) return 0;
  const status = yield* execute(shell, words, environment(shell));
  if (shell.interactive && (status === 127 || status === 126)) return status;
  throw new ShellExit(status, true);
}

function* dot(shell: Shell, [path, ...args]: readonly string[], flags: number): Running {
  if (path === undefined) return 2;
  const { sys } = shell;
  const found = path.includes('/') ? path : (onPath(shell, path) ?? path);
  const opened = sys.files.read(absolutePath(found, sys.cwd));
  if ('error' in opened)
    throw new ShellError(`can't open '${path}': ${opened.error === 'EISDIR' ? 'Is a directory' : 'No such file or directory'}`);
  const { parameters, commandName } = shell;
  if (args.length > 0) shell.parameters = args;
  shell.commandName = found;
  try {
    const status = yield* shell.runText(opened.text, flags & ~last, 1);
    if (shell.skip === 'return') shell.skip = undefined;
    return status;
  } finally {
    if (args.length > 0) shell.parameters = parameters;
    shell.commandName = commandName;
  }
}

function onPath(shell: Shell, name: string): string | undefined {
  for (const directory of (getVariable(shell, 'PATH') ?? '').split(':')) {
    const stat = shell.sys.files.stat(absolutePath(`${directory}/${name}`, shell.sys.cwd));
    if ('kind' in stat && stat.kind === 'file') return `${directory}/${name}`;
  }
  return undefined;
}

/** `command NAME`: without functions. `-v` and `-V` only say what it is. */
function* command(shell: Shell, args: readonly string[]): Running {
  const [option] = args;
  const words = args.filter((word, index) => !(index === 0 && /^-[vVp]$/.test(word)));
  if (option !== '-v' && option !== '-V') {
    if (words.length === 0) return 0;
    const { commandName } = shell;
    shell.commandName = undefined;
    try {
      return yield* shell.runCommand(words);
    } finally {
      shell.commandName = commandName;
    }
  }
  let status = 0;
  for (const name of words.slice(0, 1)) {
    const what = describe(shell, name);
    if (what === undefined) status = 127;
    if (option === '-v') yield* write(shell, 1, what ? `${what.short}\n` : '');
    else yield* write(shell, 1, what ? `${name} is ${what.long}\n` : `${name}: not found\n`);
  }
  return status;
}

const keywords = new Set('! case do done elif else esac fi for function if in then until while { }'.split(' '));

/** What a name means to the shell. */
export function describe(shell: Shell, name: string): { readonly short: string; readonly long: string } | undefined {
  if (keywords.has(name)) return { short: name, long: 'a shell keyword' };
  const alias = shell.aliases.get(name);
  if (alias !== undefined) return { short: `alias ${name}='${alias}'`, long: `an alias for ${alias}` };
  if (shell.isSpecial(name)) return { short: name, long: 'a special shell builtin' };
  if (shell.functions.has(name)) return { short: name, long: shell.dialect.name === 'bash' ? 'a function' : 'a function' };
  if (shell.isBuiltin(name)) return { short: name, long: 'a shell builtin' };
  const path = findOnPath(shell.sys, name, getVariable(shell, 'PATH') ?? '');
  if (path === undefined) return undefined;
  // busybox's shell runs its own programs without looking for them.
  const own = shell.dialect.name === 'ash' && isOwnProgram(shell, path);
  return own ? { short: name, long: name } : { short: path, long: path };
}

function isOwnProgram(shell: Shell, path: string): boolean {
  const read = shell.sys.files.read(absolutePath(path, shell.sys.cwd));
  return 'text' in read && read.text.startsWith(programFile(''));
}

function* type(shell: Shell, args: readonly string[]): Running {
  let status = 0;
  for (const name of args) {
    if (name.startsWith('-')) continue;
    const what = describe(shell, name);
    if (!what) status = 127;
    yield* write(shell, 1, what ? `${name} is ${what.long}\n` : `${name}: not found\n`);
  }
  return status;
}

/** The builtins of this file. */
export const control: Readonly<Record<string, Builtin>> = {
  ':': { quick: () => 0, special: true },
  true: { quick: () => 0 },
  false: { quick: () => 1 },
  break: { quick: leaveLoop('break'), special: true },
  continue: { quick: leaveLoop('continue'), special: true },
  exit: { quick: exit, special: true },
  return: { quick: return_, special: true },
  eval: { slow: eval_, special: true },
  exec: { slow: exec, special: true },
  '.': { slow: dot, special: true },
  source: { slow: dot, special: true },
  command: { slow: command },
  type: { slow: type },
};
