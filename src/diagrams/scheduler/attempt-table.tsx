// One attempt as a table. Each cell is a button that asks what its plugin looked at; the arrow keys go from cell to cell, so that a
// table is one stop of the Tab key.
import { Check, Minus, X } from 'lucide-react';
import { Fragment, type KeyboardEvent, memo, type ReactNode } from 'react';
import type { Text } from '../../i18n/messages.ts';
import { nodeSelection } from '../../session/cursor.ts';
import type { FilterColumn, Matrix, Row, ScoreCell, ScoreColumn, Verdict } from './matrix.ts';
import type { messages } from './messages.ts';
import styles from './scheduler.module.css';

export type Words = Text<(typeof messages)['en']>;

/** A cell, or with an empty node a column, of an attempt. */
export interface Chosen {
  readonly attempt: number;
  readonly node: string;
  readonly plugin: string;
  /** What of the plugin: most that score filter as well. */
  readonly part: Part;
}
type Part = 'filter' | 'score';
type Choose = (node: string, plugin: string, part: Part) => void;

interface TableProps {
  readonly matrix: Matrix;
  readonly words: Words;
  readonly showsAll: boolean;
  /** The selected node. */
  readonly node: string | undefined;
  readonly chosen: Chosen | undefined;
  readonly onChoose: (chosen: Chosen) => void;
}

/** The columns that are drawn, and how many are folded into one. */
function columnsOf({ filters, scores }: Matrix, showsAll: boolean) {
  const drawn = filters.flatMap((column, i) => (showsAll || column.isTelling ? [{ ...column, i }] : []));
  const scored = scores.flatMap((column, i) => (showsAll || !column.isZero ? [{ ...column, i }] : []));
  return { drawn, folded: filters.length - drawn.length, scored, zero: scores.length - scored.length };
}
type Columns = ReturnType<typeof columnsOf>;

export const AttemptTable = memo(function AttemptTable({ matrix, words, showsAll, node, chosen, onChoose }: TableProps): ReactNode {
  const columns = columnsOf(matrix, showsAll);
  const first = matrix.rows[0]?.node;
  const choose: Choose = (node, plugin, part) => onChoose({ attempt: matrix.id, node, plugin, part });
  return (
    <table className={styles.table} onKeyDown={moveFocus}>
      <caption className="sr-only">{words('attempt', matrix.number)}</caption>
      <Head columns={columns} words={words} chosen={chosen} choose={choose} />
      <tbody>
        {matrix.rows.map((row) => (
          <RowFigure
            key={row.node}
            row={row}
            isSelected={row.node === node}
            columns={columns}
            outcome={matrix.outcome}
            words={words}
            chosen={chosen}
            isFirst={row.node === first && !chosen?.node}
            choose={choose}
          />
        ))}
      </tbody>
    </table>
  );
});

interface HeadProps {
  readonly columns: Columns;
  readonly words: Words;
  readonly chosen: Chosen | undefined;
  readonly choose: Choose;
}

