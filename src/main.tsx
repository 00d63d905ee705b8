// The composition root: puts the session, the panels and the diagrams together.
// The tokens come first: they set the order of the layers.
import './widgets/tokens.css';
import {
  type CSSProperties,
  type RefObject,
  StrictMode,
  Suspense,
  lazy,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { createRoot } from 'react-dom/client';
import { must } from './base/assert.ts';
import { DIAGRAMS } from './diagrams/catalog.ts';
import { LanguageContext, useText } from './i18n/language.ts';
import { preferredLanguage } from './i18n/messages.ts';
import css from './main.module.css';
import { messages } from './main.messages.ts';
import { Answer } from './panels/answer/answer.tsx';
import { BreakButton } from './panels/break/break.tsx';
import { Boundary } from './panels/bug/boundary.tsx';
import { Bug } from './panels/bug/bug.tsx';
import { Caption } from './panels/caption/caption.tsx';
import { Editor } from './panels/editor/editor.tsx';
import { fileNameFor, readSample } from './panels/editor/samples.ts';
import { ForkQuestion } from './panels/fork/fork-question.tsx';
import { Header } from './panels/header/header.tsx';
import { InspectorAside } from './panels/inspector/aside.tsx';
import { Invite } from './panels/invite/invite.tsx';
import { Stations } from './panels/invite/stations.tsx';
import { Notice } from './panels/notice/notice.tsx';
import { listenToKeys } from './panels/shortcuts/shortcuts.ts';
import { Objects } from './panels/objects/objects.tsx';
import { Stage } from './panels/stage/stage.tsx';
import { type SkipTargets, Summary } from './panels/summary/summary.tsx';
import { ANSWER, FIRST_TERMINAL, Terminals } from './panels/terminal/terminals.tsx';
import { Timeline } from './panels/timeline/timeline.tsx';
import { Transport } from './panels/transport/transport.tsx';
import { BROWSER } from './session/browser.ts';
import { type Desk, openDesk } from './session/desk.ts';
import { FIRST_CONTAINER, startFirstWalk } from './session/first-walk.ts';
import { askWhy } from './session/news.ts';
import { dismiss } from './session/prediction.ts';
import { keepOffline } from './session/offline/keep-offline.ts';
import { plain } from './session/sentences/index.ts';
import { type Session, createSession } from './session/session.ts';
import { LEFT_WIDTH, TERMINAL_SHARE } from './session/state.ts';
import { useSentence } from './session/use-sentence.ts';
import { SessionContext, useSession, useSessionState } from './session/use-session.ts';
import { FocusHeir, focusAtOnce, focusOn } from './widgets/focus.tsx';
import { Icon } from './widgets/icon.tsx';
import { Splitter } from './widgets/splitter.tsx';

const Events = lazy(() => import('./panels/events/events.tsx'));
const Glossary = lazy(() => import('./panels/glossary/glossary.tsx'));
const Help = lazy(() => import('./panels/help/help.tsx'));
const loadDoors = () => import('./panels/predict/doors.tsx');
const Doors = lazy(loadDoors);
const Predict = lazy(() => {
  // They are there when the answer is.
  void loadDoors();
  return import('./panels/predict/predict.tsx');
});
const History = lazy(() => import('./panels/history/history.tsx'));
const Present = lazy(() => import('./panels/present/present.tsx'));
const Share = lazy(() => import('./panels/share/share.tsx'));

/** What a phone shows, one at a time. */
type Sheet = 'stage' | 'yaml' | 'kubectl' | 'inspector';

const PHONE = matchMedia('(max-width: 767px)');

/** The figures' titles, by their ids. */
const TITLES = Object.fromEntries(DIAGRAMS.map(({ id, title }) => [id, title]));

const MANIFEST = '[data-editor] textarea, [data-editor] .native-edit-context';

/** Who creates goes on to play and pause, who wants to write to the manifest. */
const afterInvite = ({ id }: Element): string => (id === 'create-one' ? '#play' : MANIFEST);

/** Opens the menu of what can be broken, once what was asked for is drawn. */
function openBreak(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-break]')?.click());
}

/** From the tree of objects back to the figure that it stands for. */
const leaveObjects = (): void => focusOn('[aria-controls="figure"][aria-selected="true"], #create-one');

/** Whether the page is as narrow as a phone. */
const useIsPhone = (): boolean =>
  useSyncExternalStore(
    (onChange) => {
      PHONE.addEventListener('change', onChange);
      return () => PHONE.removeEventListener('change', onChange);
    },
    () => PHONE.matches,
  );

