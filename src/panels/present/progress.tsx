// How far the story has been told: a dot for each event while they are few, else two numbers.
import type { ReactNode } from 'react';
import { useText } from '../../i18n/language.ts';
import { countBy } from '../../session/events.ts';
import { useSessionState } from '../../session/use-session.ts';
import { messages } from './messages.ts';
import css from './present.module.css';

/** More dots than this nobody counts. */
const MOST_DOTS = 14;

export function Progress(): ReactNode {
  const t = useText(messages);
  const told = useSessionState(({ events, step }) => countBy(events.at('story'), step));
  const known = useSessionState(({ events }) => events.at('story').length);
  const isWhole = useSessionState(({ edge, until }) => edge > until);
  return (
    <div className={css.progress} data-testid="beats">
      <span className="sr-only">{t('beat', told, known, isWhole)}</span>
      <span
        aria-hidden
        className={css.numbers}
        data-few={known <= MOST_DOTS || undefined}
      >{`${told} / ${known}${isWhole ? '' : '…'}`}</span>
      {known <= MOST_DOTS && <Dots told={told} known={known} isWhole={isWhole} />}
    </div>
  );
}

function Dots({ told, known, isWhole }: { readonly told: number; readonly known: number; readonly isWhole: boolean }): ReactNode {
  return (
    <span className={css.dots} aria-hidden>
      {Array.from({ length: known }, (_, i) => i + 1).map((n) => (
        <span key={n} className={css.dot} data-told={n <= told || undefined} data-now={n === told || undefined} />
      ))}
      {!isWhole && '…'}
    </span>
  );
}
