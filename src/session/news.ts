// The last that is known of something: the record that "Why?" is asked about where none was picked.
import type { Pod } from '../cluster/api/types.ts';
import { SCHEDULER } from '../cluster/names.ts';
import type { Notes } from '../cluster/notes.ts';
import { podStatus } from '../cluster/apiserver/tables/pod-status.ts';
import type { NoteRecord, RecordId } from '../engine/records.ts';
import { lastAtStep, type Trace } from '../engine/trace.ts';
import { containerOfSelection, nodeOfSelection, podOfSelection, subjectOf } from './cursor.ts';
import type { Session } from './session.ts';
import { countBy } from './events.ts';

/** Notes that tell of a Pod on its way, of one of its containers, of a node. */
const TELLING: ReadonlySet<string> = new Set([
  'scheduling-attempt',
  'pod-queued',
  'sandbox-starting',
  'sandbox-ready',
  'image-pulling',
  'image-pulled',
  'image-failed',
  'image-backoff',
  'container-created',
  'container-started',
  'container-failed',
  'container-exited',
  'container-killing',
  'container-backoff',
  'node-ready',
  'node-tainted',
]);

/** Notes of one step that the caption tells together. */
const TOLD_AT_ONCE = 2;

interface Index {
  read: number;
  readonly bySubject: Map<string, NoteRecord[]>;
}

/** Every trace is read once, as it grows. */
const INDEXES = new WeakMap<Trace, Index>();

function notesOn(trace: Trace, subject: string): readonly NoteRecord[] {
  const index = INDEXES.get(trace) ?? { read: 0, bySubject: new Map<string, NoteRecord[]>() };
  INDEXES.set(trace, index);
  for (; index.read < trace.notes.length; index.read += 1) {
    const note = trace.notes[index.read] as NoteRecord;
    if (note.level === 'all' || !TELLING.has(note.name)) continue;
    const known = index.bySubject.get(note.subject);
    if (known) known.push(note);
    else index.bySubject.set(note.subject, [note]);
  }
  return index.bySubject.get(subject) ?? [];
}

function lastNote(trace: Trace, step: number, subject: string, accept: (note: NoteRecord) => boolean): NoteRecord | undefined {
  const notes = notesOn(trace, subject);
  for (let i = lastAtStep(notes, step); i >= 0; i -= 1) {
    const note = notes[i] as NoteRecord;
    if (accept(note)) return note;
  }
  return undefined;
}

/** The last record up to a step that tells of what is selected; undefined where there is none. */
export function newsOf(trace: Trace, step: number, selection: string): RecordId | undefined {
  const pod = podOfSelection(selection);
  if (pod === undefined) {
    const note = nodeOfSelection(selection) === undefined ? undefined : lastNote(trace, step, selection, () => true);
    return note?.id ?? lastRow(trace, step, selection);
  }
  const container = containerOfSelection(selection);
  return container === undefined ? podNews(trace, step, pod) : (containerNews(trace, step, pod, container) ?? podNews(trace, step, pod));
}

function lastRow(trace: Trace, step: number, key: string): RecordId | undefined {
  const rows = trace.history(key);
  return rows[lastAtStep(rows, step)]?.id;
}

const containerNews = (trace: Trace, step: number, pod: string, container: string): RecordId | undefined =>
  lastNote(trace, step, pod, ({ data }) => (data as { readonly container?: string }).container === container)?.id;

/** STATUS values of a Pod that is on its way: what it is doing is the news. */
const ON_ITS_WAY = /^(Pending|ContainerCreating|PodInitializing|Init:\d+\/\d+)$/;

function podNews(trace: Trace, step: number, key: string): RecordId | undefined {
  const rows = trace.history(key);
  let i = lastAtStep(rows, step);
  const now = rows[i];
  if (now?.value === undefined) return now?.id;
  const pod = now.value as Pod;
  const { status } = podStatus(pod);
  if (pod.spec.nodeName === undefined) {
    const stop = schedulerStopped(trace, step);
    if (stop !== undefined) return stop.id;
  }
  if (ON_ITS_WAY.test(status)) {
    const note = lastNote(trace, step, key, ({ name, id }) => id > (rows[0]?.id ?? 0) && isNewsBefore(name, pod));
    if (note) return note.id;
  }
  // Back to the revision that first said so.
  for (let before = rows[i - 1]; before !== undefined; before = rows[i - 1]) {
    const earlier = before.value as Pod | undefined;
    if (earlier === undefined || earlier.metadata.uid !== pod.metadata.uid || podStatus(earlier).status !== status) break;
    i -= 1;
  }
  return rows[i]?.id;
}

/** What says that the scheduler stands still: then nothing is told of a Pod that waits for it. */
function schedulerStopped(trace: Trace, step: number): NoteRecord | undefined {
  const last = trace.notesNamed('component-runs').findLast((note) => note.step <= step && componentOf(note).component === SCHEDULER);
  return last && !componentOf(last).runs ? last : undefined;
}

const componentOf = ({ data }: NoteRecord): Notes['component-runs'] => data as Notes['component-runs'];

/** Before it has a node, only the scheduler tells of a Pod. */
const isNewsBefore = (name: string, { spec }: Pod): boolean =>
  spec.nodeName === undefined
    ? name === 'scheduling-attempt' || name === 'pod-queued'
    : name !== 'pod-queued' && name !== 'scheduling-attempt';

/** The record that the caption tells at the playhead, in the level of detail that is shown. */
function currentRecord(session: Session): RecordId | undefined {
  const { events, level, step } = session.store.getState();
  const shown = events.at(level);
  return shown[countBy(shown, step) - 1]?.notes.slice(0, TOLD_AT_ONCE).at(-1)?.id;
}

/** Asks why what is told at the playhead happened: selects it, and lets time stand. */
export function askWhy(session: Session): void {
  session.pause();
  const id = currentRecord(session);
  const { trace, selection } = session.store.getState();
  const record = id === undefined ? undefined : trace.record(id);
  if (record) session.select(subjectOf(trace, record) ?? selection, record.id);
}
