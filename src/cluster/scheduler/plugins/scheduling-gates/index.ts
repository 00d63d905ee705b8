// SchedulingGates: a Pod with scheduling gates does not enter the queue. Models plugins/schedulinggates.
import type { Plugin } from '../../framework/plugin.ts';
import { SUCCESS, unresolvable } from '../../framework/status.ts';

const plugin: Plugin = {
  name: 'SchedulingGates',
  order: 1,
  requeue: [{ resource: 'Own', actions: ['GatesEliminated'] }],
  preEnqueue(pod) {
    const gates = pod.spec.schedulingGates ?? [];
    if (gates.length === 0) return SUCCESS;
    return unresolvable(`waiting for scheduling gates: [${gates.map((gate) => gate.name).join(' ')}]`);
  },
};
export default plugin;