function App({ session, desk }: { readonly session: Session; readonly desk: Desk }) {
  const language = useSessionState((state) => state.language);
  const isFirstVisit = useSessionState((state) => state.isFirstVisit);
  const isPresenting = useSessionState((state) => state.mode === 'present');
  const isWalking = useSessionState((state) => state.isWalking && !state.isFirstVisit);
  const isAsked = useSessionState((state) => state.asked !== undefined);
  const isPhone = useIsPhone();
  const parted = useParting();
  const middle = useRef<HTMLElement>(null);
  const left = useRef<HTMLDivElement>(null);
  const [sheet, setSheet] = useState<Sheet>('stage');
  const [shown, setShown] = useState(ANSWER);
  const [focus, setFocus] = useState(0);
  const [asks, setAsks] = useState(0);
  const chooseSheet = useCallback((chosen: Sheet) => {
    setSheet(chosen);
    if (chosen === 'kubectl') setShown((before) => (before === ANSWER ? FIRST_TERMINAL : before));
    if (chosen === 'yaml') setShown(ANSWER);
  }, []);
  const showStage = useCallback(() => setSheet('stage'), []);
  const create = useCallback(() => startFirstWalk(session), [session]);
  const why = useCallback(() => {
    if (session.store.getState().isFirstVisit) return;
    askWhy(session);
    setSheet('inspector');
    setAsks((before) => before + 1);
  }, [session]);
  const targets = useMemo<SkipTargets>(
    () => ({
      toCreate: () => focusAtOnce('#create-one'),
      toObjects: () => {
        setSheet('stage');
        focusAtOnce('[role="tree"] [tabindex="0"]');
      },
      toTime: () => focusAtOnce('#play'),
      toWhy: why,
      toEvents: () => session.set({ dialog: 'events' }),
      toEditor: () => {
        setSheet('yaml');
        focusAtOnce(MANIFEST);
      },
      toTerminal: () => {
        if (session.store.getState().isFirstVisit) return;
        chooseSheet('kubectl');
        setFocus((before) => before + 1);
      },
    }),
    [session, chooseSheet, why],
  );
  useEffect(() => {
    const { toEditor: focusEditor, toTerminal: focusTerminal, toObjects: focusObjects } = targets;
    return listenToKeys({
      session,
      tabs: DIAGRAMS.map(({ id }) => id),
      create,
      focusEditor,
      focusTerminal,
      focusObjects,
      openBreak,
      askWhy: why,
    });
  }, [session, create, targets, why]);
  return (
    <LanguageContext value={language}>
      <Boundary>
        <div
          className={css.page}
          data-first-visit={isFirstVisit || undefined}
          data-walking={isWalking || undefined}
          data-asked={isAsked || undefined}
          data-sheet={sheet}
          data-presenting={isPresenting || undefined}
          inert={isPresenting}
        >
          <div>
            <Summary targets={targets} titles={TITLES} />
            <Header onKeep={desk.keep} />
            <Notice />
          </div>
          <main ref={middle} className={css.middle} style={parted}>
            <div ref={left} className={css.left}>
              {isFirstVisit ? (
                <FocusHeir heir={afterInvite}>
                  <Invite isPhone={isPhone} onCreate={create} />
                </FocusHeir>
              ) : (
                <>
                  <Editor isPhone={isPhone} />
                  <TerminalSplitter area={left} />
                  <Terminals shown={shown} onShow={setShown} focus={focus} onSelect={showStage}>
                    <Answer />
                  </Terminals>
                  <LeftSplitter area={middle} />
                </>
              )}
            </div>
            <div className={css.centre}>
              {!isPresenting && (
                <>
                  <Stage figures={DIAGRAMS} tools={<BreakButton />}>
                    <Objects onLeave={leaveObjects} />
                  </Stage>
                  <Caption onWhy={why} />
                </>
              )}
            </div>
            {!isFirstVisit && !isPresenting && (!isWalking || asks > 0) && (!isPhone || sheet === 'inspector') && (
              <InspectorAside asks={asks} isSheet={isPhone} />
            )}
          </main>
          {!isPresenting && <Walk toEditor={targets.toEditor} />}
          {!isPresenting && <Dock isFirstVisit={isFirstVisit} />}
          {isPhone && !isFirstVisit && <Sheets sheet={sheet} onChoose={chooseSheet} />}
        </div>
        {isPresenting && (
          <Suspense fallback={null}>
            <Present figures={DIAGRAMS} caption={<Caption look="large" />} timeline={<TimelineOfPage isThin />} />
          </Suspense>
        )}
        <Dialogs desk={desk} />
        <ForkQuestion />
      </Boundary>
      <Bug />
    </LanguageContext>
  );
}

interface PartProps {
  readonly area: RefObject<HTMLElement | null>;
}

/** Between the left column and the stage. */
function LeftSplitter({ area }: PartProps) {
  const t = useText(messages);
  const session = useSession();
  const value = useSessionState((state) => state.leftWidth);
  return (
    <div className={css.edge}>
      <Splitter
        label={t('leftWidth')}
        area={area}
        from="left"
        value={value}
        {...LEFT_WIDTH}
        onChange={(leftWidth) => session.set({ leftWidth })}
      />
    </div>
  );
}

