// How the shells of different images speak.
import type { Dialect, Shell } from './state.ts';

/** Busybox's ash: `sh: cd: line 0: text`. Models ash_vmsg. */
export const ash: Dialect = {
  name: 'ash',
  prompt: '\\w \\$ ',
  prefix(shell) {
    const { commandName } = shell;
    if (commandName === undefined) return `${shell.name}: `;
    const line = shell.interactive ? '' : `line ${shell.line}: `;
    return commandName === shell.name ? `${shell.name}: ${line}` : `${shell.name}: ${commandName}: ${line}`;
  },
};

/** Debian's dash: `sh: 1: text`. */
export const dash: Dialect = {
  name: 'dash',
  prompt: '# ',
  prefix: (shell) => `${shell.name}: ${shell.line + (shell.commandName === shell.name ? 0 : 1)}: ${named(shell)}`,
};

/** Bash: `bash: line 1: text`; at a terminal without the line. */
export const bash: Dialect = {
  name: 'bash',
  prompt: '\\u@\\h:\\w\\$ ',
  prefix: (shell) =>
    `${shell.name}: ${shell.interactive ? '' : `line ${shell.line + (shell.commandName === shell.name ? 0 : 1)}: `}${named(shell)}`,
};

/** The builtin that complains. */
function named(shell: Shell): string {
  return shell.commandName === undefined || shell.commandName === shell.name ? '' : `${shell.commandName}: `;
}
