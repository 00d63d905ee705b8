// The icon of each state's meaning: the first of the three ways in which a state is said, before its word and its texture.
import { Check, CircleAlert, Flag, Hourglass, type LucideIcon, MoveDown, RefreshCw } from 'lucide-react';

/** By the names of `Meaning`: what a state means to whoever looks. */
export const STATE_ICONS = {
  waiting: Hourglass,
  working: RefreshCw,
  ready: Check,
  failed: CircleAlert,
  terminating: MoveDown,
  finished: Flag,
} as const satisfies Readonly<Record<string, LucideIcon>>;
