// Finds what an argument vector runs: by path or along $PATH, through links, `#!` lines and the marks of installed programs.
import type { Files, Program } from './program.ts';
import { absolutePath, joinPath } from './paths.ts';

/** A program that was found, with the arguments it gets. */
export type Found = { readonly program: Program; readonly argv: readonly string[]; readonly path: string } | { readonly error: string };

/** Where programs are looked for when $PATH says nothing. */
export const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

const mark = '\x7fELF ';

/** The text of the file that stands for a program: copied or renamed, it still runs it. */
export function programFile(path: string): string {
  return `${mark}${path}`;
}

/** What finding needs: the files, and the programs by the path at which an image has put them. */
export interface ProgramSource {
  readonly files: Files;
  program(path: string): Program | undefined;
}

/** Finds the program of an argument vector. `ENOENT`, `EACCES`, `EISDIR`, `ENOEXEC` (a file without `#!`). */
export function findProgram(source: ProgramSource, argv: readonly string[], env: ReadonlyMap<string, string>, cwd: string): Found {
  const name = argv[0] ?? '';
  if (name === '') return { error: 'ENOENT' };
  if (name.includes('/')) return programAt(source, absolutePath(name, cwd), argv, cwd, 0);
  let failure = 'ENOENT';
  for (const directory of (env.get('PATH') ?? defaultPath).split(':')) {
    const found = programAt(source, absolutePath(joinPath(directory === '' ? '.' : directory, name), cwd), argv, cwd, 0);
    if (!('error' in found)) return found;
    if (found.error === 'ENOEXEC') return found;
    if (found.error === 'EACCES') failure = 'EACCES';
  }
  return { error: failure };
}

function programAt(source: ProgramSource, path: string, argv: readonly string[], cwd: string, depth: number): Found {
  const stat = source.files.stat(path);
  if ('error' in stat) return { error: stat.error };
  if (stat.kind === 'directory') return { error: 'EISDIR' };
  if ((stat.mode & 0o111) === 0) return { error: 'EACCES' };
  const read = source.files.read(path);
  const text = 'text' in read ? read.text : '';
  const program = source.program(text.startsWith(mark) ? text.slice(mark.length) : (source.files.realPath(path) ?? path));
  if (program) return { program, argv, path };
  if (!text.startsWith('#!') || depth > 4) return { error: 'ENOEXEC' };
  const line = text.slice(2, text.includes('\n') ? text.indexOf('\n') : undefined).trim();
  const [interpreter = '', ...rest] = line.split(/[ \t]+/);
  const inner = [interpreter, ...(rest.length > 0 ? [rest.join(' ')] : []), path, ...argv.slice(1)];
  return programAt(source, absolutePath(interpreter, cwd), inner, cwd, depth + 1);
}
