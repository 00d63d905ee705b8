// The caption: what happens at the playhead, in a sentence; and the same for those who listen.
import { useLanguage, useText } from '../../i18n/language.ts';
import { formatInstant, formatLength } from '../../i18n/time.ts';
import { countBy } from '../../session/events.ts';
import { pieces } from '../../session/sentences/index.ts';
import { isAtEnd } from '../../session/state.ts';
import { useSentence } from '../../session/use-sentence.ts';
import { useSessionState } from '../../session/use-session.ts';
import { Button } from '../../widgets/button.tsx';
import css from './caption.module.css';
import { LiveRegion } from './live-region.tsx';
import { messages } from './messages.ts';

/** A sentence with more characters is written smaller. */
const LONG = 130;

/** `large`: for an audience, in ink. `small`: below an embedded figure. Both without the time. `onWhy`: where it can be asked. */
export function Caption({ look = 'plain', onWhy }: { readonly look?: 'plain' | 'large' | 'small'; readonly onWhy?: () => void }) {
  const t = useText(messages);
  const isFirstVisit = useSessionState((state) => state.isFirstVisit);
  const told = useSentence();
  const sentence = isFirstVisit ? t('invite') : (told ?? t('standing'));
  return (
    <section className={`${css.caption} ${isFirstVisit ? css.invite : look === 'plain' ? '' : css[look]}`} aria-label={t('caption')}>
      {!isFirstVisit && look === 'plain' && <When />}
      <p className={css.text} data-testid="caption" data-long={(!isFirstVisit && sentence.length > LONG) || undefined}>
        <Sentence text={sentence} />
        <Skipped />
      </p>
      {!isFirstVisit && told !== undefined && onWhy && (
        <Button data-testid="why-button" onClick={onWhy}>
          {t('why')} <kbd>W</kbd>
        </Button>
      )}
      <LiveRegion />
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
