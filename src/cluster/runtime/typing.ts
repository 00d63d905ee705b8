// What is typed at a terminal of a machine: keys are signals there, text is input.
import type { Machine } from './process/machine-interface.ts';

const CONTROL: Readonly<Record<string, string>> = { '\x03': 'INT', '\x1c': 'QUIT', '\x1a': 'TSTP' };

/** Gives a session what was typed; without a terminal it is input as it stands. */
export function typeInto(machine: Machine, session: number, tty: boolean, text: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the keys
  const pieces = tty ? text.match(/[\x03\x04\x1a\x1c]|[^\x03\x04\x1a\x1c]+/g) : undefined;
  if (!tty) machine.input(session, text);
  for (const piece of pieces ?? []) {
    const signal = CONTROL[piece];
    if (signal !== undefined) machine.interrupt(session, signal);
    else if (piece === '\x04') machine.closeInput(session);
    else machine.input(session, piece);
  }
}
