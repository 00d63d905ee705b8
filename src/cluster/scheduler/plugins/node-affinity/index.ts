// NodeAffinity: nodeSelector, required and preferred node affinity. Models plugins/nodeaffinity.
import type { NodeSelectorTerm, Pod } from '../../../api/types.ts';
import { matchesRequiredNodeAffinity } from '../../framework/node-affinity.ts';
import { normaliseByMaximum, type Plugin } from '../../framework/plugin.ts';
import { matchesNodeTerm } from '../../framework/selectors.ts';
import { SUCCESS, unresolvable } from '../../framework/status.ts';

const REJECTED = unresolvable("node(s) didn't match Pod's node affinity/selector");
const CONFLICT = unresolvable('pod affinity terms conflict');

const requiredTerms = (pod: Pod): readonly NodeSelectorTerm[] | undefined =>
  pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;

/** The nodes that a term names by metadata.name; undefined where it names none, and so leaves all of them open. */
function namedBy(term: NodeSelectorTerm): Set<string> | undefined {
  let names: Set<string> | undefined;
  for (const { key, operator, values = [] } of term.matchFields ?? []) {
    if (key !== 'metadata.name' || operator !== 'In') continue;
    const earlier = names;
    names = new Set(values.filter((name) => earlier === undefined || earlier.has(name)));
  }
  return names;
}

/** The nodes that the terms name together; undefined where any term leaves all open. */
function namedNodes(terms: readonly NodeSelectorTerm[]): Set<string> | undefined {
  const all = new Set<string>();
  for (const term of terms) {
    const names = namedBy(term);
    if (names === undefined) return undefined;
    for (const name of names) all.add(name);
  }
  return all;
}

const plugin: Plugin = {
  name: 'NodeAffinity',
  order: 5,
  weight: 2,
  requeue: [
    {
      resource: 'Node',
      actions: ['Add', 'UpdateLabel'],
      hint: (pod, before, after) =>
        after !== undefined && matchesRequiredNodeAffinity(pod, after) && !(before && matchesRequiredNodeAffinity(pod, before)),
    },
  ],
  preFilter({ pod }) {
    const terms = requiredTerms(pod);
    if (terms === undefined && pod.spec.nodeSelector === undefined) return undefined;
    const filter = ({ node }: { node: Parameters<typeof matchesRequiredNodeAffinity>[1] }) =>
      matchesRequiredNodeAffinity(pod, node) ? SUCCESS : REJECTED;
    const nodeNames = terms && terms.length > 0 ? namedNodes(terms) : undefined;
    if (nodeNames === undefined) return { filter };
    return nodeNames.size === 0 ? { rejected: CONFLICT } : { filter, nodeNames };
  },
  preScore({ pod }) {
    const preferred = pod.spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution;
    if (preferred === undefined) return undefined;
    return {
      score: ({ node }) => preferred.reduce((sum, { weight, preference }) => sum + (matchesNodeTerm(preference, node) ? weight : 0), 0),
      normalise: (scores) => normaliseByMaximum(scores, false),
    };
  },
};
export default plugin;
