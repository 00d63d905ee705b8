// Earlier work, kept in this browser.
import { useState } from 'react';
import { useLanguage, useText } from '../../i18n/language.ts';
import { type Kept, readHistory } from '../../session/keep.ts';
import { useSession } from '../../session/use-session.ts';
import { Dialog } from '../../widgets/dialog.tsx';
import css from './history.module.css';
import { messages } from './messages.ts';

export default function History({ onOpen }: { readonly onOpen: (kept: Kept) => void }) {
  const t = useText(messages);
  const session = useSession();
  const language = useLanguage();
  const [kept] = useState(() => readHistory(localStorage));
  const close = (): void => session.set({ dialog: undefined });
  const dates = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <Dialog title={t('title')} closeLabel={t('close')} onClose={close}>
      <p className={css.quiet}>{kept.length === 0 ? t('none') : t('explain')}</p>
      <ul className={css.list}>
        {kept.map((item) => (
          <li key={item.savedAt}>
            <button
              type="button"
              className={css.item}
              aria-label={t('open', item.file)}
              onClick={() => {
                close();
                onOpen(item);
              }}
            >
              <b>{item.file}</b>
              <span>{t('deeds', item.recipe.inputs.length)}</span>
              <span>{dates.format(item.savedAt)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
