// What the scheduler watches, put into its cache and queue. Models pkg/scheduler/eventhandlers.go.
import type { Instant } from '../../engine/records.ts';
import type { ApiClient } from '../api/client.ts';
import type { WatchEvent } from '../api/request.ts';
import type { Namespace, Node, Pod } from '../api/types.ts';
import type { ClusterContext } from '../component.ts';
import type { Cache } from './cache/cache.ts';
import type { Objects } from './cache/objects.ts';
import { podInfoOf } from './framework/pod-info.ts';
import { type AssignedPodAction, assignedPodChange, type NodeAction, nodeChange, type StorageResource } from './framework/requeue.ts';
import type { SchedulingQueue } from './queue/scheduling-queue.ts';

/** Pods of other schedulers are none of this one's business. */
const SCHEDULER_NAME = 'default-scheduler';

/** Opens the watches; `before` and `after` are called around each event; `synced` answers whether all that stands has been seen. */
export function startInformers(
  context: ClusterContext,
  client: ApiClient,
  cache: Cache,
  queue: SchedulingQueue,
  before: (context: ClusterContext) => void,
  after: (context: ClusterContext) => void,
): { synced(): boolean } {
  let opened = 0;
  let listed = 0;
  const open = <T>(
    path: string,
    query: Readonly<Record<string, string>>,
    onEvent: (type: WatchEvent['type'], object: T, at: Instant) => void,
  ): void => {
    opened += 1;
    client.watch(context, path, { ...query, sendInitialEvents: 'true', allowWatchBookmarks: 'true' }, (later, event) => {
      before(later);
      if (event.type === 'BOOKMARK') listed += 1;
      else if (event.type !== 'ERROR') onEvent(event.type, event.object as T, later.at);
      after(later);
    });
  };
  /** Objects that are only looked up; `resource`: their coming and changing may bring Pods back. */
  const look = <T>(path: string, objects: Objects<T>, resource?: StorageResource): void =>
    open<T>(path, {}, (type, object, at) => {
      if (type === 'DELETED') return objects.remove(object);
      const actions = [objects.set(object) ? 'Add' : 'Update'] as const;
      if (resource) queue.happened({ resource, actions }, at);
    });
  open<Node>('/api/v1/nodes', {}, (type, node, at) => onNode(cache, queue, type, node, at));
  open<Namespace>('/api/v1/namespaces', {}, (type, { metadata }) =>
    cache.setNamespace(metadata.name, type === 'DELETED' ? undefined : (metadata.labels ?? {})),
  );
  look('/api/v1/services', cache.services);
  look('/api/v1/persistentvolumeclaims', cache.claims, 'PersistentVolumeClaim');
  look('/api/v1/persistentvolumes', cache.volumes, 'PersistentVolume');
  look('/apis/storage.k8s.io/v1/storageclasses', cache.storageClasses, 'StorageClass');
  const running = { fieldSelector: 'status.phase!=Succeeded,status.phase!=Failed' };
  open<Pod>('/api/v1/pods', running, (type, pod, at) => onPod(cache, queue, type, pod, at));
  return { synced: () => listed >= opened };
}

function onNode(cache: Cache, queue: SchedulingQueue, type: WatchEvent['type'], node: Node, at: Instant): void {
  if (type === 'DELETED') {
    const before = cache.removeNode(node.metadata.name);
    if (before) queue.happened({ resource: 'Node', actions: ['Delete'], before }, at);
    return;
  }
  const before = cache.setNode(node);
  const actions: readonly NodeAction[] = before ? nodeChange(before, node) : ['Add'];
  if (actions.length > 0) queue.happened({ resource: 'Node', actions, ...(before && { before }), after: node }, at);
}

function onPod(cache: Cache, queue: SchedulingQueue, type: WatchEvent['type'], pod: Pod, at: Instant): void {
  const info = podInfoOf(pod);
  const { nodeName } = pod.spec;
  if (type === 'DELETED') {
    queue.remove(info.uid);
    cache.nominate(info, undefined);
    cache.removePod(info.uid);
    // A waiting Pod for which room was kept leaves that room to others.
    if (nodeName || pod.status.nominatedNodeName) queue.happened({ resource: 'AssignedPod', actions: ['Delete'], before: pod }, at);
    return;
  }
  if (nodeName) {
    const before = cache.isAssumed(info.uid) ? undefined : cache.pod(info.uid)?.pod;
    queue.remove(info.uid);
    cache.nominate(info, undefined);
    cache.setPod(info, nodeName);
    const actions: readonly AssignedPodAction[] = before ? assignedPodChange(before, pod) : ['Add'];
    if (actions.length > 0) queue.happened({ resource: 'AssignedPod', actions, ...(before && { before }), after: pod }, at);
    return;
  }
  if ((pod.spec.schedulerName ?? SCHEDULER_NAME) !== SCHEDULER_NAME || cache.isAssumed(info.uid)) return;
  cache.nominate(info, pod.status.nominatedNodeName);
  queue.set(info, at);
}
