// Aligns tab-separated cells in columns, as Go's text/tabwriter does: a block of consecutive lines that have a cell in a column shares
// that column's width; the last cell of a line is never padded.

/** Widths below and around the cells, in characters. */
export interface TabFormat {
  readonly minWidth: number;
  readonly padding: number;
}

/** What describe uses. */
export const DESCRIBE_TABS: TabFormat = { minWidth: 0, padding: 2 };
/** What tables use. */
export const TABLE_TABS: TabFormat = { minWidth: 6, padding: 3 };

/** Lays out text whose cells end with a tab and whose lines end with a newline. Models text/tabwriter, padding with spaces. */
export function alignTabs(text: string, format: TabFormat): string {
  if (text === '') return '';
  const isComplete = text.endsWith('\n');
  const lines = (isComplete ? text.slice(0, -1) : text).split('\n').map((line) => line.split('\t'));
  const out: string[] = [];
  layOut(lines, 0, lines.length, [], format, out);
  return out.join('\n') + (isComplete ? '\n' : '');
}

function layOut(lines: string[][], from: number, to: number, widths: number[], format: TabFormat, out: string[]): void {
  const column = widths.length;
  let unwritten = from;
  for (let line = from; line < to; line += 1) {
    if (column >= cells(lines, line).length - 1) continue;
    writeLines(lines, unwritten, line, widths, out);
    let end = line;
    let width = format.minWidth;
    while (end < to && column < cells(lines, end).length - 1) {
      width = Math.max(width, widthOf(cells(lines, end)[column] ?? '') + format.padding);
      end += 1;
    }
    layOut(lines, line, end, [...widths, width], format, out);
    unwritten = end;
    line = end;
  }
  writeLines(lines, unwritten, to, widths, out);
}

function writeLines(lines: string[][], from: number, to: number, widths: number[], out: string[]): void {
  for (let line = from; line < to; line += 1) {
    out.push(
      cells(lines, line)
        .map((cell, i) => pad(cell, widths[i] ?? 0))
        .join(''),
    );
  }
}

const cells = (lines: string[][], line: number): string[] => lines[line] ?? [];
/** In characters, not in UTF-16 units. */
const widthOf = (text: string): number => [...text].length;
const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)));
