// The header: what is open, that it is simulated, and the page's own settings.
import { useLanguage, useText } from '../../i18n/language.ts';
import type { Language } from '../../i18n/messages.ts';
import type { Theme } from '../../session/state.ts';
import { useSession, useSessionState } from '../../session/use-session.ts';
import { Button } from '../../widgets/button.tsx';
import { FocusHeir } from '../../widgets/focus.tsx';
import { Icon, type IconName } from '../../widgets/icon.tsx';
import { Segmented } from '../../widgets/segmented.tsx';
import css from './header.module.css';
import { messages } from './messages.ts';

const LANGUAGES = [
  { value: 'ko', text: '한국어', lang: 'ko' },
  { value: 'en', text: 'EN', lang: 'en' },
] as const;
const THEMES: Readonly<Record<Theme, { readonly next: Theme; readonly icon: IconName }>> = {
  auto: { next: 'light', icon: 'half' },
  light: { next: 'dark', icon: 'sun' },
  dark: { next: 'auto', icon: 'moon' },
};

export function Header({ onKeep }: { readonly onKeep: () => void }) {
  const t = useText(messages);
  const session = useSession();
  const language = useLanguage();
  const theme = useSessionState((state) => state.theme);
  const isFirstVisit = useSessionState((state) => state.isFirstVisit);
  const isShared = useSessionState((state) => state.isShared);
  return (
    <header className={css.header} data-first-visit={isFirstVisit || undefined}>
      <h1 className={css.brand}>
        <Icon name="logo" size={20} />
        <span>Podscope</span>
      </h1>
      <Title />
      <span className={css.badge}>
        <span className={css.long}>{t('simulated')}</span>
        <span className={css.short}>{t('simulatedShort')}</span>
      </span>
      {isShared && (
        <span className={css.shared}>
          {t('sharedCopy')}
          <FocusHeir heir="#share">
            <Button title={t('keepHint')} onClick={onKeep}>
              {t('keep')}
            </Button>
          </FocusHeir>
        </span>
      )}
      <div className={css.actions}>
        <Segmented<Language> label={t('language')} value={language} choices={LANGUAGES} onChoose={session.setLanguage} />
        <Button icon={THEMES[theme].icon} label={t('theme', t(theme))} onClick={() => session.setTheme(THEMES[theme].next)} />
        <span className={css.wide}>
          <Button icon="history" label={t('history')} onClick={() => session.set({ dialog: 'history' })} />
        </span>
        <span className={css.wide}>
          <Button icon="help" label={t('help')} onClick={() => session.set({ dialog: 'help' })} />
        </span>
        {!isFirstVisit && (
          <span className={css.wide}>
            <Button icon="present" title={t('presentKey')} onClick={() => session.set({ mode: 'present' })}>
              {t('present')}
            </Button>
          </span>
        )}
        {!isFirstVisit && (
          <Button id="share" icon="share" aria-label={t('share')} onClick={() => session.set({ dialog: 'share' })}>
            <span className={css.wide}>{t('share')}</span>
          </Button>
        )}
      </div>
    </header>
  );
}

/** The scenario's own title, the file that is being edited, or what the page is for. */
function Title() {
  const t = useText(messages);
  const language = useLanguage();
  const title = useSessionState((state) => state.recipe.title);
  const file = useSessionState((state) => state.file);
  const isFirstVisit = useSessionState((state) => state.isFirstVisit);
  if (title !== undefined) return <p className={css.title}>{typeof title === 'string' ? title : title[language]}</p>;
  return isFirstVisit ? <p className={`${css.title} ${css.tagline}`}>{t('tagline')}</p> : <p className={css.title}>{file}</p>;
}
