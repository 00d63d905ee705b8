// Flags that choose objects, as query parameters.
import type { CommandContext } from './command.ts';
import type { FlagSpec } from './flags.ts';

/** `-l`, `--field-selector`, `-A`. */
export const SELECTOR_FLAG: FlagSpec = { name: 'selector', short: 'l', type: 'string' };
export const FIELD_SELECTOR_FLAG: FlagSpec = { name: 'field-selector', type: 'string' };
export const ALL_NAMESPACES_FLAG: FlagSpec = { name: 'all-namespaces', short: 'A', type: 'bool' };

/** The query of a list. */
export function selectorQuery({ flags }: CommandContext): Record<string, string> {
  const query: Record<string, string> = {};
  if (flags.text('selector')) query.labelSelector = flags.text('selector');
  if (flags.text('field-selector')) query.fieldSelector = flags.text('field-selector');
  return query;
}

/** The namespace of a list: none for all. */
export const listNamespace = (context: CommandContext): string | undefined =>
  context.flags.isOn('all-namespaces') ? undefined : context.namespace;
