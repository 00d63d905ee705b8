// What the terminal said: the commands of a run, as of a step.
import type { Notes } from '../cluster/notes.ts';
import type { NoteRecord } from '../engine/records.ts';
import type { Trace } from '../engine/trace.ts';

/** A command, with its answer once it has ended. */
export interface Command {
  readonly step: number;
  readonly line: string;
  readonly answer: Pick<Notes['command-ended'], 'stdout' | 'stderr' | 'exit'> | undefined;
}

const isCommand = (note: NoteRecord): boolean => note.name === 'command-started' || note.name === 'command-ended';

/** Reads the last command that had started by a step. */
export function createCommandReader(trace: Trace): (step: number) => Command | undefined {
  const found: NoteRecord[] = [];
  let read = 0;
  let last: { readonly note: NoteRecord; readonly command: Command } | undefined;
  return (step) => {
    for (; read < trace.notes.length; read += 1) {
      const note = trace.notes[read] as NoteRecord;
      if (isCommand(note)) found.push(note);
    }
    const note = found.findLast((each) => each.step <= step);
    if (!note) return undefined;
    // The same command is the same object, so that nobody draws it again.
    if (last?.note === note) return last.command;
    const { line } = note.data as { readonly line: string };
    const answer = note.name === 'command-ended' ? (note.data as Notes['command-ended']) : undefined;
    last = { note, command: { step: note.step, line, answer } };
    return last.command;
  };
}
