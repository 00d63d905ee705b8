// One line of a terminal: a command, what it wrote with the names of Pods as links, or how it ended.
import { Fragment, memo, type ReactNode } from 'react';
import { type Language, textOf } from '../../i18n/messages.ts';
import type { TerminalLine } from './lines.ts';
import { messages } from './messages.ts';
import { splitAtObjects } from './object-links.ts';
import css from './terminal.module.css';

interface TerminalLineProps {
  readonly line: TerminalLine;
  readonly objects: ReadonlyMap<string, string>;
  readonly language: Language;
  readonly onSelect: (key: string) => void;
}

/** Lines are read anew whenever one is added; those that are the same are not drawn again. */
export const TerminalLineView = memo(
  DrawnLine,
  (before, after) =>
    before.objects === after.objects &&
    before.language === after.language &&
    before.onSelect === after.onSelect &&
    textOfLine(before.line) === textOfLine(after.line),
);

const textOfLine = (line: TerminalLine): string =>
  line.kind === 'output' ? line.pieces.map(({ stream, text }) => `${stream} ${text}`).join('\n') : line.id;

function DrawnLine({ line, objects, language, onSelect }: TerminalLineProps) {
  const t = textOf(messages, language);
  if (line.kind === 'command') {
    return (
      <div className={css.command}>
        <span className={css.prompt}>$ </span>
        {line.text}
      </div>
    );
  }
  if (line.kind === 'ended') {
    return (
      <>
        {line.exit !== 0 && <div className={css.exit}>{line.exit === null ? t('killed') : t('exit', line.exit)}</div>}
        {line.hint && <p className={css.hint}>{t(line.hint)}</p>}
      </>
    );
  }
  const linked = (text: string): readonly ReactNode[] =>
    splitAtObjects(text, objects).map(({ text: part, key }, k) =>
      key === undefined ? (
        part
      ) : (
        // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
        <button key={k} type="button" className={css.object} title={t('show', part)} onClick={() => onSelect(key)}>
          {part}
        </button>
      ),
    );
  return (
    <div className={css.line}>
      {line.pieces.map(({ stream, text }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place
        <Fragment key={i}>{stream === 'err' ? <span className={css.err}>{linked(text)}</span> : linked(text)}</Fragment>
      ))}
    </div>
  );
}
