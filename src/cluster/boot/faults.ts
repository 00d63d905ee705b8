// What a person breaks: noted, and handed to whatever it strikes.
import { nodeKey, podKey } from '../api/resources.ts';
import type { Pod } from '../api/types.ts';
import type { ClusterComponent, ClusterContext } from '../component.ts';
import type { FaultMessage } from '../messages.ts';
import { API_SERVER, FAULTS, NETWORK, SCHEDULER, controllerOf, kubeletOf, runtimeOf } from '../names.ts';
import { note } from '../notes.ts';

/** What the faults need to know of the cluster. */
export interface Struck {
  /** Nodes with a kubelet. */
  readonly nodes: readonly string[];
  /** A stored object, by its key. */
  peek(key: string): unknown;
  /** Whether a component takes part in this cluster. */
  has(component: string): boolean;
}

/** The component that takes faults. */
export function createFaults(cluster: Struck): ClusterComponent {
  return {
    name: FAULTS,
    handle(context, { body }) {
      if (body.type !== 'fault') return;
      const fault = body.pod === undefined ? body : { ...body, pod: fullPodName(cluster, body.pod) };
      const subject = fault.pod !== undefined ? keyOfPod(fault.pod) : body.node === undefined ? '' : nodeKey(body.node);
      context.because(note(context, 'fault', subject, { kind: body.kind, target: targetOf(body) }, 'story'));
      for (const component of componentsFor(cluster, fault, subject)) strike(context, cluster, component, fault);
    },
  };
}

const targetOf = ({ pod, node, container }: FaultMessage): string =>
  [pod ?? node ?? '', ...(container === undefined ? [] : [container])].join('/');

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

/** Whom a fault strikes, in the order in which they notice. */
function componentsFor(cluster: Struck, { kind, node = '' }: FaultMessage, subject: string): readonly string[] {
  switch (kind) {
    case 'scheduler-down':
    case 'scheduler-up':
      return [SCHEDULER, API_SERVER];
    case 'node-down':
    case 'node-up':
      return [runtimeOf(node), kubeletOf(node), NETWORK, API_SERVER, controllerOf('node-lifecycle')];
    case 'kubelet-down':
    case 'kubelet-up':
      return [kubeletOf(node), API_SERVER, controllerOf('node-lifecycle')];
    case 'registry-down':
    case 'registry-up':
      return cluster.nodes.map(runtimeOf);
    case 'static-add':
    case 'static-remove':
      return [kubeletOf(node)];
    case 'condition':
      return [];
    default: {
      // Everything else strikes a Pod, where it runs.
      const { nodeName = '' } = (cluster.peek(subject) as Pod | undefined)?.spec ?? {};
      return nodeName === '' ? [] : [runtimeOf(nodeName)];
    }
  }
}
