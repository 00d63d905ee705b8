// What a line of a terminal names: Pods, nodes, containers and Events, each as a link to it.
import { containerSelection, nodeSelection, podSelection } from '../../session/cursor.ts';
import { type CellText, cellOf, type LineContext } from './contexts.ts';

/** What a row of `kubectl get events` says of its Event. */
export interface EventRow {
  /** The key of what it is about. */
  readonly about: string;
  readonly reason: string;
  readonly message: string;
  readonly ageMs: number | undefined;
  /** Of rows that read the same: how many came before. */
  readonly nth: number;
}

/** A link from one character of a line to another. */
export interface Link {
  readonly from: number;
  readonly to: number;
  readonly selection: string;
  readonly event?: EventRow;
}

/** What there is to be named. */
export interface Names {
  /** The key of a Pod: `web`, of whatever namespace, or `shop/web`. */
  pod(name: string): string | undefined;
  isNode(name: string): boolean;
  hasContainer(pod: string, name: string): boolean;
}

/** What may stand before and after a name. */
const WORD = /(?<=^|[\s"'(@/])[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?(?=$|[\s"'),/]|:(?:[\s~]|$))/g;

/** The links of a line, from left to right; none overlaps another. */
export function linksOf(line: string, context: LineContext, names: Names): readonly Link[] {
  const links = [...tableLinks(line, context, names), ...containerLinks(line, context, names)];
  const isFree = (from: number, to: number): boolean => links.every((link) => to <= link.from || link.to <= from);
  for (const { 0: word, index } of context.kind === 'head' ? [] : line.matchAll(WORD)) {
    const selection = named(line, word, index, context, names);
    if (selection !== undefined && isFree(index, index + word.length)) links.push({ from: index, to: index + word.length, selection });
  }
  return links.toSorted((a, b) => a.from - b.from);
}

/** What a word names; in `shop/web` the namespace is told, in `node1/172.18.0.3` the address. */
function named(line: string, word: string, index: number, context: LineContext, names: Names): string | undefined {
  const isFollowed = line[index + word.length] === '/';
  if (line[index - 1] !== '/') return nodeOf(word, names) ?? (isFollowed ? undefined : podIn(context.namespace, word, names));
  const before = /[a-z0-9-]+(?=\/$)/.exec(line.slice(0, index))?.[0] ?? '';
  if (/^nodes?$/.test(before)) return nodeOf(word, names);
  return /^pods?$/.test(before) ? podIn(context.namespace, word, names) : names.pod(`${before}/${word}`);
}

/** A Pod of a namespace; where none is told or it has no such Pod, of whatever namespace. */
function podIn(namespace: string | undefined, name: string, names: Names): string | undefined {
  return (namespace === undefined ? undefined : names.pod(`${namespace}/${name}`)) ?? names.pod(name);
}

function tableLinks(line: string, context: LineContext, names: Names): Link[] {
  switch (context.kind) {
    case 'pods':
      return podCell(line, context, names, 'NAME');
    case 'crictl-pods':
      return crictlPod(line, context, names, 'NAME');
    case 'crictl-containers':
      return crictlContainer(line, context, names);
    case 'events':
      return eventLinks(line, context, names);
    case 'described-events':
      return describedEvent(line, context, names);
    default:
      return [];
  }
}

const namespaceOf = (line: string, context: LineContext): string | undefined =>
  cellOf(context, line, 'NAMESPACE')?.text ?? context.namespace;

function podCell(line: string, context: LineContext, names: Names, head: string): Link[] {
  const cell = cellOf(context, line, head);
  const selection = cell && podIn(namespaceOf(line, context), cell.text, names);
  return cell && selection !== undefined ? [linkTo(cell, selection)] : [];
}

/** A Pod by its name, and by the id of its sandbox. */
function crictlPod(line: string, context: LineContext, names: Names, head: string): Link[] {
  const pod = podCell(line, context, names, head);
  const id = cellOf(context, line, 'POD ID');
  const selection = pod[0]?.selection;
  return id && selection !== undefined ? [...pod, linkTo(id, selection)] : pod;
}

function crictlContainer(line: string, context: LineContext, names: Names): Link[] {
  const pod = crictlPod(line, context, names, 'POD');
  const key = pod[0]?.selection;
  const name = cellOf(context, line, 'NAME');
  if (!name || key === undefined || !names.hasContainer(key, name.text)) return pod;
  const id = cellOf(context, line, 'CONTAINER');
  const selection = containerSelection(key, name.text);
  return [...pod, linkTo(name, selection), ...(id ? [linkTo(id, selection)] : [])];
}

const linkTo = ({ text, from }: CellText, selection: string): Link => ({ from, to: from + text.length, selection });

function eventLinks(line: string, context: LineContext, names: Names): Link[] {
  const object = cellOf(context, line, 'OBJECT');
  const reason = cellOf(context, line, 'REASON');
  const about = object && objectOf(object.text, namespaceOf(line, context), names);
  if (!object || !reason || about === undefined) return [];
  const message = cellOf(context, line, 'MESSAGE')?.text ?? '';
  return [reasonLink(reason, about, message, cellOf(context, line, 'LAST SEEN')?.text, context), linkTo(object, about)];
}

function describedEvent(line: string, context: LineContext, names: Names): Link[] {
  const about = context.pod === undefined ? undefined : (names.pod(context.pod) ?? nodeOf(context.pod, names));
  const reason = cellOf(context, line, 'Reason');
  if (!reason || about === undefined || reason.text.startsWith('--')) return [];
  const message = (cellOf(context, line, 'Message')?.text ?? '').replace(/^spec\.\w+\{[^}]*\}: /, '');
  return [reasonLink(reason, about, message, cellOf(context, line, 'Age')?.text, context)];
}

const nodeOf = (name: string, names: Names): string | undefined => (names.isNode(name) ? nodeSelection(name) : undefined);

function objectOf(object: string, namespace: string | undefined, names: Names): string | undefined {
  const [, kind, name = ''] = /^(pod|node)\/(.+)$/.exec(object) ?? [];
  if (kind === 'node') return nodeOf(name, names);
  return kind === 'pod' ? podIn(namespace, name, names) : undefined;
}

function reasonLink(reason: CellText, about: string, message: string, age: string | undefined, { nth }: LineContext): Link {
  const event = { about, reason: reason.text, message, ageMs: age === undefined ? undefined : ageMs(age), nth };
  return { ...linkTo(reason, about), event };
}

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `12s`, `3m4s`, `12s (x2 over 16s)` in milliseconds. */
export function ageMs(age: string): number | undefined {
  const parts = [...(age.split(' ')[0] ?? '').matchAll(/(\d+)([smhd])/g)];
  return parts.length === 0 ? undefined : parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ''] ?? 0), 0);
}

