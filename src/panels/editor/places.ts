// Where the Pods of a manifest and their containers stand in its text, so that a line selects what it is about, and back.
import { isObject } from '../../base/json.ts';
import { type ManifestDocument, parseManifest } from '../../manifest/manifest.ts';
import { containerSelection, podSelection } from '../../session/cursor.ts';

/** Lines of the text, from 1, both included, and what they select. */
export interface Place {
  readonly selection: string;
  readonly first: number;
  readonly last: number;
}

/** A Pod: its document; `name`: the line that names it. */
export interface PodPlace extends Place {
  readonly name: number;
  readonly containers: readonly ContainerPlace[];
}

export interface ContainerPlace extends Place {
  readonly name: string;
}

/** Characters of a text that is read: a longer one would hold the page. */
const MOST = 100_000;
const LISTS = ['initContainers', 'containers', 'ephemeralContainers'] as const;

/** The Pods of a text, as far as it can be read; none of a very long one. */
export function podPlaces(text: string): readonly PodPlace[] {
  if (text.length > MOST) return [];
  const { documents } = parseManifest(text);
  const lines = text.split('\n');
  return documents.flatMap((document, i) => {
    const pod = podOf(document, lines, (documents[i + 1]?.startLine ?? lines.length + 1) - 1);
    return pod ? [pod] : [];
  });
}

function podOf(document: ManifestDocument, lines: readonly string[], last: number): PodPlace | undefined {
  const { value } = document;
  if (!isObject(value) || value.kind !== 'Pod' || !isObject(value.metadata) || !isObject(value.spec)) return undefined;
  const { name, namespace } = value.metadata;
  if (typeof name !== 'string') return undefined;
  const selection = podSelection(typeof namespace === 'string' ? namespace : 'default', name);
  const { spec } = value;
  const containers = LISTS.flatMap((list) => {
    const items = spec[list];
    if (!Array.isArray(items)) return [];
    return items.flatMap((item: unknown, i): readonly ContainerPlace[] => {
      if (!isObject(item) || typeof item.name !== 'string') return [];
      const { startLine: first, startCol } = document.keyRangeOf(['spec', list, i]);
      return [
        { selection: containerSelection(selection, item.name), name: item.name, first, last: endOf(lines, first, startCol - 1, last) },
      ];
    });
  });
  return { selection, name: document.rangeOf(['metadata', 'name']).startLine, first: document.startLine, last, containers };
}

/** The last line of an item whose keys stand in a column: lines further left are no longer its own, nor are empty ones and comments at its end. */
function endOf(lines: readonly string[], first: number, column: number, limit: number): number {
  let end = first;
  for (let line = first + 1; line <= limit; line += 1) {
    const text = lines[line - 1] ?? '';
    if (/^\s*(#|$)/.test(text)) continue;
    if (text.search(/\S/) < column) break;
    end = line;
  }
  return end;
}

/** What a line selects: its container, else its Pod. */
export function selectionAt(places: readonly PodPlace[], line: number): string | undefined {
  const isIn = ({ first, last }: Place): boolean => first <= line && line <= last;
  const pod = places.find(isIn);
  return (pod?.containers.find(isIn) ?? pod)?.selection;
}

/** The lines that a selection marks: a container's own, of a Pod the one that names it. */
export function linesOf(
  places: readonly PodPlace[],
  selection: string | undefined,
): { readonly first: number; readonly last: number } | undefined {
  for (const pod of places) {
    if (pod.selection === selection) return { first: pod.name, last: pod.name };
    const container = pod.containers.find((each) => each.selection === selection);
    if (container) return container;
  }
  return undefined;
}
