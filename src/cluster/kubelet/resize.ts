// What each container has been given of its resources, and changing that while it runs. Models pkg/kubelet/allocation and
// doPodResizeAction of pkg/kubelet/kuberuntime.
import { equal } from '../../base/json.ts';
import { podRequests } from '../api/pod-resources.ts';
import { milliValue, unitValue } from '../api/quantity.ts';
import type { Container, Pod, ResourceRequirements } from '../api/types.ts';
import type { Kubelet } from './parts.ts';
import { isTerminalPhase, keyOf, uidOf } from './pods.ts';
import { newestOf, type RuntimePod } from './runtime-pod.ts';
import type { Verdict } from './status/conditions.ts';
import type { Task } from './tasks.ts';

/** The resources of this kubelet's containers. */
export interface Allocation {
  /** What a container has now. */
  resourcesOf(pod: Pod, container: Container): ResourceRequirements;
  conditionsOf(pod: Pod): readonly Verdict[];
  /** A Pod's spec asks for other amounts: takes them over if the node has them. Models retryPendingResizes. */
  admit(pod: Pod): void;
  /** Containers whose policy wants them started again for what they are to be given. */
  restarts(pod: Pod): ReadonlySet<string>;
  /** Tells the runtime of amounts that were taken over. */
  actuate(pod: Pod, runtime: RuntimePod): Task<void>;
  forget(podUid: string): void;
  reset(): void;
}

interface Given {
  readonly allocated: Map<string, ResourceRequirements>;
  readonly actual: Map<string, ResourceRequirements>;
  pending: Verdict | undefined;
  inProgress: boolean;
  generation: number;
}

/** Nothing is given yet. */
export function createAllocation(kubelet: Kubelet): Allocation {
  const pods = new Map<string, Given>();
  const containersIn = (pod: Pod): readonly Container[] => [...(pod.spec.initContainers ?? []), ...pod.spec.containers];
  const givenTo = (pod: Pod): Given => {
    const known = pods.get(uidOf(pod));
    if (known) return known;
    const all = new Map(containersIn(pod).map((each) => [each.name, each.resources ?? {}]));
    const made: Given = {
      allocated: all,
      actual: new Map(all),
      pending: undefined,
      inProgress: false,
      generation: pod.metadata.generation ?? 1,
    };
    pods.set(uidOf(pod), made);
    return made;
  };
  /** `Pod resize started: {"containers":[...],"generation":2}` */
  const say = (pod: Pod, reason: string, lead: string): void => {
    const containers = pod.spec.containers.map(({ name, resources = {} }) => ({ name, resources: sortedResources(resources) }));
    const text = JSON.stringify({ containers, generation: pod.metadata.generation ?? 1 });
    kubelet.events.pod(pod, 'Normal', reason, `${lead}: ${text}`);
  };
  const restarts = (pod: Pod): ReadonlySet<string> => {
    const given = givenTo(pod);
    if (!given.inProgress) return new Set();
    const must = containersIn(pod).filter((each) =>
      needsRestart(each, given.actual.get(each.name) ?? {}, given.allocated.get(each.name) ?? {}),
    );
    return new Set(must.map((each) => each.name));
  };
  return {
    restarts,
    resourcesOf: (pod, container) => givenTo(pod).actual.get(container.name) ?? container.resources ?? {},
    conditionsOf(pod) {
      const given = givenTo(pod);
      return [...(given.pending ? [given.pending] : []), ...(given.inProgress ? [{ type: 'PodResizeInProgress', status: 'True' }] : [])];
    },
    admit(pod) {
      const given = givenTo(pod);
      const changed = containersIn(pod).filter((each) => !equal(each.resources ?? {}, given.allocated.get(each.name) ?? {}));
      if (changed.length === 0) {
        given.pending = undefined;
        return;
      }
      const refusal = refuse(kubelet, pod);
      if (refusal) {
        const isNew = given.pending?.message !== refusal.message;
        given.pending = refusal;
        const text = JSON.stringify({
          containers: pod.spec.containers.map(({ name, resources = {} }) => ({ name, resources: sortedResources(resources) })),
          generation: pod.metadata.generation ?? 1,
          error: refusal.message,
        });
        const reason = refusal.reason === 'Infeasible' ? 'ResizeInfeasible' : 'ResizeDeferred';
        if (isNew) kubelet.events.pod(pod, 'Warning', reason, `Pod resize ${refusal.reason}: ${text}`);
        return;
      }
      given.pending = undefined;
      given.inProgress = true;
      given.generation = pod.metadata.generation ?? 1;
      for (const each of changed) given.allocated.set(each.name, each.resources ?? {});
      say(pod, 'ResizeStarted', 'Pod resize started');
    },
    *actuate(pod, runtime) {
      const given = givenTo(pod);
      if (!given.inProgress) return;
      const restarting = restarts(pod);
      for (const container of containersIn(pod)) {
        const wanted = given.allocated.get(container.name) ?? {};
        const running = newestOf(runtime, container.name);
        if (equal(wanted, given.actual.get(container.name) ?? {})) continue;
        given.actual.set(container.name, wanted);
        if (running?.state !== 'running' || restarting.has(container.name)) continue;
        const { cpu, memory } = wanted.limits ?? {};
        yield* kubelet.host.cri(
          {
            call: 'UpdateContainerResources',
            containerId: running.id,
            ...(cpu ? { cpuLimitMilli: milliValue(cpu) } : {}),
            ...(memory ? { memoryLimitBytes: unitValue(memory) } : {}),
          },
          keyOf(pod),
        );
      }
      given.inProgress = false;
      say(pod, 'ResizeCompleted', 'Pod resize completed');
      kubelet.workers.update(uidOf(pod), 'sync');
    },
    forget(podUid) {
      pods.delete(podUid);
    },
    reset() {
      pods.clear();
    },
  };
}

