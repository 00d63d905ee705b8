// What a run leaves behind. Every record says when, in which step, and which earlier record caused it; walking `cause` back ends at
// an input (a person), a fault, or 0 (the start).

/** Milliseconds since the start of the run: an integer. */
export type Instant = number;
/** Identifies a record in its run: 1, 2, 3 in the order in which they were appended; 0 is the start itself. */
export type RecordId = number;
/** How fine a record is: what a story tells, what an API client sees, everything. */
export type Level = 'story' | 'api' | 'all';
/** How a message travels: `request` and its `response`, a `watch` event, a `call` on one machine and its `answer`, a packet. */
export type MessageKind = 'request' | 'response' | 'watch' | 'call' | 'answer' | 'packet';

interface Stamp {
  readonly id: RecordId;
  /** Which delivery of the run wrote it: many steps share an instant. */
  readonly step: number;
  readonly at: Instant;
  readonly cause: RecordId;
}

/** One revision of one row: an API object in etcd, a container of a runtime. No value: the row is gone. */
export interface RowRecord extends Stamp {
  readonly type: 'row';
  readonly key: string;
  readonly value?: unknown;
}

/** A message, from `at` (sent) to `arrivesAt`. */
export interface MessageRecord extends Stamp {
  readonly type: 'message';
  readonly arrivesAt: Instant;
  readonly from: string;
  readonly to: string;
  readonly kind: MessageKind;
  readonly level: Level;
  /** A few words, as the field would write them: `POST pods`, `ADDED web`. */
  readonly label: string;
  /** What it is about: a row's key, where there is one. */
  readonly subject?: string;
}

/** Something that happened or was decided; `name` and `data` are described by whoever notes it (src/cluster/notes.ts). */
export interface NoteRecord extends Stamp {
  readonly type: 'note';
  readonly name: string;
  readonly level: Level;
  /** What it is about: a row's key, where there is one. */
  readonly subject: string;
  readonly data: unknown;
}

/** A piece of text that a process wrote, appended to a stream (a container's log, a terminal). */
export interface LogRecord extends Stamp {
  readonly type: 'log';
  readonly stream: string;
  readonly text: string;
}

/** Anything that a run leaves behind. */
export type TraceRecord = RowRecord | MessageRecord | NoteRecord | LogRecord;
