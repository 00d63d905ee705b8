// Redirections: targets are expanded by the shell, opened by whoever runs the command. Models expredir and redirect of busybox shell/ash.c.
import type { Redirect } from './parse/syntax.ts';
import { ask, type Running, type Shell, ShellError } from './state.ts';
import { settle, start, textOf } from './substitute.ts';
import { expandText } from './expand.ts';

/** A redirection whose target is known. */
export interface Target {
  readonly operator: Redirect['operator'];
  readonly fd: number;
  readonly text: string;
}

/** What a number led to before a redirection; undefined: nothing. */
export type Saved = readonly { readonly fd: number; readonly copy: number | undefined }[];

/** Expands the targets. */
export function* expandTargets(shell: Shell, redirects: readonly Redirect[]): Running<readonly Target[]> {
  const targets: Target[] = [];
  for (const { operator, fd, target } of redirects) {
    const text = operator === '<<' ? expandText(shell, yield* settle(shell, target)) : yield* textOf(shell, target);
    targets.push({ operator, fd, text });
  }
  return targets;
}

/** What an errno name means. */
export function errnoText(error: string): string {
  return errnoTexts[error] ?? error;
}

const errnoTexts: Readonly<Record<string, string>> = {
  EPERM: 'Operation not permitted',
  ENOENT: 'No such file or directory',
  ESRCH: 'No such process',
  EINTR: 'Interrupted system call',
  ENXIO: 'No such device or address',
  ENOEXEC: 'Exec format error',
  EBADF: 'Bad file descriptor',
  ECHILD: 'No child processes',
  EAGAIN: 'Resource temporarily unavailable',
  EACCES: 'Permission denied',
  EBUSY: 'Resource busy',
  EEXIST: 'File exists',
  EXDEV: 'Invalid cross-device link',
  ENOTDIR: 'Not a directory',
  EISDIR: 'Is a directory',
  EINVAL: 'Invalid argument',
  EMFILE: 'Too many open files',
  ENOSPC: 'No space left on device',
  EROFS: 'Read-only file system',
  EPIPE: 'Broken pipe',
  ELOOP: 'Symbolic link loop',
  ENOTEMPTY: 'Directory not empty',
  EADDRINUSE: 'Address already in use',
};

/** Opens the targets, for good. Throws with status 1 where one cannot be had. */
export function* openTargets(shell: Shell, targets: readonly Target[]): Running<void> {
  for (const target of targets) yield* openTarget(shell, target);
}

/** Opens the targets until `restore`. What was opened before a failure is put back. */
export function* redirect(shell: Shell, targets: readonly Target[]): Running<Saved> {
  const saved: { fd: number; copy: number | undefined }[] = [];
  try {
    for (const target of targets) {
      for (const fd of target.operator === '&>' ? [1, 2] : [target.fd]) {
        if (saved.some((held) => held.fd === fd)) continue;
        saved.push({ fd, copy: shell.sys.dup(fd, -1).fd });
      }
      yield* openTarget(shell, target);
    }
  } catch (error) {
    restore(shell, saved);
    throw error;
  }
  return saved;
}

/** Puts back what stood before. */
export function restore(shell: Shell, saved: Saved): void {
  for (const { fd, copy } of [...saved].reverse()) {
    if (copy === undefined) shell.sys.close(fd);
    else {
      shell.sys.dup(copy, fd);
      shell.sys.close(copy);
    }
  }
}

function* openTarget(shell: Shell, { operator, fd, text }: Target): Running<void> {
  const { sys } = shell;
  if (operator === '<<') {
    yield* openText(shell, fd, text);
    return;
  }
  if (operator === '<&' || operator === '>&') {
    if (text === '-') {
      sys.close(fd);
      return;
    }
    if (/^\d+$/.test(text)) {
      if (sys.dup(Number(text), fd).error !== undefined) throw new ShellError(`${text}: Bad file descriptor`, 1);
      return;
    }
    if (operator === '<&' || fd !== 1) throw new ShellError('syntax error: bad fd number');
  }
  const both = operator === '&>' || operator === '>&';
  const opened = openFile(shell, operator, text);
  if (opened !== fd) {
    sys.dup(opened, fd);
    sys.close(opened);
  }
  if (both) sys.dup(fd, 2);
}

function openFile(shell: Shell, operator: Redirect['operator'], path: string): number {
  const { sys } = shell;
  if (operator === '<') {
    const opened = sys.open(path, 'read');
    if ('fd' in opened) return opened.fd;
    throw new ShellError(`can't open ${path}: ${opened.error === 'ENOENT' ? 'no such file' : errnoText(opened.error)}`, 1);
  }
  const held = operator === '>' && shell.options.noclobber ? sys.files.stat(path.startsWith('/') ? path : `${sys.cwd}/${path}`) : undefined;
  if (held && 'kind' in held && held.kind === 'file') throw new ShellError(`can't create ${path}: File exists`, 1);
  const opened = sys.open(path, operator === '>>' || operator === '<>' ? 'append' : 'write');
  if ('fd' in opened) return opened.fd;
  const missing = opened.error === 'ENOENT' || opened.error === 'ENOTDIR';
  throw new ShellError(`can't create ${path}: ${missing ? 'nonexistent directory' : errnoText(opened.error)}`, 1);
}

/** A here-document: a pipe, filled by a process of its own where it does not fit. */
function* openText(shell: Shell, fd: number, text: string): Running<void> {
  const { sys } = shell;
  const pipe = sys.pipe();
  if (pipe.read < 0) throw new ShellError("can't create pipe: Too many open files");
  if (text.length <= 65536) yield* ask(shell, { ask: 'write', fd: pipe.write, text });
  else
    yield* start(shell, function* fill(child) {
      child.close(pipe.read);
      yield { ask: 'write', fd: pipe.write, text };
      return 0;
    });
  sys.close(pipe.write);
  sys.dup(pipe.read, fd);
  if (pipe.read !== fd) sys.close(pipe.read);
}
