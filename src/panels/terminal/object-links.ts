// Finds the names of Pods and nodes in a text, so that they can be links.
import type { Trace } from '../../engine/trace.ts';

const PODS = '/registry/pods/';
const SYSTEM = '/registry/pods/kube-system/';
const NODES = '/registry/minions/';
/** What may stand before and after a name. */
const WORD = /(?<=^|[\s"'(@]|\b(?:pods?|nodes?)\/)[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?(?=$|[\s"'),:/])/g;

/** A part of a text; `key`: the object that it names. */
export interface TextPart {
  readonly text: string;
  readonly key: string | undefined;
}

/** The keys of all Pods and nodes that a trace has, by their names. Of two with one name, the first that is not of kube-system. */
export function objectsByName(trace: Trace): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const key of [...trace.keysUnder(PODS), ...trace.keysUnder(NODES)]) {
    const name = key.slice(key.lastIndexOf('/') + 1);
    const known = found.get(name);
    if (known === undefined || (known.startsWith(SYSTEM) && key.startsWith(PODS))) found.set(name, key);
  }
  return found;
}

/** A text in parts: names of objects, and what stands between them. */
export function splitAtObjects(text: string, objects: ReadonlyMap<string, string>): readonly TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const key = objects.get(word);
    if (key === undefined) continue;
    if (index > from) parts.push({ text: text.slice(from, index), key: undefined });
    parts.push({ text: word, key });
    from = index + word.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), key: undefined });
  return parts;
}
