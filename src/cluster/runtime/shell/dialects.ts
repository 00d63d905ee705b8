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
  translate: (message) => message,
};

/** Debian's dash: `sh: 1: text`. */
export const dash: Dialect = {
  name: 'dash',
  prompt: '# ',
  prefix: (shell) => `${shell.name}: ${lineOf(shell)}: ${named(shell)}`,
  translate: (message) => reworded(message, dashWords),
};

/** Bash: `bash: line 1: text`; at a terminal without the line. */
export const bash: Dialect = {
  name: 'bash',
  prompt: '\\u@\\h:\\w\\$ ',
  prefix: (shell) => `${shell.name}: ${shell.interactive ? '' : `line ${lineOf(shell)}: `}${named(shell)}`,
  translate: (message) => reworded(message, bashWords),
};

/** Lines of a file count from 1 already. */
function lineOf(shell: Shell): number {
  return shell.line + (shell.source === 'command' ? 1 : 0);
}

/** The builtin that complains. */
function named(shell: Shell): string {
  return shell.commandName === undefined || shell.commandName === shell.name ? '' : `${shell.commandName}: `;
}

/** What ash says, and what stands in its place. */
type Words = readonly (readonly [RegExp, string])[];

const dashWords: Words = [
  [/^syntax error: unexpected (.+?)( \(expecting .+\))?$/, 'Syntax error: $1 unexpected$2'],
  [/^syntax error: unterminated quoted string$/, 'Syntax error: Unterminated quoted string'],
  [/^syntax error: (.)/, 'Syntax error: $1'],
  [/^can't open (.+): no such file$/, 'cannot open $1: No such file'],
  [/^can't create (.+): nonexistent directory$/, 'cannot create $1: Directory nonexistent'],
  [/^can't (open|create) /, 'cannot $1 '],
  [/^can't cd to (.+): .*$/, "can't cd to $1"],
  [/^can't fork: .*$/, 'Cannot fork'],
  [/^arithmetic syntax error$/, 'arithmetic expression: syntax error'],
  [/^divide by zero$/, 'arithmetic expression: division by zero'],
];

const bashWords: Words = [
  [/^syntax error: unexpected "(.+?)"( \(.+\))?$/, "syntax error near unexpected token `$1'"],
  [/^syntax error: unexpected (newline|word|redirection)( \(.+\))?$/, "syntax error near unexpected token `$1'"],
  [/^syntax error: unexpected end of file( \(.+\))?$/, 'syntax error: unexpected end of file'],
  [/^can't (?:open|create) (.+): (?:no such file|nonexistent directory)$/, '$1: No such file or directory'],
  [/^can't (?:open|create) (.+): (.+)$/, '$1: $2'],
  [/^can't open '(.+)': (.+)$/, '$1: $2'],
  [/^can't cd to (.+): (.+)$/, '$1: $2'],
  [/^can't fork: (.+)$/, 'fork: $1'],
  [/^(.+): parameter not set$/, '$1: unbound variable'],
  [/^(.+): is read only$/, '$1: readonly variable'],
  [/^Illegal number: (.+)$/, '$1: numeric argument required'],
  [/^arithmetic syntax error$/, 'syntax error: operand expected'],
  [/^divide by zero$/, 'division by 0'],
  [/^not in a function$/, 'can only be used in a function'],
];

function reworded(message: string, words: Words): string {
  for (const [pattern, text] of words) if (pattern.test(message)) return message.replace(pattern, text);
  return message;
}
