// What kubectl says of a word that is none of its commands. Models github.com/spf13/cobra findSuggestions.
import { fail, type KubectlError } from './failure.ts';

/** The real kubectl's commands, in the order in which it knows them. */
const ALL =
  'create expose run set explain get edit delete rollout scale autoscale certificate cluster-info top cordon uncordon drain taint describe logs attach exec port-forward proxy cp auth debug events diff apply patch replace wait kustomize label annotate completion alpha config plugin version api-versions api-resources options'.split(
    ' ',
  );
/** What the real `create` can make of flags, and this one cannot. */
const NOT_CREATED =
  'clusterrole clusterrolebinding cronjob deployment deploy ingress ing job poddisruptionbudget pdb priorityclass pc quota resourcequota role rolebinding secret service svc token'.split(
    ' ',
  );
const FARTHEST = 2;

/** Whether the real kubectl has a command of this name. */
export const isKubectlCommand = (name: string): boolean => ALL.includes(name);

/** A command that the real kubectl has and Podscope has not, by the words on the line; undefined for any other. */
export function notSimulated([first = '', second = '']: readonly string[]): string | undefined {
  return first === 'create' && NOT_CREATED.includes(second) ? `create ${second}` : undefined;
}

/** The error for a word that is no command, with what may have been meant. */
export function unknownCommand(name: string): KubectlError {
  const meant = ALL.filter((command) => command.startsWith(name.toLowerCase()) || distance(name.toLowerCase(), command) <= FARTHEST);
  const suggestions = meant.length === 0 ? '' : `\n\nDid you mean this?\n${meant.map((command) => `\t${command}\n`).join('')}`;
  return fail(`unknown command ${JSON.stringify(name)} for "kubectl"${suggestions}`);
}

/** Levenshtein's distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
