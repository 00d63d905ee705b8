// The keys, and what a simulation is.
import { useText } from '../../i18n/language.ts';
import { useSession, useSessionState } from '../../session/use-session.ts';
import { Button } from '../../widgets/button.tsx';
import { Dialog } from '../../widgets/dialog.tsx';
import css from './help.module.css';
import { messages } from './messages.ts';

const KEYS = [
  ['play', ['Space']],
  ['events', ['→', '←']],
  ['beats', ['Shift + →', 'Shift + ←']],
  ['ends', ['Home', 'End']],
  ['jump', ['L', 'J']],
  ['speed', ['[', ']']],
  ['tabs', ['1', '…']],
  ['focus', ['E']],
  ['terminal', ['`']],
  ['why', ['W']],
  ['objects', ['O']],
  ['list', ['V']],
  ['break', ['X']],
  ['answer', ['A', '…']],
  ['apply', ['Ctrl + Enter']],
  ['present', ['Shift + P']],
  ['share', ['Ctrl + S']],
  ['clear', ['Esc']],
  ['help', ['?']],
] as const;

export default function Help() {
  const t = useText(messages);
  const session = useSession();
  const letterKeys = useSessionState((state) => state.letterKeys);
  return (
    <Dialog title={t('title')} closeLabel={t('close')} onClose={() => session.set({ dialog: undefined })}>
      <dl className={css.keys}>
        {KEYS.map(([name, keys]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(name)}</dd>
          </div>
        ))}
      </dl>
      <label>
        <input type="checkbox" checked={letterKeys} onChange={(event) => session.set({ letterKeys: event.target.checked })} />{' '}
        {t('letters')}
      </label>
      <p className={css.quiet}>{t('where')}</p>
      <p>
        <Button onClick={() => session.set({ dialog: 'glossary' })}>{t('glossary')}</Button>
      </p>
      <h3>{t('simulated')}</h3>
      <p className={css.quiet}>{t('simulation')}</p>
    </Dialog>
  );
}
