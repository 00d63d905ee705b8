// Help, shorter than the real one's: what a command does, how it is called and which flags it takes.
import type { Command } from './command.ts';
import type { FlagSpec } from './flags.ts';

/** The help of one command. */
export function helpOf(command: Command): string {
  const options = command.flags.map((flag) => `    ${flagText(flag)}\n`).join('');
  const list = options === '' ? '' : `Options:\n${options}\n`;
  return `${command.about}\n\n${list}Usage:\n  kubectl ${command.usage}\n\nUse "kubectl options" for a list of global command-line options (applies to all commands).\n`;
}

/** The help of several commands. */
export function rootHelp(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  const lines = commands.map((command) => `  ${command.name.padEnd(width)}   ${command.about}\n`).join('');
  return `kubectl controls the Kubernetes cluster manager.\n\nAvailable Commands:\n${lines}\nUsage:\n  kubectl [flags] [options]\n\nUse "kubectl <command> --help" for more information about a given command.\n`;
}

const flagText = (flag: FlagSpec): string => `${flag.short ? `-${flag.short}, ` : ''}--${flag.name}=${shownDefault(flag)}:`;

function shownDefault(flag: FlagSpec): string {
  if (flag.type === 'bool') return flag.default ?? 'false';
  if (flag.type === 'list' || flag.type === 'array') return '[]';
  return flag.type === 'string' ? `'${flag.default ?? ''}'` : (flag.default ?? '0');
}
