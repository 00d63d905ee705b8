// A terminal of the learner: a log of what it has shown by the playhead, and the browser's own input field under it.
import {
  type ClipboardEvent,
  type KeyboardEvent,
  memo,
  type RefObject,
  useDeferredValue,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { Pod } from '../../cluster/api/types.ts';
import type { Trace } from '../../engine/trace.ts';
import { useLanguage, useText } from '../../i18n/language.ts';
import type { SessionState } from '../../session/state.ts';
import { useSession, useSessionState } from '../../session/use-session.ts';
import { contextsOf } from './contexts.ts';
import { findEvent } from './find-event.ts';
import { createTerminalReader, MOST_LINES, type TerminalView } from './lines.ts';
import { messages } from './messages.ts';
import { createNames, type Link, type Names } from './links.ts';
import { createSender } from './sender.ts';
import css from './terminal.module.css';
import { TerminalLineView } from './terminal-line.tsx';
import { useCompletion } from './use-completion.ts';

/** What the recipe takes. */
const MOST_TYPED = 100_000;

export interface TerminalProps {
  readonly name: string;
  /** What has been typed and not entered. */
  readonly draft: string;
  readonly onDraft: (draft: string) => void;
  /** Grows whenever the field is to have the focus; `focused` is how far it has been given. */
  readonly focus: number;
  readonly focused: RefObject<number>;
  readonly onSelect: () => void;
}

export default function Terminal({ name, draft, onDraft, focus, focused, onSelect }: TerminalProps) {
  const t = useText(messages);
  const language = useLanguage();
  const session = useSession();
  const field = useRef<HTMLInputElement>(null);
  const { view, clear } = useTerminalView(name);
  const [isTooLong, setTooLong] = useState(false);
  const send = useMemo(() => createSender(session), [session]);
  const recall = useHistory(name, draft, onDraft);
  const completion = useCompletion(session, field, draft, onDraft);
  useEffect(() => {
    if (focus <= focused.current) return;
    focused.current = focus;
    field.current?.focus();
  }, [focus, focused]);

  const enter = (line: string): void => {
    if (line.trim() === '' && !view.isBusy) return;
    setTooLong(line.length > MOST_TYPED);
    if (line.length > MOST_TYPED) return;
    send({ run: line, terminal: name }, () => onDraft(''));
  };
  const press = (key: 'ctrl-c' | 'ctrl-d'): void => {
    if (view.isBusy) send({ key, terminal: name });
    if (key === 'ctrl-c') onDraft('');
    field.current?.focus();
  };
  const onControl = (event: KeyboardEvent<HTMLInputElement>): void => {
    const { selectionStart, selectionEnd } = event.currentTarget;
    const key = event.key.toLowerCase();
    // With something selected, Ctrl+C copies.
    if (key === 'c' && selectionStart === selectionEnd && document.getSelection()?.toString() === '') press('ctrl-c');
    else if (key === 'd') {
      if (draft === '') press('ctrl-d');
    } else if (key === 'l') clear();
    else return;
    event.preventDefault();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    // While a syllable is composed, Enter and the arrows are the input method's.
    if (event.nativeEvent.isComposing) return;
    // What a running command reads is its own: there Tab moves on.
    if (!view.isBusy && completion.press(event)) return;
    if (event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey) onControl(event);
    else if (event.key === 'Enter') {
      event.preventDefault();
      enter(draft);
    } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault();
      recall(event.key === 'ArrowUp' ? 1 : -1);
    }
  };
  /** Lines that are pasted are entered one after another, each once the one before has been taken; what has no end stays in the field. */
  const enterLines = (lines: readonly string[]): void => {
    for (const [i, line] of lines.entries()) {
      const isLast = i === lines.length - 1;
      if (isLast || line.length > MOST_TYPED) {
        setTooLong(line.length > MOST_TYPED);
        onDraft(line);
        return;
      }
      if (line.trim() === '' && !view.isBusy) continue;
      let isTaken = false;
      let isLate = false;
      send({ run: line, terminal: name }, () => {
        isTaken = true;
        onDraft('');
        if (isLate) enterLines(lines.slice(i + 1));
      });
      if (isTaken) continue;
      isLate = true;
      onDraft(line);
      return;
    }
  };
  const onPaste = (event: ClipboardEvent<HTMLInputElement>): void => {
    const text = event.clipboardData.getData('text').replace(/\r\n?/g, '\n');
    if (!text.includes('\n')) return;
    event.preventDefault();
    const { selectionStart, selectionEnd } = event.currentTarget;
    enterLines((draft.slice(0, selectionStart ?? 0) + text + draft.slice(selectionEnd ?? draft.length)).split('\n'));
  };

  return (
    <div className={css.terminal}>
      <Output name={name} view={view} onSelect={onSelect} field={field} />
      {isTooLong && (
        <p className={css.hint} role="alert">
          {t('tooLong', MOST_TYPED.toLocaleString(language))}
        </p>
      )}
      <Offers words={completion.offers} />
      <div className={css.entry}>
        <span className={css.prompt} aria-hidden="true">
          {view.isBusy ? '…' : '$'}
        </span>
        <input
          ref={field}
          className={css.field}
          value={draft}
          aria-label={t('line', name)}
          aria-description={t('tab')}
          placeholder={view.isBusy ? t('input') : undefined}
          autoCapitalize="off"
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="send"
          data-testid={`terminal-${name}`}
          onChange={(event) => onDraft(event.target.value)}
          onFocus={session.wake}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        {view.isBusy && (
          <>
            <button type="button" className={css.key} aria-label={t('interrupt')} title={t('interrupt')} onClick={() => press('ctrl-c')}>
              ^C
            </button>
            <button type="button" className={css.key} aria-label={t('eof')} title={t('eof')} onClick={() => press('ctrl-d')}>
              ^D
            </button>
          </>
        )}
      </div>
    </div>
  );
}

