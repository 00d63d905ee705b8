// What a terminal's lines are part of: a table with its columns, a description, a command. Names in a line are read by it.
import type { TerminalLine } from './lines.ts';

/** A column of a table: its head, and where its cells stand. */
export interface Column {
  readonly head: string;
  readonly from: number;
  /** Undefined of the last. */
  readonly to: number | undefined;
}

/** What a line is part of. Lines whose `key` is the same are read alike. */
export interface LineContext {
  readonly key: string;
  readonly kind: 'text' | 'head' | 'pods' | 'events' | 'crictl-containers' | 'crictl-pods' | 'described-containers' | 'described-events';
  readonly columns: readonly Column[];
  /** The Pod that is described, or that the command names, as it was written: `web`, `shop/web`. */
  readonly pod: string | undefined;
  /** The namespace that the command names. */
  readonly namespace: string | undefined;
  /** Of rows that read the same: how many came before. */
  readonly nth: number;
}

type Kind = LineContext['kind'];

/** Tables by how their heads begin. */
const TABLES: readonly (readonly [Kind, RegExp])[] = [
  ['pods', /^(?:NAMESPACE +)?NAME +READY +STATUS\b/],
  ['events', /^(?:NAMESPACE +)?LAST SEEN +TYPE +REASON\b/],
  ['crictl-containers', /^CONTAINER +IMAGE +CREATED\b/],
  ['crictl-pods', /^POD ID +CREATED +STATE\b/],
  ['described-events', /^ {2}Type +Reason +Age\b/],
];

/** The contexts of lines, in their order. */
export function contextsOf(lines: readonly TerminalLine[]): readonly LineContext[] {
  let kind: Kind = 'text';
  let columns: readonly Column[] = [];
  let head = '';
  let pod: string | undefined;
  let namespace: string | undefined;
  const seen = new Map<string, number>();
  const become = (next: Kind, nextHead = ''): void => {
    kind = next;
    head = nextHead;
    columns = nextHead === '' ? [] : columnsOf(nextHead);
    seen.clear();
  };
  const context = (shown: Kind = kind, nth = 0): LineContext => ({
    key: `${shown} ${head} ${pod} ${namespace} ${nth}`,
    kind: shown,
    columns,
    pod,
    namespace,
    nth,
  });

  return lines.map((line) => {
    if (line.kind !== 'output') {
      become('text');
      if (line.kind === 'command') ({ pod, namespace } = readCommand(line.text));
      return context();
    }
    const text = textOf(line);
    const table = TABLES.find(([, pattern]) => pattern.test(text));
    if (table) {
      become(table[0], text);
      return context('head');
    }
    const named = /^Name: +(\S+)$/.exec(text);
    if (named?.[1] !== undefined) {
      become('text');
      pod = named[1];
    } else if (/^Namespace: +\S+$/.test(text) && pod !== undefined && !pod.includes('/')) {
      pod = `${text.replace(/^Namespace: +/, '')}/${pod}`;
    } else if (/^(?:Init |Ephemeral )?Containers:$/.test(text)) become('described-containers');
    else if (kind === 'described-containers' && /^\S/.test(text)) become('text');
    else if (text === '' && kind !== 'described-containers') become('text');
    if (kind !== 'events' && kind !== 'described-events') return context();
    const nth = seen.get(text) ?? 0;
    seen.set(text, nth + 1);
    return context(kind, nth);
  });
}

/** The text of a line of output. */
export const textOf = (line: TerminalLine): string =>
  line.kind === 'output' ? line.pieces.map(({ text }) => text).join('') : line.kind === 'command' ? line.text : '';

/** Heads stand apart by two spaces or more. */
function columnsOf(head: string): readonly Column[] {
  const starts = [...head.matchAll(/(?:^| {2,})(\S+(?: \S+)*)/g)].map((found) => ({
    head: found[1] ?? '',
    from: found.index + found[0].length - (found[1] ?? '').length,
  }));
  return starts.map((start, i) => ({ ...start, to: starts[i + 1]?.from }));
}

/** A cell, and where it stands in the line. */
export interface CellText {
  readonly text: string;
  readonly from: number;
}

/** The cell below a head; undefined where it is empty, or the table has no such column. */
export function cellOf({ columns }: LineContext, line: string, head: string): CellText | undefined {
  const column = columns.find((each) => each.head === head);
  if (!column) return undefined;
  const text = line.slice(column.from, column.to).trimEnd();
  return text.trim() === '' ? undefined : { text, from: column.from };
}

const VERBS = /^(?:logs|exec|describe|attach|debug|port-forward|cp|get|delete|wait)$/;
const FLAGS = /(?<= )(?:-n|--namespace|-c|--container|-o|--output|--tail|--since|--timeout)(?:=| +)?[^ ]+/g;

/** `web` of `kubectl logs web -c app`, `shop/web` with `-n shop`; no Pod where the command is about none. */
function readCommand(command: string): Pick<LineContext, 'pod' | 'namespace'> {
  const rest = /\bkubectl\b(.*)/.exec(command)?.[1]?.replace(/ -- .*$/, '') ?? '';
  const namespace = / (?:-n|--namespace)(?:=| +)?([a-z0-9-]+)/.exec(rest)?.[1];
  const [verb = '', ...words] = rest
    .replace(FLAGS, ' ')
    .split(' ')
    .filter((word) => word !== '' && !word.startsWith('-') && !/^(?:po|pods?)$/.test(word));
  const name = VERBS.test(verb) ? words[0]?.replace(/^pods?\//, '') : undefined;
  return { namespace, pod: name && namespace !== undefined ? `${namespace}/${name}` : name };
}
