// Finds every scheduler plugin: one folder each under plugins/.
import type { Plugin } from './framework/plugin.ts';

const found = import.meta.glob<Plugin>('./plugins/*/index.ts', { eager: true, import: 'default' });

/** Every plugin, in the order of the default profile. */
export const PLUGINS: readonly Plugin[] = Object.values(found).sort((a, b) => a.order - b.order);
