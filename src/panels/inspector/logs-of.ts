// What a container has written up to a step, run by run: `kubectl logs` shows the last, `--previous` the one before.
import type { Pod } from '../../cluster/api/types.ts';
import type { Instant, RecordId } from '../../engine/records.ts';
import type { Trace } from '../../engine/trace.ts';
import { runsOf } from './scene.ts';

/** A line, with the record that it came with. */
export interface LogLine {
  readonly id: RecordId;
  readonly at: Instant;
  readonly text: string;
}

/** One run of a container. */
export interface LogRun {
  /** 0 for the first. */
  readonly attempt: number;
  readonly createdAt: Instant;
  readonly lines: readonly LogLine[];
}

/** The runs that have begun by a step, oldest first. */
export function logOf(trace: Trace, step: number, pod: Pod, container: string): readonly LogRun[] {
  return runsOf(trace, pod, container)
    .filter(({ key }) => (trace.history(key)[0]?.step ?? 0) <= step)
    .map(({ key, run }) => ({
      attempt: run.attempt,
      createdAt: run.createdAt,
      lines: linesOf(trace, step, key.replace('/containers/', '/logs/')),
    }));
}

function linesOf(trace: Trace, step: number, stream: string): readonly LogLine[] {
  const lines: LogLine[] = [];
  let open: LogLine | undefined;
  for (const { id, at, text } of trace.logs(stream, step)) {
    const parts = text.split('\n');
    for (const [i, part] of parts.entries()) {
      const line: LogLine = open ? { ...open, text: open.text + part } : { id, at, text: part };
      open = i < parts.length - 1 ? undefined : line;
      if (!open) lines.push(line);
    }
    if (open?.text === '') open = undefined;
  }
  if (open) lines.push(open);
  return lines;
}
