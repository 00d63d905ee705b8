// One line of a terminal: a command, what it wrote, or how it ended. What it names is a link.
import { memo, type ReactNode } from 'react';
import { type Language, textOf as wordsOf } from '../../i18n/messages.ts';
import { type LineContext, textOf } from './contexts.ts';
import type { TerminalLine } from './lines.ts';
import { type Link, linksOf, type Names } from './links.ts';
import { messages } from './messages.ts';
import css from './terminal.module.css';

interface TerminalLineProps {
  readonly line: TerminalLine;
  readonly context: LineContext;
  readonly names: Names;
  readonly language: Language;
  /** A link of the line that a record wrote is followed. */
  readonly onFollow: (link: Link, writtenBy: number) => void;
}

/** Lines are read anew whenever one is added; those that are the same are not drawn again. */
export const TerminalLineView = memo(
  DrawnLine,
  (before, after) =>
    before.names === after.names &&
    before.language === after.language &&
    before.onFollow === after.onFollow &&
    before.context.key === after.context.key &&
    markOf(before.line) === markOf(after.line),
);

const markOf = (line: TerminalLine): string =>
  line.kind === 'output' ? line.pieces.map(({ stream, text }) => `${stream} ${text}`).join('\n') : line.id;

/** A line of a table is not broken, so that its columns stand under each other. */
const isOfTable = ({ pieces }: Extract<TerminalLine, { kind: 'output' }>): boolean =>
  / {3,}\S.* {3,}\S/.test(
    pieces
      .map(({ text }) => text)
      .join('')
      .trim(),
  );

function DrawnLine({ line, context, names, language, onFollow }: TerminalLineProps): ReactNode {
  const t = wordsOf(messages, language);
  if (line.kind === 'ended') {
    return (
      <>
        {line.exit !== 0 && <div className={css.exit}>{line.exit === null ? t('killed') : t('exit', line.exit)}</div>}
        {line.hint && <p className={css.hint}>{t(line.hint)}</p>}
      </>
    );
  }
  const writtenBy = Number.parseInt(line.id, 10);
  const links = linksOf(textOf(line), context, names);
  const linked = (text: string, start: number): readonly ReactNode[] =>
    cutAt(text, start, links).map(({ text: part, link }, k) =>
      link === undefined ? (
        part
      ) : (
        <button
          // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
          key={k}
          type="button"
          className={css.link}
          title={t(link.event ? 'showEvent' : 'show', part)}
          data-names={link.event ? undefined : link.selection}
          onClick={() => onFollow(link, writtenBy)}
        >
          {part}
        </button>
      ),
    );
  if (line.kind === 'command') {
    return (
      <div className={css.command}>
        <span className={css.prompt}>$ </span>
        {linked(line.text, 0)}
      </div>
    );
  }
  let start = 0;
  return (
    <div className={css.line} data-table={isOfTable(line) || undefined}>
      {/* An empty line is copied as one. */}
      {line.pieces.length === 0 && <br />}
      {line.pieces.map(({ stream, text }) => {
        const parts = linked(text, start);
        const key = start;
        start += text.length;
        return (
          <span key={key} className={stream === 'err' ? css.err : undefined}>
            {parts}
          </span>
        );
      })}
    </div>
  );
}

/** A piece of a line, which starts at a character of it, in parts: links, and what stands between them. */
function cutAt(text: string, start: number, links: readonly Link[]): readonly { readonly text: string; readonly link?: Link }[] {
  const parts: { text: string; link?: Link }[] = [];
  let at = 0;
  for (const link of links) {
    const [from, to] = [Math.max(at, link.from - start), Math.min(text.length, link.to - start)];
    if (to <= from) continue;
    if (from > at) parts.push({ text: text.slice(at, from) });
    parts.push({ text: text.slice(from, to), link });
    at = to;
  }
  if (at < text.length) parts.push({ text: text.slice(at) });
  return parts;
}
