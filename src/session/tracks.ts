// The tracks of a Pod's life: its STATUS and each container's state, as segments in time, read once from the trace and lengthened as it
// grows. A segment says what `kubectl` and the node said then; it does not depend on the playhead.
import type { Pod } from '../cluster/api/types.ts';
import type { RuntimeContainer, SandboxStatus } from '../cluster/runtime/cri.ts';
import type { Notes } from '../cluster/notes.ts';
import type { NoteRecord, RecordId, RowRecord } from '../engine/records.ts';
import { lastAtStep, type Trace } from '../engine/trace.ts';
import { type Cell, type Meaning, markPod, NOTHING, type Standing } from './pod-marks.ts';

/** A stretch of time in which nothing changed on a track; without `to` it goes on. */
export interface Segment {
  readonly from: number;
  to: number | undefined;
  readonly step: number;
  /** The record that began it. */
  readonly record: RecordId;
  readonly meaning: Meaning;
  readonly word: string;
  readonly exitCode: number | undefined;
}

/** One lane: STATUS of a Pod, or one container. */
export interface Track {
  readonly id: string;
  readonly label: string;
  readonly kind: 'status' | Cell['kind'];
  readonly segments: Segment[];
}

/** A probe that answered. */
export interface ProbeTick {
  readonly at: number;
  readonly step: number;
  readonly record: RecordId;
  readonly container: string;
  readonly probe: Notes['probe-result']['probe'];
  readonly ok: boolean;
  readonly count: number;
  readonly threshold: number;
}

/** Everything of one Pod that the timeline draws. A Pod made again under the same name goes on in the same lanes. */
export interface PodTracks {
  readonly key: string;
  readonly name: string;
  readonly tracks: readonly Track[];
  readonly probes: readonly ProbeTick[];
}

/** What a person did or broke. */
export interface Deed {
  readonly at: number;
  readonly step: number;
  readonly record: RecordId;
  readonly isFault: boolean;
  readonly note: NoteRecord;
}

/** The tracks of every Pod of the learner in one trace. */
export interface TrackIndex {
  /** Reads what is new and answers the Pods in the order in which they were made. */
  read(): { readonly pods: readonly PodTracks[]; readonly deeds: readonly Deed[]; readonly storyAt: readonly number[] };
  /** One Pod, by its key. */
  pod(key: string): PodTracks | undefined;
}

/** The segment of a track that a step falls into. */
export function segmentAt(track: Track, step: number): Segment | undefined {
  return track.segments[lastAtStep(track.segments, step)];
}

interface Building extends PodTracks {
  readonly tracks: Track[];
  readonly probes: ProbeTick[];
  uid: string;
}

/** An index over a trace that is read again whenever the trace has grown. */
export function createTrackIndex(trace: Trace): TrackIndex {
  const pods = new Map<string, Building>();
  const byUid = new Map<string, Building>();
  const deeds: Deed[] = [];
  const storyAt: number[] = [];
  // What stands on the nodes, kept up record by record: asking the trace for every record would read whole nodes.
  const standing = new Map<string, Standing>();
  let read = 0;

  const update = (building: Building, { at, step, id }: RowRecord): void => {
    const pod = trace.row(building.key, step) as Pod | undefined;
    if (pod === undefined) {
      for (const track of building.tracks) close(track, at);
      return;
    }
    const mark = markPod(building.key, pod, standing.get(pod.metadata.uid ?? '') ?? NOTHING);
    extend(building, 'status', 'STATUS', 'status', {
      at,
      step,
      record: id,
      meaning: mark.meaning,
      word: mark.status,
      exitCode: undefined,
    });
    for (const cell of mark.cells)
      extend(building, cell.name, cell.name, cell.kind, {
        at,
        step,
        record: id,
        meaning: cell.meaning,
        word: cell.word,
        exitCode: cell.exitCode,
      });
  };
  const onRow = (record: RowRecord): void => {
    const { key, value } = record;
    if (key.startsWith('/registry/pods/')) {
      if (key.startsWith('/registry/pods/kube-system/')) return;
      const building = pods.get(key) ?? { key, name: key.slice(key.lastIndexOf('/') + 1), tracks: [], probes: [], uid: '' };
      pods.set(key, building);
      const uid = (value as Pod | undefined)?.metadata.uid;
      if (uid !== undefined) byUid.set(uid, building);
      update(building, record);
    } else if (key.startsWith('/run/')) {
      const uid = stand(standing, key, value);
      const building = byUid.get(uid ?? '');
      if (building && key.includes('/containers/')) update(building, record);
    }
  };
  const onNote = (note: NoteRecord): void => {
    if (note.level === 'story') storyAt.push(note.at);
    if (note.name === 'input' || note.name === 'fault') {
      deeds.push({ at: note.at, step: note.step, record: note.id, isFault: note.name === 'fault', note });
    }
    if (note.name === 'probe-result') {
      const { namespace, pod, container, probe, ok, count, threshold } = note.data as Notes['probe-result'];
      const tick = { at: note.at, step: note.step, record: note.id, container, probe, ok, count, threshold };
      pods.get(`/registry/pods/${namespace}/${pod}`)?.probes.push(tick);
    }
  };
  const readOn = (): void => {
    for (; read < trace.size; read += 1) {
      const record = trace.record(read + 1);
      if (record?.type === 'row') onRow(record);
      else if (record?.type === 'note') onNote(record);
    }
  };
  return {
    pod(key) {
      readOn();
      return pods.get(key);
    },
    read() {
      readOn();
      return { pods: [...pods.values()], deeds, storyAt };
    },
  };
}

/** Takes in a row of a runtime; answers the uid of the Pod it is about. A row that goes leaves what it told: the newest is what counts. */
function stand(standing: Map<string, Standing>, key: string, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (key.includes('/sandboxes/')) {
    const sandbox = value as SandboxStatus;
    const known = standing.get(sandbox.podUid);
    const isSame = known?.sandbox?.id === sandbox.id;
    if (!known?.sandbox || isSame || sandbox.attempt >= known.sandbox.attempt) {
      standing.set(sandbox.podUid, { sandbox, containers: isSame ? known.containers : new Map() });
    }
    return sandbox.podUid;
  }
  if (!key.includes('/containers/')) return undefined;
  const container = value as RuntimeContainer;
  const known = standing.get(container.podUid);
  const last = known?.containers.get(container.name);
  if (known?.sandbox?.id === container.sandboxId && (last === undefined || container.attempt >= last.attempt)) {
    standing.set(container.podUid, { ...known, containers: new Map(known.containers).set(container.name, container) });
  }
  return container.podUid;
}

type Value = Omit<Segment, 'from' | 'to'> & { readonly at: number };

function extend(building: Building, id: string, label: string, kind: Track['kind'], { at, ...value }: Value): void {
  let track = building.tracks.find((known) => known.id === id);
  if (!track) {
    track = { id, label, kind, segments: [] };
    building.tracks.push(track);
  }
  const last = track.segments.at(-1);
  if (last && last.to === undefined && last.word === value.word && last.meaning === value.meaning && last.exitCode === value.exitCode)
    return;
  close(track, at);
  // What changed twice in one instant leaves only what it came to.
  if (last && last.from === at) track.segments.pop();
  track.segments.push({ from: at, to: undefined, ...value });
}

function close(track: Track, at: number): void {
  const last = track.segments.at(-1);
  if (last && last.to === undefined) last.to = at;
}
