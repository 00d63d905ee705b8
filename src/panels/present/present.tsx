// Presenting: the stage, one sentence and a thin timeline fill the screen; a clicker goes from event to event.
import { type ComponentType, type MouseEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useLanguage, useText } from '../../i18n/language.ts';
import { formatInstant } from '../../i18n/time.ts';
import { addressOf } from '../../session/address.ts';
import { podOfSelection } from '../../session/cursor.ts';
import type { Session } from '../../session/session.ts';
import { sharedRecipe } from '../../session/share.ts';
import { useSession, useSessionState } from '../../session/use-session.ts';
import { Button } from '../../widgets/button.tsx';
import { useFit } from '../../widgets/fit.ts';
import { QrCode } from '../../widgets/qr/qr-code.tsx';
import { createBeats } from './beats.ts';
import { Facts } from './facts.tsx';
import { type FullScreen, openFullScreen } from './full-screen.ts';
import { type Deed, listenToClicker } from './keys.ts';
import { messages } from './messages.ts';
import { Pointer } from './pointer.tsx';
import css from './present.module.css';
import { Progress } from './progress.tsx';

/** A figure of the stage. */
interface Figure {
  readonly id: string;
  readonly title: { readonly en: string; readonly ko: string };
  readonly room?: { readonly width: number; readonly height: number };
  readonly View: ComponentType<{ readonly session: Session }>;
}

interface PresentProps {
  readonly figures: readonly Figure[];
  /** The sentence and the timeline, as the page draws them. */
  readonly caption: ReactNode;
  readonly timeline: ReactNode;
}

/** Room for a figure that does not say how much it needs. */
const ROOM = { width: 960, height: 480 };
const LARGEST = 2.6;

const REDUCED = matchMedia('(prefers-reduced-motion: reduce)');

export default function Present({ figures, caption, timeline }: PresentProps): ReactNode {
  const t = useText(messages);
  const session = useSession();
  const root = useRef<HTMLElement>(null);
  const screen = useRef<FullScreen>(undefined);
  const [isBlank, setBlank] = useState(false);
  const [isPointing, setPointing] = useState(false);
  const [code, setCode] = useState<string>();
  const beats = useMemo(() => createBeats(session, () => REDUCED.matches), [session]);
  const acts = useMemo<Readonly<Record<Deed, () => void>>>(
    () => ({
      next: beats.next,
      previous: beats.previous,
      blank: () => setBlank((before) => !before),
      pointer: () => setPointing((before) => !before),
      fullScreen: () => screen.current?.toggle(),
      code: () => setCode((before) => (before === undefined ? addressOf(sharedRecipe(session.store.getState(), 'moment')) : undefined)),
      leave: () => {
        if (code === undefined) session.set({ mode: 'page' });
        else setCode(undefined);
      },
    }),
    [session, beats, code],
  );
  useEffect(() => {
    const before = document.activeElement;
    root.current?.focus();
    const opened = openFullScreen(document, () => session.set({ mode: 'page' }));
    screen.current = opened;
    return () => {
      beats.rest();
      opened.stop();
      if (before instanceof HTMLElement) before.focus();
    };
  }, [session, beats]);
  useEffect(
    () =>
      listenToClicker(
        (deed) => acts[deed](),
        () => session.store.getState().letterKeys,
      ),
    [session, acts],
  );
  return (
    <main
      ref={root}
      tabIndex={-1}
      className={css.present}
      aria-label={t('present')}
      data-pointing={isPointing || undefined}
      data-testid="present"
    >
      <header className={css.head}>
        <Title />
        <Facts />
        <Progress />
        <Tools acts={acts} isPointing={isPointing} />
      </header>
      <Figure figures={figures} />
      <div className={css.timeline}>{timeline}</div>
      {caption}
      {isPointing && <Pointer />}
      {code !== undefined && (
        <button type="button" className={css.code} onClick={acts.code}>
          <QrCode text={code} label={t('codeLabel')} />
          <span>{t('code')}</span>
        </button>
      )}
      {isBlank && (
        <button type="button" className={css.blank} data-testid="blank" onClick={acts.blank}>
          <span className="sr-only" role="status">
            {t('blanked')}
          </span>
        </button>
      )}
    </main>
  );
}

function Title(): ReactNode {
  const t = useText(messages);
  const language = useLanguage();
  const title = useSessionState(({ recipe, file }) => recipe.title ?? file);
  const instant = useSessionState((state) => formatInstant(state.t, language));
  return (
    <p className={css.title}>
      <b>{typeof title === 'string' ? title : title[language]}</b>
      <span>{t('simulated', instant)}</span>
    </p>
  );
}

/** For those who present with a mouse. A click leaves the focus where it is: the clicker's Space goes on, it does not press again. */
function Tools({ acts, isPointing }: { readonly acts: Readonly<Record<Deed, () => void>>; readonly isPointing: boolean }): ReactNode {
  const t = useText(messages);
  const stay = (event: MouseEvent): void => event.preventDefault();
  return (
    <div className={css.tools} role="toolbar" aria-label={t('present')} onMouseDown={stay}>
      <Button look="bare" icon="previous" label={t('previous')} onClick={acts.previous} />
      <Button look="bare" icon="next" label={t('next')} onClick={acts.next} />
      <Button look="bare" icon="pointer" label={t('pointer')} aria-pressed={isPointing} onClick={acts.pointer} />
      <Button look="bare" icon="code" label={t('codeKey')} onClick={acts.code} />
      <Button look="bare" icon="fullScreen" label={t('fullScreen')} onClick={acts.fullScreen} />
      <Button look="bare" icon="close" label={t('leave')} onClick={acts.leave} />
    </div>
  );
}

function Figure({ figures }: { readonly figures: readonly Figure[] }): ReactNode {
  const session = useSession();
  const language = useLanguage();
  const tab = useSessionState((state) => state.tab);
  const pod = useSessionState((state) => podOfSelection(state.selection) ?? '');
  const figure = figures.find(({ id }) => id === tab) ?? figures[0];
  const frame = useRef<HTMLDivElement>(null);
  useFit(frame, { ...(figure?.room ?? ROOM), least: 1, most: LARGEST }, `${figure?.id} ${pod}`);
  if (!figure) return null;
  return (
    <section className={css.stage} aria-label={figure.title[language]}>
      <div ref={frame} className={css.figure} data-audience data-testid="figure">
        <figure.View session={session} />
      </div>
    </section>
  );
}
