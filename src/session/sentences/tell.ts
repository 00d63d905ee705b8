// An event in words.
import type { Language } from '../../i18n/messages.ts';
import type { StoryEvent } from '../events.ts';
import { sentenceOf } from './index.ts';

/** Notes of one step that are told together. */
const TOLD_AT_ONCE = 2;

/** What an event tells; names stand between double asterisks. */
export const tellEvent = ({ notes }: StoryEvent, language: Language): string =>
  notes
    .slice(0, TOLD_AT_ONCE)
    .map((note) => sentenceOf(note, language))
    .join(' ');
