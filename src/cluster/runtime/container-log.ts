// A container's log, as the kubelet finds it on the node: what process 1 wrote, in order, with the instant of each piece.
import type { Instant } from '../../engine/records.ts';

/** What to read of a log. */
export interface LogQuery {
  readonly tailLines?: number;
  readonly limitBytes?: number;
  /** Only what is younger than this. */
  readonly sinceMs?: number;
  readonly timestamps: boolean;
}

/** A log that is written piece by piece. */
export interface ContainerLog {
  append(at: Instant, text: string): void;
  /** Text on both descriptors, in the order written. `epochMs`: the date of instant 0. */
  read(query: LogQuery, now: Instant, epochMs: number): string;
  readonly bytes: number;
}

interface Line {
  readonly at: Instant;
  text: string;
}

/** containerLogMaxSize of the kubelet: past it the file is rotated, and `kubectl logs` starts over with the new one. */
const MAX_BYTES = 10 * 1024 * 1024;

/** An empty log. */
export function createContainerLog(): ContainerLog {
  let lines: Line[] = [];
  let bytes = 0;
  const isOpen = (): boolean => lines.length > 0 && !lines.at(-1)?.text.endsWith('\n');

  return {
    append(at, text) {
      if (bytes + text.length > MAX_BYTES) {
        lines = [];
        bytes = 0;
      }
      bytes += text.length;
      for (const piece of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
        const last = lines.at(-1);
        if (last && isOpen()) last.text += piece;
        else lines.push({ at, text: piece });
      }
    },
    read({ tailLines, limitBytes, sinceMs, timestamps }, now, epochMs) {
      const young = sinceMs === undefined ? lines : lines.filter((line) => line.at >= now - sinceMs);
      const tail = tailLines === undefined ? young : young.slice(Math.max(0, young.length - tailLines));
      const text = tail.map((line) => (timestamps ? `${stamp(epochMs + line.at)} ${line.text}` : line.text)).join('');
      return limitBytes === undefined ? text : text.slice(0, limitBytes);
    },
    get bytes() {
      return bytes;
    },
  };
}

/** RFC 3339 with nanoseconds, as the CRI log format has it. */
export const stamp = (ms: number): string => `${new Date(ms).toISOString().slice(0, -1)}000000Z`;
