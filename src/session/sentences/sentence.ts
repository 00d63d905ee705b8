// A sentence of a note: names between double asterisks are set bold on the page and read without the asterisks aloud.
import type { NoteName, Notes } from '../../cluster/notes.ts';

/** One full sentence for every kind of note, from its data. */
export type Sentences = { readonly [N in NoteName]: (data: Notes[N]) => string };

/** Marks a name. */
export const name = (text: string | number): string => `**${text}**`;

/** A sentence in the pieces in which it is set. */
export function pieces(sentence: string): readonly { readonly text: string; readonly isName: boolean }[] {
  return sentence
    .split('**')
    .map((text, i) => ({ text, isName: i % 2 === 1 }))
    .filter(({ text }) => text !== '');
}

/** A sentence as it is read aloud. */
export const plain = (sentence: string): string => sentence.replaceAll('**', '');

const UNITS = [
  ['Gi', 1024 ** 3],
  ['Mi', 1024 ** 2],
  ['Ki', 1024],
] as const;

/** An amount of memory as manifests write it: `200Mi`, `1.5Gi`. */
export function size(bytes: number): string {
  const [unit, of] = UNITS.find(([, least]) => bytes >= least) ?? ['', 1];
  return `${Math.round((bytes / of) * 10) / 10}${unit}`;
}

/** The first line of a text, cut where it is long. */
export function short(text: string, length = 110): string {
  const line = text.trim().split('\n')[0] ?? '';
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}