/** Texts in which a container of a Pod is named, with the Pod's name where they say it. */
const CONTAINERS: readonly RegExp[] = [
  /spec\.\w+\{(?<container>[a-z0-9-]+)\}/dg,
  /\bcontainer (?<container>[a-z0-9-]+) in pod (?<pod>[a-z0-9.-]+)_(?<namespace>[a-z0-9-]+)\(/dg,
  /\bcontainer "(?<container>[a-z0-9-]+)" in pod "(?<pod>[a-z0-9.-]+)"/dg,
  /\bDefaulted container "(?<container>[a-z0-9-]+)"/dg,
  /(?<=\bkubectl .* )(?:-c|--container)[ =]?(?<container>[a-z0-9-]+)/dg,
];

function containerLinks(line: string, context: LineContext, names: Names): Link[] {
  const pod = podOf(line, context, names);
  const links: Link[] = [];
  const add = (from: number, name: string, key: string | undefined): void => {
    if (key === undefined || !names.hasContainer(key, name)) return;
    links.push({ from, to: from + name.length, selection: containerSelection(key, name) });
  };
  if (context.kind === 'described-containers') {
    const head = /^ {2}([a-z0-9-]+):$/.exec(line);
    if (head?.[1] !== undefined) add(2, head[1], pod);
  }
  for (const pattern of CONTAINERS) {
    for (const found of line.matchAll(pattern)) {
      const { container = '', pod: name, namespace } = found.groups ?? {};
      const from = found.indices?.groups?.container?.[0];
      const key = name === undefined ? pod : names.pod(namespace === undefined ? name : `${namespace}/${name}`);
      if (from !== undefined) add(from, container, key);
    }
  }
  const others = /\bout of: (.*)$/.exec(line);
  if (others?.[1] !== undefined) {
    const start = line.length - others[1].length;
    for (const { 0: name, index } of others[1].matchAll(/[a-z0-9-]+(?= \(|,|$)/g)) add(start + index, name, pod);
  }
  return links;
}

/** The Pod that a line is about: that of its row, else the one that is described or that the command names. */
function podOf(line: string, context: LineContext, names: Names): string | undefined {
  if (context.kind === 'events') {
    const object = cellOf(context, line, 'OBJECT')?.text ?? '';
    return objectOf(object, namespaceOf(line, context), names);
  }
  return context.pod === undefined ? undefined : names.pod(context.pod);
}

/** The names that are known of Pods by their keys. */
export function createNames(pods: readonly string[], nodes: ReadonlySet<string>, containersOf: (pod: string) => readonly string[]): Names {
  const keys = new Set(pods);
  const byName = new Map<string, string>();
  const isOf = (key: string | undefined, namespace: string): boolean => key?.startsWith(podSelection(namespace, '')) === true;
  for (const key of pods) {
    const name = key.slice(key.lastIndexOf('/') + 1);
    // Of two with one name, that of the namespace default; else the first that is not of kube-system.
    if (!byName.has(name) || isOf(key, 'default') || isOf(byName.get(name), 'kube-system')) byName.set(name, key);
  }
  return {
    pod(name) {
      const [namespace, own] = name.split('/');
      if (own === undefined) return byName.get(name);
      const key = podSelection(namespace ?? '', own);
      return keys.has(key) ? key : undefined;
    },
    isNode: (name) => nodes.has(name),
    hasContainer: (pod, name) => containersOf(pod).includes(name),
  };
}
