// One line about the page itself: a link that cannot be read, work that cannot be kept.
import { useText } from '../../i18n/language.ts';
import { useSession, useSessionState } from '../../session/use-session.ts';
import { Button } from '../../widgets/button.tsx';
import { FocusHeir } from '../../widgets/focus.tsx';
import { messages } from './messages.ts';
import css from './notice.module.css';

export function Notice() {
  const t = useText(messages);
  const session = useSession();
  const notice = useSessionState((state) => state.notice);
  return (
    <div role="status">
      {notice && (
        <div className={css.notice} data-testid="notice">
          {t(notice)}
          <FocusHeir heir="#play, #create-one">
            <Button look="bare" icon="close" label={t('close')} onClick={() => session.set({ notice: undefined })} />
          </FocusHeir>
        </div>
      )}
    </div>
  );
}
