// The editor as it is at first, and always on a phone: the browser's own text area over the same text in colours.
import { type RefObject, useLayoutEffect, useMemo, useRef } from 'react';
import type { Problem } from '../../session/protocol.ts';
import { Icon } from '../../widgets/icon.tsx';
import { highlightLine } from './highlight.ts';
import css from './plain-editor.module.css';

/** Where a text area was left. */
export interface Place {
  readonly start: number;
  readonly end: number;
  readonly hadFocus: boolean;
}

interface PlainEditorProps {
  readonly text: string;
  readonly label: string;
  readonly problems: readonly Problem[];
  readonly area: RefObject<HTMLTextAreaElement | null>;
  readonly onChange: (text: string) => void;
  readonly onFocus: () => void;
  readonly onLeave: (place: Place) => void;
}

const ICON = { error: 'failed', warning: 'warning', info: 'info' } as const;
/** Lines that are coloured; a longer text is still whole in the text area. */
const COLOURED_LINES = 2000;

export function PlainEditor({ text, label, problems, area, onChange, onFocus, onLeave }: PlainEditorProps) {
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
    <div className={css.scroll}>
      <div className={css.sheet}>
        <div className={css.gutter} aria-hidden="true">
          {lines.map((_, i) => {
            const problem = problems.find(({ line }) => line === i + 1);
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
              <div key={i} className={problem && css[problem.severity]}>
                {problem && <Icon name={ICON[problem.severity]} size={12} />}
                {i + 1}
              </div>
            );
          })}
        </div>
        <pre className={css.lines} aria-hidden="true">
          {lines.map((line, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
            <div key={i} className={css[problems.find((problem) => problem.line === i + 1)?.severity ?? 'none']}>
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
        />
      </div>
    </div>
  );
}
