// What happens, read aloud: a full sentence with its time, politely.
import { useEffect, useState } from 'react';
import { useLanguage, useText } from '../../i18n/language.ts';
import { formatInstant } from '../../i18n/time.ts';
import { plain } from '../../session/sentences/index.ts';
import { tellEvent } from '../../session/sentences/tell.ts';
import { useSession } from '../../session/use-session.ts';
import { createAnnouncer } from './announcer.ts';
import { messages } from './messages.ts';

export function LiveRegion() {
  const t = useText(messages);
  const language = useLanguage();
  const { store } = useSession();
  const [text, setText] = useState('');
  useEffect(() => {
    const announcer = createAnnouncer({
      now: () => performance.now(),
      later(act, ms) {
        const timer = setTimeout(act, ms);
        return () => clearTimeout(timer);
      },
      state: store.getState,
      read(event, isOver) {
        const sentence = event ? t('spoken', formatInstant(event.t, language), plain(tellEvent(event, language))) : plain(t('standing'));
        setText(isOver ? `${sentence} ${t('over', formatInstant(store.getState().until, language))}` : sentence);
      },
    });
    const stop = store.subscribe(announcer.hear);
    return () => {
      stop();
      announcer.stop();
    };
  }, [store, t, language]);
  return (
    <p className="sr-only" role="status" aria-live="polite" data-testid="live">
      {text}
    </p>
  );
}
