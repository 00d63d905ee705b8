// The conditions, each with its answer, since when, and why.
import { Check, Minus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useLanguage } from '../../i18n/language.ts';
import { formatInstant } from '../../i18n/time.ts';
import type { ConditionMark } from '../../session/conditions.ts';
import css from './list.module.css';
import type { Words } from './messages.ts';

const ICONS = { True: Check, False: X, Unknown: Minus, unset: Minus } as const;

export function ConditionsTab({ conditions, words }: { readonly conditions: readonly ConditionMark[]; readonly words: Words }): ReactNode {
  const language = useLanguage();
  return (
    <ul className={css.list} data-testid="conditions">
      {conditions.map(({ type, status, reason, message, since }) => {
        const Icon = ICONS[status];
        return (
          <li key={type} className={css.item} data-condition={type} data-status={status}>
            <span className={css.itemHead}>
              <Icon size={13} strokeWidth={2.6} aria-hidden />
              <strong>{type}</strong>
              <span>{words(status)}</span>
              {since !== undefined && <span className={css.from}>{words('conditionSince', formatInstant(since, language))}</span>}
            </span>
            {(reason !== '' || message !== '') && (
              <span className={css.text}>{[reason, message].filter((text) => text !== '').join(': ')}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
