// A script, parsed command by command as it runs: what stands before a mistake has run when the mistake is found.
import { compileCommand } from './compile.ts';
import { readCommand } from './grammar.ts';
import { SyntaxRefusal } from './source.ts';
import type { Node } from './syntax.ts';

/** A complete command, or why there is none. */
export type Parsed =
  | {
      readonly kind: 'command';
      readonly node: Node | undefined;
      readonly line: number;
      readonly last: boolean;
      readonly end: number;
      /** A here-document in it has no end: an interactive shell asks for more. */
      readonly isOpen: boolean;
    }
  | { readonly kind: 'refused'; readonly message: string; readonly line: number; readonly incomplete: boolean }
  | { readonly kind: 'end' };

/** A text with as many of its commands as have been parsed. */
export interface Script {
  readonly text: string;
  readonly commands: Parsed[];
}

const known = new Map<string, Script>();
const maxKnown = 200;

/** The script of a text; the same text is parsed once. */
export function scriptOf(text: string): Script {
  const held = known.get(text);
  if (held) return held;
  const script: Script = { text, commands: [] };
  if (known.size >= maxKnown) known.clear();
  if (text.length < 100_000) known.set(text, script);
  return script;
}

/** The command at an index; those before it have been asked for. */
export function commandAt(script: Script, index: number): Parsed {
  const held = script.commands[index];
  if (held) return held;
  const before = script.commands[index - 1];
  const parsed = parseFrom(script.text, before?.kind === 'command' ? before.end : 0);
  script.commands.push(parsed);
  return parsed;
}

/** The first complete command from an offset on. Lines count from 0. */
export function parseFrom(text: string, from: number): Parsed {
  try {
    const reading = readCommand(text, from);
    if (!reading) return { kind: 'end' };
    const node = compileCommand(reading.text);
    return { kind: 'command', node, line: lineAt(text, reading.start), last: reading.last, end: reading.end, isOpen: reading.isOpen };
  } catch (error) {
    if (!(error instanceof SyntaxRefusal)) throw error;
    return { kind: 'refused', message: error.message, line: lineAt(text, error.offset), incomplete: error.atEnd };
  }
}

function lineAt(text: string, at: number): number {
  let line = 0;
  for (let i = text.indexOf('\n'); i >= 0 && i < at; i = text.indexOf('\n', i + 1)) line += 1;
  return line;
}
