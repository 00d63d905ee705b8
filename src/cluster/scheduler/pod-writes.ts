// What the scheduler writes of Pods: bindings, status, evictions. Models plugins/defaultbinder and pkg/scheduler/util/utils.go.
import { must } from '../../base/assert.ts';
import type { ApiClient } from '../api/client.ts';
import type { ApiResponse } from '../api/request.ts';
import { RESOURCES, apiPath, podKey } from '../api/resources.ts';
import type { Binding, Pod, PodCondition } from '../api/types.ts';
import type { ClusterContext } from '../component.ts';
import type { PodInfo } from './framework/pod-info.ts';

const PODS = must(
  RESOURCES.find(({ resource }) => resource === 'pods'),
  'Pods are served',
);

type Done = (context: ClusterContext, response: ApiResponse) => void;

/** Writes of Pods. `startAtMs` is the date of instant 0. */
export interface PodWrites {
  bind(context: ClusterContext, pod: PodInfo, node: string, done: Done): void;
  /** Says that a Pod has no node and why, and where it may get one: undefined leaves that as it is, the empty text takes it back. */
  unscheduled(context: ClusterContext, pod: PodInfo, reason: string, message: string, nominated: string | undefined): void;
  clearNomination(context: ClusterContext, pod: PodInfo): void;
  /** Says of a Pod that it makes room for another, and deletes it. */
  evict(context: ClusterContext, victim: PodInfo, done: Done): void;
}

/** Writes through this client. */
export function createPodWrites(client: ApiClient, startAtMs: number): PodWrites {
  const dateNow = (context: ClusterContext): string => `${new Date(startAtMs + context.at).toISOString().slice(0, 19)}Z`;
  const patchStatus = (context: ClusterContext, { pod, namespace }: PodInfo, status: unknown, done: Done = () => {}): void => {
    const { name } = pod.metadata;
    client.request(
      context,
      {
        method: 'PATCH',
        path: apiPath(PODS, namespace, name, 'status'),
        contentType: 'application/strategic-merge-patch+json',
        body: { metadata: { uid: pod.metadata.uid }, status },
      },
      { level: 'api', label: `PATCH pods/${name}/status`, subject: podKey(namespace, name) },
      done,
    );
  };
  const conditionOf = (context: ClusterContext, pod: Pod, type: string, status: string, reason: string, message: string): PodCondition => {
    const before = pod.status.conditions?.find((one) => one.type === type);
    const since = before?.status === status ? before.lastTransitionTime : undefined;
    return {
      type,
      status,
      reason,
      message,
      lastTransitionTime: since ?? dateNow(context),
      ...(pod.metadata.generation !== undefined && { observedGeneration: pod.metadata.generation }),
    };
  };
  return {
    bind(context, { pod, namespace }, node, done) {
      const { name, uid } = pod.metadata;
      const body: Binding = {
        apiVersion: 'v1',
        kind: 'Binding',
        metadata: { name, namespace, ...(uid !== undefined && { uid }) },
        target: { kind: 'Node', name: node },
      };
      client.request(
        context,
        { method: 'POST', path: apiPath(PODS, namespace, name, 'binding'), body },
        { level: 'story', label: `bind ${node}`, subject: podKey(namespace, name) },
        done,
      );
    },
    unscheduled(context, info, reason, message, nominated) {
      const { pod } = info;
      const condition = conditionOf(context, pod, 'PodScheduled', 'False', reason, message);
      const before = pod.status.conditions?.find(({ type }) => type === 'PodScheduled');
      const same =
        before?.status === 'False' &&
        before.reason === reason &&
        before.message === message &&
        before.observedGeneration === condition.observedGeneration;
      const renominated = nominated !== undefined && nominated !== (pod.status.nominatedNodeName ?? '');
      if (same && !renominated) return;
      const nominatedNodeName = nominated === '' ? null : nominated;
      patchStatus(context, info, { conditions: [condition], ...(renominated && { nominatedNodeName }) });
    },
    clearNomination: (context, info) => patchStatus(context, info, { nominatedNodeName: null }),
    evict(context, victim, done) {
      const { pod, namespace } = victim;
      const { name } = pod.metadata;
      const text = 'default-scheduler: preempting to accommodate a higher priority pod';
      const condition = conditionOf(context, pod, 'DisruptionTarget', 'True', 'PreemptionByScheduler', text);
      patchStatus(context, victim, { conditions: [condition] }, (later) =>
        client.request(
          later,
          { method: 'DELETE', path: apiPath(PODS, namespace, name) },
          { level: 'story', label: `DELETE pods/${name}`, subject: podKey(namespace, name) },
          done,
        ),
      );
    },
  };
}
