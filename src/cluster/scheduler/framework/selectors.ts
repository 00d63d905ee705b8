// Label selectors made ready once and matched often, and node selectors.
import { matchesSelector, selectorRequirements } from '../../api/selector.ts';
import type { LabelSelector, Node, NodeSelectorRequirement, NodeSelectorTerm } from '../../api/types.ts';

/** Labels, or fields that are matched like labels. */
export type Labels = Readonly<Record<string, string>>;
/** Tells whether labels match. */
export type Selector = (labels: Labels) => boolean;

const NOTHING: Selector = () => false;

/** A label selector as a predicate: none matches nothing, an empty one everything. */
export function labelSelector(selector: LabelSelector | undefined): Selector {
  if (!selector) return NOTHING;
  const requirements = selectorRequirements(selector);
  return (labels) => matchesSelector(requirements, labels);
}

/** Whether a selector has no requirements: it matches everything, and counts nothing in PodTopologySpread. */
export const isEmptySelector = (selector: LabelSelector | undefined): boolean =>
  selector !== undefined && selectorRequirements(selector).length === 0;

/** Whether every label that is wanted is there. */
export const hasLabels = (labels: Labels, wanted: Labels): boolean =>
  Object.entries(wanted).every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value);

const isInteger = (text: string | undefined): text is string => text !== undefined && /^[+-]?\d+$/.test(text);

/** One requirement of a node selector. Models k8s.io/apimachinery/pkg/labels/selector.go Requirement.Matches. */
function meets({ key, operator, values = [] }: NodeSelectorRequirement, labels: Labels): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return isInteger(value) && isInteger(values[0]) && BigInt(value) > BigInt(values[0]);
    case 'Lt':
      return isInteger(value) && isInteger(values[0]) && BigInt(value) < BigInt(values[0]);
    default:
      return false;
  }
}

/** Whether one term of a node selector matches; a term without requirements matches nothing. */
export function matchesNodeTerm(term: NodeSelectorTerm, node: Node): boolean {
  const { matchExpressions = [], matchFields = [] } = term;
  if (matchExpressions.length === 0 && matchFields.length === 0) return false;
  const labels = node.metadata.labels ?? {};
  return (
    matchExpressions.every((requirement) => meets(requirement, labels)) &&
    matchFields.every((requirement) => meets(requirement, { 'metadata.name': node.metadata.name }))
  );
}
