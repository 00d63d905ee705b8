// The manifest and what the API server would say to it. Monaco comes when the editor is first used; until then, and on a phone, a text
// area stands in for it.
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useText } from '../../i18n/language.ts';
import type { Problem } from '../../session/protocol.ts';
import { FIRST_POD } from '../../session/state.ts';
import { useSession, useSessionState } from '../../session/use-session.ts';
import { Button } from '../../widgets/button.tsx';
import { Icon } from '../../widgets/icon.tsx';
import { useEditorCursor } from './editor-cursor.ts';
import css from './editor.module.css';
import { messages } from './messages.ts';
import type MonacoEditor from './monaco/monaco-editor.tsx';
import { type Left, PlainEditor } from './plain-editor.tsx';
import { REFUSED_SAMPLES, SAMPLES, type SampleName, fileNameFor, readSample } from './samples.ts';

/** Problems that are listed; a text with more is broken enough. */
const LISTED_PROBLEMS = 20;
const ICON = { error: 'failed', warning: 'warning', info: 'info' } as const;
const NO_PROBLEMS: readonly Problem[] = [];

/** Something that can show a line of the text. */
export type Reveal = (line: number, column: number) => void;

export function Editor({ isPhone }: { readonly isPhone: boolean }) {
  const t = useText(messages);
  const session = useSession();
  const draft = useSessionState((state) => state.draft);
  const file = useSessionState((state) => state.file);
  const isFirstVisit = useSessionState((state) => state.isFirstVisit);
  const checked = useSessionState((state) => state.checked);
  const problems = checked?.text === draft ? checked.problems : NO_PROBLEMS;
  const [isWanted, setWanted] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const place = useRef<Left>(undefined);
  const reveal = useRef<Reveal>(undefined);
  const Monaco = useMonaco((isWanted || !isFirstVisit) && !isPhone, area);
  const cursor = useEditorCursor(draft);
  const label = t('text', file);
  const jump: Reveal = (line, column) => {
    if (reveal.current) reveal.current(line, column);
    else revealInArea(area.current, draft, line);
  };
  return (
    <section className={css.editor} aria-label={t('editor')} data-editor="">
      <Bar />
      <div className={css.body}>
        {Monaco ? (
          <Monaco text={draft} label={label} problems={problems} cursor={cursor} place={place} reveal={reveal} />
        ) : (
          <PlainEditor
            text={draft}
            label={label}
            problems={problems}
            cursor={cursor}
            area={area}
            onChange={session.setDraft}
            onFocus={() => setWanted(true)}
            onLeave={(left) => {
              place.current = left;
            }}
          />
        )}
      </div>
      <div>
        <Problems problems={problems} onJump={jump} />
        {!isPhone && <p className={css.hint}>{t('tabHint')}</p>}
      </div>
    </section>
  );
}

/** Monaco, once it is wanted and loaded, and nobody is in the middle of composing a syllable. Where it cannot be loaded, never. */
function useMonaco(isWanted: boolean, area: RefObject<HTMLTextAreaElement | null>): typeof MonacoEditor | undefined {
  const [loaded, setLoaded] = useState<{ readonly view: typeof MonacoEditor }>();
  const isComposing = useRef(false);
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    const follow = ({ type }: Event): void => {
      isComposing.current = type === 'compositionstart';
    };
    element.addEventListener('compositionstart', follow);
    element.addEventListener('compositionend', follow);
    return () => {
      element.removeEventListener('compositionstart', follow);
      element.removeEventListener('compositionend', follow);
    };
  }, [area]);
  useEffect(() => {
    if (!isWanted || loaded) return;
    let isGone = false;
    const load = async (): Promise<void> => {
      // Monaco's own words are chosen before it is loaded.
      if (document.documentElement.lang === 'ko') await import('monaco-editor/nls/lang/ko');
      const { default: view } = await import('./monaco/monaco-editor.tsx');
      const show = (): void => {
        if (!isGone) setLoaded({ view });
      };
      if (isComposing.current) area.current?.addEventListener('compositionend', () => setTimeout(show), { once: true });
      else show();
    };
    load().catch((error: unknown) => console.warn('the editor stays a text area:', error));
    return () => {
      isGone = true;
    };
  }, [isWanted, loaded, area]);
  return isWanted ? loaded?.view : undefined;
}

function Bar() {
  const t = useText(messages);
  const session = useSession();
  const file = useSessionState((state) => state.file);
  const isReady = useSessionState((state) => state.phase === 'ready' || state.phase === 'closed');
  const choose = async (name: SampleName | 'own'): Promise<void> => {
    const text = name === 'own' ? FIRST_POD : await readSample(name);
    session.set({ file: fileNameFor(text) });
    session.setDraft(text);
  };
  return (
    <div className={css.bar}>
      <h2 className={css.file}>{file}</h2>
      <select
        className={css.samples}
        aria-label={t('samples')}
        value=""
        data-testid="samples"
        onChange={(event) => void choose(event.target.value as SampleName | 'own')}
      >
        <option value="" hidden>
          {t('samples')}
        </option>
        <option value="own">{t('own')}</option>
        {SAMPLES.map((name) => (
          <option key={name} value={name}>
            {t(name)}
          </option>
        ))}
        <optgroup label={t('samplesWrong')}>
          {REFUSED_SAMPLES.map((name) => (
            <option key={name} value={name}>
              {t(name)}
            </option>
          ))}
        </optgroup>
      </select>
      <Button title={t('createHint')} disabled={!isReady} onClick={() => session.apply('create')}>
        {t('create')}
      </Button>
      <Button title={t('applyHint')} disabled={!isReady} data-testid="apply" onClick={() => session.apply('apply')}>
        {t('apply')} <kbd>Ctrl ⏎</kbd>
      </Button>
    </div>
  );
}

function Problems({ problems, onJump }: { readonly problems: readonly Problem[]; readonly onJump: Reveal }) {
  const t = useText(messages);
  if (problems.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <ul className={css.problems} aria-label={t('problems')} data-testid="problems" tabIndex={0}>
      {problems.slice(0, LISTED_PROBLEMS).map((problem, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is replaced as a whole
        <li key={i} className={css[problem.severity]}>
          <Icon name={ICON[problem.severity]} size={14} />
          <button type="button" className={css.jump} onClick={() => onJump(problem.line, problem.column)}>
            {t('line', problem.line)}
          </button>
          <ProblemText problem={problem} />
        </li>
      ))}
    </ul>
  );
}

/** The cluster's own words stay English and are set as code; the page's own are in its language. */
function ProblemText({ problem: { own, message } }: { readonly problem: Problem }) {
  const t = useText(messages);
  if (own === 'not-simulated') return <span>{t('notSimulated', message)}</span>;
  if (own === 'duplicate-key') return <span>{t('duplicate', message)}</span>;
  return <code lang="en">{message}</code>;
}

function revealInArea(area: HTMLTextAreaElement | null, text: string, line: number): void {
  if (!area) return;
  const lines = text.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, before) => sum + before.length + 1, 0);
  area.focus();
  area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
}
