// Where the menu of things to break is opened: by its button, by its key, and on the parts of the figure themselves (right click,
// Shift+F10, a long press). The menu itself is loaded when it is first wanted.
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { useText } from '../../i18n/language.ts';
import { selectedPod } from '../../session/selected-pod.ts';
import type { SessionState } from '../../session/state.ts';
import { useSession } from '../../session/use-session.ts';
import { Button } from '../../widgets/button.tsx';
import css from './break.module.css';
import { messages } from './messages.ts';
import { type Place, listenOnFigure } from './on-figure.ts';
import { type Target, selectionOfTarget, targetOfSelection } from './target.ts';

const Menu = lazy(() => import('./menu.tsx'));

interface Asked {
  readonly target: Target;
  /** Where it was pointed; undefined: at the button. */
  readonly place: Place | undefined;
  /** Each asking has a menu of its own. */
  readonly number: number;
}

export function BreakButton() {
  const t = useText(messages);
  const session = useSession();
  const button = useRef<HTMLDivElement>(null);
  const [asked, ask] = useState<Asked>();
  const close = useCallback(() => ask(undefined), []);
  useEffect(() => {
    const stage = button.current?.closest('section');
    if (!stage) return undefined;
    return listenOnFigure(stage, (target, place) => {
      const selection = selectionOfTarget(target);
      if (selection !== undefined) session.select(selection);
      ask((before) => ({ target, place, number: (before?.number ?? 0) + 1 }));
    });
  }, [session]);
  return (
    <div ref={button} className={css.opener}>
      <Button
        look="bare"
        icon="bolt"
        data-break=""
        aria-haspopup="menu"
        aria-expanded={asked !== undefined}
        title={t('openHint')}
        onClick={() => ask(asked ? undefined : { target: whatIsLookedAt(session.store.getState()), place: undefined, number: 0 })}
      >
        <span>{t('open')}</span>
      </Button>
      {asked && (
        <Suspense fallback={null}>
          <Menu key={asked.number} target={asked.target} place={asked.place} opener={button} onClose={close} />
        </Suspense>
      )}
    </div>
  );
}

/** What is selected, or the newest Pod. */
function whatIsLookedAt({ selection, trace, step }: SessionState): Target {
  const selected = targetOfSelection(selection);
  if (selected) return selected;
  const pod = selectedPod(trace, step, undefined);
  return pod === undefined || pod.startsWith('/registry/pods/kube-system/') ? { kind: 'cluster' } : { kind: 'pod', pod };
}
