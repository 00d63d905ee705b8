// A script as ash reads it: characters, the words that it is told to put differently, and where it refuses.

/** Why ash refuses a script: the text after `sh: `. `atEnd`: more input could mend it (an interactive shell asks for it). */
export class SyntaxRefusal extends Error {
  override readonly name = 'SyntaxRefusal';
  readonly atEnd: boolean;
  readonly offset: number;
  constructor(message: string, atEnd: boolean, offset: number) {
    super(message);
    this.atEnd = atEnd;
    this.offset = offset;
  }
}

/** A place where the text that unbash gets differs from what was written. */
interface Edit {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

/** A cursor over a script. */
export interface Source {
  readonly text: string;
  at: number;
  readonly edits: Edit[];
  /** A here-document whose last line has not come. */
  isOpen?: boolean;
}

/** A cursor at `at`. */
export function createSource(text: string, at = 0): Source {
  return { text, at, edits: [] };
}

/** The character at the cursor, `''` at the end; backslash-newline is no character. */
export function peek(source: Source): string {
  while (source.text.startsWith('\\\n', source.at)) source.at += 2;
  return source.text.charAt(source.at);
}

/** Notes that unbash shall read something else here. */
export function edit(source: Source, at: number, remove: number, insert: string): void {
  const last = source.edits.at(-1);
  // A token that was given back is seen twice.
  if (last?.at === at && last.insert === insert) return;
  source.edits.push({ at, remove, insert });
}

/** The text from `start` to `end` with the edits that lie within. */
export function edited(source: Source, start: number, end: number): string {
  let text = '';
  let from = start;
  const inside = source.edits.filter(({ at }) => at >= start && at <= end);
  for (const { at, remove, insert } of inside.sort((a, b) => a.at - b.at || a.remove - b.remove)) {
    if (at < from) continue;
    text += source.text.slice(from, at) + insert;
    from = at + remove;
  }
  return text + source.text.slice(from, end);
}

/** Refuses the script. */
export function refuse(source: Source, message: string): never {
  throw new SyntaxRefusal(`syntax error: ${message}`, source.at >= source.text.length, source.at);
}
