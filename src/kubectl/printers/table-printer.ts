// Prints Tables as `kubectl get` does. Models cli-runtime/pkg/printers/tableprinter.go; widths are remembered from one print to the next.
import { sortedKeys } from '../../base/order.ts';
import { isObject } from '../../base/json.ts';
import type { Table, TableCell, TableRow } from '../../cluster/api/table.ts';
import { TABLE_TABS } from './tab-writer.ts';

/** How a table is printed. */
export interface TableOptions {
  readonly wide: boolean;
  readonly withNamespace: boolean;
  readonly showLabels: boolean;
  readonly labelColumns: readonly string[];
  readonly noHeaders: boolean;
  /** Prefixes names with this (`pod/`), where several kinds are printed. */
  readonly withKind?: string;
}

/** Prints one table after another in the same columns. */
export interface TablePrinter {
  print(table: Table): string;
}

/** A printer that has printed nothing yet: the headers come with the first table. */
export function createTablePrinter(options: TableOptions): TablePrinter {
  const widths: number[] = [];
  let hasHeaders = options.noHeaders;
  return {
    print(table) {
      const shown = table.columnDefinitions.flatMap((column, i) => (column.priority === 0 || options.wide ? [i] : []));
      const lines: string[][] = [];
      if (!hasHeaders) lines.push(headers(table, shown, options));
      hasHeaders = true;
      for (const row of table.rows) lines.push(cellsOf(table, row, shown, options));
      return alignRemembering(lines, widths);
    },
  };
}

function headers(table: Table, shown: readonly number[], options: TableOptions): string[] {
  const names = shown.map((i) => table.columnDefinitions[i]?.name ?? '');
  const labels = options.labelColumns.map((key) => key.split('/').at(-1) ?? key);
  const all = [...(options.withNamespace ? ['Namespace'] : []), ...names, ...labels, ...(options.showLabels ? ['Labels'] : [])];
  return all.map((name) => name.toUpperCase());
}

function cellsOf(table: Table, row: TableRow, shown: readonly number[], options: TableOptions): string[] {
  const metadata = isObject(row.object) && isObject(row.object.metadata) ? row.object.metadata : {};
  const labels = isObject(metadata.labels) ? metadata.labels : {};
  const own = shown.map((i) => {
    const text = cellText(row.cells[i]);
    return options.withKind && table.columnDefinitions[i]?.format === 'name' ? `${options.withKind}/${text}` : text;
  });
  const columns = options.labelColumns.map((key) => String(labels[key] ?? ''));
  const all = sortedKeys(labels).map((key) => `${key}=${labels[key]}`);
  return [
    ...(options.withNamespace ? [String(metadata.namespace ?? '')] : []),
    ...own,
    ...columns,
    ...(options.showLabels ? [all.join(',') || '<none>'] : []),
  ];
}

/** A cell ends at its first line break. */
function cellText(cell: TableCell | undefined): string {
  const text = cell === null || cell === undefined ? '' : String(cell);
  const end = text.search(/[\f\n\r]/);
  return end < 0 ? text : `${text.slice(0, end)}...`;
}

function alignRemembering(lines: readonly string[][], widths: number[]): string {
  for (const line of lines) {
    for (const [i, cell] of line.slice(0, -1).entries()) {
      widths[i] = Math.max(widths[i] ?? TABLE_TABS.minWidth, [...cell].length + TABLE_TABS.padding);
    }
  }
  return lines.map((line) => `${line.map((cell, i) => padCell(cell, i === line.length - 1 ? 0 : (widths[i] ?? 0))).join('')}\n`).join('');
}

const padCell = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - [...text].length));
