// The tree of objects as rows, as far as it is unfolded, and where each key leads from a row.
import type { OutlineItem } from '../../session/outline/outline.ts';

/** A row that can be walked to. */
export interface Row {
  readonly item: OutlineItem;
  /** From 1. */
  readonly level: number;
  /** Its place among its siblings, from 1, and how many they are. */
  readonly place: number;
  readonly siblings: number;
  /** Undefined where there is nothing to unfold. */
  readonly isOpen: boolean | undefined;
  readonly parent: string | undefined;
}

/** Above so many, Pods start folded; above so many nodes, nodes do. */
const OPEN_PODS = 12;
const OPEN_NODES = 12;

/** Whether something is unfolded before anybody has said so. */
export function isOpenAtFirst(item: OutlineItem, nodes: number, pods: number): boolean {
  if (item.kind === 'node') return nodes <= OPEN_NODES;
  if (item.kind === 'pod') return pods <= OPEN_PODS && item.pod.namespace !== 'kube-system';
  return item.kind === 'waiting';
}

/** The rows of what is unfolded. */
export function rowsOf(items: readonly OutlineItem[], isOpen: (item: OutlineItem) => boolean, level = 1, parent?: string): readonly Row[] {
  return items.flatMap((item, i) => {
    const hasMore = item.children.length > 0;
    const open = hasMore && isOpen(item);
    const row: Row = { item, level, place: i + 1, siblings: items.length, isOpen: hasMore ? open : undefined, parent };
    return [row, ...(open ? rowsOf(item.children, isOpen, level + 1, item.id) : [])];
  });
}

/** What a key does at a row. */
export type Move =
  | { readonly to: string }
  | { readonly fold: string; readonly open: boolean }
  | { readonly choose: string }
  /** The key is the tree's own, but there is nowhere to go. */
  | 'stay';

/** What a key of the tree does; undefined where it is not one of them. The keys are those of the ARIA pattern. */
export function moveFor(key: string, rows: readonly Row[], active: string): Move | undefined {
  const at = rows.findIndex(({ item }) => item.id === active);
  const row = rows[at];
  const go = (to: Row | undefined): Move => (to ? { to: to.item.id } : 'stay');
  if (!row) return undefined;
  switch (key) {
    case 'ArrowDown':
      return go(rows[at + 1]);
    case 'ArrowUp':
      return go(rows[at - 1]);
    case 'Home':
      return go(rows[0]);
    case 'End':
      return go(rows.at(-1));
    case 'PageDown':
      return go(rows[Math.min(rows.length - 1, at + PAGE)]);
    case 'PageUp':
      return go(rows[Math.max(0, at - PAGE)]);
    case 'ArrowRight':
      if (row.isOpen === false) return { fold: active, open: true };
      return row.isOpen ? go(rows[at + 1]) : 'stay';
    case 'ArrowLeft':
      if (row.isOpen) return { fold: active, open: false };
      return row.parent === undefined ? 'stay' : { to: row.parent };
    case 'Enter':
    case ' ':
      return { choose: active };
    default:
      return undefined;
  }
}

const PAGE = 10;

/** The next row whose name begins so, after the active one, all around; while more than one letter is typed, the active one may stay. */
export function findByLetters(rows: readonly Row[], active: string, letters: string): string | undefined {
  const at = Math.max(
    0,
    rows.findIndex(({ item }) => item.id === active),
  );
  const from = letters.length > 1 ? at : at + 1;
  const around = [...rows.slice(from), ...rows.slice(0, from)];
  return around.find(({ item }) => nameOf(item).startsWith(letters.toLowerCase()))?.item.id;
}

function nameOf(item: OutlineItem): string {
  if (item.kind === 'pod') return item.pod.name;
  if (item.kind === 'container') return item.cell.name;
  return item.kind === 'node' ? item.name : '';
}

/** The rows that are drawn: those around the active one. A tree of ten thousand costs no more than one of a hundred. */
export function windowOf(rows: readonly Row[], active: string, most = 100): readonly Row[] {
  const at = rows.findIndex(({ item }) => item.id === active);
  const first = Math.max(0, Math.min(at - most / 2, rows.length - most));
  return rows.slice(first, first + most);
}
