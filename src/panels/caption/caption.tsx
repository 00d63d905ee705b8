// The caption: what happens at the playhead, in a sentence; and the same for those who listen.
import { useEffect, useRef, useState } from 'react';
import { useLanguage, useText } from '../../i18n/language.ts';
import { formatInstant, formatLength } from '../../i18n/time.ts';
import { countBy } from '../../session/events.ts';
import { pieces, plain } from '../../session/sentences/index.ts';
import { isAtEnd } from '../../session/state.ts';
import { useSentence } from '../../session/use-sentence.ts';
import { useSession, useSessionState } from '../../session/use-session.ts';
import css from './caption.module.css';
import { messages } from './messages.ts';

/** While it plays, no more than one sentence is read aloud in this time. */
const READ_EVERY_MS = 2000;

export function Caption() {
  const t = useText(messages);
  const isFirstVisit = useSessionState((state) => state.isFirstVisit);
  const told = useSentence();
  const sentence = isFirstVisit ? t('invite') : (told ?? t('standing'));
  return (
    <section className={`${css.caption} ${isFirstVisit ? css.invite : ''}`} aria-label={t('caption')}>
      {!isFirstVisit && <When />}
      <p className={css.text} data-testid="caption">
        <Sentence text={sentence} />
        <Skipped />
      </p>
      <LiveRegion sentence={sentence} />
    </section>
  );
}

function Sentence({ text }: { readonly text: string }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a sentence have no other identity
  return pieces(text).map((piece, i) => (piece.isName ? <strong key={i}>{piece.text}</strong> : piece.text));
}

function When() {
  const t = useText(messages);
  const language = useLanguage();
  const instant = useSessionState((state) => formatInstant(state.t, language));
  const counted = useSessionState((state) => {
    const shown = state.events.at(state.level);
    return t('eventOf', countBy(shown, state.step), shown.length);
  });
  return (
    <p className={css.when}>
      {instant}
      <br />
      {counted}
    </p>
  );
}

function Skipped() {
  const t = useText(messages);
  const language = useLanguage();
  const skipping = useSessionState((state) => state.skipping);
  const isOver = useSessionState((state) => !state.isFirstVisit && state.phase === 'ready' && isAtEnd(state));
  const until = useSessionState((state) => state.until);
  if (skipping !== undefined) return <span className={css.skip}>{t('later', formatLength(skipping, language))}</span>;
  return isOver ? <span className={css.skip}>{t('over', formatInstant(until, language))}</span> : null;
}

/** Reads full sentences aloud: each one on stepping, at most one in two seconds while it plays. */
function LiveRegion({ sentence }: { readonly sentence: string }) {
  const session = useSession();
  const [read, setRead] = useState('');
  const lastRead = useRef(0);
  useEffect(() => {
    const { playing, isFirstVisit } = session.store.getState();
    if (isFirstVisit) return;
    const wait = playing ? Math.max(0, lastRead.current + READ_EVERY_MS - performance.now()) : 0;
    const timer = setTimeout(() => {
      lastRead.current = performance.now();
      setRead(plain(sentence));
    }, wait);
    return () => clearTimeout(timer);
  }, [session, sentence]);
  return (
    <p className="sr-only" role="status" aria-live="polite" data-testid="live">
      {read}
    </p>
  );
}
