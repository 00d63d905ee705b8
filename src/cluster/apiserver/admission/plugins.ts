// The admission plugins that are on, in the order of pkg/kubeapiserver/options/plugins.go.
import type { AdmissionPlugin } from './plugin.ts';
import { defaultTolerationSeconds } from './default-toleration-seconds/default-toleration-seconds.ts';
import { limitRanger } from './limit-ranger/limit-ranger.ts';
import { namespaceLifecycle } from './namespace-lifecycle/namespace-lifecycle.ts';
import { podTopologyLabels } from './pod-topology-labels/pod-topology-labels.ts';
import { priority } from './priority/priority.ts';
import { resourceQuota } from './resource-quota/resource-quota.ts';
import { runtimeClass } from './runtime-class/runtime-class.ts';
import { serviceAccount } from './service-account/service-account.ts';
import { taintNodesByCondition } from './taint-nodes-by-condition/taint-nodes-by-condition.ts';

/** In order. PodSecurity is on as well, at its default level `privileged`, which lets everything pass. */
export const PLUGINS: readonly AdmissionPlugin[] = [
  namespaceLifecycle,
  limitRanger,
  serviceAccount,
  taintNodesByCondition,
  priority,
  defaultTolerationSeconds,
  runtimeClass,
  podTopologyLabels,
  resourceQuota,
];
