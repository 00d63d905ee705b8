// Why the STATUS column says what it says, in one sentence.
import type { Explained, RuleStep } from '../../session/explain-status.ts';
import type { Words } from './messages.ts';

/** `STATUS is not the phase. kubectl writes Init:0/2 because 0 of 2 init containers are done.` */
export function statusSentence({ status, made }: Explained, phase: string, words: Words): string {
  if (made.rule === 'phase') return words('isPhase');
  return words(status === phase ? 'agrees' : 'notPhase', status, becauseOf(made, words));
}

function becauseOf({ rule, fields }: RuleStep, words: Words): string {
  const value = (path: string): string => fields.find((each) => each.path === path)?.value ?? '';
  const container = /\[([^\]]+)\]/.exec(fields[0]?.path ?? '')?.[1] ?? '';
  switch (rule) {
    case 'init-count':
      return words('init-count', value('done'), value('spec.initContainers'));
    case 'init-waiting':
    case 'init-ended':
    case 'container-waiting':
    case 'container-ended':
      return words(rule, container);
    case 'reason':
    case 'gated':
    case 'completed-running':
    case 'completed-error':
    case 'completed-not-ready':
    case 'deleted':
    case 'deleted-lost':
      return words(rule);
    default:
      return words('other');
  }
}
