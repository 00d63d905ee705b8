// A dialog with the words that tutorials mix up.
import { useState } from 'react';
import { useLanguage, useText } from '../../i18n/language.ts';
import { useSession } from '../../session/use-session.ts';
import { Dialog } from '../../widgets/dialog.tsx';
import css from './glossary.module.css';
import { messages } from './messages.ts';
import { TERMS } from './terms.ts';

export default function Glossary() {
  const t = useText(messages);
  const language = useLanguage();
  const session = useSession();
  const [wanted, setWanted] = useState('');
  const found = TERMS.filter(({ name, ...texts }) =>
    `${name} ${texts[language].join(' ')}`.toLowerCase().includes(wanted.trim().toLowerCase()),
  );
  return (
    <Dialog title={t('title')} closeLabel={t('close')} onClose={() => session.set({ dialog: undefined })}>
      <input
        className={css.find}
        type="search"
        value={wanted}
        aria-label={t('find')}
        placeholder={t('find')}
        onChange={(event) => setWanted(event.target.value)}
      />
      <dl className={css.terms} data-testid="glossary">
        {found.map(({ name, ...texts }) => {
          const [gloss, text] = texts[language];
          return (
            <div key={name} data-term={name}>
              <dt>
                {name}
                {gloss !== '' && <span className={css.gloss}> {gloss}</span>}
              </dt>
              <dd>{text}</dd>
            </div>
          );
        })}
      </dl>
      {found.length === 0 && <p role="status">{t('nothing')}</p>}
    </Dialog>
  );
}
