// The revisions of an object as YAML, and what one of them changed.
import { unifiedDiff } from '../../cluster/api/unified-diff.ts';
import type { RowRecord } from '../../engine/records.ts';
import type { Trace } from '../../engine/trace.ts';
import { writeYaml } from '../../manifest/write.ts';
import type { ApiObject } from './scene.ts';

/** A line of an object, and what a revision did to it. */
export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** The revisions of the object that stands under a key at a step (or stood there last), oldest first. */
export function revisionsOf(trace: Trace, step: number, key: string, uid: string | undefined): readonly RowRecord[] {
  return trace.history(key).filter((row) => row.step <= step && row.value !== undefined && (row.value as ApiObject).metadata.uid === uid);
}

/** An object as `kubectl get -o yaml` prints it. */
export function yamlOf(value: unknown): string {
  const { managedFields: _dropped, ...metadata } = (value as ApiObject).metadata as ApiObject['metadata'] & {
    readonly managedFields?: unknown;
  };
  return writeYaml({ ...(value as ApiObject), metadata });
}

const WHOLE = 1_000_000;
const KINDS: Readonly<Record<string, DiffLine['kind']>> = { '+': 'added', '-': 'removed', ' ': 'same' };

/** The lines of a text, each marked with what became of it since the text before. Without one, none is marked. */
export function diffOf(before: string | undefined, after: string): readonly DiffLine[] {
  const whole = (text: string): readonly string[] => text.replace(/\n$/, '').split('\n');
  const diff = before === undefined ? '' : unifiedDiff(before, after, WHOLE);
  if (diff === '') return whole(after).map((text) => ({ kind: 'same', text }));
  // The first line says which lines it is about: all.
  const lines = whole(diff).slice(1);
  return lines.filter((line) => line !== ' ').map((line) => ({ kind: KINDS[line.charAt(0)] ?? 'same', text: line.slice(1) }));
}
