// What a terminal shows as of a step: its commands from the notes, their text from the log streams, in the order in which they came.
import type { Notes } from '../../cluster/notes.ts';
import type { NoteRecord, TraceRecord } from '../../engine/records.ts';
import type { Trace } from '../../engine/trace.ts';
import { type HintName, hintOf } from './hints.ts';

/** Lines that are kept on the page; what came before is said to be left out. */
export const MOST_LINES = 2000;
/** Characters that are kept on the page. */
const MOST_CHARACTERS = 500_000;

/** A part of a line that came from one of the two streams. */
export interface Piece {
  readonly stream: 'out' | 'err';
  readonly text: string;
}

/** A line of a terminal. `id` stays the same while the line grows, and when earlier lines fall out. */
export type TerminalLine =
  | { readonly kind: 'command'; readonly id: string; readonly text: string }
  | { readonly kind: 'output'; readonly id: string; readonly pieces: readonly Piece[] }
  /** A command has ended with a code that is not 0, or there is something to say about it. */
  | { readonly kind: 'ended'; readonly id: string; readonly exit: number | null; readonly hint: HintName | undefined };

/** A terminal as of a step. */
export interface TerminalView {
  readonly lines: readonly TerminalLine[];
  /** Whether earlier lines are left out. */
  readonly isCut: boolean;
  /** Whether a command runs: what is typed is its input. */
  readonly isBusy: boolean;
  /** Whether nothing has been entered yet. */
  readonly isUnused: boolean;
}

/** Reads a terminal out of a trace that grows. */
export interface TerminalReader {
  /** The id of the last record that is this terminal's, as of a step; 0 where there is none. The view changes only when it does. */
  mark(step: number): number;
  /** What it shows as of a step; `after`: only what came after the record of that id, which Ctrl-L has cleared. */
  read(step: number, after?: number): TerminalView;
}

/** A reader of the terminal with this name. */
export function createTerminalReader(trace: Trace, terminal: string): TerminalReader {
  const own: NoteRecord[] = [];
  let seen = 0;

  const notesAt = (step: number): readonly NoteRecord[] => {
    for (; seen < trace.notes.length; seen += 1) {
      const note = trace.notes[seen];
      if (note && isOwn(note, terminal)) own.push(note);
    }
    let end = own.length;
    while (end > 0 && (own[end - 1]?.step ?? 0) > step) end -= 1;
    return end === own.length ? own : own.slice(0, end);
  };
  const sourcesAt = (step: number): readonly (readonly TraceRecord[])[] => [
    notesAt(step),
    trace.logs(`terminal/${terminal}/out`, step),
    trace.logs(`terminal/${terminal}/err`, step),
  ];
  const mark = (step: number): number => Math.max(0, ...sourcesAt(step).map((source) => source.at(-1)?.id ?? 0));

  return {
    mark,
    read(step, after = 0) {
      const sources = sourcesAt(step);
      // Before the moment of clearing, nothing had been cleared.
      const { records, isCut } = lastRecords(sources, mark(step) < after ? 0 : after);
      const lines = linesOf(records);
      return {
        lines: lines.slice(-MOST_LINES),
        isCut: isCut || lines.length > MOST_LINES,
        isUnused: sources[0]?.length === 0,
        isBusy: sources[0]?.at(-1)?.type === 'note' && (sources[0].at(-1) as NoteRecord).name === 'command-started',
      };
    },
  };
}

function isOwn(note: NoteRecord, terminal: string): boolean {
  if (note.name !== 'command-started' && note.name !== 'command-ended') return false;
  return (note.data as { readonly terminal: string }).terminal === terminal;
}

/** The last records of several lists as one, as many as the page holds. */
function lastRecords(
  sources: readonly (readonly TraceRecord[])[],
  after: number,
): { readonly records: readonly TraceRecord[]; readonly isCut: boolean } {
  const ends = sources.map((source) => source.length);
  const found: TraceRecord[] = [];
  let lines = 0;
  let characters = 0;
  while (lines <= MOST_LINES && characters <= MOST_CHARACTERS) {
    let latest: TraceRecord | undefined;
    let from = 0;
    for (const [i, source] of sources.entries()) {
      const record = source[(ends[i] ?? 0) - 1];
      if (record && record.id > after && record.id > (latest?.id ?? 0)) {
        latest = record;
        from = i;
      }
    }
    if (!latest) return { records: found.reverse(), isCut: false };
    ends[from] = (ends[from] ?? 0) - 1;
    found.push(latest);
    const text = latest.type === 'log' ? latest.text : '\n';
    lines += text.split('\n').length - 1;
    characters += text.length;
  }
  return { records: found.reverse(), isCut: true };
}

const ESCAPE = String.fromCharCode(27);
/** What clears a screen: `clear` and `watch` write it. */
const CLEAR = new RegExp(`${ESCAPE}(?:c|\\[[23]J|\\[H${ESCAPE}\\[0?J)`);
/** Colours, places and the bell: nothing that a page of lines can show. */
const UNSEEN = new RegExp(`${ESCAPE}\\[[0-9;?]*[A-Za-z]|[${String.fromCharCode(0)}-${String.fromCharCode(7)}]`, 'g');

function linesOf(records: readonly TraceRecord[]): readonly TerminalLine[] {
  let lines: TerminalLine[] = [];
  /** The line that grows. */
  let growing: { readonly id: string; readonly pieces: Piece[] } | undefined;
  /** A carriage return has come: the next text writes over the line. */
  let isReturned = false;
  /** The record that is read, and how many lines have begun in it. */
  let current = 0;
  let begun = 0;

  const grown = (id: number): { readonly id: string; readonly pieces: Piece[] } => {
    if (growing) return growing;
    begun = id === current ? begun + 1 : 1;
    current = id;
    const line = { kind: 'output', id: `${id}.${begun}`, pieces: [] as Piece[] } as const;
    lines.push(line);
    growing = line;
    return line;
  };
  const endLine = (): void => {
    growing = undefined;
    isReturned = false;
  };
  const write = (id: number, stream: Piece['stream'], text: string): void => {
    const { pieces } = grown(id);
    if (isReturned) pieces.length = 0;
    isReturned = false;
    const last = pieces.at(-1);
    if (last?.stream === stream) pieces[pieces.length - 1] = { stream, text: last.text + text };
    else pieces.push({ stream, text });
  };
  const log = (id: number, stream: Piece['stream'], text: string): void => {
    const screens = text.split(CLEAR);
    if (screens.length > 1) {
      lines = [];
      endLine();
    }
    for (const part of (screens.at(-1) ?? '').replace(UNSEEN, '').split(/(\r?\n|\r)/)) {
      if (part === '\r') isReturned = true;
      else if (part.endsWith('\n')) {
        grown(id);
        endLine();
      } else if (part !== '') write(id, stream, part);
    }
  };

  for (const record of records) {
    if (record.type === 'log') log(record.id, record.stream.endsWith('/out') ? 'out' : 'err', record.text);
    else if (record.type === 'note') {
      endLine();
      const line = lineOf(record);
      if (line) lines.push(line);
    }
  }
  return lines;
}

function lineOf({ id, name, data }: NoteRecord): TerminalLine | undefined {
  const { line } = data as Notes['command-started'];
  if (name === 'command-started') return { kind: 'command', id: String(id), text: line };
  const { exit } = data as Notes['command-ended'];
  const hint = hintOf(line, exit);
  return exit === 0 && hint === undefined ? undefined : { kind: 'ended', id: String(id), exit, hint };
}
