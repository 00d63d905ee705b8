// What stands at the edges of an embedded figure: play and step, and the way to the whole of Podscope.
import type { ReactNode } from 'react';
import { useText } from '../../i18n/language.ts';
import { useSession, useSessionState } from '../../session/use-session.ts';
import { Button } from '../../widgets/button.tsx';
import { Icon } from '../../widgets/icon.tsx';
import css from './embed.module.css';
import { messages } from './messages.ts';

/** Play, and step by step. */
export function Controls(): ReactNode {
  const t = useText(messages);
  const session = useSession();
  const isPlaying = useSessionState((state) => state.playing);
  const isReady = useSessionState((state) => state.phase === 'ready');
  return (
    <div className={css.controls}>
      <Button look="bare" icon="previous" label={t('previous')} disabled={!isReady} onClick={() => session.previous()} />
      <Button
        look="primary"
        icon={isPlaying ? 'pause' : 'play'}
        label={t(isPlaying ? 'pause' : 'play')}
        disabled={!isReady}
        data-testid="play"
        onClick={() => session.toggle()}
      />
      <Button look="bare" icon="next" label={t('next')} disabled={!isReady} onClick={() => session.next()} />
    </div>
  );
}

interface OpenProps {
  readonly addressOf: () => string;
  /** Only the sign. */
  readonly isBrief?: boolean;
}

/** To the same moment in the whole of Podscope. */
export function Open({ addressOf, isBrief = false }: OpenProps): ReactNode {
  const t = useText(messages);
  const point = ({ currentTarget }: { readonly currentTarget: HTMLAnchorElement }): void => {
    currentTarget.href = addressOf();
  };
  return (
    <a
      className={css.open}
      href={location.pathname + location.hash}
      target="_blank"
      rel="noopener"
      title={t('open')}
      onPointerEnter={point}
      onFocus={point}
      onPointerDown={point}
    >
      <Icon name="logo" size={isBrief ? 18 : 14} />
      <span className={isBrief ? 'sr-only' : ''}>{t('open')}</span>
    </a>
  );
}
