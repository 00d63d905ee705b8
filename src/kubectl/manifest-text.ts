// Manifests as text: reading them and writing them, in the words of the real kubectl.
import { stringify } from 'yaml';
import { sortedKeys } from '../base/order.ts';
import { parseManifest } from '../manifest/manifest.ts';

/** One document of a file: its value, or why it could not be read. */
export type ManifestDocument = { readonly value: unknown } | { readonly error: { readonly message: string } };

/** Reads every document of a file, up to the first that cannot be read. */
export function readManifests(text: string): readonly ManifestDocument[] {
  const { documents, error } = parseManifest(text);
  const read = documents.map(({ value }) => ({ value }));
  return error ? [...read, { error }] : read;
}

/** YAML with sorted keys. */
export const writeYaml = (value: unknown): string => stringify(value, { sortMapEntries: true, indentSeq: false, lineWidth: 0 });
/** JSON as `-o json` prints it: four spaces, sorted keys. */
export const writeJson = (value: unknown): string => `${JSON.stringify(sorted(value), null, 4)}\n`;

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(sortedKeys(value).map((key) => [key, sorted((value as Record<string, unknown>)[key])]));
}
