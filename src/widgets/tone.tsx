// A state, said three times: icon, word, texture. Its colour comes last, from `data-meaning`.
import type { ReactNode } from 'react';
import { STATE_ICONS } from './state-icons.ts';
import styles from './tone.module.css';

/** What a state means to whoever looks: the names of its icons. */
type Meaning = keyof typeof STATE_ICONS;

/** The class that gives an element, by its `data-meaning`, the colours of a state. */
export const toneClass = (own: string | undefined): string => `${styles.tone} ${own}`;

/** A word with its state's icon. */
export function Chip({ meaning, text }: { readonly meaning: Meaning; readonly text: string }): ReactNode {
  const Icon = STATE_ICONS[meaning];
  return (
    <span className={toneClass(styles.chip)} data-meaning={meaning}>
      <Icon size={13} strokeWidth={2.6} aria-hidden />
      {text}
    </span>
  );
}
