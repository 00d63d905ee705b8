// The objects of the cluster as a keyboard tree: the figure's other half in the document. It is seen while it has the focus.
import { type CSSProperties, type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useLanguage, useText } from '../../i18n/language.ts';
import { type OutlineItem, podsOf } from '../../session/outline/outline.ts';
import { useOutline } from '../../session/outline/use-outline.ts';
import { describeItem } from '../../session/outline/words.ts';
import { useSession, useSessionState } from '../../session/use-session.ts';
import { STATE_ICONS } from '../../widgets/state-icons.ts';
import { messages } from './messages.ts';
import css from './objects.module.css';
import { type Row, findByLetters, isOpenAtFirst, moveFor, rowsOf, windowOf } from './rows.ts';

/** Letters typed within this time make one word. */
const WORD_MS = 700;

export function Objects({ onLeave }: { readonly onLeave: () => void }) {
  const t = useText(messages);
  const session = useSession();
  const selection = useSessionState((state) => state.selection);
  const [folds, setFolds] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [walkedTo, walkTo] = useState('');
  const rows = useRows(folds);
  const tree = useRef<HTMLDivElement>(null);
  const typed = useRef({ letters: '', at: 0 });
  const isHere = (id: string | undefined): boolean => rows.some(({ item }) => item.id === id);
  // What was walked to may be gone, or folded away: then what is selected, then the first.
  const active = [walkedTo, selection ?? ''].find(isHere) ?? rows[0]?.item.id ?? '';
  // Selected elsewhere: the walk goes on from there.
  useEffect(() => {
    if (selection !== undefined && !tree.current?.contains(document.activeElement)) walkTo(selection);
  }, [selection]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus follows the active row, whenever that changes
  useEffect(() => {
    if (tree.current?.contains(document.activeElement)) tree.current.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }, [active]);

  const setFold = (id: string, open: boolean): void => setFolds((before) => new Map(before).set(id, open));
  const choose = ({ item, isOpen }: Row): void => {
    if (item.kind === 'waiting' || item.kind === 'system') setFold(item.id, isOpen !== true);
    else session.select(item.id);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') onLeave();
    else if (/^[a-z0-9-]$/i.test(event.key)) {
      const { letters, at } = typed.current;
      typed.current = { letters: (event.timeStamp - at < WORD_MS ? letters : '') + event.key, at: event.timeStamp };
      walkTo(findByLetters(rows, active, typed.current.letters) ?? active);
    } else {
      const move = moveFor(event.key, rows, active);
      if (!move) return;
      const row = rows.find(({ item }) => item.id === active);
      if (move !== 'stay' && 'to' in move) walkTo(move.to);
      else if (move !== 'stay' && 'fold' in move) setFold(move.fold, move.open);
      else if (move !== 'stay' && row) choose(row);
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={css.objects}>
      <h2 className={css.head} id="objects-title">
        {t('objects')}
      </h2>
      <div ref={tree} role="tree" aria-labelledby="objects-title" className={css.tree} data-testid="objects" onKeyDown={onKeyDown}>
        {windowOf(rows, active).map((row) => (
          <RowView
            key={row.item.id}
            row={row}
            isActive={row.item.id === active}
            isSelected={row.item.id === selection}
            onFocus={() => walkTo(row.item.id)}
            onClick={() => {
              walkTo(row.item.id);
              choose(row);
            }}
          />
        ))}
      </div>
      <p className={css.keys}>{t('keys')}</p>
    </div>
  );
}

/** The rows of the cluster at the playhead. */
function useRows(folds: ReadonlyMap<string, boolean>): readonly Row[] {
  const outline = useOutline();
  return useMemo(() => {
    const nodes = outline.filter(({ kind }) => kind === 'node').length;
    const pods = podsOf(outline).length;
    const isOpen = (item: OutlineItem): boolean => folds.get(item.id) ?? isOpenAtFirst(item, nodes, pods);
    return rowsOf(outline, isOpen);
  }, [outline, folds]);
}

interface RowProps {
  readonly row: Row;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly onFocus: () => void;
  readonly onClick: () => void;
}

function RowView({ row: { item, level, place, siblings, isOpen }, isActive, isSelected, onFocus, onClick }: RowProps) {
  const language = useLanguage();
  const words = describeItem(item, language);
  const level1: CSSProperties & { readonly '--level': number } = { '--level': level };
  const meaning = item.kind === 'pod' ? item.pod.meaning : item.kind === 'container' ? item.cell.meaning : undefined;
  const Icon = meaning && STATE_ICONS[meaning];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree hears the keys of all its rows
    <div
      role="treeitem"
      className={css.row}
      style={level1}
      tabIndex={isActive ? 0 : -1}
      aria-label={words.join(', ')}
      aria-level={level}
      aria-posinset={place}
      aria-setsize={siblings}
      aria-expanded={isOpen}
      aria-selected={isSelected}
      data-object={item.id}
      onFocus={onFocus}
      onClick={onClick}
    >
      <span className={css.fold} aria-hidden>
        {isOpen === undefined ? '' : isOpen ? '▾' : '▸'}
      </span>
      {Icon && <Icon size={13} strokeWidth={2.6} className={css.state} data-meaning={meaning} aria-hidden />}
      <span className={css.text}>
        <b>{words[0]}</b>
        {words.slice(1).map((word) => `, ${word}`)}
      </span>
    </div>
  );
}
