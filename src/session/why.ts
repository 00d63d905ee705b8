// "Why?": the chain of causes of a record, back to what a person did, a fault or the start, condensed to what a reader needs. Messages,
// rows and stages on the way tell nothing new: the link after them keeps the label of one of them, and that is all.
import type { Instant, Level, MessageRecord, NoteRecord, RecordId, TraceRecord } from '../engine/records.ts';
import type { Trace } from '../engine/trace.ts';

/** A cause. */
export interface WhyLink {
  /** The record; 0 is the start. */
  readonly id: RecordId;
  readonly at: Instant;
  /** Undefined of the start. */
  readonly record: TraceRecord | undefined;
  /** How the cause before it reached here: the message that tells most of those between. */
  readonly via: MessageRecord | undefined;
  /** Of a link that stands for rounds of the same story (a container that starts and ends, again and again): how many. */
  readonly rounds: number;
}

/** How a chain ends: with a person, with something broken, or with what stood from the start. */
export type RootKind = 'person' | 'fault' | 'start';

const RANK: Readonly<Record<Level, number>> = { story: 0, api: 1, all: 2 };
/** Notes that are stages of something that another note tells. */
const PLUMBING: ReadonlySet<string> = new Set(['request-stage', 'command-started', 'packet-served', 'object-stored', 'event']);
/** What a note says as well of the one right before it. */
const ABSORBS: Readonly<Record<string, string>> = {
  'sandbox-ready': 'sandbox-starting',
  'image-pulled': 'image-pulling',
  'container-started': 'container-created',
  'pod-bound': 'scheduling-attempt',
};

/** The causes of a record, itself first, the root last. Empty where there is no such record. */
export function whyChain(trace: Trace, asked: RecordId): readonly WhyLink[] {
  const all = causesOf(trace, asked);
  const root = all.at(-1);
  if (root === undefined) return [];
  const links: WhyLink[] = [];
  let newest = 0;
  for (let i = 0; i < all.length; i += 1) {
    const record = all[i] as TraceRecord;
    const isRoot = i === all.length - 1 && rootKind(record) !== 'start';
    if (i > 0 && !isRoot && !isTold(record, all[newest] as TraceRecord)) continue;
    if (i > 0) finish(links, all.slice(newest + 1, i));
    links.push({ id: record.id, at: record.at, record, via: undefined, rounds: 0 });
    newest = i;
  }
  finish(links, all.slice(newest + 1));
  if (rootKind(root) === 'start') links.push({ id: 0, at: 0, record: undefined, via: undefined, rounds: 0 });
  return foldRounds(links);
}

/** How the chain of a record ends. */
export function rootKind(root: TraceRecord): RootKind {
  if (root.type !== 'note') return 'start';
  return root.name === 'input' ? 'person' : root.name === 'fault' ? 'fault' : 'start';
}

function causesOf(trace: Trace, asked: RecordId): readonly TraceRecord[] {
  const all: TraceRecord[] = [];
  // What has been forgotten to keep within the budget ends the chain early; a cause always comes before what it causes.
  for (let record = trace.record(asked); record !== undefined; record = trace.record(record.cause)) all.push(record);
  return all;
}

/** Whether a record on the way tells something new. */
function isTold(record: TraceRecord, newer: TraceRecord): boolean {
  if (record.type !== 'note' || PLUMBING.has(record.name)) return false;
  if (newer.type === 'note' && ABSORBS[newer.name] === record.name) return false;
  switch (record.name) {
    case 'pod-queued':
      return queueOf(record) !== 'active';
    case 'request-refused':
      // `kubectl apply` asks whether the object is there: that it is not is how it goes.
      return codeOf(record) !== 404;
    case 'image-pulled':
      return (record.data as { readonly present: boolean }).present !== true;
    default:
      return true;
  }
}

