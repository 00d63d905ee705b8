// The object as `kubectl get -o yaml` prints it, revision by revision, with what each changed marked line by line.
import { type ReactNode, useMemo, useState } from 'react';
import type { RowRecord } from '../../engine/records.ts';
import { useLanguage } from '../../i18n/language.ts';
import { formatInstant } from '../../i18n/time.ts';
import { useSession } from '../../session/use-session.ts';
import { Button } from '../../widgets/button.tsx';
import { Segmented } from '../../widgets/segmented.tsx';
import type { Words } from './messages.ts';
import { type DiffLine, diffOf, yamlOf } from './revisions.ts';
import css from './yaml.module.css';

type Shown = 'whole' | 'changes';

const SIGNS = { added: '+', removed: '−', same: ' ' } as const;
/** Unchanged lines that stay around a change. */
const AROUND = 2;

export function YamlTab({ revisions, words }: { readonly revisions: readonly RowRecord[]; readonly words: Words }): ReactNode {
  const language = useLanguage();
  const session = useSession();
  // Without a choice it is the newest one, which time makes newer.
  const [chosen, setChosen] = useState<number | undefined>();
  const [shown, setShown] = useState<Shown>('whole');
  const last = revisions.length - 1;
  const index = Math.min(chosen ?? last, last);
  const row = revisions[index];
  const before = revisions[index - 1];
  const lines = useMemo(() => (row ? diffOf(before && yamlOf(before.value), yamlOf(row.value)) : []), [row, before]);
  if (!row) return null;
  const choices = (['whole', 'changes'] as const).map((value) => ({ value, text: words(value) }));
  return (
    <div className={css.yaml} data-testid="yaml">
      <div className={css.chooser}>
        <Button icon="previous" label={words('earlier')} disabled={index === 0} onClick={() => setChosen(index - 1)} />
        <span data-testid="revision">{words('revision', index + 1, revisions.length)}</span>
        <Button
          icon="next"
          label={words('later')}
          disabled={index === last}
          onClick={() => setChosen(index + 1 === last ? undefined : index + 1)}
        />
        <button type="button" className={css.when} onClick={() => session.goTo(row.id)}>
          {formatInstant(row.at, language)}
        </button>
      </div>
      {before === undefined ? (
        <p className={css.note}>{words('firstRevision')}</p>
      ) : (
        <Segmented<Shown> label={words('shown')} value={shown} choices={choices} onChoose={setShown} />
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways: the keyboard must be able to, too */}
      <pre className={css.text} tabIndex={0}>
        <Lines lines={before && shown === 'changes' ? changesOf(lines) : lines} words={words} />
      </pre>
    </div>
  );
}

/** A line, or how many unchanged ones were left out. */
type Piece = DiffLine | { readonly kind: 'left'; readonly count: number; readonly at: number };

function changesOf(lines: readonly DiffLine[]): readonly Piece[] {
  const isNear = lines.map((_, i) => lines.slice(Math.max(0, i - AROUND), i + AROUND + 1).some(({ kind }) => kind !== 'same'));
  const pieces: Piece[] = [];
  let left = 0;
  const leave = (at: number): void => {
    if (left > 0) pieces.push({ kind: 'left', count: left, at });
    left = 0;
  };
  lines.forEach((line, i) => {
    if (!isNear[i]) {
      left += 1;
      return;
    }
    leave(i);
    pieces.push(line);
  });
  leave(lines.length);
  return pieces;
}

/** The three parts of an object, and in which of them a line stands. */
const PARTS = ['metadata', 'spec', 'status'] as const;
type Part = (typeof PARTS)[number];

function partsOf(lines: readonly Piece[]): readonly (Part | undefined)[] {
  let part: Part | undefined;
  return lines.map((line) => {
    if (line.kind !== 'left' && /^\S/.test(line.text)) part = PARTS.find((each) => line.text.startsWith(`${each}:`));
    return part;
  });
}

function Lines({ lines, words }: { readonly lines: readonly Piece[]; readonly words: Words }): ReactNode {
  const parts = partsOf(lines);
  return lines.map((line, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a line of a text has no other identity
    <span key={i} className={css.line} data-diff={line.kind} data-part={parts[i]}>
      {line.kind === 'left' ? (
        `⋯ ${words('nothingLeft', line.count)}`
      ) : (
        <>
          <span className={css.sign} aria-hidden>
            {SIGNS[line.kind]}
          </span>
          {line.kind !== 'same' && <span className="sr-only">{words(line.kind)} </span>}
          {line.text}
          {parts[i] && line.text === `${parts[i]}:` && <span className={css.part}>{words(parts[i])}</span>}
        </>
      )}
      {'\n'}
    </span>
  ));
}
