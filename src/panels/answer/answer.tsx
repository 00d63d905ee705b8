// The last command as of the playhead, with what it printed: kubectl's own text.
import { useMemo } from 'react';
import { useText } from '../../i18n/language.ts';
import { createCommandReader } from '../../session/commands.ts';
import { useSessionState } from '../../session/use-session.ts';
import css from './answer.module.css';
import { messages } from './messages.ts';

export function Answer() {
  const t = useText(messages);
  const trace = useSessionState((state) => state.trace);
  const read = useMemo(() => createCommandReader(trace), [trace]);
  const command = useSessionState((state) => read(state.step));
  const exit = command?.answer?.exit;
  return (
    <section className={css.answer} aria-label={t('title')}>
      {/* The tab above says what this is. */}
      <h2 className="sr-only">{t('title')}</h2>
      {typeof exit === 'number' && exit !== 0 && <p className={css.failed}>{t('exit', exit)}</p>}
      {command ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <pre className={css.output} data-testid="answer" tabIndex={0}>
          <span className={css.line}>$ {command.line}</span>
          {'\n'}
          {command.answer ? `${command.answer.stdout}${command.answer.stderr}` : t('running')}
        </pre>
      ) : (
        <p className={css.quiet}>{t('nothing')}</p>
      )}
    </section>
  );
}
