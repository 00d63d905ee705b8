// A prediction on the page: the question with its answers to be chosen by one tap, and afterwards what came of it, read from the trace.
// It is no dialog: the page around it goes on, and whoever does something else has put it away.
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { useLanguage, useText } from '../../i18n/language.ts';
import { type Asked, type Fact, type Option, choose, dismiss } from '../../session/prediction.ts';
import { useSession, useSessionState } from '../../session/use-session.ts';
import { Button } from '../../widgets/button.tsx';
import { Icon } from '../../widgets/icon.tsx';
import { messages } from './messages.ts';
import css from './predict.module.css';

const LETTERS: readonly string[] = ['A', 'B', 'C', 'D'];
const letterOf = (asked: Asked, id: string | undefined): string =>
  LETTERS[asked.prediction.options.findIndex((option) => option.id === id)] ?? '';

interface PredictProps {
  /** Where to go after the answer. */
  readonly children: ReactNode;
}

export default function Predict({ children }: PredictProps) {
  const asked = useSessionState((state) => state.asked);
  return asked ? <Card asked={asked}>{children}</Card> : null;
}

function Card({ asked, children }: PredictProps & { readonly asked: Asked }) {
  const t = useText(messages);
  const session = useSession();
  const language = useLanguage();
  const card = useRef<HTMLElement>(null);
  const title = useId();
  const { prediction, chosen, finding } = asked;
  useEffect(() => {
    // Whoever writes, or has a menu or dialog open, is not torn away.
    const isBusy = document.activeElement?.closest('input, textarea, select, [contenteditable], .monaco-editor, [role="menu"], dialog');
    if (!isBusy && (chosen === undefined || finding)) card.current?.focus({ preventScroll: true });
  }, [chosen, finding]);
  const close = (): void => dismiss(session);
  const pick = (id: string): void => {
    // The button that was pressed goes; the focus stays on the card.
    card.current?.focus({ preventScroll: true });
    choose(session, id);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') close();
    else {
      const option = chosen === undefined ? optionOf(prediction.options, event.key) : undefined;
      if (!option) return;
      pick(option.id);
    }
    event.preventDefault();
  };
  const stage = finding ? 'answered' : chosen === undefined ? 'asking' : 'finding-out';
  return (
    // The focus comes here with the question, and its keys work here.
    <section
      ref={card}
      className={css.card}
      tabIndex={-1}
      aria-labelledby={title}
      data-testid="predict"
      data-stage={stage}
      onKeyDown={onKeyDown}
    >
      <div className={css.told} role="status">
        <h2 id={title} className={css.question}>
          {stage === 'answered' ? <Verdict asked={asked} /> : prediction.question[language]}
        </h2>
        {stage === 'asking' && <p className={css.quiet}>{t('howTo')}</p>}
        {stage === 'finding-out' && <p className={css.quiet}>{t('findingOut')}</p>}
        {finding && <Facts facts={finding.facts} />}
      </div>
      {stage === 'answered' ? (
        <nav className={css.doors} aria-label={t('doors')}>
          {children}
        </nav>
      ) : (
        <Options asked={asked} onPick={pick} />
      )}
      <Button
        look="bare"
        className={css.close}
        icon="close"
        label={t(finding ? 'close' : 'skip')}
        data-testid="predict-close"
        onClick={close}
      />
    </section>
  );
}

/** The option that a key stands for: its letter, or its number. */
function optionOf(options: readonly Option[], key: string): Option | undefined {
  const byLetter = LETTERS.indexOf(key.toUpperCase());
  return options[byLetter >= 0 ? byLetter : Number(key) - 1];
}

function Options({ asked, onPick }: { readonly asked: Asked; readonly onPick: (id: string) => void }) {
  const t = useText(messages);
  const language = useLanguage();
  const { prediction, chosen } = asked;
  const options = prediction.options.filter(({ id }) => chosen === undefined || id === chosen);
  return (
    <div className={css.options}>
      {chosen !== undefined && <span className={css.quiet}>{t('chosen')}</span>}
      {options.map(({ id, words }) => (
        <button
          key={id}
          type="button"
          className={css.option}
          disabled={chosen !== undefined}
          data-option={id}
          aria-keyshortcuts={`${letterOf(asked, id)} ${prediction.options.findIndex((option) => option.id === id) + 1}`}
          onClick={() => onPick(id)}
        >
          <b className={css.letter}>{letterOf(asked, id)}</b>
          {words[language]}
        </button>
      ))}
    </div>
  );
}

/** Right or not, and what came of it. */
function Verdict({ asked }: { readonly asked: Asked }) {
  const t = useText(messages);
  const language = useLanguage();
  const { prediction, chosen, finding } = asked;
  const isRight = chosen !== undefined && finding?.cameTrue.includes(chosen) === true;
  const true1 = prediction.options.filter(({ id }) => finding?.cameTrue.includes(id));
  return (
    <span data-testid="verdict" data-right={isRight}>
      <span className={css.verdict}>
        <Icon name={isRight ? 'check' : 'info'} size={18} />
        {t(isRight ? 'right' : 'wrong')}
      </span>{' '}
      {true1.map(({ because }) => because[language]).join(' ')}
    </span>
  );
}

function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  const t = useText(messages);
  const language = useLanguage();
  return (
    <dl className={css.facts}>
      {facts.map(({ name, was, is }) => (
        <div key={name.en} className={css.fact}>
          <dt>{name[language]}</dt>
          <dd>{was === undefined ? is : was === is ? t('same', is) : `${was} → ${is}`}</dd>
        </div>
      ))}
    </dl>
  );
}
