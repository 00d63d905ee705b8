// Every program of every image that has a shell, found by pattern: each file here default-exports some of them.
import type { Program } from '../../process/program.ts';
import type { Applets, Style } from './applet.ts';

const groups = import.meta.glob<Applets>(['./*.ts', '!./*.test.ts', '!./applet.ts', '!./catalog.ts', '!./usage.ts'], {
  eager: true,
  import: 'default',
});

/** All programs by name. */
export function appletsOf(style: Style): Readonly<Record<string, Program>> {
  return Object.assign({}, ...Object.values(groups).map((create) => create?.(style)));
}
