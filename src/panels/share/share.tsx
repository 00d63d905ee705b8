// Share: the recipe and the moment as a link, or as a file. The address bar is never written to.
import { useMemo, useRef, useState } from 'react';
import { useText } from '../../i18n/language.ts';
import { writeLink } from '../../scenario/link.ts';
import { writeRecipe } from '../../scenario/write-recipe.ts';
import { sharedRecipe } from '../../session/share.ts';
import { useSession } from '../../session/use-session.ts';
import { Button } from '../../widgets/button.tsx';
import { Dialog } from '../../widgets/dialog.tsx';
import { Segmented } from '../../widgets/segmented.tsx';
import { messages } from './messages.ts';
import css from './share.module.css';

/** Characters from which a link is no longer safe in every chat program. */
const LONG_LINK = 2000;

export default function Share() {
  const t = useText(messages);
  const session = useSession();
  const [from, setFrom] = useState<'moment' | 'start'>('moment');
  const [isCopied, setCopied] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const recipe = useMemo(() => sharedRecipe(session.store.getState(), from), [session, from]);
  const link = useMemo(() => `${location.href.replace(/#.*$/, '')}#${writeLink(recipe)}`, [recipe]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(link);
      setCopied(true);
    } catch {
      // Where the clipboard is closed to the page, the link is selected: the person copies it.
      field.current?.select();
    }
  };
  const download = (): void => {
    const file = new Blob([`${JSON.stringify(writeRecipe(recipe), null, 2)}\n`], { type: 'application/json' });
    const anchor = document.createElement('a');
    anchor.href = URL.createObjectURL(file);
    anchor.download = 'podscope.json';
    anchor.click();
    URL.revokeObjectURL(anchor.href);
  };
  const choices = (['moment', 'start'] as const).map((value) => ({ value, text: t(value) }));
  return (
    <Dialog title={t('title')} closeLabel={t('close')} onClose={() => session.set({ dialog: undefined })}>
      <Segmented label={t('which')} value={from} choices={choices} onChoose={setFrom} />
      <textarea
        ref={field}
        className={css.link}
        readOnly
        value={link}
        aria-label={t('link')}
        data-testid="link"
        onFocus={(event) => event.target.select()}
      />
      {link.length > LONG_LINK && <p className={css.warning}>{t('long', link.length)}</p>}
      <div className={css.row}>
        <Button look="primary" icon="copy" onClick={() => void copy()}>
          {t('copy')}
        </Button>
        <Button icon="file" onClick={download}>
          {t('download')}
        </Button>
        <span role="status">{isCopied && t('copied')}</span>
      </div>
      <p className={css.quiet}>{t('privacy')}</p>
      <p className={css.quiet}>{t('version')}</p>
    </Dialog>
  );
}
