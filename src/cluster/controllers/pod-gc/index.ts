// Pod garbage collection: Pods whose node is gone, Pods that end on a node declared out of service, and the oldest of too many that have
// ended. It looks every 20 s; here it looks only where there may be something to find. Pods that nobody has scheduled need no help: the
// API server removes them at once. Models pkg/controller/podgc/gc_controller.go.
import type { Instant } from '../../../engine/records.ts';
import { createApiClient } from '../../api/client.ts';
import { podKey } from '../../api/resources.ts';
import type { Node, Pod } from '../../api/types.ts';
import type { ClusterComponent, ClusterContext } from '../../component.ts';
import { controllerOf } from '../../names.ts';
import { note } from '../../notes.ts';
import { compareText } from '../../../base/order.ts';
import type { ControllerOptions } from '../controller.ts';
import { type Informer, startInformer } from '../informer.ts';

const LOOK_EVERY_MS = 20_000;
/** How long a node must have been gone. */
const QUARANTINE_MS = 40_000;
/** How many Pods that have ended may stay. */
const TERMINATED_THRESHOLD = 12_500;
const OUT_OF_SERVICE = 'node.kubernetes.io/out-of-service';

/** The Pod garbage collector. */
export default function createPodGcController({ startAtMs }: ControllerOptions): ClusterComponent {
  const client = createApiClient('kube-controller-manager');
  /** Nodes that are gone, and since when that is known. */
  const gone = new Map<string, Instant>();
  let known: { readonly nodes: Informer<Node>; readonly ended: Informer<Pod> } | undefined;
  let phaseMs = 0;
  let lookAt: Instant | undefined;

  const plan = (context: ClusterContext): void => {
    if (lookAt !== undefined) return;
    lookAt = phaseMs + Math.ceil((context.at + 1 - phaseMs) / LOOK_EVERY_MS) * LOOK_EVERY_MS;
    context.wake(lookAt - context.at, { type: 'wake', wake: 'look' });
  };
  const nodeChanged = (context: ClusterContext, name: string, _before: Node | undefined, node: Node | undefined): void => {
    if (node) gone.delete(name);
    else gone.set(name, Number.POSITIVE_INFINITY);
    if (!node || isOutOfService(node)) plan(context);
  };
  const podEnded = (context: ClusterContext): void => {
    if ((known?.ended.objects.size ?? 0) > TERMINATED_THRESHOLD) plan(context);
  };

  const look = (context: ClusterContext): void => {
    lookAt = undefined;
    collectEnded(context);
    for (const node of known?.nodes.objects.values() ?? []) if (isOutOfService(node)) collectTerminating(context, node.metadata.name);
    for (const [node, since] of [...gone]) {
      // At its first look a node that is gone is put into quarantine.
      if (since === Number.POSITIVE_INFINITY) gone.set(node, context.at);
      else if (context.at - since >= QUARANTINE_MS) collectOrphans(context, node);
    }
    if (gone.size > 0 || [...(known?.nodes.objects.values() ?? [])].some(isOutOfService)) plan(context);
  };
  const collectOrphans = (context: ClusterContext, node: string): void => {
    gone.delete(node);
    eachPodOn(context, node, (later, pod) => remove(later, pod, 'PodGC: node no longer exists'));
  };
  const collectTerminating = (context: ClusterContext, node: string): void => {
    eachPodOn(context, node, (later, pod) => {
      if (pod.metadata.deletionTimestamp !== undefined) remove(later, pod, undefined);
    });
  };
  const collectEnded = (context: ClusterContext): void => {
    const ended = [...(known?.ended.objects.values() ?? [])];
    const surplus = ended.length - TERMINATED_THRESHOLD;
    if (surplus <= 0) return;
    const byAge = (a: Pod, b: Pod) =>
      compareText(a.metadata.creationTimestamp ?? '', b.metadata.creationTimestamp ?? '') || compareText(a.metadata.name, b.metadata.name);
    for (const pod of ended.sort(byAge).slice(0, surplus)) remove(context, pod, undefined);
  };

  const eachPodOn = (context: ClusterContext, node: string, act: (context: ClusterContext, pod: Pod) => void): void => {
    const query = { fieldSelector: `spec.nodeName=${node}` };
    client.request(context, { method: 'GET', path: '/api/v1/pods', query }, { level: 'all', label: 'GET pods' }, (later, { body }) => {
      for (const pod of (body as { readonly items: readonly Pod[] }).items) act(later, pod);
    });
  };
  /** Says that a Pod has failed, where it has not ended, and removes it by force. */
  const remove = (context: ClusterContext, pod: Pod, why: string | undefined) => {
    const { name, namespace = '' } = pod.metadata;
    const path = `/api/v1/namespaces/${namespace}/pods/${name}`;
    const subject = podKey(namespace, name);
    const node = pod.spec.nodeName ?? '';
    context.because(note(context, 'pod-evicted', subject, { namespace, pod: name, node, reason: 'DeletionByPodGC' }, 'story'));
    const drop = (later: ClusterContext): void => {
      const shown = { level: 'story', label: `DELETE pods/${name}`, subject } as const;
      client.request(later, { method: 'DELETE', path, body: { gracePeriodSeconds: 0 } }, shown, () => undefined);
    };
    if (pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed') return drop(context);
    const condition = {
      type: 'DisruptionTarget',
      status: 'True',
      lastProbeTime: null,
      lastTransitionTime: `${new Date(startAtMs + context.at).toISOString().slice(0, 19)}Z`,
      reason: 'DeletionByPodGC',
      message: why,
    };
    const body = { status: { phase: 'Failed', ...(why !== undefined && { conditions: [condition] }) } };
    client.request(
      context,
      { method: 'PATCH', path: `${path}/status`, body },
      { level: 'api', label: `PATCH pods/${name}/status`, subject },
      drop,
    );
  };

  return {
    name: controllerOf('pod-gc'),
    handle(context, { body }) {
      if (body.type === 'start') {
        phaseMs = context.random('phase', context.self).below(LOOK_EVERY_MS);
        const query = { fieldSelector: 'status.phase!=Pending,status.phase!=Running,status.phase!=Unknown' };
        known = {
          nodes: startInformer<Node>(client, context, '/api/v1/nodes', {}, nodeChanged),
          ended: startInformer<Pod>(client, context, '/api/v1/pods', query, podEnded),
        };
      } else if (body.type === 'wake') look(context);
      else client.handle(context, body);
    },
  };
}

const isOutOfService = (node: Node): boolean =>
  (node.spec?.taints ?? []).some(({ key }) => key === OUT_OF_SERVICE) &&
  node.status?.conditions?.find(({ type }) => type === 'Ready')?.status !== 'True';
