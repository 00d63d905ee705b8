// The editor as it is at first, and always on a phone: the browser's own text area over the same text in colours.
import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { selectFrom } from '../../session/selecting.ts';
import { useSession } from '../../session/use-session.ts';
import type { Problem } from '../../session/protocol.ts';
import { Icon } from '../../widgets/icon.tsx';
import type { EditorCursor } from './editor-cursor.ts';
import { highlightLine } from './highlight.ts';
import css from './plain-editor.module.css';
import { StateGlyph } from './state-glyph.tsx';

/** Where a text area was left. */
export interface Left {
  readonly start: number;
  readonly end: number;
  readonly hadFocus: boolean;
}

interface PlainEditorProps {
  readonly text: string;
  readonly label: string;
  readonly problems: readonly Problem[];
  readonly cursor: EditorCursor;
  readonly area: RefObject<HTMLTextAreaElement | null>;
  readonly onChange: (text: string) => void;
  readonly onFocus: () => void;
  readonly onLeave: (left: Left) => void;
}

const ICON = { error: 'failed', warning: 'warning', info: 'info' } as const;
/** Lines that are coloured; a longer text is still whole in the text area. */
const COLOURED_LINES = 2000;
/** Keys that move the caret and write nothing. */
const MOVES: readonly string[] = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown'];
const LINE_PX = 20;

export function PlainEditor({ text, label, problems, cursor, area, onChange, onFocus, onLeave }: PlainEditorProps) {
  const session = useSession();
  const scroll = useRef<HTMLDivElement>(null);
  const { marks, lines: selected, selection, onCaret } = cursor;
  const tellCaret = (): void => onCaret(text.slice(0, area.current?.selectionStart ?? 0).split('\n').length);
  const onKeyUp = ({ key, nativeEvent }: KeyboardEvent): void => {
    if (!nativeEvent.isComposing && MOVES.includes(key)) tellCaret();
  };
  const first = selected?.first;
  useEffect(() => {
    const element = scroll.current;
    if (!element || first === undefined || document.activeElement === area.current) return;
    const top = (first - 1) * LINE_PX;
    if (top < element.scrollTop || top + LINE_PX > element.scrollTop + element.clientHeight)
      element.scrollTop = top - element.clientHeight / 2;
  }, [first, area]);
  const leave = useRef(onLeave);
  useLayoutEffect(() => {
    const element = area.current;
    return () => {
      if (!element) return;
      leave.current({ start: element.selectionStart, end: element.selectionEnd, hadFocus: document.activeElement === element });
    };
  }, [area]);
  const lines = useMemo(() => text.split('\n').slice(0, COLOURED_LINES), [text]);
  return (
    <div ref={scroll} className={css.scroll} data-selected={selection}>
      <div className={css.sheet}>
        <div className={css.gutter} aria-hidden="true" onClick={({ target }) => void selectFrom(session, target)}>
          {lines.map((_, i) => {
            const problem = problems.find(({ line }) => line === i + 1);
            const mark = marks.find(({ line }) => line === i + 1);
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
              <div key={i} className={problem && css[problem.severity]} data-selected={isIn(selected, i + 1) || undefined}>
                {mark && <StateGlyph mark={mark} />}
                {problem && <Icon name={ICON[problem.severity]} size={12} />}
                {i + 1}
              </div>
            );
          })}
        </div>
        <pre className={css.lines} aria-hidden="true">
          {lines.map((line, i) => (
            <div
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
              key={i}
              className={css[problems.find((problem) => problem.line === i + 1)?.severity ?? 'none']}
              data-selected={isIn(selected, i + 1) || undefined}
            >
              {highlightLine(line).map((token, k) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a token is its place
                <span key={k} className={css[token.kind]}>
                  {token.text}
                </span>
              ))}
            </div>
          ))}
        </pre>
        <textarea
          ref={area}
          className={css.text}
          value={text}
          aria-label={label}
          spellCheck={false}
          autoCapitalize="off"
          autoCorrect="off"
          wrap="off"
          data-testid="plain-editor"
          onChange={(event) => onChange(event.target.value)}
          onFocus={onFocus}
          onClick={tellCaret}
          onKeyUp={onKeyUp}
        />
      </div>
    </div>
  );
}

const isIn = (lines: EditorCursor['lines'], line: number): boolean => lines !== undefined && lines.first <= line && line <= lines.last;
