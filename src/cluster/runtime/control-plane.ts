// The scheduler is a program in a container of a static Pod, as every component of the control plane: with its container it ends and runs
// again. What it does is a component of its own; here the two are tied together.
import { API_SERVER, SCHEDULER } from '../names.ts';
import type { Container, RuntimeNode } from './node.ts';

const NAMESPACE = 'kube-system';
const NAME = 'kube-scheduler';

/** The process of a container has started, or has ended. */
export function turnComponent(node: RuntimeNode, { sandbox, config }: Container, runs: boolean) {
  const { name, namespace } = sandbox.pod;
  if (config.name !== NAME || namespace !== NAMESPACE || name !== `${NAME}-${node.options.node}`) return;
  // The API server loses the connections of a process that has ended.
  for (const component of [SCHEDULER, API_SERVER]) {
    node.context().signal(component, { type: 'fault', kind: runs ? 'scheduler-up' : 'scheduler-down' });
  }
}
