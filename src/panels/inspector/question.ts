// The heading over a chain of causes: the question that it answers.
import type { MessageRecord, NoteRecord, RowRecord, TraceRecord } from '../../engine/records.ts';
import type { Event, Pod } from '../../cluster/api/types.ts';
import { podStatus } from '../../cluster/apiserver/tables/pod-status.ts';
import type { Words } from './messages.ts';
import type { Sight } from './scene.ts';

/** What is asked of a record that was picked. */
export function questionOf(record: TraceRecord, words: Words): string {
  switch (record.type) {
    case 'note':
      return ofNote(record, words);
    case 'message':
      return ofMessage(record, words);
    case 'row':
      return ofRow(record, words);
    case 'log':
      return words('whyLine');
  }
}

/** What is asked of what is selected, as it is now. */
export function questionAbout(sight: Sight, words: Words): string {
  switch (sight.kind) {
    case 'pod': {
      const container = sight.containers.find(({ name, selection }) => selection !== undefined && name === sight.selected);
      if (sight.isGone) return words('whyDeleted', sight.mark.name);
      return container ? words('whyIs', container.name, container.word) : words('whyPod', sight.mark.name, sight.mark.status);
    }
    case 'node':
      return sight.isGone ? words('whyDeleted', sight.name) : words('whyNodeIs', sight.name, sight.status);
    case 'object':
      return sight.isGone ? words('whyDeleted', sight.object.metadata.name) : words('whyThis');
  }
}

interface Told {
  readonly container: string;
  readonly pod: string;
  readonly chosen: string | null;
  readonly reason: string;
  readonly name: string;
  readonly status?: string;
}

function ofNote({ name, data }: NoteRecord, words: Words): string {
  // What a note's data holds, its name says: src/cluster/notes.ts writes no others.
  const { container, pod, chosen, reason, status, name: object } = data as Told;
  switch (name) {
    case 'container-created':
    case 'container-started':
      return words('whyStart', container);
    case 'container-exited':
    case 'container-failed':
      return words('whyExit', container);
    case 'container-killing':
      return words('whyKill', container);
    case 'container-backoff':
    case 'image-backoff':
      return words('whyWait', container);
    case 'probe-result':
      return words('whyProbe', container);
    case 'scheduling-attempt':
      return chosen === null ? words('whyNoNode', pod) : words('whyNode', pod, chosen);
    case 'event':
      return words('whyEvent', reason);
    case 'object-stored':
      return status === undefined ? words('whyThis') : words('whyPod', object, status);
    default:
      return words('whyThis');
  }
}

const ofMessage = ({ label }: MessageRecord, words: Words): string => words('whyMessage', label);

function ofRow({ value }: RowRecord, words: Words): string {
  const object = value as Event | Pod | undefined;
  if (object?.kind === 'Event') return words('whyEvent', object.reason ?? '');
  return object?.kind === 'Pod' ? words('whyPod', object.metadata.name, podStatus(object).status) : words('whyThis');
}
