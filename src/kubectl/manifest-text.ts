// Manifests as a list of documents: what a command does with each is its own business.
import { parseManifest } from '../manifest/manifest.ts';

/** One document of a file: its value, or why it could not be read. */
export type ManifestDocument = { readonly value: unknown } | { readonly error: { readonly message: string } };

/** Reads every document of a file, up to the first that cannot be read. */
export function readManifests(text: string): readonly ManifestDocument[] {
  const { documents, error } = parseManifest(text);
  const read = documents.map(({ value }) => ({ value }));
  return error ? [...read, { error }] : read;
}
