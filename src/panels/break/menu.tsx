// The menu of things to break: what happens physically, and the line that does the same. What Kubernetes does about it is not said: it
// is to be guessed, and then seen.
import { type KeyboardEvent, type RefObject, useId, useLayoutEffect, useRef, useState } from 'react';
import { useText } from '../../i18n/language.ts';
import { useSession } from '../../session/use-session.ts';
import { Icon } from '../../widgets/icon.tsx';
import css from './break.module.css';
import { type Group, groupsFor, type Item } from './items.ts';
import { messages } from './messages.ts';
import type { Place } from './on-figure.ts';
import type { Target } from './target.ts';

interface MenuProps {
  readonly target: Target;
  readonly place: Place | undefined;
  readonly opener: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
}

/** From the edge of the window. */
const MARGIN = 8;
const PHONE_WIDTH = 768;

export default function BreakMenu({ target, place, opener, onClose }: MenuProps) {
  const t = useText(messages);
  const session = useSession();
  const menu = useRef<HTMLDivElement>(null);
  // As it was when the menu was opened: it must not change below the pointer.
  const [groups] = useState(() => {
    const { trace, step } = session.store.getState();
    return groupsFor(trace, step, target, place === undefined);
  });
  const [cameFrom] = useState(() => document.activeElement);
  useLayoutEffect(() => {
    const element = menu.current;
    if (!element) return undefined;
    // The browser's own light dismissal would close a menu that a right click has opened when the button is let go.
    element.showPopover();
    settle(element, place ?? below(opener.current));
    itemsIn(element)[0]?.focus();
    const onDown = ({ target: on }: PointerEvent): void => {
      if (on instanceof Node && !element.contains(on) && !opener.current?.contains(on)) onClose();
    };
    document.addEventListener('pointerdown', onDown, { capture: true });
    return () => {
      document.removeEventListener('pointerdown', onDown, { capture: true });
      element.hidePopover();
    };
  }, [place, opener, onClose]);
  const leave = (): void => {
    onClose();
    if (cameFrom instanceof HTMLElement || cameFrom instanceof SVGElement) cameFrom.focus();
  };
  const act = (item: Item): void => {
    if (item.hindrance !== undefined) return;
    // The focus goes back first: what is asked now (a fork) gives it back to there, too.
    leave();
    session.act({ fault: item.fault });
  };
  return (
    <div
      ref={menu}
      popover="manual"
      role="menu"
      aria-label={t('menu')}
      className={css.menu}
      onKeyDown={(event) => walk(event, menu.current, leave)}
      onContextMenu={(event) => event.preventDefault()}
    >
      {groups.map((group) => (
        <GroupFigure key={group.kind} group={group} onAct={act} />
      ))}
      <p className={css.guess} role="presentation">
        {t('guess')}
      </p>
    </div>
  );
}

function GroupFigure({ group, onAct }: { readonly group: Group; readonly onAct: (item: Item) => void }) {
  const t = useText(messages);
  return (
    <div role="group" aria-label={`${t(group.kind)} ${group.name}`.trim()} className={css.group}>
      <p className={css.groupName} role="presentation">
        {t(group.kind)} <b>{group.name}</b>
      </p>
      {group.items.map((item) => (
        <ItemFigure key={`${item.name}/${item.of ?? ''}`} item={item} onAct={onAct} />
      ))}
    </div>
  );
}

/** Items that mend something. */
const MENDS = /^un|Up$/;

function ItemFigure({ item, onAct }: { readonly item: Item; readonly onAct: (item: Item) => void }) {
  const t = useText(messages);
  const id = useId();
  const { name, of, amount, line, hindrance } = item;
  const how = amount
    ? amount.node === undefined
      ? t('overLimit', amount.to, amount.most)
      : t('overNode', amount.to, amount.node, amount.most)
    : t(`${name}How`);
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      className={css.item}
      aria-labelledby={`${id}-name`}
      aria-describedby={`${id}-how`}
      aria-disabled={hindrance !== undefined || undefined}
      data-break-item={name}
      data-of={of}
      onClick={() => onAct(item)}
    >
      <Icon name={MENDS.test(name) ? 'replay' : 'bolt'} size={15} />
      <span id={`${id}-name`} className={css.name}>
        {of === undefined ? t(name) : t('killOf', of)}
      </span>
      <span id={`${id}-how`} className={css.how}>
        {hindrance === undefined ? how : t(hindrance)}
      </span>
      {line && hindrance === undefined && (
        <span className={css.line}>
          {t(line.isSame ? 'same' : 'like')} <code>{line.text}</code>
        </span>
      )}
    </button>
  );
}

const itemsIn = (menu: HTMLElement): readonly HTMLElement[] => [...menu.querySelectorAll<HTMLElement>('[role="menuitem"]')];

/** Arrow keys go round, letters go to the next item that begins with them; Escape and Tab leave. */
function walk(event: KeyboardEvent, menu: HTMLElement | null, leave: () => void): void {
  if (!menu || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const items = itemsIn(menu);
  const here = items.findIndex((item) => item.matches(':focus'));
  const to = (index: number): void => items.at(index % items.length)?.focus();
  if (event.key === 'ArrowDown') to(here + 1);
  else if (event.key === 'ArrowUp') to(here - 1);
  else if (event.key === 'Home') to(0);
  else if (event.key === 'End') to(-1);
  else if (event.key === 'Tab' || event.key === 'Escape') leave();
  else if (event.key.length === 1 && event.key !== ' ') {
    const begins = (item: HTMLElement): boolean => item.textContent?.toLowerCase().startsWith(event.key.toLowerCase()) === true;
    [...items.slice(here + 1), ...items.slice(0, here + 1)].find(begins)?.focus();
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

function below(opener: HTMLElement | null): Place {
  const box = opener?.getBoundingClientRect();
  return { x: box?.left ?? 0, y: (box?.bottom ?? 0) + 4 };
}

/** Puts the menu at a place, or as near to it as the window lets it be; on a phone it lies along the lower edge. */
function settle(menu: HTMLElement, { x, y }: Place): void {
  if (innerWidth < PHONE_WIDTH) return;
  const { width, height } = menu.getBoundingClientRect();
  menu.style.left = `${Math.max(MARGIN, Math.min(x, innerWidth - width - MARGIN))}px`;
  menu.style.top = `${Math.max(MARGIN, Math.min(y, innerHeight - height - MARGIN))}px`;
}
