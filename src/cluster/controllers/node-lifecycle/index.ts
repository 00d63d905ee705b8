// Node lifecycle: a node whose kubelet is not heard of becomes Unknown, is tainted, and its Pods are no longer Ready.
// Heartbeats are not simulated one by one: the fault that stops a kubelet says when the last one was, and from that follows at which of
// its looks (every five seconds) the controller misses it. Models pkg/controller/nodelifecycle/node_lifecycle_controller.go.
import type { Instant, RecordId } from '../../../engine/records.ts';
import type { WakeId } from '../../../engine/run.ts';
import { createApiClient } from '../../api/client.ts';
import { nodeKey, podKey } from '../../api/resources.ts';
import type { Lease, Node, NodeCondition, Pod, Taint } from '../../api/types.ts';
import { LEASE_NAMESPACE, lastRenewalMs } from '../../api/node-lease.ts';
import type { ClusterComponent, ClusterContext } from '../../component.ts';
import type { FaultMessage } from '../../messages.ts';
import { controllerOf } from '../../names.ts';
import { note } from '../../notes.ts';
import type { ControllerOptions } from '../controller.ts';
import { postEvent, referenceTo } from '../events.ts';
import { type Informer, startInformer } from '../informer.ts';
import { NODE_CONDITIONS, isReady, noExecuteTaint, noScheduleTaints, withTaints } from './taints.ts';

/** How often it looks at every node. */
const MONITOR_EVERY_MS = 5_000;
/** How long after the last heartbeat that it saw a node becomes Unknown. */
const GRACE_MS = 50_000;
/** How often a node may be given its NoExecute taint: one in ten seconds. */
const EVICTION_EVERY_MS = 10_000;
/** How often it sees to nodes that wait for one. */
const TAINTING_EVERY_MS = 100;
const COMPONENT = 'node-controller';

