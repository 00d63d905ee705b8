// meta.k8s.io/v1 Table: what the API server answers to a client that wants to print, as `kubectl get` does.
import type { ListMeta } from './types.ts';

/** A column; priority 0 is always shown, higher ones with `-o wide`. */
export interface TableColumn {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'date';
  readonly format?: string;
  readonly description?: string;
  readonly priority: number;
}

/** What stands in a cell. */
export type TableCell = string | number | boolean | null;

/** One object: its cells, and the object itself (its metadata alone unless the client asked for the whole). */
export interface TableRow {
  readonly cells: readonly TableCell[];
  readonly object: unknown;
}

/** A printable list. */
export interface Table {
  readonly kind: 'Table';
  readonly apiVersion: 'meta.k8s.io/v1';
  readonly metadata: ListMeta;
  readonly columnDefinitions: readonly TableColumn[];
  readonly rows: readonly TableRow[];
}

/** Tells a Table from any other body. */
export function isTable(body: unknown): body is Table {
  return typeof body === 'object' && body !== null && (body as { kind?: unknown }).kind === 'Table';
}
