// The editor's part of the cursor: the lines of what is selected, the states of the containers at the playhead, and what the caret's
// line selects. Reading the text waits until there is time; a frame of the playhead costs a look at the containers of the text.
import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { podOfSelection } from '../../session/cursor.ts';
import type { Meaning } from '../../session/pod-marks.ts';
import type { SessionState } from '../../session/state.ts';
import { segmentAt } from '../../session/tracks.ts';
import { useSession, useSessionState } from '../../session/use-session.ts';
import type { PodPlace } from './places.ts';

/** The state of a container at the playhead, beside the line that begins it. */
export interface LineMark {
  readonly line: number;
  readonly selection: string;
  readonly name: string;
  readonly meaning: Meaning;
  readonly word: string;
}

/** What an editor shows of the cursor, and what it tells. */
export interface EditorCursor {
  readonly marks: readonly LineMark[];
  /** The lines of what is selected. */
  readonly lines: { readonly first: number; readonly last: number } | undefined;
  /** The selection that these lines stand for. */
  readonly selection: string | undefined;
  /** A person has put the caret on a line. */
  readonly onCaret: (line: number) => void;
}

const NO_PLACES: readonly PodPlace[] = [];
type Reader = typeof import('./places.ts');

/** The cursor in a text. */
export function useEditorCursor(text: string): EditorCursor {
  const session = useSession();
  const isFirstVisit = useSessionState((state) => state.isFirstVisit);
  const [reader, setReader] = useState<Reader>();
  const settled = useDeferredValue(text);
  useEffect(() => {
    // The parser is not needed before something runs.
    if (!isFirstVisit) void import('./places.ts').then(setReader);
  }, [isFirstVisit]);
  const places = useMemo(() => reader?.podPlaces(settled) ?? NO_PLACES, [reader, settled]);
  const key = useSessionState((state) => keyOf(state, places));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says when the marks change
  const marks = useMemo(() => marksAt(session.store.getState(), places), [session, places, key]);
  const selection = useSessionState((state) => state.selection);
  const lines = useMemo(() => reader?.linesOf(places, selection), [reader, places, selection]);
  const onCaret = useCallback(
    (line: number) => {
      const found = reader?.selectionAt(places, line);
      const state = session.store.getState();
      const isThere = found !== undefined && state.trace.history(podOfSelection(found) ?? '').length > 0;
      if (isThere && found !== state.selection) session.select(found);
    },
    [session, reader, places],
  );
  return { marks, lines, selection: lines && selection, onCaret };
}

/** The containers of the text that are there at the playhead. */
function marksAt({ tracks, step, t }: SessionState, places: readonly PodPlace[]): readonly LineMark[] {
  return places.flatMap(({ selection: key, containers }) => {
    const pod = tracks.pod(key);
    if (!pod) return [];
    return containers.flatMap(({ name, selection, first }): readonly LineMark[] => {
      const track = pod.tracks.find(({ id, kind }) => id === name && kind !== 'status');
      const segment = track && segmentAt(track, step);
      if (!segment || (segment.to !== undefined && segment.to <= t)) return [];
      return [{ line: first, selection, name, meaning: segment.meaning, word: segment.word }];
    });
  });
}

const keyOf = (state: SessionState, places: readonly PodPlace[]): string =>
  marksAt(state, places)
    .map(({ line, meaning, word }) => `${line} ${meaning} ${word}`)
    .join();
