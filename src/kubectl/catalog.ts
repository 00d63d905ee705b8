// Finds the commands: every folder under commands/ is one, or a group of them.
/// <reference types="vite/types/importMeta.d.ts" />
import { compareText } from '../base/order.ts';
import type { Command } from './command.ts';

const found = import.meta.glob<{ readonly default: Command | readonly Command[] }>('./commands/*/index.ts', { eager: true });

/** Every command, in the order of their names. */
export const COMMANDS: readonly Command[] = Object.values(found)
  .flatMap((module) => module.default)
  .sort((a, b) => compareText(a.name, b.name));
