// What `set -x` prints.
import { getVariable, type Shell } from './state.ts';

/** The line of a simple command: `+ X=1 echo 'a b'`. */
export function traceText(shell: Shell, assigned: ReadonlyMap<string, string>, words: readonly string[]): string {
  const assignments = [...assigned].map(([name, value]) => `${name}=${maybeQuoted(value)}`);
  return `${getVariable(shell, 'PS4') ?? '+ '}${[...assignments, ...words.map(maybeQuoted)].join(' ')}\n`;
}

/** Text in quotes that a shell reads back as itself. */
export function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", `'"'"'`)}'`;
}

function maybeQuoted(text: string): string {
  return /[^+,\-./0-9:@A-Z\]^_a-z]/.test(text) ? singleQuoted(text) : text;
}
