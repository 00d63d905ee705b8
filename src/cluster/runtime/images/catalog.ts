/// <reference types="vite/types/importMeta.d.ts" />
// Every image of the catalogue: one folder an image, found by pattern.
import type { ImageBehaviour } from './image.ts';

const found = import.meta.glob<ImageBehaviour | readonly ImageBehaviour[]>('./*/index.ts', { eager: true, import: 'default' });

/** The images that Podscope knows, in the order of their folders' names. */
export const CATALOGUE: readonly ImageBehaviour[] = Object.values(found).flat();
