// Share: the recipe and the moment as a link, for Markdown, as a figure for a page of one's own, as a QR code, or as a file. The address
// bar is never written to.
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { useLanguage, useText } from '../../i18n/language.ts';
import type { Recipe } from '../../scenario/recipe.ts';
import { writeRecipe } from '../../scenario/write-recipe.ts';
import { addressOf, embeddedAddressOf } from '../../session/address.ts';
import { sharedRecipe } from '../../session/share.ts';
import { useSession } from '../../session/use-session.ts';
import { Button } from '../../widgets/button.tsx';
import { Dialog } from '../../widgets/dialog.tsx';
import { QrCode } from '../../widgets/qr/qr-code.tsx';
import { Segmented } from '../../widgets/segmented.tsx';
import { iframeOf, markdownOf, type Shown } from './forms.ts';
import { messages } from './messages.ts';
import css from './share.module.css';

/** Characters from which a link is no longer safe in every chat program. */
const LONG_LINK = 2000;

type Form = 'link' | 'markdown' | 'embed' | 'qr';

const TEXTS: Readonly<Record<Form, (shown: Shown) => string>> = {
  link: ({ address }) => address,
  markdown: markdownOf,
  embed: iframeOf,
  qr: ({ address }) => address,
};

export default function Share() {
  const t = useText(messages);
  const session = useSession();
  const [from, setFrom] = useState<'moment' | 'start'>('moment');
  const [form, setForm] = useState<Form>('link');
  const recipe = useMemo(() => sharedRecipe(session.store.getState(), from), [session, from]);
  const shown = useShown(recipe);
  const isLong = shown.address.length > LONG_LINK;
  const download = (): void => {
    const file = new Blob([`${JSON.stringify(writeRecipe(recipe), null, 2)}\n`], { type: 'application/json' });
    const anchor = document.createElement('a');
    anchor.href = URL.createObjectURL(file);
    anchor.download = 'podscope.json';
    anchor.click();
    URL.revokeObjectURL(anchor.href);
  };
  const moments = (['moment', 'start'] as const).map((value) => ({ value, text: t(value) }));
  const forms = (['link', 'markdown', 'embed', 'qr'] as const).map((value) => ({ value, text: t(value) }));
  return (
    <Dialog title={t('title')} closeLabel={t('close')} onClose={() => session.set({ dialog: undefined })}>
      <div className={css.row}>
        <Segmented label={t('which')} value={from} choices={moments} onChoose={setFrom} />
        <Segmented label={t('form')} value={form} choices={forms} onChoose={setForm} />
      </div>
      {isLong && <p className={css.warning}>{t('long', shown.address.length)}</p>}
      {form === 'qr' ? <Code address={shown.address} /> : <CopiedText key={form} form={form} text={TEXTS[form](shown)} isBest={!isLong} />}
      <div className={css.row}>
        <Button look={isLong ? 'primary' : 'plain'} icon="file" onClick={download}>
          {t('download')}
        </Button>
      </div>
      <p className={css.quiet}>{t('privacy')}</p>
      <p className={css.quiet}>{t('version')}</p>
    </Dialog>
  );
}

function useShown(recipe: Recipe): Shown {
  const language = useLanguage();
  const { store } = useSession();
  return useMemo(() => {
    const { tab, file } = store.getState();
    const title = typeof recipe.title === 'string' ? recipe.title : recipe.title?.[language];
    return {
      address: addressOf(recipe),
      embedded: embeddedAddressOf(recipe, `view=${tab}&ctl=1&lang=${language}`),
      title: `Podscope: ${title ?? file}`,
    };
  }, [store, recipe, language]);
}

interface CopiedTextProps {
  readonly form: Form;
  readonly text: string;
  /** Whether copying is what one should do. */
  readonly isBest: boolean;
}

function CopiedText({ form, text, isBest }: CopiedTextProps): ReactNode {
  const t = useText(messages);
  const [copied, setCopied] = useState<string>();
  const field = useRef<HTMLTextAreaElement>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(text);
    } catch {
      // Where the clipboard is closed to the page, the text is selected: the person copies it.
      field.current?.select();
    }
  };
  return (
    <>
      <textarea
        ref={field}
        className={css.link}
        readOnly
        value={text}
        aria-label={t(form)}
        data-testid="link"
        onFocus={(event) => event.target.select()}
      />
      {form === 'embed' && <p className={css.quiet}>{t('embedHint')}</p>}
      <div className={css.row}>
        <Button look={isBest ? 'primary' : 'plain'} icon="copy" onClick={() => void copy()}>
          {t('copy')}
        </Button>
        <span role="status">{copied === text && t('copied')}</span>
      </div>
    </>
  );
}

function Code({ address }: { readonly address: string }): ReactNode {
  const t = useText(messages);
  return (
    <>
      <QrCode className={css.code} text={address} label={t('qrLabel')} />
      <p className={css.quiet}>{t('qrHint')}</p>
    </>
  );
}
