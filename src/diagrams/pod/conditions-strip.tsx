// The conditions of the Pod as one quiet line: they sum up what the figure shows below them.
import { Check, Minus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useLanguage } from '../../i18n/language.ts';
import type { Text } from '../../i18n/messages.ts';
import type { Session } from '../../session/session.ts';
import { movingLength } from '../../session/amounts.ts';
import type { ConditionMark } from '../../session/conditions.ts';
import { useSessionState } from '../../session/use-session.ts';
import type { messages } from './messages.ts';
import { Moving } from './moving.tsx';
import styles from './pod.module.css';

const ICONS = { True: Check, False: X, Unknown: Minus, unset: Minus } as const;

interface ConditionsProps {
  readonly session: Session;
  /** The Pod's key. */
  readonly pod: string;
  readonly conditions: readonly ConditionMark[];
  readonly words: Text<(typeof messages)['en']>;
}

/** The strip. */
export function Conditions({ session, pod, conditions, words }: ConditionsProps): ReactNode {
  const language = useLanguage();
  const picked = useSessionState((state) => state.picked);
  return (
    <ul className={styles.conditions} aria-label={words('conditions')}>
      {conditions.map(({ type, status, reason, message, since, record }) => {
        const Icon = ICONS[status];
        return (
          <li
            key={type}
            data-condition={type}
            data-status={status}
            data-picked={(record !== undefined && record === picked) || undefined}
            title={[reason, message].filter((text) => text !== '').join(': ') || undefined}
          >
            <Icon size={12} strokeWidth={3} aria-hidden />
            <button type="button" className={styles.conditionName} disabled={record === undefined} data-select={pod} data-pick={record}>
              {type}
            </button>
            <span className={styles.spoken}>{status === 'unset' ? words('unset') : status}</span>
            {since !== undefined && (
              <Moving session={session} className={styles.since} text={(t) => words('ago', movingLength(t - since, language))} />
            )}
          </li>
        );
      })}
    </ul>
  );
}
