// Bringing a Pod's sandbox and containers to its spec. Models SyncPod of pkg/kubelet/kuberuntime/kuberuntime_manager.go.
import type { Instant, RecordId } from '../../engine/records.ts';
import type { Container, Pod } from '../api/types.ts';
import { isSidecar } from '../api/pod-resources.ts';
import { note } from '../notes.ts';
import { podActions, type PodActions } from './actions/pod-actions.ts';
import { killContainer, killPod } from './kill.ts';
import { ofPod } from './notes-of.ts';
import type { Kubelet } from './parts.ts';
import { containerIn, keyOf, uidOf } from './pods.ts';
import type { RuntimePod } from './runtime-pod.ts';
import { removeAllContainers } from './restart-all.ts';
import { hostnameOf, resolvConfOf } from './sandbox-config.ts';
import { startContainer } from './start-container.ts';
import type { Task } from './tasks.ts';

/** How a sync ended. Without an error the Pod is as its spec says. */
export interface SyncResult {
  readonly error?: string;
  /** Where nothing but back-off stands in the way: when the first of them ends. */
  readonly retryAt?: Instant;
  /** What the next look is caused by, where it is not what this one was. */
  readonly cause?: RecordId;
}

/** Does what the actions ask for. */
export function* syncRuntime(kubelet: Kubelet, pod: Pod, runtime: RuntimePod): Task<SyncResult> {
  const actions = podActions(pod, runtime, kubelet.probes.verdicts, kubelet.allocation.restarts(pod));
  const { events } = kubelet;
  if (actions.createSandbox && actions.sandboxId !== '') {
    events.pod(pod, 'Normal', 'SandboxChanged', 'Pod sandbox changed, it will be killed and re-created.');
  }
  if (actions.restartAllFor !== '') {
    const error = yield* removeAllContainers(kubelet, pod, runtime, actions.restartAllFor);
    if (error !== undefined) return { error };
    // That containers are gone is no news to PLEG: the Pod is synced again at once.
    kubelet.workers.update(uidOf(pod), 'sync');
    return {};
  }
  if (actions.killPod) {
    const error = yield* killPod(kubelet, pod, runtime);
    if (error !== undefined) return { error };
    if (actions.createSandbox) yield* purgeInitContainers(kubelet, pod, runtime);
  } else {
    for (const kill of actions.kill) {
      const error = yield* killContainer(kubelet, pod, kill);
      if (error !== undefined) return { error };
    }
  }
  const sandbox = actions.createSandbox
    ? yield* createSandbox(kubelet, pod, actions)
    : { id: runtime.sandboxes[0]?.id ?? '', ip: runtime.sandboxes[0]?.ip ?? '' };
  if ('error' in sandbox) return { error: sandbox.error };
  yield* kubelet.allocation.actuate(pod, runtime);
  return yield* startAll(kubelet, pod, runtime, actions, sandbox);
}

/** The init containers of a new sandbox run again; what is left of those before is removed. Models purgeInitContainers. */
function* purgeInitContainers(kubelet: Kubelet, pod: Pod, runtime: RuntimePod): Task<void> {
  const names = new Set((pod.spec.initContainers ?? []).map((each) => each.name));
  for (const container of runtime.containers) {
    if (names.has(container.name)) yield* kubelet.host.cri({ call: 'RemoveContainer', containerId: container.id }, keyOf(pod));
  }
}

interface SandboxMade {
  readonly id: string;
  readonly ip: string;
}

function* createSandbox(kubelet: Kubelet, pod: Pod, actions: PodActions): Task<SandboxMade | { readonly error: string }> {
  const { host, events } = kubelet;
  const { attempt } = actions;
  const { hostNetwork = false, hostPID = false, shareProcessNamespace = false, hostAliases = [] } = pod.spec;
  const data = { ...ofPod(pod), node: host.node, attempt };
  host.context.because(note(host.context, 'sandbox-starting', keyOf(pod), data, 'story'));
  const answer = yield* host.cri(
    {
      call: 'RunPodSandbox',
      pod: { uid: uidOf(pod), name: pod.metadata.name, namespace: pod.metadata.namespace ?? 'default' },
      attempt,
      hostname: hostnameOf(pod, host.node),
      hostNetwork,
      hostPid: hostPID,
      sharePid: shareProcessNamespace,
      hostAliases: hostAliases.map(({ ip, hostnames = [] }) => ({ ip, hostnames })),
      resolvConf: resolvConfOf(pod),
      hostPorts: [...pod.spec.containers, ...(pod.spec.initContainers ?? [])]
        .flatMap((each) => each.ports ?? [])
        .flatMap(({ hostPort, containerPort, protocol = 'TCP' }) => (hostPort ? [{ hostPort, containerPort, protocol }] : [])),
    },
    keyOf(pod),
  );
  if ('error' in answer) {
    const error = `Failed to create pod sandbox: ${answer.error.message}`;
    events.pod(pod, 'Warning', 'FailedCreatePodSandBox', error);
    return { error };
  }
  const id = answer.ok.sandboxId ?? '';
  const status = yield* host.cri({ call: 'PodStatus', podUid: uidOf(pod) }, keyOf(pod));
  const ip = 'ok' in status ? (status.ok.pods?.find((each) => each.id === id)?.ip ?? '') : '';
  kubelet.syncs.sandboxReady(pod, ip);
  return { id, ip };
}

/** Starts ephemeral, then init, then regular containers, one after the other. */
function* startAll(kubelet: Kubelet, pod: Pod, runtime: RuntimePod, actions: PodActions, sandbox: SandboxMade): Task<SyncResult> {
  const failed: { readonly name: string; readonly retryAt: Instant | undefined; readonly cause: RecordId }[] = [];
  const start = function* (container: Container): Task<boolean> {
    const of = containerIn(pod, container.name);
    if (!of) return true;
    const { cause } = kubelet.host.context;
    const failure = yield* startContainer(kubelet, pod, of, runtime, sandbox.id, sandbox.ip);
    // That one does not start is not why the next one does.
    if (failure) kubelet.host.context.because(cause);
    if (failure) failed.push({ name: container.name, retryAt: failure.retryAt, cause: failure.cause });
    return failure === undefined;
  };
  const end = (): SyncResult => {
    if (failed.length === 0) return {};
    const error = `failed to start ${failed.map((each) => each.name).join(', ')}`;
    const times = failed.flatMap((each) => (each.retryAt === undefined ? [] : [each.retryAt]));
    if (times.length < failed.length) return { error, ...(failed[0] && { cause: failed[0].cause }) };
    const retryAt = Math.min(...times);
    const first = failed.find((each) => each.retryAt === retryAt);
    return first ? { error, retryAt, cause: first.cause } : { error, retryAt };
  };
  for (const container of actions.startEphemeral) yield* start(container);
  for (const container of actions.startInit) {
    const isUp = yield* start(container);
    if (!isUp && !isSidecar(container)) return end();
  }
  for (const container of actions.start) yield* start(container);
  return end();
}
