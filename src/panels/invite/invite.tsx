// The first visit: one question, one thing to do.
import { useText } from '../../i18n/language.ts';
import { FIRST_POD } from '../../session/state.ts';
import { useSession, useSessionState } from '../../session/use-session.ts';
import { Button } from '../../widgets/button.tsx';
import css from './invite.module.css';
import { messages } from './messages.ts';

interface InviteProps {
  readonly isPhone: boolean;
  readonly onCreate: () => void;
}

export function Invite({ isPhone, onCreate }: InviteProps) {
  const t = useText(messages);
  const session = useSession();
  const file = useSessionState((state) => state.file);
  return (
    <section className={css.invite} aria-labelledby="question">
      <h2 id="question" className={css.question}>
        {t('question')}
      </h2>
      {!isPhone && (
        <figure className={css.sheet}>
          <figcaption className={css.file}>
            <b>{file}</b>
            {t('about')}
          </figcaption>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <pre className={css.code} tabIndex={0}>
            {FIRST_POD.trimEnd()
              .split('\n')
              .map((line) => (
                <span key={line}>{line}</span>
              ))}
          </pre>
        </figure>
      )}
      <Button className={css.create} look="primary" icon="play" id="create-one" data-testid="create-one" onClick={onCreate}>
        {t('create')}
      </Button>
      {!isPhone && (
        <p className={css.keys}>
          <span>{t('orSpace')}</span>
          <button type="button" className={css.edit} onClick={() => session.set({ isFirstVisit: false })}>
            {t('edit')}
          </button>
        </p>
      )}
      {!isPhone && <p className={css.reassurance}>{t('reassurance')}</p>}
    </section>
  );
}
