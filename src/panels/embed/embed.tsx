// A figure in somebody else's page: no editor, no storage, no focus taken, no wheel caught, no key heard before a click into it.
import {
  type ComponentType,
  type MouseEvent,
  type ReactNode,
  type RefObject,
  Suspense,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import { useLanguage, useText } from '../../i18n/language.ts';
import { formatInstant } from '../../i18n/time.ts';
import type { LinkFault } from '../../scenario/link.ts';
import type { Recipe } from '../../scenario/recipe.ts';
import { countBy } from '../../session/events.ts';
import type { Session } from '../../session/session.ts';
import { openingOf } from '../../session/share.ts';
import { useSession, useSessionState } from '../../session/use-session.ts';
import { Button } from '../../widgets/button.tsx';
import { useFit } from '../../widgets/fit.ts';
import { Icon } from '../../widgets/icon.tsx';
import css from './embed.module.css';
import { listenToKeys } from './keys.ts';
import { messages } from './messages.ts';
import type { EmbedOptions } from './options.ts';
import type { Line, Wish } from './posts.ts';

/** A figure of the stage. */
interface Figure {
  readonly id: string;
  readonly title: { readonly en: string; readonly ko: string };
  readonly room?: { readonly width: number; readonly height: number };
  readonly View: ComponentType<{ readonly session: Session }>;
}

export interface EmbedProps {
  readonly options: EmbedOptions;
  /** What is to be shown, or what is wrong with the link. */
  readonly given: { readonly recipe: Recipe } | { readonly fault: LinkFault };
  readonly figures: readonly Figure[];
  readonly caption: ReactNode;
  readonly timeline: ReactNode;
  readonly bug: ReactNode;
  readonly line: Line;
  /** The address of this moment in the whole of Podscope. */
  readonly addressOf: () => string;
}

/** A figure's height where it does not say how much it needs. */
const HEIGHT = 420;
/** Smaller than this a figure is not drawn: then it rather scrolls. */
const LEAST_SCALE = 0.7;
const TIMELINE = 'timeline';
const TIMELINE_HEIGHT = 160;

export function Embed(props: EmbedProps): ReactNode {
  const { options, given, figures, caption, timeline, bug, line } = props;
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
  useLine(line, session, stage, heightOfView(figures, tab), open);
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
        <Figure figures={figures} timeline={timeline} isOpen={isOpen} />
        {isOpen ? <Guard /> : <Poster recipe={given.recipe} onOpen={open} />}
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

const heightOfView = (figures: readonly Figure[], view: string): number =>
  view === TIMELINE ? TIMELINE_HEIGHT : (figures.find(({ id }) => id === view)?.room?.height ?? HEIGHT);

interface FigureProps {
  readonly figures: readonly Figure[];
  readonly timeline: ReactNode;
  readonly isOpen: boolean;
}

/** The figure that is asked for; before the simulation is there the cluster stands for whatever is to be shown. */
function Figure({ figures, timeline, isOpen }: FigureProps): ReactNode {
  const session = useSession();
  const tab = useSessionState((state) => state.tab);
  const shown = isOpen ? tab : (figures[0]?.id ?? '');
  const figure = figures.find(({ id }) => id === shown);
  const frame = useRef<HTMLDivElement>(null);
  useFit(frame, { height: heightOfView(figures, shown), least: LEAST_SCALE, most: 1 }, shown);
  return (
    <div ref={frame} className={css.figure} data-audience>
      <Suspense fallback={null}>{figure ? <figure.View session={session} /> : timeline}</Suspense>
    </div>
  );
}

/** Play, and step by step. */
function Controls(): ReactNode {
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

/** Talks with the page around the figure. */
function useLine(line: Line, session: Session, stage: RefObject<HTMLElement | null>, room: number, open: () => void): void {
  useEffect(() => {
    let told = -1;
    let height = 0;
    let isReady = false;
    let waiting: Wish | undefined;
    const tellHeight = (isAsked: boolean): void => {
      const wanted = heightOf(stage.current, room);
      if (isAsked || wanted !== height) line.tell({ podscope: 'height', height: (height = wanted) });
    };
    const tell = (): void => {
      const { phase, events, step, t, until } = session.store.getState();
      if (phase !== 'ready') return;
      const all = events.at('story');
      if (!isReady) line.tell({ podscope: 'ready', until, events: all.length });
      isReady = true;
      const wish = waiting;
      waiting = undefined;
      if (wish) act(wish);
      const n = countBy(all, step);
      if (n === told) return;
      told = n;
      line.tell({ podscope: 'step', at: Math.floor(t), n, of: all.length });
      tellHeight(false);
    };
    const act = (wish: Wish): void => {
      if (wish.podscope === 'height') tellHeight(true);
      else if (session.store.getState().phase !== 'ready') {
        waiting = wish;
        open();
      } else if (wish.podscope === 'step') wish.by === 1 ? session.next('story') : session.previous('story');
      else {
        session.pause();
        session.seek({ t: wish.at });
      }
    };
    const stops = [line.listen(act), session.store.subscribe(tell)];
    const resized = new ResizeObserver(() => tellHeight(false));
    if (stage.current) resized.observe(stage.current);
    tell();
    return () => {
      for (const stop of stops) stop();
      resized.disconnect();
    };
  }, [line, session, stage, room, open]);
}

/** The height in which nothing has to be made smaller: by its figure alone, so that whoever follows it does not run in circles. */
const heightOf = (stage: HTMLElement | null, room: number): number => Math.ceil(innerHeight - (stage?.clientHeight ?? 0) + room);

function Title({ recipe }: { readonly recipe: Recipe }): ReactNode {
  const language = useLanguage();
  const { title, inputs } = recipe;
  const file = inputs.findLast((input) => 'file' in input);
  const name = typeof title === 'string' ? title : title?.[language];
  return <b className={css.title}>{name ?? (file && 'file' in file ? file.file : 'Podscope')}</b>;
}

interface OpenProps {
  readonly addressOf: () => string;
  /** Only the sign. */
  readonly isBrief?: boolean;
}

/** To the same moment in the whole of Podscope. */
function Open({ addressOf, isBrief = false }: OpenProps): ReactNode {
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

/** Stands before the simulation until somebody wants it. */
function Poster({ recipe, onOpen }: { readonly recipe: Recipe; readonly onOpen: () => void }): ReactNode {
  const t = useText(messages);
  const language = useLanguage();
  const at = recipe.view?.at;
  return (
    <button type="button" className={css.poster} data-testid="poster" onClick={onOpen}>
      <span className={css.go}>
        <Icon name="play" size={22} />
        {at === undefined ? t('play') : t('show', formatInstant(at, language))}
      </span>
      <span className={css.weight}>{t('weight')}</span>
    </button>
  );
}

/** Lies over the figure until a click, so that the wheel scrolls the page and not the figure; the click goes through to what is below. */
function Guard(): ReactNode {
  const [isOn, setOn] = useState(true);
  useEffect(() => {
    const raise = (): void => setOn(true);
    addEventListener('blur', raise);
    return () => removeEventListener('blur', raise);
  }, []);
  const yieldTo = ({ clientX, clientY }: MouseEvent): void => {
    setOn(false);
    requestAnimationFrame(() => {
      const below = document.elementFromPoint(clientX, clientY);
      below?.dispatchEvent(new globalThis.MouseEvent('click', { bubbles: true, cancelable: true, clientX, clientY }));
    });
  };
  // biome-ignore lint/a11y/useKeyWithClickEvents: it is there for the wheel; the keyboard reaches the figure below it
  // biome-ignore lint/a11y/noStaticElementInteractions: as above
  return isOn ? <div className={css.guard} data-testid="guard" onClick={yieldTo} /> : null;
}