function Head({ columns: { drawn, folded, scored, zero }, words, chosen, choose }: HeadProps): ReactNode {
  const heading = (column: FilterColumn | ScoreColumn): ReactNode => {
    const part = 'weight' in column ? 'score' : 'filter';
    const isChosen = chosen?.node === '' && chosen.plugin === column.plugin && chosen.part === part;
    return (
      <th key={column.plugin} scope="col" className={'weight' in column ? styles.scoreHead : styles.filterHead} data-plugin={column.plugin}>
        <button type="button" aria-pressed={isChosen} onClick={() => choose('', column.plugin, part)}>
          <PluginName name={column.plugin} />
        </button>
        {'weight' in column && <span className={styles.weight}>{words('weight', column.weight)}</span>}
      </th>
    );
  };
  return (
    <thead>
      <tr>
        <td className={styles.corner} />
        <th scope="colgroup" colSpan={drawn.length + (folded > 0 ? 1 : 0)} className={styles.group}>
          {words('filter')}
        </th>
        <th scope="colgroup" colSpan={scored.length + (zero > 0 ? 1 : 0) + 1} className={styles.group}>
          {scored.length > 0 ? words('score') : ''}
          {scored.length === 0 && <span className="sr-only">{words('total')}</span>}
        </th>
      </tr>
      <tr>
        <th scope="col" className={styles.corner}>
          {words('node')}
        </th>
        {drawn.map(heading)}
        {folded > 0 && (
          <th scope="col" className={styles.folded}>
            {words('others', folded)}
            <span className={styles.weight}>{words('othersNothing')}</span>
          </th>
        )}
        {scored.map(heading)}
        {zero > 0 && (
          <th scope="col" className={styles.folded}>
            {words('others', zero)}
            <span className={styles.weight}>{words('othersZero')}</span>
          </th>
        )}
        <th scope="col" className={styles.totalHead}>
          {scored.length > 0 ? words('total') : <span className="sr-only">{words('total')}</span>}
        </th>
      </tr>
    </thead>
  );
}

