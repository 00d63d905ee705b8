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
  return (step) => {
    for (; read < trace.notes.length; read += 1) {
      const note = trace.notes[read] as NoteRecord;
      if (isCommand(note)) found.push(note);
    }
    const last = found.findLast((note) => note.step <= step);
    if (!last) return undefined;
    const { line } = last.data as { readonly line: string };
    return { step: last.step, line, answer: last.name === 'command-ended' ? (last.data as Notes['command-ended']) : undefined };
  };
}
