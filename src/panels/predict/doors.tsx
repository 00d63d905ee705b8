// The three doors after the first walk.
import { useText } from '../../i18n/language.ts';
import { Icon } from '../../widgets/icon.tsx';
import { messages } from './messages.ts';
import css from './predict.module.css';

interface DoorsProps {
  readonly onKeepsDying: () => void;
  readonly onYaml: () => void;
  readonly onBreak: () => void;
}

export default function Doors({ onKeepsDying, onYaml, onBreak }: DoorsProps) {
  const t = useText(messages);
  return (
    <>
      <button type="button" className={`${css.door} ${css.first}`} data-door="" data-testid="door-next" onClick={onKeepsDying}>
        <Icon name="play" />
        {t('keepsDying')}
      </button>
      <button type="button" className={css.door} data-door="" data-testid="door-yaml" onClick={onYaml}>
        <Icon name="file" />
        {t('playYaml')}
      </button>
      <button type="button" className={css.door} data-door="" data-testid="door-break" onClick={onBreak}>
        <Icon name="bolt" />
        {t('breakSomething')}
      </button>
    </>
  );
}
