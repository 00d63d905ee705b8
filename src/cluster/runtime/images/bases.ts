// What stands in an image: the programs of its base, its own, and those that a package manager could put there.
import type { Program } from '../process/program.ts';
import { appletsOf } from '../shell/applets/catalog.ts';
import { programsOf as programsOfBase } from '../shell/bases.ts';
import type { ImageBehaviour } from './image.ts';
import { packageManagers, SHELF } from './packages.ts';

type Programs = Readonly<Record<string, Program>>;

/** Where the program of an image that nobody knows stands. */
export const quietProgram = '/entrypoint';

/** Runs on, does nothing, and ends when it is asked to. */
const quiet: Program = function* quietly(sys) {
  sys.onSignal('TERM', 'catch');
  for (;;) if ((yield { ask: 'pause' }).signal === 'TERM') return 0;
};

const known = new WeakMap<ImageBehaviour, Programs>();

/** The programs that stand in an image, by path. */
export function installedIn(behaviour: ImageBehaviour): Programs {
  const found = known.get(behaviour);
  if (found) return found;
  const { base = 'busybox', with: added, without, programs } = behaviour;
  const choice = { ...(added && { with: added }), ...(without && { without }) };
  const made = { ...programsOfBase(base, choice), ...packageManagers(base), ...programs };
  known.set(behaviour, made);
  return made;
}

/** The programs of an image and its own files, by path. */
export const baseOf = (behaviour: ImageBehaviour): { readonly programs: Programs; readonly files: Readonly<Record<string, string>> } => ({
  programs: installedIn(behaviour),
  files: behaviour.files ?? {},
});

const shelves = new Map<string, readonly (readonly [string, Program])[]>();

/** Programs that are not installed, where a package manager finds them. */
function shelfOf(base: NonNullable<ImageBehaviour['base']>): readonly (readonly [string, Program])[] {
  if (base === 'none' || base === 'busybox') return [];
  const style = base === 'alpine' ? 'busybox' : 'gnu';
  const found = shelves.get(style) ?? Object.entries(appletsOf(style)).map(([name, program]) => [`${SHELF}/${name}`, program] as const);
  shelves.set(style, found);
  return found;
}

const findable = new WeakMap<ImageBehaviour, ReadonlyMap<string, Program>>();

/** The programs that a machine can find in an image, by path. */
export function programsOf(behaviour: ImageBehaviour): ReadonlyMap<string, Program> {
  const found = findable.get(behaviour);
  if (found) return found;
  const made = new Map([[quietProgram, quiet], ...shelfOf(behaviour.base ?? 'busybox'), ...Object.entries(installedIn(behaviour))]);
  findable.set(behaviour, made);
  return made;
}
