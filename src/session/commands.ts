// What kubectl said to the editor's text: the commands that nobody typed into a terminal of their own, as of a step.
import type { NoteName, Notes } from '../cluster/notes.ts';
import type { NoteRecord } from '../engine/records.ts';
import { type Trace, lastAtStep } from '../engine/trace.ts';

/** A command, with its answer once it has ended. */
export interface Command {
  readonly step: number;
  readonly line: string;
  readonly answer: Pick<Notes['command-ended'], 'stdout' | 'stderr' | 'exit'> | undefined;
}

/** The terminal in which the editor's text is applied. */
const OWN = 'main';
const terminalOf = (note: NoteRecord | undefined): unknown => (note?.data as { readonly terminal?: unknown } | undefined)?.terminal;

/** Reads the last command that had started by a step. */
export function createCommandReader(trace: Trace): (step: number) => Command | undefined {
  let last: { readonly note: NoteRecord; readonly command: Command } | undefined;
  const newest = (name: NoteName, step: number): NoteRecord | undefined => {
    const notes = trace.notesNamed(name);
    let at = lastAtStep(notes, step);
    while (at >= 0 && terminalOf(notes[at]) !== OWN) at -= 1;
    return notes[at];
  };
  return (step) => {
    const started = newest('command-started', step);
    const ended = newest('command-ended', step);
    const note = (ended?.id ?? 0) > (started?.id ?? 0) ? ended : started;
    if (!note) return undefined;
    // The same command is the same object, so that nobody draws it again.
    if (last?.note === note) return last.command;
    const { line } = note.data as { readonly line: string };
    const answer = note === ended ? (note.data as Notes['command-ended']) : undefined;
    last = { note, command: { step: note.step, line, answer } };
    return last.command;
  };
}
