// Taint eviction: Pods that do not tolerate a NoExecute taint of their node are deleted, at once or when their tolerationSeconds are over.
// Models pkg/controller/tainteviction/taint_eviction.go.
import type { WakeId } from '../../../engine/run.ts';
import { createApiClient } from '../../api/client.ts';
import { nodeKey, podKey } from '../../api/resources.ts';
import type { Lease, Node, Pod } from '../../api/types.ts';
import { LEASE_NAMESPACE } from '../../api/node-lease.ts';
import type { ClusterComponent, ClusterContext } from '../../component.ts';
import { controllerOf } from '../../names.ts';
import { note } from '../../notes.ts';
import type { ControllerOptions } from '../controller.ts';
import { postEvent } from '../events.ts';
import { type Informer, startInformer } from '../informer.ts';
import { noExecuteTaints, toleratedForMs } from './tolerations.ts';

const COMPONENT = 'taint-eviction-controller';

/** The taint eviction controller. */
export default function createTaintEvictionController({ startAtMs }: ControllerOptions): ClusterComponent {
  const client = createApiClient('kube-controller-manager');
  /** Pods are watched only on the nodes that have such a taint. */
  const podsOn = new Map<string, Informer<Pod>>();
  const planned = new Map<string, WakeId>();
  let known: { readonly nodes: Informer<Node>; readonly leases: Informer<Lease> } | undefined;

  const isManaged = (node: string): boolean => known?.leases.objects.has(`${LEASE_NAMESPACE}/${node}`) === true;
  const say = (context: ClusterContext, pod: Pod, message: string): void => {
    const { name, namespace, uid } = pod.metadata;
    const about = { apiVersion: 'v1', kind: 'Pod', name, ...(namespace !== undefined && { namespace }), ...(uid !== undefined && { uid }) };
    postEvent(client, context, COMPONENT, startAtMs + context.at, { about, type: 'Normal', reason: 'TaintManagerEviction', message });
  };

  const nodeChanged = (context: ClusterContext, name: string, _before: Node | undefined, node: Node | undefined): void => {
    if (!known?.leases.isSynced || !isManaged(name)) return;
    const isTainted = node !== undefined && noExecuteTaints(node).length > 0;
    const pods = podsOn.get(name);
    if (isTainted && !pods) {
      const query = { fieldSelector: `spec.nodeName=${name}` };
      podsOn.set(name, startInformer<Pod>(client, context, '/api/v1/pods', query, podChanged));
    } else if (isTainted && pods) {
      for (const pod of [...pods.objects.values()]) judge(context, pod);
    } else if (pods) {
      for (const pod of pods.objects.values()) forget(context, pod, true);
      pods.stop(context);
      podsOn.delete(name);
    }
  };
  const podChanged = (context: ClusterContext, _key: string, before: Pod | undefined, pod: Pod | undefined): void => {
    if (pod) judge(context, pod);
    else if (before) forget(context, before, false);
  };

  /** Decides about a Pod on a tainted node. */
  const judge = (context: ClusterContext, pod: Pod) => {
    const node = known?.nodes.objects.get(pod.spec.nodeName ?? '');
    if (!node || pod.metadata.deletionTimestamp !== undefined) return forget(context, pod, false);
    const forMs = toleratedForMs(noExecuteTaints(node), pod.spec.tolerations ?? []);
    if (forMs === undefined) return forget(context, pod, true);
    const key = keyOf(pod);
    if (planned.has(key)) return;
    planned.set(key, context.wake(forMs, { type: 'wake', wake: 'evict', key, value: pod }));
  };
  const forget = (context: ClusterContext, pod: Pod, isSpared: boolean): void => {
    const wake = planned.get(keyOf(pod));
    if (wake === undefined) return;
    planned.delete(keyOf(pod));
    context.cancel(wake);
    if (isSpared) say(context, pod, `Cancelling deletion of Pod ${nameOf(pod)}`);
  };

  const evict = (context: ClusterContext, key: string, pod: Pod): void => {
    planned.delete(key);
    const { name, namespace = '', uid } = pod.metadata;
    const node = pod.spec.nodeName ?? '';
    const subject = podKey(namespace, name);
    context.because(note(context, 'pod-evicted', subject, { namespace, pod: name, node, reason: 'DeletionByTaintManager' }, 'story'));
    say(context, pod, `Marking for deletion Pod ${nameOf(pod)}`);
    const path = `/api/v1/namespaces/${namespace}/pods/${name}`;
    const condition = {
      type: 'DisruptionTarget',
      ...(pod.metadata.generation !== undefined && { observedGeneration: pod.metadata.generation }),
      status: 'True',
      lastProbeTime: null,
      lastTransitionTime: `${new Date(startAtMs + context.at).toISOString().slice(0, 19)}Z`,
      reason: 'DeletionByTaintManager',
      message: 'Taint manager: deleting due to NoExecute taint',
    };
    const patch = { metadata: { uid }, status: { conditions: [condition] } };
    const shown = { level: 'api', label: `PATCH pods/${name}/status`, subject } as const;
    client.request(context, { method: 'PATCH', path: `${path}/status`, body: patch }, shown, (later, { code }) => {
      if (code >= 400) return;
      client.request(later, { method: 'DELETE', path }, { level: 'story', label: `DELETE pods/${name}`, subject }, () => undefined);
    });
  };

  return {
    name: controllerOf('taint-eviction'),
    handle(context, { body }) {
      if (body.type === 'start') {
        const path = `/apis/coordination.k8s.io/v1/namespaces/${LEASE_NAMESPACE}/leases`;
        const leases = startInformer<Lease>(client, context, path, {}, () => undefined);
        known = { leases, nodes: startInformer<Node>(client, context, '/api/v1/nodes', {}, nodeChanged) };
      } else if (body.type === 'wake') evict(context, body.key ?? '', body.value as Pod);
      else client.handle(context, body);
    },
  };
}

const keyOf = ({ metadata }: Pod): string => metadata.uid ?? nodeKey(metadata.name);
const nameOf = ({ metadata: { namespace = '', name } }: Pod): string => `${namespace}/${name}`;
