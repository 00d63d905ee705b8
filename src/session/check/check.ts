// What applying a text would say, as it is typed: a small cluster of its own is asked, through the same kubectl and the same API server.
import type { Notes } from '../../cluster/notes.ts';
import { type Manifest, parseManifest } from '../../manifest/manifest.ts';
import { openScenario } from '../../scenario/open.ts';
import type { Recipe } from '../../scenario/recipe.ts';
import type { Problem, Query } from '../protocol.ts';
import { lineMark, toMark } from './locate.ts';
import { notSimulated } from './not-simulated.ts';
import { nameOf, problemsOf } from './refusals.ts';

/** A longer text is only read as one types; Apply says whether it is taken. */
const CHECKED_CHARACTERS = 200_000;
/** Simulated time after which a command must have ended. */
const PATIENCE_MS = 2000;
/** Kinds that decide what is admitted, whatever their name. */
const DECIDING = /^\/registry\/(namespaces|limitranges|resourcequotas|priorityclasses)\//;
const OWN = /\/(default|kube-[a-z-]+|system-[a-z-]+)$/;

/** The objects that stand, by their keys in etcd. */
export type Standing = ReadonlyMap<string, unknown>;

/** The problems of a text, in the order of its lines. */
export function checkText({ text, verb }: Query, standing: Standing): readonly Problem[] {
  if (text.trim() === '') return [];
  const manifest = parseManifest(text);
  if (text.length > CHECKED_CHARACTERS) return unreadable(text, manifest);
  const ended = dryRun(text, verb, objectsFor(manifest, standing));
  const problems = [
    ...(ended ? problemsOf(text, manifest, ended.stderr) : []),
    ...duplicateKeys(manifest),
    ...manifest.documents.flatMap(notSimulated),
  ];
  return problems.sort((a, b) => a.line - b.line || a.column - b.column);
}

/** Of a text too long to try: whether it can be read at all. */
function unreadable(text: string, { error }: Manifest): readonly Problem[] {
  return error ? [{ ...lineMark(text, error.line), severity: 'error', message: error.message }] : [];
}

/** Lets kubectl try it on a cluster without nodes. */
function dryRun(text: string, verb: Query['verb'], objects: readonly unknown[]): Notes['command-ended'] | undefined {
  const input = verb === 'apply' ? { at: 0, apply: text, file: 'pod.yaml' } : { at: 0, create: text, file: 'pod.yaml' };
  const recipe: Recipe = {
    podscope: 1,
    seed: 1,
    cluster: { preset: 'none', startAt: '2026-01-01T00:00:00Z', nodes: [], images: [] },
    ...(objects.length > 0 && { objects: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }) }),
    files: {},
    inputs: [input],
  };
  const run = openScenario(recipe);
  for (let to = 20; to <= PATIENCE_MS; to *= 2) {
    run.advance(to);
    for (const record of run.take()) {
      if (record.type === 'note' && record.name === 'command-ended') return record.data as Notes['command-ended'];
    }
  }
  return undefined;
}

/** What stands that the text speaks of, or that decides about it. */
function objectsFor({ documents }: Manifest, standing: Standing): readonly unknown[] {
  const names = documents.flatMap(({ value }) => nameOf(value) ?? []);
  return [...standing]
    .filter(([key]) => !OWN.test(key) && (DECIDING.test(key) || names.some((name) => key.endsWith(`/${name}`))))
    .map(([, object]) => object);
}

/** A key given twice: kubectl takes the last, so both are marked. */
function duplicateKeys({ documents }: Manifest): readonly Problem[] {
  return documents
    .flatMap(({ duplicateKeys }) => duplicateKeys)
    .flatMap(({ key, first, second }) =>
      [first, second].map((range): Problem => ({ ...toMark(range), severity: 'warning', message: key, own: 'duplicate-key' })),
    );
}
