// Asked once when somebody acts in the past.
import { useLanguage, useText } from '../../i18n/language.ts';
import { formatInstant } from '../../i18n/time.ts';
import { useSession, useSessionState } from '../../session/use-session.ts';
import { Button } from '../../widgets/button.tsx';
import { Dialog } from '../../widgets/dialog.tsx';
import css from './fork-question.module.css';
import { messages } from './messages.ts';

export function ForkQuestion() {
  const t = useText(messages);
  const session = useSession();
  const language = useLanguage();
  const asking = useSessionState((state) => state.asking);
  const instant = useSessionState((state) => formatInstant(state.t, language));
  if (!asking) return null;
  return (
    <Dialog title={t('title')} closeLabel={t('close')} onClose={() => session.answerFork(false)}>
      <p>{t('explain', instant)}</p>
      <div className={css.buttons}>
        <Button onClick={() => session.answerFork(false)}>{t('stay')}</Button>
        <Button look="primary" data-autofocus="" data-testid="fork" onClick={() => session.answerFork(true)}>
          {t('goOn')}
        </Button>
      </div>
    </Dialog>
  );
}
