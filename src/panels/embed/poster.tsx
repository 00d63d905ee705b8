// What lies over a figure: the poster until somebody wants the simulation, then a guard against the wheel.
import { type MouseEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useLanguage, useText } from '../../i18n/language.ts';
import { formatInstant } from '../../i18n/time.ts';
import type { Recipe } from '../../scenario/recipe.ts';
import { Icon } from '../../widgets/icon.tsx';
import css from './embed.module.css';
import { messages } from './messages.ts';

interface PosterProps {
  readonly recipe: Recipe;
  /** The cluster as index.html draws it before any script. */
  readonly ground: Element | undefined;
  readonly onOpen: () => void;
}

/** Stands before the simulation until somebody wants it. */
export function Poster({ recipe, ground, onOpen }: PosterProps): ReactNode {
  const t = useText(messages);
  const language = useLanguage();
  const at = recipe.view?.at;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (ground) place.current?.append(ground);
  }, [ground]);
  return (
    <>
      <div ref={place} className={css.ground} aria-hidden />
      <button type="button" className={css.poster} data-testid="poster" onClick={onOpen}>
        <span className={css.go}>
          <Icon name="play" size={22} />
          {at === undefined ? t('play') : t('show', formatInstant(at, language))}
        </span>
        <span className={css.weight}>{t('weight')}</span>
      </button>
    </>
  );
}

/** Lies over the figure until a click, so that the wheel scrolls the page and not the figure; the click goes through to what is below. */
export function Guard(): ReactNode {
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
