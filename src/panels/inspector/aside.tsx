// Where the inspector stands: a column beside the stage, a drawer over it where the window is narrower, a sheet on a phone. Closed, it
// leaves a rail with a button. What it shows is loaded when it is first opened.
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useText } from '../../i18n/language.ts';
import { useSession, useSessionState } from '../../session/use-session.ts';
import { Button } from '../../widgets/button.tsx';
import css from './aside.module.css';
import { messages } from './aside.messages.ts';

const Inspector = lazy(() => import('./inspector.tsx'));

/** There is room for a third column. */
const WIDE = matchMedia('(min-width: 1200px)');

const useIsWide = (): boolean =>
  useSyncExternalStore(
    (onChange) => {
      WIDE.addEventListener('change', onChange);
      return () => WIDE.removeEventListener('change', onChange);
    },
    () => WIDE.matches,
  );

interface AsideProps {
  /** Grows whenever "Why?" is asked. */
  readonly asks: number;
  /** On a phone it is a sheet: the page opens and closes it. */
  readonly isSheet: boolean;
}

export function InspectorAside({ asks, isSheet }: AsideProps): ReactNode {
  const t = useText(messages);
  const session = useSession();
  const isWide = useIsWide();
  const isWanted = useSessionState((state) => state.showsInspector);
  const [isDrawn, setDrawn] = useDrawer(asks);
  const isOpen = isSheet || (isWide ? isWanted : isDrawn);
  const rail = useRef<HTMLButtonElement>(null);
  const turn = (open: boolean): void => {
    if (isWide) session.set({ showsInspector: open });
    else setDrawn(open);
  };
  const close = (): void => {
    turn(false);
    // Otherwise the focus would be nowhere.
    requestAnimationFrame(() => rail.current?.focus());
  };
  return (
    <aside
      className={css.aside}
      data-open={isOpen || undefined}
      aria-label={t('inspector')}
      onKeyDown={(event) => {
        // A drawer lies over the stage: Escape takes it away.
        if (event.key !== 'Escape' || event.nativeEvent.isComposing || !isOpen || isSheet || isWide) return;
        event.stopPropagation();
        close();
      }}
    >
      {isOpen ? (
        <div className={css.panel}>
          <Suspense fallback={null}>
            <Inspector asks={asks} {...(!isSheet && { onClose: close })} />
          </Suspense>
        </div>
      ) : (
        <div className={css.rail}>
          <Button ref={rail} look="bare" icon="info" label={t('open')} onClick={() => turn(true)} data-testid="open-inspector" />
        </div>
      )}
    </aside>
  );
}

/** The drawer of a narrower window: it comes when something is asked or selected. */
function useDrawer(asks: number): readonly [boolean, (open: boolean) => void] {
  const session = useSession();
  const [isDrawn, setDrawn] = useState(false);
  const asked = useRef(0);
  useEffect(() => {
    if (asks === asked.current) return;
    asked.current = asks;
    setDrawn(true);
    session.set({ showsInspector: true });
  }, [asks, session]);
  useEffect(
    () =>
      session.store.subscribe((state, before) => {
        if (state.selection !== undefined && state.selection !== before.selection && state.phase === 'ready') setDrawn(true);
      }),
    [session],
  );
  return [isDrawn, setDrawn];
}
