// The sentence of the event at the playhead, in the level of detail that is shown.
import { useLanguage } from '../i18n/language.ts';
import { countBy } from './events.ts';
import { sentenceOf } from './sentences/index.ts';
import { useSessionState } from './use-session.ts';

/** Notes of one step that are told together. */
const TOLD_AT_ONCE = 2;

/** What happened last, or undefined where nothing has. */
export function useSentence(): string | undefined {
  const language = useLanguage();
  const events = useSessionState((state) => state.events);
  const level = useSessionState((state) => state.level);
  const step = useSessionState((state) => state.step);
  const shown = events.at(level);
  const event = shown[countBy(shown, step) - 1];
  return event?.notes
    .slice(0, TOLD_AT_ONCE)
    .map((note) => sentenceOf(note, language))
    .join(' ');
}
