// Commands that are programs: found along $PATH, run in a process of their own or, as the last command of a shell, in its place.
import type { Sys } from '../process/program.ts';
import { addJob, waitForJob } from './jobs.ts';
import { errnoText, openTargets, type Target } from './redirect.ts';
import { complain, environment, last, type Running, type Shell, ShellError, ShellExit } from './state.ts';
import { report, signalReset } from './subshell.ts';
import { start } from './substitute.ts';
import { hasTraps } from './traps.ts';

/** Runs a program. */
export function* evaluateExternal(
  shell: Shell,
  words: readonly string[],
  targets: readonly Target[],
  assigned: ReadonlyMap<string, string>,
  flags: number,
): Running {
  const env = new Map([...environment(shell), ...assigned]);
  if ((flags & last) !== 0 && !hasTraps(shell)) throw new ShellExit(yield* become(shell, words, targets, env), true);
  const reset = signalReset(shell);
  const pid = yield* start(shell, (sys) => {
    reset(sys);
    return become({ ...shell, sys, pending: [] }, words, targets, env);
  });
  return yield* waitForJob(shell, addJob(shell, [pid], false, words.join(' ')));
}

/** Opens the redirections and becomes the program. Answers its status, or why it could not be run. */
function* become(shell: Shell, words: readonly string[], targets: readonly Target[], env: ReadonlyMap<string, string>): Running {
  try {
    yield* openTargets(shell, targets);
  } catch (error) {
    if (!(error instanceof ShellError)) throw error;
    yield* report(shell, error);
    return error.status;
  }
  return yield* execute(shell, words, env);
}

/** execve: the process goes on as another program. */
export function* execute(shell: Shell, words: readonly string[], env: ReadonlyMap<string, string>): Running {
  const { sys } = shell;
  let program = sys.exec({ argv: words, env });
  if ('error' in program && program.error === 'ENOEXEC') program = asScript(sys, words, env);
  if (!('error' in program)) return yield* program(sys);
  const missing = program.error === 'ENOENT' || program.error === 'ENOTDIR';
  const text = missing ? notFound(shell, words[0] ?? '') : errnoText(program.error === 'EISDIR' ? 'EACCES' : program.error);
  yield* complain(shell, `${words[0]}: ${text}`);
  return missing ? 127 : 126;
}

function notFound(shell: Shell, name: string): string {
  if (shell.dialect.name !== 'bash') return 'not found';
  return name.includes('/') ? 'No such file or directory' : 'command not found';
}

/** A file without `#!` is a script for the same shell. */
function asScript(sys: Sys, words: readonly string[], env: ReadonlyMap<string, string>): ReturnType<Sys['exec']> {
  const path = findOnPath(sys, words[0] ?? '', env.get('PATH') ?? '') ?? words[0] ?? '';
  return sys.exec({ argv: ['/bin/sh', path, ...words.slice(1)], env });
}

/** Where a name stands along a path; undefined: nowhere. */
export function findOnPath(sys: Sys, name: string, path: string): string | undefined {
  const executable = (at: string): boolean => {
    const stat = sys.files.stat(at.startsWith('/') ? at : `${sys.cwd}/${at}`);
    return 'kind' in stat && stat.kind !== 'directory' && (stat.mode & 0o111) !== 0;
  };
  if (name.includes('/')) return executable(name) ? name : undefined;
  for (const directory of path.split(':')) {
    const at = `${directory === '' ? '.' : directory.replace(/\/$/, '')}/${name}`;
    if (executable(at)) return at;
  }
  return undefined;
}
