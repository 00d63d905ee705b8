// What happens in the cluster that could make a Pod schedulable that was not. Models pkg/scheduler/framework/events.go.
import { equal } from '../../../base/json.ts';
import type { Node, Pod } from '../../api/types.ts';
import { podRequests } from './resources.ts';

/** A change of a node. */
export type NodeAction = 'Add' | 'Delete' | 'UpdateTaint' | 'UpdateLabel' | 'UpdateAllocatable' | 'UpdateCondition';
/** A change of a Pod that has a node. */
export type AssignedPodAction = 'Add' | 'Delete' | 'UpdateLabel' | 'ScaleDown';
/** A change of the waiting Pod itself. */
export type OwnAction = 'UpdateLabel' | 'UpdateToleration' | 'ScaleDown' | 'GatesEliminated';

/** Objects that volumes are made of. */
export type StorageResource = 'PersistentVolumeClaim' | 'PersistentVolume' | 'StorageClass';
/** A change of such an object. */
export type StorageAction = 'Add' | 'Update';

/** Something that happened. */
export type ClusterEvent =
  | { readonly resource: 'Node'; readonly actions: readonly NodeAction[]; readonly before?: Node; readonly after?: Node }
  | { readonly resource: 'AssignedPod'; readonly actions: readonly AssignedPodAction[]; readonly before?: Pod; readonly after?: Pod }
  | { readonly resource: StorageResource; readonly actions: readonly StorageAction[] }
  | { readonly resource: 'Own'; readonly actions: readonly OwnAction[] };

/** A kind of event for which a plugin asks, with a closer look that it may take at the event: true means try again. */
export type RequeueRule =
  | {
      readonly resource: 'Node';
      readonly actions: readonly NodeAction[];
      readonly hint?: (pod: Pod, before: Node | undefined, after: Node | undefined) => boolean;
    }
  | {
      readonly resource: 'AssignedPod';
      readonly actions: readonly AssignedPodAction[];
      readonly hint?: (pod: Pod, before: Pod | undefined, after: Pod | undefined) => boolean;
    }
  | { readonly resource: StorageResource; readonly actions: readonly StorageAction[] }
  | { readonly resource: 'Own'; readonly actions: readonly OwnAction[] };

/** Whether an event is one for which the rule asks. */
export function ruleMatches(rule: RequeueRule, event: ClusterEvent, pod: Pod): boolean {
  if (rule.resource !== event.resource) return false;
  const asked: readonly string[] = rule.actions;
  if (!event.actions.some((action) => asked.includes(action))) return false;
  if (rule.resource === 'Node' && event.resource === 'Node') return rule.hint?.(pod, event.before, event.after) ?? true;
  if (rule.resource === 'AssignedPod' && event.resource === 'AssignedPod') return rule.hint?.(pod, event.before, event.after) ?? true;
  return true;
}

/** How a node changed, as far as the scheduler cares. Models nodeSchedulingPropertiesChange. */
export function nodeChange(before: Node, after: Node): NodeAction[] {
  const actions: NodeAction[] = [];
  if (before.spec.unschedulable !== after.spec.unschedulable || !equal(before.spec.taints, after.spec.taints)) actions.push('UpdateTaint');
  if (!equal(before.metadata.labels, after.metadata.labels)) actions.push('UpdateLabel');
  if (!equal(before.status.allocatable, after.status.allocatable)) actions.push('UpdateAllocatable');
  return actions;
}

const scaledDown = (before: Pod, after: Pod): boolean => {
  const [old, now] = [podRequests(before), podRequests(after)];
  return now.cpuMilli < old.cpuMilli || now.memoryBytes < old.memoryBytes;
};

/** How a Pod that has a node changed, as far as others care. */
export function assignedPodChange(before: Pod, after: Pod): AssignedPodAction[] {
  const actions: AssignedPodAction[] = [];
  if (!equal(before.metadata.labels, after.metadata.labels)) actions.push('UpdateLabel');
  if (scaledDown(before, after)) actions.push('ScaleDown');
  return actions;
}

/** How a waiting Pod changed. Models podSchedulingPropertiesChange. */
export function ownChange(before: Pod, after: Pod): OwnAction[] {
  const actions: OwnAction[] = [];
  if (!equal(before.metadata.labels, after.metadata.labels)) actions.push('UpdateLabel');
  if (!equal(before.spec.tolerations, after.spec.tolerations)) actions.push('UpdateToleration');
  if (scaledDown(before, after)) actions.push('ScaleDown');
  if ((before.spec.schedulingGates ?? []).length > 0 && (after.spec.schedulingGates ?? []).length === 0) actions.push('GatesEliminated');
  return actions;
}
