// The objects that stand at the start of a scenario: manifests of any kind, lists of them taken apart.
import { isObject } from '../base/json.ts';
import { parseManifest } from '../manifest/manifest.ts';

/** The objects of a text, YAML or JSON; throws an Error, with the reason, where it is neither or holds something else. */
export function readObjects(text: string): readonly unknown[] {
  return documentsOf(text).flatMap((value) => (value === null || value === undefined ? [] : takeApart(value)));
}

function documentsOf(text: string): readonly unknown[] {
  if (text.trimStart().startsWith('{')) return [JSON.parse(text) as unknown];
  const { documents, error } = parseManifest(text);
  if (error) throw new Error(error.message);
  return documents.map(({ value }) => value);
}

function takeApart(value: unknown): readonly unknown[] {
  if (!isObject(value) || typeof value.kind !== 'string') throw new Error('every object has a kind');
  if (!value.kind.endsWith('List') || !Array.isArray(value.items)) return [value];
  return value.items.flatMap(takeApart);
}
