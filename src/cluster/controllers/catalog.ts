// The controllers, found by pattern: a folder below this one whose index.ts default-exports a function that makes its component.
import type { ClusterComponent } from '../component.ts';
import type { ControllerOptions } from './controller.ts';

/** Makes a controller. */
export type CreateController = (options: ControllerOptions) => ClusterComponent;

const FOUND = import.meta.glob<CreateController>('./*/index.ts', { eager: true, import: 'default' });

/** In the order of their names. */
export const CONTROLLERS: readonly CreateController[] = Object.keys(FOUND)
  .sort()
  .flatMap((path) => FOUND[path] ?? []);