const queueOf = ({ data }: NoteRecord): unknown => (data as { readonly queue?: unknown }).queue;
const codeOf = ({ data }: NoteRecord): unknown => (data as { readonly code?: unknown }).code;

/** Gives the last link the message that tells most of those between it and its cause. */
function finish(links: WhyLink[], between: readonly TraceRecord[]): void {
  const last = links.at(-1);
  const messages = between.filter((record): record is MessageRecord => record.type === 'message');
  const asking = messages.filter(({ kind }) => kind !== 'response' && kind !== 'answer');
  const best = Math.min(...asking.map(({ level }) => RANK[level]));
  const told = asking.filter(({ level }) => RANK[level] === best);
  // Of packets there and back again, the first says what was asked for.
  const via = told[0]?.kind === 'packet' ? told.at(-1) : told[0];
  if (last && via) links[links.length - 1] = { ...last, via };
}

/** Of a story that goes round and round, the last round and the first beginning are enough: what is between them is one link. */
function foldRounds(links: readonly WhyLink[]): readonly WhyLink[] {
  const starts = links.flatMap((link, i) => (i > 0 && isStart(link, links) ? [i] : []));
  const [first, last] = [starts[0], starts.at(-1)];
  if (first === undefined || last === undefined || starts.length < 3) return links;
  const folded = links[first + 1] as WhyLink;
  return [...links.slice(0, first + 1), { ...folded, via: undefined, rounds: starts.length - 1 }, ...links.slice(last)];
}

/** Whether a link begins a round: the start of a container, or a pull that failed, of the one that is told of last. */
function isStart({ record }: WhyLink, links: readonly WhyLink[]): boolean {
  const name = roundOf(record);
  const newest = links.slice(1).find((link) => roundOf(link.record) !== undefined);
  return name !== undefined && name === roundOf(newest?.record);
}

function roundOf(record: TraceRecord | undefined): string | undefined {
  if (record?.type !== 'note' || (record.name !== 'container-started' && record.name !== 'image-failed')) return undefined;
  return `${record.name} ${(record.data as { readonly container: string }).container}`;
}

/** Who tells of a record. */
export type Actor =
  | 'you'
  | 'fault'
  | 'kubectl'
  | 'apiserver'
  | 'etcd'
  | 'scheduler'
  | 'controller'
  | 'kubelet'
  | 'runtime'
  | 'network'
  | 'start';

const BY_NOTE: readonly (readonly [RegExp, Actor])[] = [
  [/^input$/, 'you'],
  [/^fault$/, 'fault'],
  [/^command-/, 'kubectl'],
  [/^request-/, 'apiserver'],
  [/^(object-stored|pod-removed)$/, 'etcd'],
  [/^(pod-queued|scheduling-attempt|pod-bound)$/, 'scheduler'],
  [/^(node-ready|node-tainted|pod-evicted)$/, 'controller'],
  [/^(sandbox-ready|sandbox-stopped|container-created|container-started|container-exited|process-busy)$/, 'runtime'],
  [/^packet-served$/, 'network'],
];
const PARTS: Readonly<Record<string, Actor>> = {
  apiserver: 'apiserver',
  etcd: 'etcd',
  scheduler: 'scheduler',
  controller: 'controller',
  kubelet: 'kubelet',
  runtime: 'runtime',
  network: 'network',
  terminal: 'kubectl',
};

/** Whose doing a record is: a note's by its name, a message's sender, etcd for what is stored, containerd for what runs. */
export function actorOf(record: TraceRecord | undefined): Actor {
  if (record === undefined) return 'start';
  if (record.type === 'note') return BY_NOTE.find(([names]) => names.test(record.name))?.[1] ?? 'kubelet';
  if (record.type === 'message') return PARTS[record.from.split('/')[0] ?? ''] ?? 'apiserver';
  if (record.type === 'row') return record.key.startsWith('/registry/') ? 'etcd' : 'runtime';
  return record.stream.startsWith('/run/') ? 'runtime' : 'kubectl';
}