/** `Node Resources Fit`, broken only between its words, and still one word to copy. */
export function PluginName({ name }: { readonly name: string }): ReactNode {
  return name.split(/(?<=[a-z])(?=[A-Z])/).map((part, i) => (
    <Fragment key={part + String(i)}>
      {i > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}

interface RowProps {
  readonly row: Row;
  readonly isSelected: boolean;
  readonly columns: Columns;
  readonly outcome: Matrix['outcome'];
  readonly words: Words;
  readonly chosen: Chosen | undefined;
  /** Its first cell is where the Tab key comes in. */
  readonly isFirst: boolean;
  readonly choose: Choose;
}

function RowFigure({
  row,
  isSelected,
  columns: { drawn, folded, scored, zero },
  outcome,
  words,
  chosen,
  isFirst,
  choose,
}: RowProps): ReactNode {
  const rejectedAt = row.filters.indexOf('reject');
  const before = row.reject ? drawn.filter(({ i }) => i <= rejectedAt) : drawn;
  const span = drawn.length - before.length + (folded > 0 ? 1 : 0) + scored.length + (zero > 0 ? 1 : 0) + 1;
  const isChosen = (plugin: string, part: Part): boolean => chosen?.node === row.node && chosen.plugin === plugin && chosen.part === part;
  const cell = (plugin: string, part: Part, isEntry: boolean, label: string, content: ReactNode): ReactNode => (
    <button
      type="button"
      className={styles.cell}
      aria-pressed={isChosen(plugin, part)}
      aria-label={label}
      tabIndex={isChosen(plugin, part) || isEntry ? 0 : -1}
      onClick={() => choose(row.node, plugin, part)}
    >
      {content}
    </button>
  );
  return (
    <tr data-node={row.node} data-chosen={row.isChosen || undefined} data-selected={isSelected || undefined} className={styles.row}>
      <th scope="row" className={styles.node}>
        <button type="button" tabIndex={-1} className={styles.nodeName} aria-pressed={isSelected} data-select={nodeSelection(row.node)}>
          {row.node}
        </button>
        {row.alike > 0 && <span className={styles.alike}>{words('alike', row.alike)}</span>}
      </th>
      {before.map(({ plugin, i }, place) => {
        const verdict = row.filters[i] ?? 'unasked';
        return (
          <td key={plugin} data-plugin={plugin} data-verdict={verdict} className={styles.verdict}>
            {cell(plugin, 'filter', isFirst && place === 0, `${row.node}, ${plugin}: ${words(verdict)}`, <Mark verdict={verdict} />)}
          </td>
        );
      })}
      {row.reject ? (
        <td colSpan={span} className={styles.rest}>
          <div className={styles.restInner}>
            <ul className={styles.reasons}>
              {row.reject.reasons.map(({ text, letter }) => (
                <li key={text} className={styles.reason}>
                  {letter !== undefined && <b className={styles.letter}>{letter}</b>}
                  {text}
                </li>
              ))}
            </ul>
            <span className={styles.unasked}>{words('unasked')}</span>
          </div>
        </td>
      ) : (
        <>
          {folded > 0 && (
            <td className={styles.verdict} data-verdict="nothing">
              <Mark verdict="nothing" />
              <span className="sr-only">{words('othersNothing')}</span>
            </td>
          )}
          {scored.map((column) => {
            const score = row.scores[column.i];
            return (
              <td
                key={`score ${column.plugin}`}
                data-plugin={column.plugin}
                className={styles.score}
                data-equal={column.isEqual || undefined}
              >
                {score && cell(column.plugin, 'score', false, scoreLabel(row, column, score), <Score score={score} />)}
              </td>
            );
          })}
          {zero > 0 && <td className={styles.zero}>0</td>}
          <Total row={row} outcome={outcome} words={words} />
        </>
      )}
    </tr>
  );
}

const scoreLabel = ({ node }: Row, { plugin, weight }: ScoreColumn, { raw, normalised, weighted }: ScoreCell): string =>
  `${node}, ${plugin}: ${raw} → ${normalised} × ${weight} = ${weighted}`;

function Mark({ verdict }: { readonly verdict: Verdict }): ReactNode {
  if (verdict === 'pass') return <Check size={16} strokeWidth={2.4} aria-hidden />;
  if (verdict === 'reject') return <X size={18} strokeWidth={3} aria-hidden />;
  return verdict === 'nothing' ? <Minus size={16} aria-hidden /> : null;
}

function Score({ score: { raw, normalised, weighted } }: { readonly score: ScoreCell }): ReactNode {
  return (
    <>
      <span className={styles.arithmetic}>
        {raw}
        {raw !== normalised && ` → ${normalised}`}
        {' → '}
        <b>{weighted}</b>
      </span>
      <span className={styles.bar}>
        <span style={{ width: `${Math.max(0, Math.min(100, normalised))}%` }} />
      </span>
    </>
  );
}

/** The total; its bar is what is more than the lowest, because only differences decide. */
function Total({ row, outcome, words }: { readonly row: Row; readonly outcome: Matrix['outcome']; readonly words: Words }): ReactNode {
  const flag =
    outcome.kind === 'best' ? words('chosenBy', outcome.total - outcome.secondTotal) : words(outcome.kind === 'drawn' ? 'drawn' : 'chosen');
  return (
    <td className={styles.total}>
      {row.total === undefined ? (
        <span className={styles.unscored}>{words('notScored')}</span>
      ) : (
        <span className={styles.sum}>
          {row.total} {row.behind > 0 && <span className={styles.behind}>{words('behind', row.behind)}</span>}
        </span>
      )}
      {row.total !== undefined && (
        <span className={styles.lead}>
          <span style={{ width: `${row.share * 100}%` }} />
        </span>
      )}
      {row.isChosen && <b className={styles.flag}>{flag}</b>}
      {row.isTied && !row.isChosen && <span className={styles.tied}>{words('tied')}</span>}
    </td>
  );
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

/** Arrow keys go from cell to cell; they do not move the playhead meanwhile. */
function moveFocus(event: KeyboardEvent<HTMLTableElement>): void {
  const way = STEPS[event.key];
  const from = (event.target as HTMLElement).closest('tbody button');
  if (!way || !from || event.altKey || event.ctrlKey || event.metaKey) return;
  const rows = [...event.currentTarget.querySelectorAll('tbody tr')].map((row) => [...row.querySelectorAll('button')]);
  const y = rows.findIndex((row) => row.includes(from as HTMLButtonElement));
  const x = rows[y]?.indexOf(from as HTMLButtonElement) ?? 0;
  const row = rows[y + way[0]];
  const next = row?.[Math.min(x + way[1], way[0] === 0 ? x + way[1] : row.length - 1)];
  event.preventDefault();
  next?.focus();
}
