// The trace as it is read: any past instant by binary search, nothing run again. Filled chunk by chunk from a run's records.
import { assert } from '../base/assert.ts';
import type { Instant, Level, LogRecord, MessageRecord, NoteRecord, RecordId, RowRecord, TraceRecord } from './records.ts';

/** A place in a run: an instant, and the last step that has been taken. Many steps share an instant. */
export interface Position {
  readonly t: Instant;
  readonly step: number;
}

/** A readable trace. All answers are as of a step, included. */
export interface Trace {
  /** How many records it holds; a scene may use it as its version. */
  readonly size: number;
  readonly lastStep: number;
  append(records: readonly TraceRecord[]): void;
  /** The last step at or before an instant. */
  stepAt(t: Instant): number;
  /** The instant of a step. */
  timeOf(step: number): Instant;
  /** A row's value as of a step; undefined where it is not there. */
  row(key: string, step: number): unknown;
  /** Every revision of a row. */
  history(key: string): readonly RowRecord[];
  /** The keys below a prefix that ends in `/`, whose rows are there as of a step, with their values, in the order of first writing. */
  rowsUnder(prefix: string, step: number): readonly (readonly [string, unknown])[];
  /** Every key below a prefix that was ever written. */
  keysUnder(prefix: string): readonly string[];
  readonly notes: readonly NoteRecord[];
  /** The notes of one name. */
  notesNamed(name: string): readonly NoteRecord[];
  readonly messages: readonly MessageRecord[];
  /** Messages that are under way at an instant (fractions of a millisecond allowed) among those sent by a step. */
  inFlight(t: number, step: number): readonly MessageRecord[];
  /** The lines of a stream up to a step. */
  logs(stream: string, step: number): readonly LogRecord[];
  /** A record by its id; undefined where there is none, or where it has been forgotten. */
  record(id: RecordId): TraceRecord | undefined;
  /** How many messages have been forgotten, the finest and oldest first, to keep within the budget. */
  readonly forgotten: number;
}

/** What a trace may hold, in bytes, by estimate. */
export const TRACE_BUDGET_BYTES = 200_000_000;
/** Estimates: a row is a whole API object, a note carries its data. */
const BYTES = { row: 4000, note: 600, message: 400, log: 250 } as const;
/** Levels whose messages may be forgotten, finest first. */
const FORGETTABLE: readonly Level[] = ['all', 'api'];

/** An empty trace. */
export function createTrace(budgetBytes: number = TRACE_BUDGET_BYTES): Trace {
  const records: (TraceRecord | undefined)[] = [];
  const steps: number[] = [];
  const instants: Instant[] = [];
  const rows = new Map<string, RowRecord[]>();
  const directories = new Map<string, string[]>();
  const streams = new Map<string, LogRecord[]>();
  const notes: NoteRecord[] = [];
  const named = new Map<string, NoteRecord[]>();
  let messages: MessageRecord[] = [];
  let longestMs = 0;
  let bytes = 0;
  let forgotten = 0;

  const addRow = (record: RowRecord): void => {
    const history = rows.get(record.key);
    if (history) {
      history.push(record);
      return;
    }
    rows.set(record.key, [record]);
    for (let end = record.key.indexOf('/', 1); end > 0; end = record.key.indexOf('/', end + 1)) {
      const prefix = record.key.slice(0, end + 1);
      const keys = directories.get(prefix);
      if (keys) keys.push(record.key);
      else directories.set(prefix, [record.key]);
    }
  };
  const addNote = (record: NoteRecord): void => {
    notes.push(record);
    const known = named.get(record.name);
    if (known) known.push(record);
    else named.set(record.name, [record]);
  };
  const row = (key: string, step: number): unknown => {
    const history = rows.get(key);
    return history?.[lastAtStep(history, step)]?.value;
  };

  /** Forgets messages of the finest level that there are, the oldest first, until a tenth of the budget is free. */
  const forget = (): void => {
    for (const level of FORGETTABLE) {
      const kept: MessageRecord[] = [];
      for (const message of messages) {
        if (message.level !== level || bytes <= budgetBytes * 0.9) {
          kept.push(message);
          continue;
        }
        records[message.id - 1] = undefined;
        bytes -= BYTES.message;
        forgotten += 1;
      }
      messages = kept;
      if (bytes <= budgetBytes) return;
    }
  };

  return {
    get forgotten() {
      return forgotten;
    },
    get size() {
      return records.length;
    },
    get lastStep() {
      return steps.at(-1) ?? 0;
    },
    append(chunk) {
      for (const record of chunk) {
        assert(record.id === records.length + 1, 'records come in order, none left out');
        records.push(record);
        steps.push(record.step);
        instants.push(record.at);
        bytes += BYTES[record.type];
        if (record.type === 'row') addRow(record);
        else if (record.type === 'note') addNote(record);
        else if (record.type === 'message') {
          messages.push(record);
          longestMs = Math.max(longestMs, record.arrivesAt - record.at);
        } else {
          const stream = streams.get(record.stream);
          if (stream) stream.push(record);
          else streams.set(record.stream, [record]);
        }
      }
      if (bytes > budgetBytes) forget();
    },
    stepAt: (t) => steps[firstAfter(instants, (at) => at <= t) - 1] ?? 0,
    timeOf: (step) => instants[firstAfter(steps, (known) => known <= step) - 1] ?? 0,
    row,
    history: (key) => rows.get(key) ?? [],
    rowsUnder(prefix, step) {
      const found: (readonly [string, unknown])[] = [];
      for (const key of directories.get(prefix) ?? []) {
        const value = row(key, step);
        if (value !== undefined) found.push([key, value]);
      }
      return found;
    },
    keysUnder: (prefix) => directories.get(prefix) ?? [],
    notes,
    notesNamed: (name) => named.get(name) ?? [],
    get messages() {
      return messages;
    },
    inFlight(t, step) {
      const found: MessageRecord[] = [];
      for (let i = lastAtStep(messages, step); i >= 0; i -= 1) {
        const message = messages[i] as MessageRecord;
        if (message.at < t - longestMs) break;
        if (message.at <= t && t < message.arrivesAt) found.push(message);
      }
      return found.reverse();
    },
    logs(stream, step) {
      const lines = streams.get(stream) ?? [];
      return lines.slice(0, lastAtStep(lines, step) + 1);
    },
    record: (id) => records[id - 1],
  };
}

/** The index of the first item for which `isEarly` no longer holds. */
function firstAfter<T>(items: readonly T[], isEarly: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isEarly(items[middle] as T)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The index of the last record at or before a step, among records in their order; -1 where there is none. */
export function lastAtStep(items: readonly { readonly step: number }[], step: number): number {
  return firstAfter(items, (item) => item.step <= step) - 1;
}
