// Finds the names of Pods in a text, so that they can be links.
import type { Trace } from '../../engine/trace.ts';

const PODS = '/registry/pods/';
const SYSTEM = '/registry/pods/kube-system/';
/** What may stand before and after a name. */
const WORD = /(?<=^|[\s"'(]|\bpods?\/)[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?(?=$|[\s"'),:])/g;

/** A part of a text; `pod`: the key of the Pod that it names. */
export interface TextPart {
  readonly text: string;
  readonly pod: string | undefined;
}

/** The keys of all Pods that a trace has, by their names. Of two with one name, the first that is not of kube-system. */
export function podsByName(trace: Trace): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const key of trace.keysUnder(PODS)) {
    const name = key.slice(key.lastIndexOf('/') + 1);
    const known = found.get(name);
    if (known === undefined || known.startsWith(SYSTEM)) found.set(name, key);
  }
  return found;
}

/** A text in parts: names of Pods, and what stands between them. */
export function splitAtPods(text: string, pods: ReadonlyMap<string, string>): readonly TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const pod = pods.get(word);
    if (pod === undefined) continue;
    if (index > from) parts.push({ text: text.slice(from, index), pod: undefined });
    parts.push({ text: word, pod });
    from = index + word.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), pod: undefined });
  return parts;
}
