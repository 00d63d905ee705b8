// The Event objects about what is selected, as `kubectl describe` lists them.
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useSession } from '../../session/use-session.ts';
import type { EventSight } from './events-of.ts';
import css from './list.module.css';
import type { Words } from './messages.ts';
import type { Moment } from './use-moment.ts';

interface EventsTabProps {
  readonly events: readonly EventSight[];
  readonly moment: Moment;
  readonly selection: string;
  readonly words: Words;
}

export function EventsTab({ events, moment, selection, words }: EventsTabProps): ReactNode {
  const session = useSession();
  if (events.length === 0) return <p className={css.none}>{words('noEvents')}</p>;
  return (
    <ol className={css.list} data-testid="inspected-events">
      {events.map(({ id, isWarning, reason, age, from, text }) => (
        <li key={id}>
          <button type="button" className={css.item} aria-pressed={moment.picked === id} onClick={() => session.select(selection, id)}>
            <span className={css.itemHead}>
              {isWarning && <TriangleAlert size={13} aria-label={words('warning')} />}
              <strong>{reason}</strong>
              <span className={css.quiet}>{age}</span>
              <span className={css.from}>{from}</span>
            </span>
            <span className={css.text}>{text}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
