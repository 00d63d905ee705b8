// The bases of images: which programs, files and links come with busybox, Alpine, Debian, Ubuntu and CentOS.
import type { Program } from '../process/program.ts';
import type { ImageBehaviour } from './image.ts';

/** What stands in an image before its own files. */
export interface Base {
  readonly programs: Readonly<Record<string, Program>>;
  readonly files: Readonly<Record<string, string>>;
  /** Symbolic links: where they stand, and where they lead. */
  readonly links: Readonly<Record<string, string>>;
}

/** Where the program of an image that nobody knows stands. */
export const quietProgram = '/entrypoint';

/** Runs on, does nothing, and ends when it is asked to. */
const quiet: Program = function* quietly(sys) {
  sys.onSignal('TERM', 'catch');
  for (;;) if ((yield { ask: 'pause' }).signal === 'TERM') return 0;
};

/** The base of an image with the image's own programs. */
export function baseOf(behaviour: ImageBehaviour): Base {
  return { programs: { [quietProgram]: quiet, ...behaviour.programs }, files: {}, links: {} };
}

/** The programs of an image, by path. */
export function programsOf(behaviour: ImageBehaviour): ReadonlyMap<string, Program> {
  return new Map(Object.entries(baseOf(behaviour).programs));
}
