// Every diagram, in the order of the tabs.
import type { Diagram } from './diagram.ts';

const found = import.meta.glob<{ default: Diagram }>('./*/index.ts', { eager: true });

/** The diagrams that exist. */
export const DIAGRAMS: readonly Diagram[] = Object.values(found)
  .map((module) => module.default)
  .sort((a, b) => a.order - b.order);
