// What the runner prints of a run: trace records turned into the records of design.md section 5, in order of time.
import type { Notes } from '../cluster/notes.ts';
import type { NoteRecord, RowRecord, TraceRecord } from '../engine/records.ts';
import { storagePrefix } from '../cluster/api/resources.ts';

/** One line that the runner prints, without the scenario's name. */
export type ReportRecord = { readonly type: string; readonly t: number } & Readonly<Record<string, unknown>>;

/** Turns trace records into report records; keeps what it needs from one chunk to the next. */
export interface Report {
  add(records: readonly TraceRecord[]): readonly ReportRecord[];
  /** The commands that still run. */
  end(t: number): readonly ReportRecord[];
}

/** A report that shows objects of these kinds (plural). */
export function createReport(watch: readonly string[]): Report {
  const prefixes = watch.map(storagePrefix);
  const standing = new Map<string, unknown>();
  const running = new Map<string, { line: string; stdout: string; stderr: string }>();

  const row = (record: RowRecord): readonly ReportRecord[] => {
    if (!prefixes.some((prefix) => record.key.startsWith(prefix))) return [];
    const before = standing.get(record.key);
    const event = record.value === undefined ? 'DELETED' : before === undefined ? 'ADDED' : 'MODIFIED';
    const object = record.value ?? before;
    if (record.value === undefined) standing.delete(record.key);
    else standing.set(record.key, record.value);
    return object === undefined ? [] : [{ type: 'object', t: record.at, event, object }];
  };
  const noted = (record: NoteRecord): readonly ReportRecord[] => {
    if (record.name === 'command-started') {
      const { terminal, line } = record.data as Notes['command-started'];
      running.set(terminal, { line, stdout: '', stderr: '' });
    }
    if (record.name === 'command-ended') {
      const { terminal, line, stdout, stderr, exit } = record.data as Notes['command-ended'];
      running.delete(terminal);
      return [{ type: 'terminal', t: record.at, input: line, stdout, stderr, exit }];
    }
    if (record.name === 'scheduling-attempt') {
      const { namespace, pod, attempt, nodes, chosen, nominated, victims, message } = record.data as Notes['scheduling-attempt'];
      const verdicts = Object.fromEntries(
        Object.entries(nodes).map(([name, { reject, scores, total }]) => [name, { reject, scores, total }]),
      );
      return [
        { type: 'schedule', t: record.at, pod: `${namespace}/${pod}`, attempt, nodes: verdicts, chosen, nominated, victims, message },
      ];
    }
    return [];
  };
  return {
    add: (records) =>
      records.flatMap((record) => {
        if (record.type === 'row') return row(record);
        if (record.type === 'note') return noted(record);
        if (record.type !== 'log') return [];
        const [, terminal, stream] = /^terminal\/(.+)\/(out|err)$/.exec(record.stream) ?? [];
        const command = terminal === undefined ? undefined : running.get(terminal);
        if (command) command[stream === 'err' ? 'stderr' : 'stdout'] += record.text;
        return [];
      }),
    end: (t) => [...running.values()].map(({ line, stdout, stderr }) => ({ type: 'terminal', t, input: line, stdout, stderr, exit: null })),
  };
}
