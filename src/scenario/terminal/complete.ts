// What Tab offers on a line of the learner's terminal, as bash does: programs first, then whatever the program takes.
import { compareText } from '../../base/order.ts';
import { type Resource, storagePrefix } from '../../cluster/api/resources.ts';
import type { Pod } from '../../cluster/api/types.ts';
import { completeKubectl, type Nameable } from '../../kubectl/complete.ts';
import type { Recipe } from '../recipe.ts';
import { COMPUTER_PROGRAMS } from './computer.ts';
import { completeDocker } from './docker/complete.ts';

/** What may stand in place of the end of a line. */
export interface Completions {
  /** Where the word begins that is completed. */
  readonly from: number;
  /** Words for it, in order, as they are typed; one that ends with `/` or `=` goes on. */
  readonly words: readonly string[];
}

/** What the line is completed from: the objects that stand, by their keys in etcd, docker's containers by theirs, and the recipe with its files. */
export interface CompletionWorld {
  readonly standing: ReadonlyMap<string, unknown>;
  readonly recipe: Recipe;
}

const MOST = 200;
const BUILTINS = 'alias cd echo exit export history printf pwd read set test type unset wait'.split(' ');

/** Completes a line up to the cursor. */
export function completeLine(text: string, world: CompletionWorld): Completions {
  const line = lastCommand(text);
  if (!line) return { from: text.length, words: [] };
  const { words, from } = line;
  const found =
    words.length > 1 && words[0] === 'docker' ? completeDocker(words.slice(1), world.standing) : candidates(words, nameableIn(world));
  return { from, words: found.slice(0, MOST) };
}

function candidates(words: readonly string[], nameable: Nameable & { readonly nodes: () => readonly string[] }): readonly string[] {
  const [program = '', ...rest] = words;
  const typed = rest.at(-1) ?? '';
  const starting = (all: readonly string[]): readonly string[] =>
    all.filter((word) => word.startsWith(rest.length === 0 ? program : typed));
  if (rest.length === 0) return program === '' ? [] : starting([...COMPUTER_PROGRAMS, ...BUILTINS].sort(compareText));
  if (program === 'kubectl') return completeKubectl(rest, nameable);
  if (program === 'ssh' && rest.length === 1) return starting(nameable.nodes());
  return typed === '' ? [] : starting(nameable.files());
}

function nameableIn({ standing, recipe }: CompletionWorld) {
  const under = (prefix: string): readonly string[] => {
    const names: string[] = [];
    for (const key of standing.keys()) if (key.startsWith(prefix)) names.push(key.slice(prefix.length));
    return names.sort(compareText);
  };
  const names = ({ resource, namespaced }: Resource, namespace: string): readonly string[] =>
    under(`${storagePrefix(resource)}${namespaced ? `${namespace}/` : ''}`);
  return {
    names,
    nodes: () => under(storagePrefix('nodes')),
    containers(namespace: string, pod: string) {
      const { spec } = (standing.get(`${storagePrefix('pods')}${namespace}/${pod}`) as Pod | undefined) ?? {};
      const all = [...(spec?.containers ?? []), ...(spec?.initContainers ?? []), ...(spec?.ephemeralContainers ?? [])];
      return all.map(({ name }) => name);
    },
    files() {
      const applied = recipe.inputs.flatMap((input) => ('file' in input ? [input.file] : []));
      return [...new Set([...Object.keys(recipe.files), ...applied])].sort(compareText);
    },
  };
}

/** The words of the command that is being typed, the last of them perhaps empty; undefined where one is in quotes. */
function lastCommand(text: string): { readonly words: readonly string[]; readonly from: number } | undefined {
  const start = Math.max(...['|', ';', '&', '(', '\n', '`'].map((mark) => text.lastIndexOf(mark))) + 1;
  const command = text.slice(start);
  if (/["'\\]/.test(command)) return undefined;
  // A prompt that was copied with the line, and assignments before the command.
  const own = command.replace(/^\s*(?:\$\s+)?(?:[A-Za-z_]\w*=\S*\s+)*/, '');
  const words = own.split(/\s+/).filter((word, i, all) => word !== '' || i === all.length - 1);
  const redirected = /[<>]\s*([^\s<>]*)$/.exec(own);
  if (redirected) return { words: ['cat', redirected[1] ?? ''], from: text.length - (redirected[1] ?? '').length };
  return { words, from: text.length - (words.at(-1) ?? '').length };
}
