// Shown when Podscope itself is wrong: says so, and how to make it happen again.
import { useEffect, useState } from 'react';
import { useText } from '../../i18n/language.ts';
import { sharedRecipe } from '../../session/share.ts';
import { EMPTY_RECIPE } from '../../session/state.ts';
import { useSession, useSessionState } from '../../session/use-session.ts';
import { Button } from '../../widgets/button.tsx';
import css from './bug.module.css';
import { messages } from './messages.ts';

export function Bug() {
  const t = useText(messages);
  const session = useSession();
  const bug = useSessionState((state) => state.bug);
  const [link, setLink] = useState('');
  useEffect(() => {
    if (!bug) return;
    import('../../scenario/link.ts').then(
      ({ writeLink }) => {
        const shared = sharedRecipe(session.store.getState(), 'start');
        setLink(`#${writeLink({ ...shared, view: { ...shared.view, at: bug.edge } })}`);
      },
      (error: unknown) => console.warn('no link for the bug:', error),
    );
  }, [session, bug]);
  if (!bug) return null;
  return (
    <section className={css.bug} role="alert">
      <h2>{t('title')}</h2>
      <p>{t('explain')}</p>
      {link !== '' && <a href={link}>{t('replay')}</a>}
      <details>
        <summary>{t('details')}</summary>
        <pre>
          {bug.message}
          {'\n'}
          {bug.stack}
        </pre>
      </details>
      <Button onClick={() => session.open(EMPTY_RECIPE)}>{t('again')}</Button>
    </section>
  );
}
