// A figure in somebody else's page: no editor, no storage, no focus taken, no wheel caught, no key heard before a click into it.
import { type ReactNode, type RefObject, Suspense, useCallback, useEffect, useRef } from 'react';
import { useLanguage, useText } from '../../i18n/language.ts';
import type { LinkFault } from '../../scenario/link.ts';
import type { Recipe } from '../../scenario/recipe.ts';
import type { Session } from '../../session/session.ts';
import { openingOf } from '../../session/share.ts';
import { useSession, useSessionState } from '../../session/use-session.ts';
import { Controls, Open } from './controls.tsx';
import css from './embed.module.css';
import { TIMELINE } from './figure.tsx';
import { listenToKeys } from './keys.ts';
import { messages } from './messages.ts';
import type { EmbedOptions } from './options.ts';
import type { Line } from './posts.ts';
import { Guard, Poster } from './poster.tsx';
import { useLine } from './use-line.ts';

export interface EmbedProps {
  readonly options: EmbedOptions;
  /** What is to be shown, or what is wrong with the link. */
  readonly given: { readonly recipe: Recipe } | { readonly fault: LinkFault };
  readonly figure: ReactNode;
  readonly caption: ReactNode;
  readonly timeline: ReactNode;
  readonly bug: ReactNode;
  /** The cluster as index.html draws it before any script. */
  readonly ground: Element | undefined;
  readonly line: Line;
  /** The address of this moment in the whole of Podscope. */
  readonly addressOf: () => string;
}

export function Embed(props: EmbedProps): ReactNode {
  const { options, given, ground, figure, caption, timeline, bug, line } = props;
  const t = useText(messages);
  const session = useSession();
  const stage = useRef<HTMLElement>(null);
  const isIn = useBeingIn();
  const phase = useSessionState((state) => state.phase);
  const tab = useSessionState((state) => state.tab);
  const open = useCallback(() => {
    if (session.store.getState().phase === 'closed' && 'recipe' in given) openMoment(session, given.recipe, options.plays);
  }, [session, given, options]);
  useOnSight(stage, session, options.waitsForClick ? undefined : open);
  useLine(line, session, stage, open);
  useEffect(() => listenToKeys(session, () => isIn.current), [session, isIn]);
  if ('fault' in given)
    return (
      <main className={css.fault}>
        <p role="alert">{t(given.fault === 'newer' ? 'newer' : 'damaged')}</p>
        <Open addressOf={props.addressOf} />
      </main>
    );
  const isOpen = phase !== 'closed';
  const hidesTitle = options.hides.has('title');
  const hidesCaption = options.hides.has('caption');
  const hasFoot = isOpen && (options.hasControls || !hidesCaption);
  const opener = <Open addressOf={props.addressOf} isBrief={hidesTitle} />;
  return (
    <main className={css.embed} aria-label={t('figure')} data-testid="embed">
      {!hidesTitle && (
        <header className={css.head}>
          <Title recipe={given.recipe} />
          <span className={css.badge}>{t('simulated')}</span>
          {opener}
        </header>
      )}
      <section ref={stage} className={css.stage}>
        {isOpen && <Suspense fallback={null}>{figure}</Suspense>}
        {isOpen ? <Guard /> : <Poster recipe={given.recipe} ground={ground} onOpen={open} />}
        {phase === 'opening' && (
          <p className={css.opening} role="status">
            {t('opening')}
          </p>
        )}
        {hidesTitle && !hasFoot && <div className={css.corner}>{opener}</div>}
      </section>
      {isOpen && (
        <Suspense fallback={null}>
          {hasFoot && (
            <div className={css.foot}>
              {options.hasControls && <Controls />}
              <div className={css.caption}>{hidesCaption || caption}</div>
              {hidesTitle && opener}
            </div>
          )}
          {options.hasControls && tab !== TIMELINE && !options.hides.has('timeline') && <div className={css.timeline}>{timeline}</div>}
          {phase === 'bug' && bug}
        </Suspense>
      )}
    </main>
  );
}

/** Runs a recipe up to its moment; one without a moment is played, as is what is to play by itself. */
function openMoment(session: Session, recipe: Recipe, plays: boolean): void {
  const opening = openingOf(recipe);
  session.open(recipe, opening);
  if (opening.at !== undefined && !plays) return;
  const stop = session.store.subscribe(({ phase }) => {
    if (phase === 'opening') return;
    stop();
    session.play();
  });
}

/** Somebody has clicked into the figure and not gone elsewhere since. */
function useBeingIn(): RefObject<boolean> {
  const isIn = useRef(false);
  useEffect(() => {
    const enter = (): void => {
      isIn.current = true;
    };
    const leave = (): void => {
      isIn.current = false;
    };
    addEventListener('click', enter, { capture: true });
    addEventListener('blur', leave);
    return () => {
      removeEventListener('click', enter, { capture: true });
      removeEventListener('blur', leave);
    };
  }, []);
  return isIn;
}

/** What shall not wait for a click waits until it is seen; what is out of sight does not play. */
function useOnSight(stage: RefObject<HTMLElement | null>, session: Session, open: (() => void) | undefined): void {
  useEffect(() => {
    const element = stage.current;
    if (!element) return;
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) open?.();
      else session.pause();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [stage, session, open]);
}

function Title({ recipe }: { readonly recipe: Recipe }): ReactNode {
  const language = useLanguage();
  const { title, inputs } = recipe;
  const file = inputs.findLast((input) => 'file' in input);
  const name = typeof title === 'string' ? title : title?.[language];
  return <b className={css.title}>{name ?? (file && 'file' in file ? file.file : 'Podscope')}</b>;
}
