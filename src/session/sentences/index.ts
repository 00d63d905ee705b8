// The sentence of a note, in the language of the page.
import type { NoteName } from '../../cluster/notes.ts';
import type { NoteRecord } from '../../engine/records.ts';
import type { Language } from '../../i18n/messages.ts';
import { en } from './en.ts';
import { ko } from './ko.ts';
import type { Sentences } from './sentence.ts';

export { pieces, plain } from './sentence.ts';

/** Every sentence, in both languages. */
export const SENTENCES: Readonly<Record<Language, Sentences>> = { en, ko };

/** What a note tells; names stand between double asterisks. */
export function sentenceOf({ name, data }: Pick<NoteRecord, 'name' | 'data'>, language: Language): string {
  // A note's data have the shape that its name has in Notes: src/cluster/notes.ts writes no others.
  const tell = SENTENCES[language][name as NoteName] as ((data: unknown) => string) | undefined;
  return tell === undefined ? name : ended(tell(data));
}

/** Where a sentence ends with words of the cluster, it is closed all the same: one hears where it ends. */
const ended = (sentence: string): string => (/[.!?…)]$/.test(sentence) ? sentence : `${sentence}.`);
