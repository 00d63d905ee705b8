// What is to be broken: what was pointed at on the stage, or what is selected.
import { containerOfSelection, containerSelection, nodeOfSelection, podOfSelection } from '../../session/cursor.ts';

/** A container, a Pod, a node, or the cluster as a whole. `pod` is the Pod's key in etcd. */
export type Target =
  | { readonly kind: 'container'; readonly pod: string; readonly container: string }
  | { readonly kind: 'pod'; readonly pod: string }
  | { readonly kind: 'node'; readonly node: string }
  | { readonly kind: 'cluster' };

const NODES = '/registry/minions/';

/** What a selection names; undefined for what cannot be broken. */
export function targetOfSelection(selection: string | undefined): Target | undefined {
  const pod = podOfSelection(selection);
  const container = containerOfSelection(selection);
  if (pod !== undefined) return container === undefined ? { kind: 'pod', pod } : { kind: 'container', pod, container };
  const node = nodeOfSelection(selection);
  return node === undefined ? undefined : { kind: 'node', node };
}

/** The selection that a target is. */
export function selectionOfTarget(target: Target): string | undefined {
  if (target.kind === 'container') return containerSelection(target.pod, target.container);
  if (target.kind === 'pod') return target.pod;
  return target.kind === 'node' ? `${NODES}${target.node}` : undefined;
}

/** The part of a figure that an element belongs to, by the attributes that figures give their parts; undefined for none. */
export function targetOfElement(element: Element): Target | undefined {
  const near = (name: string): string | undefined => element.closest(`[data-${name}]`)?.getAttribute(`data-${name}`) ?? undefined;
  const selected = targetOfSelection(near('select') ?? near('object'));
  if (selected) return selected;
  const pod = near('pod');
  const container = near('container');
  // pause is no container of the Pod's spec: it is what makes the Pod.
  if (pod !== undefined && container !== undefined && container !== 'pause') return { kind: 'container', pod, container };
  if (pod !== undefined) return { kind: 'pod', pod };
  const part = near('part');
  const [component, ofNode] = part?.split('/') ?? [];
  if ((component === 'kubelet' || component === 'runtime' || component === 'containerd') && ofNode !== undefined)
    return { kind: 'node', node: ofNode };
  if (part !== undefined) return { kind: 'cluster' };
  const node = near('node');
  return node === undefined ? undefined : { kind: 'node', node };
}
