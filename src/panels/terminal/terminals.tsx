// kubectl's answer and the learner's terminals, as tabs. A terminal itself is loaded when it is first shown.
import { type KeyboardEvent, lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { useText } from '../../i18n/language.ts';
import type { SessionState } from '../../session/state.ts';
import { useSessionState } from '../../session/use-session.ts';
import { messages } from './tabs.messages.ts';
import css from './terminals.module.css';

const Terminal = lazy(() => import('./terminal.tsx'));

/** The tab of what `kubectl apply` said. */
export const ANSWER = 'answer';
/** The terminal that is always there. */
export const FIRST_TERMINAL = '1';

export interface TerminalsProps {
  /** The tab that is shown: ANSWER, or the name of a terminal. */
  readonly shown: string;
  readonly onShow: (tab: string) => void;
  /** Grows whenever the field of the shown terminal is to have the focus. */
  readonly focus: number;
  /** A Pod has been selected. */
  readonly onSelect: () => void;
  /** kubectl's answer. */
  readonly children: ReactNode;
}

/** How often the editor's text has been applied, by the recipe. */
const appliesOf = ({ recipe }: SessionState): number =>
  recipe.inputs.filter((input) => ('apply' in input || 'create' in input) && input.terminal === undefined).length;

export function Terminals({ shown, onShow, focus, onSelect, children }: TerminalsProps) {
  const t = useText(messages);
  const inputs = useSessionState((state) => state.recipe.inputs);
  const [opened, setOpened] = useState<readonly string[]>([FIRST_TERMINAL]);
  const [drafts, setDrafts] = useState<Readonly<Record<string, string>>>({});
  const [clicks, setClicks] = useState(0);
  const focused = useRef(0);
  useAnswerOfApply(onShow);
  const used = inputs.flatMap((input) => ('terminal' in input && input.terminal !== undefined ? [input.terminal] : []));
  const names = [...new Set([...opened, ...used, ...(shown === ANSWER ? [] : [shown])])];
  const tabs = [ANSWER, ...names];

  const open = (): void => {
    let number = names.length + 1;
    while (names.includes(String(number))) number += 1;
    setOpened([...opened, String(number)]);
    onShow(String(number));
    setClicks(clicks + 1);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined || !(event.target instanceof HTMLElement) || event.target.role !== 'tab') return;
    // The page's own arrows move through time.
    event.preventDefault();
    event.stopPropagation();
    const next = tabs[(tabs.indexOf(shown) + by + tabs.length) % tabs.length] ?? ANSWER;
    onShow(next);
    document.getElementById(tabId(next))?.focus();
  };

  return (
    <section className={css.terminals} data-shown={shown === ANSWER ? 'answer' : 'terminal'} aria-label={t('tabs')}>
      <div className={css.bar}>
        <div className={css.tabs} role="tablist" aria-label={t('tabs')} onKeyDown={onKeyDown}>
          {tabs.map((tab) => (
            <button
              key={tab}
              id={tabId(tab)}
              type="button"
              role="tab"
              aria-selected={tab === shown}
              aria-controls={PANEL}
              tabIndex={tab === shown ? 0 : -1}
              onClick={({ detail }) => {
                onShow(tab);
                // Who points at a terminal means to type; the keyboard stays on the tabs.
                if (detail > 0 && tab !== ANSWER) setClicks(clicks + 1);
              }}
            >
              {tab === ANSWER ? t('answer') : t('terminal', tab)}
            </button>
          ))}
        </div>
        <button type="button" className={css.more} aria-label={t('more')} title={t('more')} onClick={open}>
          +
        </button>
      </div>
      <div id={PANEL} className={css.panel} role="tabpanel" aria-labelledby={tabId(shown)}>
        {shown === ANSWER ? (
          children
        ) : (
          <Suspense fallback={null}>
            <Terminal
              key={shown}
              name={shown}
              draft={drafts[shown] ?? ''}
              onDraft={(draft) => setDrafts((before) => ({ ...before, [shown]: draft }))}
              focus={focus + clicks}
              focused={focused}
              onSelect={onSelect}
            />
          </Suspense>
        )}
      </div>
    </section>
  );
}

const PANEL = 'terminal-panel';
const tabId = (tab: string): string => `terminal-tab-${tab}`;

/** Whoever applies the editor's text wants to see what kubectl says to it. */
function useAnswerOfApply(onShow: (tab: string) => void): void {
  const applies = useSessionState(appliesOf);
  const before = useRef(applies);
  useEffect(() => {
    if (applies > before.current) onShow(ANSWER);
    before.current = applies;
  }, [applies, onShow]);
}
