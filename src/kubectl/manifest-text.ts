// Manifests as text: reading them and writing them, in the words of the real kubectl.
import { parseAllDocuments, stringify } from 'yaml';
import { sortedKeys } from '../base/order.ts';

/** One document of a file: its value, or why it could not be read. */
export type ManifestDocument = { readonly value: unknown } | { readonly error: { readonly message: string } };

/** Reads every document of a file. */
export function readManifests(text: string): readonly ManifestDocument[] {
  const documents = parseAllDocuments(text);
  if (!Array.isArray(documents)) return [];
  return documents.map((document) => {
    const [error] = document.errors;
    return error ? { error: { message: `error converting YAML to JSON: ${error.message}` } } : { value: document.toJS() };
  });
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
