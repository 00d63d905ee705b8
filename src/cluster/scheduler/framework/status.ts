// What a plugin says of a Pod or of a Pod on a node. Models staging/src/k8s.io/kube-scheduler/framework/interface.go (Status).

/** `Unschedulable`: other Pods could make room. `UnschedulableAndUnresolvable`: preempting any of them would not help. */
export type Code = 'Success' | 'Error' | 'Unschedulable' | 'UnschedulableAndUnresolvable';

/** A code with the reasons for it, as they appear in FailedScheduling. */
export interface Status {
  readonly code: Code;
  readonly reasons: readonly string[];
}

/** A status and the plugin that gave it. */
export interface Rejection extends Status {
  readonly plugin: string;
}

/** Nothing is in the way. */
export const SUCCESS: Status = { code: 'Success', reasons: [] };

/** Not now, though other Pods could make room. */
export const unschedulable = (...reasons: string[]): Status => ({ code: 'Unschedulable', reasons });

/** Not on this node as it is, whatever other Pods do. */
export const unresolvable = (...reasons: string[]): Status => ({ code: 'UnschedulableAndUnresolvable', reasons });
