// How long a Pod may stay on a node with NoExecute taints. Models GetMatchingTolerations and getMinTolerationTime.
import type { Node, Taint, Toleration } from '../../api/types.ts';

/** A node's taints that evict. */
export const noExecuteTaints = (node: Node): readonly Taint[] => (node.spec?.taints ?? []).filter(({ effect }) => effect === 'NoExecute');

/** Milliseconds for which a Pod tolerates the taints: 0, not at all; undefined, for ever. */
export function toleratedForMs(taints: readonly Taint[], tolerations: readonly Toleration[]): number | undefined {
  if (taints.length === 0) return undefined;
  const used: Toleration[] = [];
  for (const taint of taints) {
    const matching = tolerations.find((toleration) => tolerates(toleration, taint));
    if (!matching) return 0;
    used.push(matching);
  }
  const limits = used.flatMap(({ tolerationSeconds }) => (tolerationSeconds === undefined ? [] : [Math.max(0, tolerationSeconds) * 1000]));
  return limits.length === 0 ? undefined : Math.min(...limits);
}

function tolerates({ key = '', operator = 'Equal', value = '', effect = '' }: Toleration, taint: Taint): boolean {
  if (effect !== '' && effect !== taint.effect) return false;
  if (key !== '' && key !== taint.key) return false;
  return operator === 'Exists' ? true : operator === 'Equal' && value === (taint.value ?? '');
}
