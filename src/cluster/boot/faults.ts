// What a person breaks: noted, and handed to whatever it strikes. A condition of a Pod is set as a controller of the person's own would
// set it: through the API server.
import { type ApiClient, createApiClient } from '../api/client.ts';
import { nodeKey, podKey } from '../api/resources.ts';
import type { Pod } from '../api/types.ts';
import type { ClusterComponent, ClusterContext } from '../component.ts';
import type { FaultMessage } from '../messages.ts';
import { API_SERVER, FAULTS, NETWORK, SCHEDULER, controllerOf, kubeletOf, runtimeOf } from '../names.ts';
import { type Notes, note } from '../notes.ts';
import { timeText } from './nodes.ts';

/** What the faults need to know of the cluster. */
export interface Struck {
  /** The date of instant 0. */
  readonly startAtMs: number;
  /** Nodes with a kubelet. */
  readonly nodes: readonly string[];
  /** Where the scheduler's manifest lies, in a cluster that has a control plane. */
  readonly scheduler: { readonly node: string; manifest(): string } | undefined;
  /** A stored object, by its key. */
  peek(key: string): unknown;
  /** Whether a component takes part in this cluster. */
  has(component: string): boolean;
}

/** The component that takes faults. */
export function createFaults(cluster: Struck): ClusterComponent {
  const client = createApiClient('podscope');
  return {
    name: FAULTS,
    handle(context, { body }) {
      if (body.type === 'response') client.handle(context, body);
      if (body.type !== 'fault') return;
      const fault = body.pod === undefined ? body : { ...body, pod: fullPodName(cluster, body.pod) };
      const subject = fault.pod !== undefined ? keyOfPod(fault.pod) : body.node === undefined ? '' : nodeKey(body.node);
      context.because(note(context, 'fault', subject, noteOf(body), 'story'));
      if (body.kind === 'condition') return setCondition(context, client, cluster, fault, subject);
      if (body.kind === 'scheduler-down' || body.kind === 'scheduler-up') turnScheduler(context, cluster, body.kind === 'scheduler-up');
      else for (const component of componentsFor(cluster, fault, subject)) strike(context, cluster, component, fault);
    },
  };
}

function noteOf({ kind, pod, node, container, to, condition, signal }: FaultMessage): Notes['fault'] {
  const target = [pod ?? node ?? '', ...(container === undefined ? [] : [container])].join('/');
  const detail = condition ? `${condition.type}=${condition.status}` : signal === undefined ? to : `signal ${signal}`;
  return { kind, target, ...(detail !== undefined && { detail }) };
}

/** Writes a condition into a Pod's status, as what stands behind a readiness gate does. */
function setCondition(context: ClusterContext, client: ApiClient, cluster: Struck, { condition }: FaultMessage, subject: string): void {
  const pod = cluster.peek(subject) as Pod | undefined;
  if (!pod || !condition) return;
  const { namespace = 'default', name } = pod.metadata;
  const before = pod.status.conditions?.find(({ type }) => type === condition.type);
  const now = timeText(cluster.startAtMs + context.at);
  const lastTransitionTime = before?.status === condition.status ? before.lastTransitionTime : now;
  const request = {
    method: 'PATCH',
    path: `/api/v1/namespaces/${namespace}/pods/${name}/status`,
    contentType: 'application/strategic-merge-patch+json',
    body: { status: { conditions: [{ ...condition, lastTransitionTime }] } },
  } as const;
  client.request(context, request, { level: 'story', label: `PATCH pods/${name}/status`, subject }, () => undefined);
}

/** The key of a Pod by `name` (in default) or `namespace/name`. */
function keyOfPod(text: string): string {
  const [first = '', second] = text.split('/');
  return second === undefined ? podKey('default', first) : podKey(first, second);
}

/** A static Pod may be named as its manifest does; on its node it is called after the node, too. */
function fullPodName(cluster: Struck, text: string): string {
  if (cluster.peek(keyOfPod(text)) !== undefined) return text;
  const node = cluster.nodes.find((each) => cluster.peek(keyOfPod(`${text}-${each}`)) !== undefined);
  return node === undefined ? text : `${text}-${node}`;
}

function strike(context: ClusterContext, cluster: Struck, component: string, fault: FaultMessage): void {
  if (cluster.has(component)) context.signal(component, fault);
}

const SCHEDULER_POD = 'kube-system/kube-scheduler';

/** Takes the scheduler's manifest away or puts it back. It acts no more at once, and again when its container runs. */
function turnScheduler(context: ClusterContext, cluster: Struck, runs: boolean): void {
  const { node, manifest } = cluster.scheduler ?? {};
  const stands = cluster.peek(keyOfPod(`${SCHEDULER_POD}-${node}`)) !== undefined;
  if (!runs || node === undefined || stands) {
    const kind = runs ? 'scheduler-up' : 'scheduler-down';
    for (const component of [SCHEDULER, API_SERVER]) strike(context, cluster, component, { type: 'fault', kind });
  }
  if (node === undefined || manifest === undefined) return;
  const file = runs ? ({ kind: 'static-add', manifest: manifest() } as const) : ({ kind: 'static-remove', pod: SCHEDULER_POD } as const);
  for (const component of [runtimeOf(node), kubeletOf(node)]) strike(context, cluster, component, { type: 'fault', node, ...file });
}

/** Whom a fault strikes, in the order in which they notice. */
function componentsFor(cluster: Struck, { kind, node = '' }: FaultMessage, subject: string): readonly string[] {
  switch (kind) {
    case 'node-down':
    case 'node-up':
      return [runtimeOf(node), kubeletOf(node), NETWORK, API_SERVER, controllerOf('node-lifecycle')];
    case 'kubelet-down':
    case 'kubelet-up':
      return [kubeletOf(node), runtimeOf(node), API_SERVER, controllerOf('node-lifecycle')];
    case 'registry-down':
    case 'registry-up':
      return cluster.nodes.map(runtimeOf);
    case 'static-add':
    case 'static-remove':
      return [runtimeOf(node), kubeletOf(node)];
    default: {
      // Everything else strikes a Pod, where it runs.
      const { nodeName = '' } = (cluster.peek(subject) as Pod | undefined)?.spec ?? {};
      return nodeName === '' ? [] : [runtimeOf(nodeName)];
    }
  }
}