/** The node lifecycle controller. */
export default function createNodeLifecycleController({ startAtMs }: ControllerOptions): ClusterComponent {
  const client = createApiClient('kube-controller-manager');
  const notices = new Map<string, WakeId>();
  /** Nodes whose kubelet has fallen silent, and what made it. */
  const silent = new Map<string, RecordId>();
  let known: { readonly nodes: Informer<Node>; readonly leases: Informer<Lease> } | undefined;
  let nextEvictionAt: Instant = 0;
  let phaseMs = 0;

  /** Nodes without a kubelet stand as they are given. */
  const isManaged = (node: string): boolean => known?.leases.objects.has(`${LEASE_NAMESPACE}/${node}`) === true;
  const nextLook = (at: Instant): Instant => phaseMs + Math.ceil((at - phaseMs) / MONITOR_EVERY_MS) * MONITOR_EVERY_MS;

  const silence = (context: ClusterContext, node: string): void => {
    const since = Date.parse(known?.leases.objects.get(`${LEASE_NAMESPACE}/${node}`)?.spec?.renewTime ?? '');
    if (Number.isNaN(since) || notices.has(node)) return;
    const renewedAt = lastRenewalMs(since, startAtMs + context.at) - startAtMs;
    const noticedAt = nextLook(renewedAt) + GRACE_MS;
    notices.set(node, context.wake(Math.max(0, noticedAt - context.at), { type: 'wake', wake: 'unheard', key: node }));
  };
  const hear = (context: ClusterContext, node: string): void => {
    const notice = notices.get(node);
    notices.delete(node);
    if (notice !== undefined) context.cancel(notice);
  };

  /** The node is Unknown from now on. */
  const markUnknown = (context: ClusterContext, name: string): void => {
    notices.delete(name);
    const node = known?.nodes.objects.get(name);
    if (!node) return;
    const now = `${new Date(startAtMs + context.at).toISOString().slice(0, 19)}Z`;
    const body = { status: { conditions: unknownConditions(node, now) } };
    context.because(note(context, 'node-ready', nodeKey(name), { node: name, ready: 'Unknown' }, 'story'));
    const path = `/api/v1/nodes/${name}/status`;
    const shown = { level: 'story', label: `PATCH nodes/${name}/status`, subject: nodeKey(name) } as const;
    client.request(context, { method: 'PATCH', path, body }, shown, (later) => {
      const about = referenceTo('Node', node);
      postEvent(client, later, COMPONENT, startAtMs + later.at, {
        about,
        type: 'Normal',
        reason: 'NodeNotReady',
        message: `Node ${name} status is now: NodeNotReady`,
      });
      markPodsNotReady(later, name);
    });
  };

  const markPodsNotReady = (context: ClusterContext, node: string): void => {
    const query = { fieldSelector: `spec.nodeName=${node}` };
    client.request(context, { method: 'GET', path: '/api/v1/pods', query }, { level: 'all', label: 'GET pods' }, (later, { body }) => {
      for (const pod of (body as { readonly items: readonly Pod[] }).items) markPodNotReady(later, pod);
    });
  };
  const markPodNotReady = (context: ClusterContext, pod: Pod): void => {
    const { name, namespace = '', uid } = pod.metadata;
    const ready = pod.status.conditions?.find(({ type }) => type === 'Ready');
    if (ready?.status !== 'True') return;
    const now = `${new Date(startAtMs + context.at).toISOString().slice(0, 19)}Z`;
    const conditions = [{ ...ready, status: 'False', lastTransitionTime: now }];
    const path = `/api/v1/namespaces/${namespace}/pods/${name}/status`;
    const shown = { level: 'story', label: `PATCH pods/${name}/status`, subject: podKey(namespace, name) } as const;
    const body = { metadata: { uid }, status: { conditions } };
    client.request(context, { method: 'PATCH', path, body }, shown, () => undefined);
    const about = referenceTo('Pod', pod);
    postEvent(client, context, COMPONENT, startAtMs + context.at, {
      about,
      type: 'Warning',
      reason: 'NodeNotReady',
      message: 'Node is not ready',
    });
  };

  /** Taints that follow from conditions and from cordoning come at once. */
  const nodeChanged = (context: ClusterContext, name: string, _before: Node | undefined, node: Node | undefined): void => {
    if (!node || !known?.leases.isSynced || !isManaged(name)) return;
    setTaints(context, node, withTaints(node, 'NoSchedule', noScheduleTaints(node)));
    // The NoExecute taint follows at the next look: a node that is ready again loses it there.
    const wanted = noExecuteTaint(node);
    const has = (node.spec?.taints ?? []).filter(({ effect, key }) => effect === 'NoExecute' && NODE_CONDITIONS.has(key));
    if (wanted === undefined ? has.length > 0 : !has.some(({ key }) => key === wanted)) planLook(context, name);
  };
  const planned = new Set<string>();
  const planLook = (context: ClusterContext, name: string): void => {
    if (planned.has(name)) return;
    planned.add(name);
    const node = known?.nodes.objects.get(name);
    const isUnwell = node !== undefined && noExecuteTaint(node) !== undefined;
    // What is unwell is tainted soon after; what is well again, at the next look at all nodes.
    const at = isUnwell ? Math.max(context.at + TAINTING_EVERY_MS, nextEvictionAt) : nextLook(context.at + 1);
    if (isUnwell) nextEvictionAt = at + EVICTION_EVERY_MS;
    context.wake(at - context.at, { type: 'wake', wake: 'no-execute', key: name });
  };
  const look = (context: ClusterContext, name: string): void => {
    planned.delete(name);
    const node = known?.nodes.objects.get(name);
    if (!node) return;
    const wanted = noExecuteTaint(node);
    // Where no node is ready, the fault may be the controller's own: nothing is evicted.
    const managed = [...(known?.nodes.objects.values() ?? [])].filter(({ metadata }) => isManaged(metadata.name));
    if (wanted !== undefined && !managed.some(isReady)) return;
    setTaints(context, node, withTaints(node, 'NoExecute', wanted === undefined ? [] : [wanted]));
  };

  const setTaints = (context: ClusterContext, node: Node, taints: readonly Taint[] | undefined): void => {
    if (taints === undefined) return;
    const { name, uid, resourceVersion } = node.metadata;
    const now = `${new Date(startAtMs + context.at).toISOString().slice(0, 19)}Z`;
    const before = node.spec?.taints ?? [];
    const isIn = (list: readonly Taint[], { key, effect }: Taint) => list.some((each) => each.key === key && each.effect === effect);
    for (const taint of taints) if (!isIn(before, taint)) noteTaint(context, name, taint, true);
    for (const taint of before) if (!isIn(taints, taint)) noteTaint(context, name, taint, false);
    const timed = taints.map((taint) => (isIn(before, taint) ? taint : { ...taint, timeAdded: now }));
    // What has changed meanwhile is told by the watch, and decided anew.
    const body = { metadata: { uid, resourceVersion }, spec: { taints: timed.length === 0 ? null : timed } };
    const shown = { level: 'story', label: `PATCH nodes/${name}`, subject: nodeKey(name) } as const;
    client.request(context, { method: 'PATCH', path: `/api/v1/nodes/${name}`, body }, shown, () => undefined);
  };
  const noteTaint = (context: ClusterContext, node: string, { key, effect }: Taint, added: boolean): void => {
    context.because(note(context, 'node-tainted', nodeKey(node), { node, taint: `${key}:${effect}`, added }, 'story'));
  };

  const start = (context: ClusterContext): void => {
    phaseMs = context.random('phase', context.self).below(MONITOR_EVERY_MS);
    const leases = startInformer<Lease>(
      client,
      context,
      `/apis/coordination.k8s.io/v1/namespaces/${LEASE_NAMESPACE}/leases`,
      {},
      () => undefined,
      // A kubelet may have stopped before its Lease was known here.
      (synced) => {
        for (const [node, cause] of silent) {
          synced.because(cause);
          silence(synced, node);
        }
      },
    );
    known = { leases, nodes: startInformer<Node>(client, context, '/api/v1/nodes', {}, nodeChanged) };
  };
  const struck = (context: ClusterContext, { kind, node = '' }: FaultMessage): void => {
    if (kind.endsWith('-down')) {
      silent.set(node, context.cause);
      silence(context, node);
    } else {
      silent.delete(node);
      hear(context, node);
    }
  };

  return {
    name: controllerOf('node-lifecycle'),
    handle(context, { body }) {
      if (body.type === 'start') start(context);
      else if (body.type === 'fault') struck(context, body);
      else if (body.type === 'wake' && body.wake === 'unheard') markUnknown(context, body.key ?? '');
      else if (body.type === 'wake' && body.wake === 'no-execute') look(context, body.key ?? '');
      else client.handle(context, body);
    },
  };
}

/** Every condition that a kubelet keeps, unknown. */
function unknownConditions(node: Node, now: string): NodeCondition[] {
  return ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'].map((type) => {
    const before = node.status?.conditions?.find((each) => each.type === type);
    const posted = before !== undefined;
    return {
      ...before,
      type,
      status: 'Unknown',
      lastTransitionTime: now,
      ...(!posted && { lastHeartbeatTime: node.metadata.creationTimestamp ?? now }),
      reason: posted ? 'NodeStatusUnknown' : 'NodeStatusNeverUpdated',
      message: posted ? 'Kubelet stopped posting node status.' : 'Kubelet never posted node status.',
    };
  });
}
