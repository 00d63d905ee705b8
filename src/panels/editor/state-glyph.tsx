// The state of a container beside its line: icon, and its name and word for whoever points at it.
import type { ReactNode } from 'react';
import { STATE_ICONS } from '../../widgets/state-icons.ts';
import type { LineMark } from './editor-cursor.ts';
import css from './state-glyph.module.css';

export function StateGlyph({ mark: { name, word, meaning, selection } }: { readonly mark: LineMark }): ReactNode {
  const Icon = STATE_ICONS[meaning];
  return (
    <span className={css.glyph} data-glyph={name} data-meaning={meaning} data-select={selection} title={`${name}: ${word}`}>
      <Icon size={14} strokeWidth={2.6} aria-hidden />
    </span>
  );
}
