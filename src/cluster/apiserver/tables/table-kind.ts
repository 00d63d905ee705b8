// What the file of a kind says: its columns, and the cells of an object.
import type { TableCell, TableColumn } from '../../api/table.ts';

/** How objects of a kind are printed; `cells` has one entry for each column. */
export interface TableKind<T> {
  readonly columns: readonly TableColumn[];
  cells(object: T, nowMs: number): readonly TableCell[];
}

/** A column that is always shown. */
export const column = (name: string, type: TableColumn['type'] = 'string'): TableColumn => ({ name, type, priority: 0 });
/** A column that `-o wide` adds. */
export const wideColumn = (name: string, type: TableColumn['type'] = 'string'): TableColumn => ({ name, type, priority: 1 });
/** The first column of nearly every kind. */
export const NAME: TableColumn = { name: 'Name', type: 'string', format: 'name', priority: 0 };
/** The column that says how old an object is. */
export const AGE: TableColumn = column('Age');
