// What a diagram hands to the stage: `src/diagrams/<name>/view.tsx` exports one as its default. A new folder is a new tab.
import type { ComponentType } from 'react';
import type { Language } from '../i18n/messages.ts';

export interface Figure {
  /** The tab's name in links: `cluster`. */
  readonly name: string;
  /** Tabs stand in this order; key 1 opens the first. */
  readonly order: number;
  readonly title: Readonly<Record<Language, string>>;
  /** Fills its box; reads the session from `useSession`. */
  readonly View: ComponentType;
}
