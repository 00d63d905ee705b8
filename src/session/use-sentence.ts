// The sentence of the event at the playhead, in the level of detail that is shown.
import { useLanguage } from '../i18n/language.ts';
import { countBy } from './events.ts';
import { tellEvent } from './sentences/tell.ts';
import { useSessionState } from './use-session.ts';

/** What happened last, or undefined where nothing has. */
export function useSentence(): string | undefined {
  const language = useLanguage();
  const events = useSessionState((state) => state.events);
  const level = useSessionState((state) => state.level);
  const step = useSessionState((state) => state.step);
  const shown = events.at(level);
  const event = shown[countBy(shown, step) - 1];
  return event && tellEvent(event, language);
}