/** Whether an amount changes for which the container's resizePolicy says RestartContainer. */
function needsRestart(container: Container, from: ResourceRequirements, to: ResourceRequirements): boolean {
  return (container.resizePolicy ?? []).some(
    ({ resourceName, restartPolicy }) =>
      restartPolicy === 'RestartContainer' &&
      (from.requests?.[resourceName] !== to.requests?.[resourceName] || from.limits?.[resourceName] !== to.limits?.[resourceName]),
  );
}

/** Keys in the order in which Go's encoder writes them. */
function sortedResources({ limits, requests }: ResourceRequirements) {
  const sorted = (map: Readonly<Record<string, string>>) => Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { ...(limits ? { limits: sorted(limits) } : {}), ...(requests ? { requests: sorted(requests) } : {}) };
}

/** Whether the node can give what the Pod asks for now. Models canResizePod. */
function refuse(kubelet: Kubelet, pod: Pod): Verdict | undefined {
  const allocatable = kubelet.self.node?.status?.allocatable ?? {};
  const wanted = podRequests(pod.spec);
  for (const name of ['cpu', 'memory']) {
    const amount = (of: string | undefined): number => (of === undefined ? 0 : name === 'cpu' ? milliValue(of) : unitValue(of));
    const capacity = amount(allocatable[name]);
    const requested = amount(wanted[name]);
    const others = [...kubelet.pods.values()].filter((each) => uidOf(each) !== uidOf(pod) && !isTerminalPhase(each.status.phase));
    const used = others.reduce((sum, each) => sum + amount(podRequests(each.spec)[name]), 0);
    if (requested + used <= capacity) continue;
    const isInfeasible = requested > capacity;
    const message = isInfeasible
      ? `Node didn't have enough capacity: ${name}, requested: ${requested}, capacity: ${capacity}`
      : `Node didn't have enough resource: ${name}, requested: ${requested}, used: ${used}, capacity: ${capacity}`;
    return { type: 'PodResizePending', status: 'True', reason: isInfeasible ? 'Infeasible' : 'Deferred', message };
  }
  return undefined;
}
