// A state, said three times: icon, word, texture. Its colour comes last, from `data-meaning`.
import type { ReactNode } from 'react';
import type { Meaning } from '../../session/pod-marks.ts';
import { STATE_ICONS } from '../../widgets/state-icons.ts';
import styles from './tone.module.css';

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