/** Between the manifest and the terminal. */
function TerminalSplitter({ area }: PartProps) {
  const t = useText(messages);
  const session = useSession();
  const value = useSessionState((state) => state.terminalShare);
  return (
    <Splitter
      label={t('terminalShare')}
      area={area}
      from="bottom"
      value={value}
      {...TERMINAL_SHARE}
      onChange={(terminalShare) => session.set({ terminalShare })}
    />
  );
}

/** How the parts of the left column were parted by hand. */
function useParting(): CSSProperties {
  const leftWidth = useSessionState((state) => state.leftWidth);
  const terminalShare = useSessionState((state) => state.terminalShare);
  return {
    ...(leftWidth !== undefined && { '--left-width': `max(240px, ${leftWidth}vw)` }),
    ...(terminalShare !== undefined && { '--terminal-share': `${terminalShare}%` }),
  } as CSSProperties;
}

/** A door leads to a place of its own; from anywhere else in a prediction that goes away one comes to the transport. */
const afterPrediction = (lost: Element): string => (lost.closest('[data-door]') ? ':not(*)' : '#play');

/** The first walk, and any prediction that lies open. */
function Walk({ toEditor }: { readonly toEditor: () => void }) {
  const session = useSession();
  const isWalking = useSessionState((state) => state.isWalking && !state.isFirstVisit);
  const isAsked = useSessionState((state) => state.asked !== undefined);
  if (!isWalking && !isAsked) return null;
  const playSample = async (): Promise<void> => {
    const text = await readSample('s002_1.yaml');
    session.set({ file: fileNameFor(text) });
    session.setDraft(text);
    session.apply('apply');
    focusOn('#play');
  };
  const toYaml = (): void => {
    dismiss(session);
    toEditor();
  };
  const breakIt = (): void => {
    dismiss(session);
    session.select(FIRST_CONTAINER);
    openBreak();
  };
  return (
    // Loaded while the first Pod is on its way, so that it is there when the question is.
    <Suspense fallback={<Stations />}>
      {!isAsked && <Stations />}
      <FocusHeir heir={afterPrediction}>
        <Predict>
          <Suspense fallback={null}>
            <Doors onKeepsDying={() => void playSample()} onYaml={toYaml} onBreak={breakIt} />
          </Suspense>
        </Predict>
      </FocusHeir>
    </Suspense>
  );
}

/** Time: what has happened, and where one looks. */
function Dock({ isFirstVisit }: { readonly isFirstVisit: boolean }) {
  if (isFirstVisit) return <Stations />;
  return (
    <div className={css.dock}>
      <Transport />
      <div className={css.timeline}>
        <TimelineOfPage />
      </div>
    </div>
  );
}

function TimelineOfPage({ isThin = false }: { readonly isThin?: boolean }) {
  const session = useSession();
  const sentence = useSentence();
  return <Timeline session={session} caption={plain(sentence ?? '')} isThin={isThin} />;
}

/** On a phone, one sheet at a time. */
function Sheets({ sheet, onChoose }: { readonly sheet: Sheet; readonly onChoose: (sheet: Sheet) => void }) {
  const t = useText(messages);
  const choices = [
    { value: 'stage', icon: 'diagram' },
    { value: 'yaml', icon: 'file' },
    { value: 'kubectl', icon: 'terminal' },
    { value: 'inspector', icon: 'info' },
  ] as const;
  return (
    <nav className={css.sheets} aria-label={t('sheets')}>
      {choices.map(({ value, icon }) => (
        <button key={value} type="button" data-sheet-button={value} aria-pressed={sheet === value} onClick={() => onChoose(value)}>
          <Icon name={icon} size={20} />
          {t(value)}
        </button>
      ))}
    </nav>
  );
}

function Dialogs({ desk }: { readonly desk: Desk }) {
  const dialog = useSessionState((state) => state.dialog);
  return (
    <Suspense fallback={null}>
      {dialog === 'help' && <Help />}
      {dialog === 'glossary' && <Glossary />}
      {dialog === 'events' && <Events />}
      {dialog === 'share' && <Share />}
      {dialog === 'history' && <History onOpen={desk.restore} />}
    </Suspense>
  );
}

const session = createSession(BROWSER, preferredLanguage(navigator.languages), 'auto');
const desk = openDesk(session, window);
if (import.meta.env.PROD) keepOffline(session, window);

declare global {
  interface Window {
    /** For tests and for those who look under the hood. */
    podscope?: {
      readonly session: Session;
      readonly setEditorText: (text: string) => void;
      readonly hash: () => string;
      readonly messagesSent: () => number;
    };
  }
}

window.podscope = {
  session,
  setEditorText: session.setDraft,
  hash: () => session.store.getState().hash,
  messagesSent: session.messagesSent,
};

createRoot(must(document.getElementById('root'), 'index.html has a root')).render(
  <StrictMode>
    <SessionContext value={session}>
      <App session={session} desk={desk} />
    </SessionContext>
  </StrictMode>,
);