/** The words that Tab has found; the status is there before them, so that they are read aloud. */
function Offers({ words }: { readonly words: readonly string[] }) {
  const t = useText(messages);
  return (
    <div role="status">
      {words.length > 0 && (
        <>
          <span className="sr-only">{t('offers', words.length)}</span>
          <ul className={css.offers} data-testid="offers">
            {words.map((word) => (
              <li key={word}>{word}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

/** The view at the playhead, and how Ctrl-L clears it. */
function useTerminalView(name: string): { readonly view: TerminalView; readonly clear: () => void } {
  const trace = useSessionState((state) => state.trace);
  const reader = useMemo(() => createTerminalReader(trace, name), [trace, name]);
  const mark = useSessionState(({ step }) => reader.mark(step));
  const [cleared, setCleared] = useState({ reader, after: 0 });
  const after = cleared.reader === reader ? cleared.after : 0;
  const { store } = useSession();
  // Between two marks nothing changes, so that any step between them will do.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the mark stands for the step
  const view = useMemo(() => reader.read(store.getState().step, after), [reader, mark, after, store]);
  return { view, clear: () => setCleared({ reader, after: mark }) };
}

/** Earlier lines of this terminal, one up or down at a time; below the last stands what was being typed. */
function useHistory(name: string, draft: string, onDraft: (draft: string) => void): (by: 1 | -1) => void {
  const inputs = useSessionState((state) => state.recipe.inputs);
  const place = useRef({ back: 0, shown: '', typed: '' });
  return (by) => {
    const lines = inputs.flatMap((input) => ('run' in input && input.terminal === name && input.run !== '' ? [input.run] : []));
    const { back, shown, typed } = place.current;
    const isElsewhere = back === 0 || draft !== shown;
    const start = isElsewhere ? 0 : back;
    const next = Math.min(lines.length, start + by);
    if (next < 0 || next === start) return;
    const kept = isElsewhere ? draft : typed;
    const line = next === 0 ? kept : (lines[lines.length - next] ?? '').replaceAll('\n', ' ');
    place.current = { back: next, shown: line, typed: kept };
    onDraft(line);
  };
}

interface OutputProps {
  readonly name: string;
  readonly view: TerminalView;
  readonly onSelect: () => void;
  readonly field: RefObject<HTMLInputElement | null>;
}

const PODS = '/registry/pods/';
const NODES = '/registry/minions/';
const objectCount = ({ trace }: SessionState): number => trace.keysUnder(PODS).length + trace.keysUnder(NODES).length;

/** The names that a trace has, which grows. */
function useNames(): Names {
  const trace = useSessionState((state) => state.trace);
  const count = useSessionState(objectCount);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a trace grows in place
  return useMemo(
    () =>
      createNames(trace.keysUnder(PODS), new Set(trace.keysUnder(NODES).map((key) => key.slice(NODES.length))), (pod) =>
        containersOf(trace, pod),
      ),
    [trace, count],
  );
}

/** The containers of a Pod as it was made: a name that is in use again may have others. */
function containersOf(trace: Trace, key: string): readonly string[] {
  const pod = trace.history(key).findLast(({ value }) => value !== undefined)?.value as Pod | undefined;
  if (!pod) return [];
  const { initContainers = [], containers, ephemeralContainers = [] } = pod.spec;
  return [...initContainers, ...containers, ...ephemeralContainers].map(({ name }) => name);
}

/** Marks the links that name what is selected: lines are many, and seldom change. */
function useSelectedLinks(log: RefObject<HTMLElement | null>, lines: unknown): void {
  const selection = useSessionState((state) => state.selection);
  // biome-ignore lint/correctness/useExhaustiveDependencies: new lines have new links
  useLayoutEffect(() => {
    for (const link of log.current?.querySelectorAll<HTMLElement>('[data-names]') ?? [])
      link.toggleAttribute('data-selected', link.dataset.names === selection);
  }, [log, lines, selection]);
}

const Output = memo(function Output({ name, view, onSelect, field }: OutputProps) {
  const t = useText(messages);
  const language = useLanguage();
  const session = useSession();
  const names = useNames();
  // A flood of lines is drawn when there is time, and does not hold up what is typed.
  const shown = useDeferredValue(view);
  const log = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: new lines move the end
  useLayoutEffect(() => {
    const element = log.current;
    if (element && isAtEnd.current) element.scrollTop = element.scrollHeight;
  }, [shown]);
  // What Tab offers takes room from it: the end stays in sight.
  useEffect(() => {
    const element = log.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => {
      if (isAtEnd.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const contexts = useMemo(() => contextsOf(shown.lines), [shown]);
  useSelectedLinks(log, shown);
  const follow = useMemo(
    () => (link: Link, writtenBy: number) => {
      const { trace, step } = session.store.getState();
      const event = link.event && findEvent(trace, link.event, writtenBy, step);
      session.select(event?.selection ?? link.selection, event?.record);
      onSelect();
    },
    [session, onSelect],
  );
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the field leads to the field, which the keyboard reaches by itself
    <div
      ref={log}
      className={css.output}
      role="log"
      aria-label={t('output', name)}
      data-testid={`terminal-${name}-output`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      onScroll={({ currentTarget: element }) => {
        isAtEnd.current = element.scrollTop + element.clientHeight >= element.scrollHeight - 4;
      }}
      onClick={({ target }) => {
        const isPressed = target instanceof Element && target.closest('button') !== null;
        if (!isPressed && document.getSelection()?.toString() === '') field.current?.focus();
      }}
    >
      {shown.isCut && <p className={css.hint}>{t('cut', MOST_LINES.toLocaleString(language))}</p>}
      {shown.isUnused && <p className={css.hint}>{t('empty')}</p>}
      {shown.lines.map((line, i) => {
        const context = contexts[i];
        return (
          context && <TerminalLineView key={line.id} line={line} context={context} names={names} language={language} onFollow={follow} />
        );
      })}
    </div>
  );
});
