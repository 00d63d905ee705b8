// Every event of the run in words: a list that leads to the moment of each. Only those around the playhead are drawn.
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Level } from '../../engine/records.ts';
import { useLanguage, useText } from '../../i18n/language.ts';
import { formatInstant } from '../../i18n/time.ts';
import { countBy, type StoryEvent } from '../../session/events.ts';
import { pieces } from '../../session/sentences/index.ts';
import { tellEvent } from '../../session/sentences/tell.ts';
import { useCalm } from '../../session/use-calm.ts';
import { useSession } from '../../session/use-session.ts';
import { Button } from '../../widgets/button.tsx';
import { Dialog } from '../../widgets/dialog.tsx';
import { Segmented } from '../../widgets/segmented.tsx';
import css from './events.module.css';
import { messages } from './messages.ts';
import { type Span, grow, spanAround } from './span.ts';

export default function Events() {
  const t = useText(messages);
  const session = useSession();
  const { events, level, step } = useCalm();
  const shown = events.at(level);
  const now = countBy(shown, step) - 1;
  const [grown, setGrown] = useState<{ readonly level: Level; readonly span: Span }>();
  const span = grown?.level === level ? grown.span : spanAround(Math.max(0, now), shown.length);
  const close = (): void => session.set({ dialog: undefined });
  const goTo = (event: StoryEvent): void => {
    session.pause();
    session.seek(event);
    close();
  };
  const more = (side: 'first' | 'end'): void => setGrown({ level, span: grow(span, side, shown.length) });
  const levels = (['story', 'api', 'all'] as const).map((value) => ({ value, text: t(value) }));
  return (
    <Dialog title={t('title')} closeLabel={t('close')} onClose={close}>
      <div className={css.head}>
        <p>{shown.length === 0 ? t('empty') : t('about', shown.length)}</p>
        <Segmented<Level> label={t('detail')} value={level} choices={levels} onChoose={session.setLevel} />
      </div>
      {span.first > 0 && (
        <Button className={css.more} onClick={() => more('first')}>
          {t('earlier', span.first)}
        </Button>
      )}
      <List key={level} events={shown.slice(span.first, span.end)} first={span.first} now={now} onGo={goTo} />
      {span.end < shown.length && (
        <Button className={css.more} onClick={() => more('end')}>
          {t('later', shown.length - span.end)}
        </Button>
      )}
    </Dialog>
  );
}

interface ListProps {
  readonly events: readonly StoryEvent[];
  /** The place of the first of these among all. */
  readonly first: number;
  /** The place of the event that the playhead is at; -1 before the first. */
  readonly now: number;
  readonly onGo: (event: StoryEvent) => void;
}

/** One stop for Tab; the arrows walk inside. */
function List({ events, first, now, onGo }: ListProps) {
  const list = useRef<HTMLOListElement>(null);
  const [walkedTo, walkTo] = useState<number>();
  const stop = Math.min(Math.max(walkedTo ?? now, first), first + events.length - 1);
  useEffect(() => {
    const button = list.current?.querySelector<HTMLElement>('[tabindex="0"]');
    button?.scrollIntoView({ block: 'center' });
    button?.focus();
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const to = { ArrowDown: stop + 1, ArrowUp: stop - 1, Home: first, End: first + events.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    list.current?.querySelector<HTMLElement>(`[data-place="${to}"]`)?.focus();
  };
  return (
    <ol ref={list} className={css.list} start={first + 1} onKeyDown={onKeyDown} data-testid="events">
      {events.map((event, i) => (
        <EventRow
          key={event.step}
          event={event}
          place={first + i}
          now={now}
          isStop={first + i === stop}
          onFocus={() => walkTo(first + i)}
          onGo={() => onGo(event)}
        />
      ))}
    </ol>
  );
}

interface EventRowProps {
  readonly event: StoryEvent;
  readonly place: number;
  readonly now: number;
  readonly isStop: boolean;
  readonly onFocus: () => void;
  readonly onGo: () => void;
}

function EventRow({ event, place, now, isStop, onFocus, onGo }: EventRowProps) {
  const language = useLanguage();
  return (
    <li>
      <button
        type="button"
        className={css.event}
        tabIndex={isStop ? 0 : -1}
        aria-current={place === now ? 'step' : undefined}
        data-later={place > now || undefined}
        data-place={place}
        onFocus={onFocus}
        onClick={onGo}
      >
        <time>{formatInstant(event.t, language)}</time>
        <span>
          {pieces(tellEvent(event, language)).map((piece, i) =>
            // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a sentence have no other identity
            piece.isName ? <b key={i}>{piece.text}</b> : piece.text,
          )}
        </span>
      </button>
    </li>
  );
}
