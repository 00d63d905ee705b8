// The kubelet of a node: takes Pods from the API server and from manifests, and sees to it that they run. Models pkg/kubelet/kubelet.go.
import { equal } from '../../base/json.ts';
import type { Instant } from '../../engine/records.ts';
import type { WatchEvent } from '../api/request.ts';
import type { Node, Pod, Service } from '../api/types.ts';
import type { ClusterComponent, ClusterContext } from '../component.ts';
import type { ClusterMessage, FaultMessage, ManifestsChangedMessage, SystemOomMessage } from '../messages.ts';
import { kubeletOf, runtimeOf } from '../names.ts';
import { note } from '../notes.ts';
import { rejectionOf } from './admission.ts';
import { assemble } from './assemble.ts';
import { createHost } from './host.ts';
import { ofPod } from './notes-of.ts';
import type { Kubelet, Self } from './parts.ts';
import { fullNameOf, isMirrorPod, isStaticPod, isTerminalPhase, keyOf, uidOf } from './pods.ts';
import { createKubeletServer } from './server.ts';
import { all, run, type Task } from './tasks.ts';

/** What a kubelet starts with. */
export interface KubeletOptions {
  readonly node: string;
  /** The date of instant 0, in milliseconds since 1970. */
  readonly startAtMs: number;
  /** Since when it has been running: an hour before instant 0 unless said otherwise. */
  readonly startedAt?: Instant;
}

const HOUR_MS = 3_600_000;
const HOUSEKEEPING_MS = 2000;
const ORPHAN_GRACE_MS = 2000;

/** The kubelet of a node. */
export function createKubelet({ node, startAtMs, startedAt = -HOUR_MS }: KubeletOptions): ClusterComponent {
  const disk = new Map<string, Pod>();
  let life = 0;
  /** The node has no power, or nobody has started the kubelet: a fault may come before the start. */
  let isDown = false;
  let alive: Life | undefined;
  /** What has happened to the folder of manifests while nobody was looking. */
  let missed: ManifestsChangedMessage[] = [];
  const begin = (context: ClusterContext, since: Instant): void => {
    life += 1;
    alive = createLife({ node, startAtMs, since, life, disk }, context);
    alive.start(context);
    for (const change of missed) alive.take(context, runtimeOf(node), change);
    missed = [];
  };
  const end = (context: ClusterContext): void => {
    // One that never came up counts as a life: what follows is a start that others must be told of.
    if (!alive) life += 1;
    alive?.stop(context);
    alive = undefined;
  };
  return {
    name: kubeletOf(node),
    handle(context, { from, body }) {
      if (body.type === 'start') {
        if (!isDown) begin(context, startedAt);
        return;
      }
      if (body.type === 'manifests-changed' && !alive) missed.push(body);
      if (body.type !== 'fault') return alive?.take(context, from, body);
      if (body.kind === 'node-down' || body.kind === 'kubelet-down') {
        isDown = true;
        end(context);
        return;
      }
      if (body.kind === 'node-up' || body.kind === 'kubelet-up') {
        isDown = false;
        if (!alive) begin(context, context.at);
        return;
      }
      alive?.fault(context, body);
    },
  };
}

/** A kubelet from its start until it dies. */
interface Life {
  start(context: ClusterContext): void;
  take(context: ClusterContext, from: string, body: ClusterMessage): void;
  fault(context: ClusterContext, fault: FaultMessage): void;
  stop(context: ClusterContext): void;
}

interface Birth {
  readonly node: string;
  readonly startAtMs: number;
  readonly since: Instant;
  /** How many kubelets this node has had. */
  readonly life: number;
  /** The node's folder of manifests: static Pods by uid. */
  readonly disk: Map<string, Pod>;
}

function createLife({ node, startAtMs, since, life, disk }: Birth, context: ClusterContext): Life {
  const host = createHost(node, startAtMs, life);
  const random = context.random('phase', kubeletOf(node));
  const plegPhase = random.below(1000);
  const self: Self = { node: undefined, startedAt: since, syncPhase: random.below(1000) };
  const kubelet = assemble(host, self, plegPhase, disk, (pod) => cleanUp(pod));
  const server = createKubeletServer(kubelet);

  /** Nothing of a Pod is left to be done; if its object is gone too, the node forgets it. */
  const cleanUp = (pod: Pod): void => {
    if (isStaticPod(pod)) kubelet.statics.finished(pod);
    if (!kubelet.pods.has(uidOf(pod))) forget(pod);
  };
  const forget = (pod: Pod): void => {
    const uid = uidOf(pod);
    const { sandboxes, containers } = kubelet.pleg.latest(uid);
    for (const { id } of containers) kubelet.starts.delete(id);
    for (const { id } of containers) run(host.cri({ call: 'RemoveContainer', containerId: id }, keyOf(pod)), () => undefined);
    for (const { id } of sandboxes) run(host.cri({ call: 'RemovePodSandbox', sandboxId: id }, keyOf(pod)), () => undefined);
    for (const part of [kubelet.workers, kubelet.pleg, kubelet.volumes, kubelet.allocation, kubelet.statuses]) part.forget(uid);
    kubelet.probes.remove(uid);
    kubelet.evictions.delete(uid);
    for (const known of [kubelet.failures, kubelet.removed]) {
      for (const key of [...known.keys()]) if (key.startsWith(`${uid}/`)) known.delete(key);
    }
  };
  const added = (pod: Pod): void => {
    const uid = uidOf(pod);
    kubelet.pods.set(uid, pod);
    kubelet.statuses.seen(pod);
    const isNew = !isTerminalPhase(pod.status.phase) && pod.metadata.deletionTimestamp === undefined;
    const runs = kubelet.pleg.latest(uid).sandboxes.length > 0;
    const rejection = isNew && !runs ? rejectionOf(kubelet, pod) : undefined;
    if (rejection) reject(pod, rejection.reason, rejection.message);
    else kubelet.workers.update(uid, 'create');
  };
  const reject = (pod: Pod, reason: string, message: string): void => {
    kubelet.events.pod(pod, 'Warning', reason, message);
    host.context.because(note(host.context, 'pod-rejected', keyOf(pod), { ...ofPod(pod), node, reason, message }, 'story'));
    const status = { ...pod.status, phase: 'Failed', reason, message: `Pod was rejected: ${message}` };
    kubelet.statuses.set(pod, { ...status, observedGeneration: pod.metadata.generation ?? 1 });
  };
  const changed = (pod: Pod): void => {
    const uid = uidOf(pod);
    const before = kubelet.pods.get(uid);
    if (!before) {
      added(pod);
      return;
    }
    kubelet.pods.set(uid, pod);
    kubelet.statuses.seen(pod);
    if (differs(before, pod)) {
      kubelet.allocation.admit(pod);
      kubelet.workers.update(uid, 'update');
    } else if (gatesOf(before) !== gatesOf(pod)) kubelet.workers.update(uid, 'sync');
  };
  const removed = (pod: Pod): void => {
    const uid = uidOf(pod);
    if (!kubelet.pods.delete(uid)) return;
    note(host.context, 'pod-removed', keyOf(pod), ofPod(pod), 'story');
    if (kubelet.workers.isFinished(uid)) forget(pod);
    else kubelet.workers.update(uid, 'kill', { pod });
  };
  const mirrorEvent = (type: WatchEvent['type'], mirror: Pod): void => {
    const name = fullNameOf(mirror);
    const own = [...kubelet.pods.values()].find((each) => fullNameOf(each) === name);
    if (type === 'DELETED') {
      if (uidOf(kubelet.mirrors.get(name) ?? mirror) === uidOf(mirror)) kubelet.mirrors.delete(name);
      if (own) kubelet.workers.update(uidOf(own), 'sync');
      return;
    }
    kubelet.mirrors.set(name, mirror);
    if (!own && type === 'ADDED' && kubelet.pleg.latest(uidOf(mirror)).sandboxes.length > 0) {
      kubelet.statics.adopt(mirror);
    }
    kubelet.statuses.seen(mirror);
    // Somebody has asked that the mirror be deleted: its Pod runs on, and makes another.
    if (own && mirror.metadata.deletionTimestamp !== undefined) kubelet.workers.update(uidOf(own), 'sync');
  };
  const podEvent = (event: WatchEvent): void => {
    const pod = event.object as Pod;
    if (event.type === 'BOOKMARK' || event.type === 'ERROR') return;
    if (isMirrorPod(pod)) mirrorEvent(event.type, pod);
    else if (event.type === 'DELETED') removed(pod);
    else changed(pod);
  };
  /** Sandboxes of Pods that are gone from every source are stopped and removed. Models HandlePodCleanups. */
  const removeOrphans = (): void => {
    for (const uid of kubelet.pleg.known())
      if (!kubelet.pods.has(uid) && kubelet.workers.hasStopped(uid)) run(removeOrphan(uid), () => undefined);
  };
  function* removeOrphan(uid: string): Task<void> {
    const { sandboxes, containers } = kubelet.pleg.latest(uid);
    const running = containers.filter((each) => each.state === 'running');
    yield* all(running.map(({ id }) => host.cri({ call: 'StopContainer', containerId: id, timeoutMs: ORPHAN_GRACE_MS })));
    for (const { id } of sandboxes) yield* host.cri({ call: 'StopPodSandbox', sandboxId: id });
    for (const { id } of containers) yield* host.cri({ call: 'RemoveContainer', containerId: id });
    for (const { id } of sandboxes) yield* host.cri({ call: 'RemovePodSandbox', sandboxId: id });
    kubelet.pleg.forget(uid);
  }
  const folderChanged = ({ gone, come }: ManifestsChangedMessage): void => {
    for (const manifest of gone) kubelet.statics.removeManifest(manifest);
    for (const manifest of come) kubelet.statics.add(manifest);
  };
  const watch = (inner: ClusterContext): void => {
    host.api.watch(inner, '/api/v1/nodes', { fieldSelector: `metadata.name=${node}` }, (at, { type, object }) => {
      host.enter(at);
      if (type === 'DELETED') return;
      const isFirst = self.node === undefined;
      self.node = object as Node;
      if (isFirst && life > 1) kubelet.nodeStatus.back();
      else kubelet.nodeStatus.seen();
    });
    host.api.watch(inner, '/api/v1/services', {}, (at, { type, object }) => {
      host.enter(at);
      const service = object as Service;
      const key = `${service.metadata.namespace}/${service.metadata.name}`;
      if (type === 'DELETED') kubelet.services.delete(key);
      else kubelet.services.set(key, service);
    });
    host.api.watch(inner, '/api/v1/pods', { fieldSelector: `spec.nodeName=${node}` }, (at, event) => {
      host.enter(at);
      podEvent(event);
    });
  };
  return {
    start(inner) {
      host.enter(inner);
      run(kubelet.pleg.start(), () => {
        kubelet.statics.start();
        watch(host.context);
        host.after(HOUSEKEEPING_MS, removeOrphans);
      });
    },
    take(inner, from, body) {
      host.enter(inner);
      if (body.type === 'request') server.serve(body, from);
      else if (body.type === 'stream' && server.relay(body, from)) return;
      else if (body.type === 'manifests-changed') folderChanged(body);
      else if (body.type === 'runtime-changed') kubelet.pleg.changed(body.podUid);
      else if (body.type === 'system-oom') tellSystemOom(kubelet, body);
      else host.handle(inner, body);
    },
    fault(inner, { kind, manifest, pod }) {
      host.enter(inner);
      if (kind === 'static-add' && manifest !== undefined) kubelet.statics.add(manifest);
      if (kind === 'static-remove' && pod !== undefined) kubelet.statics.remove(pod);
    },
    stop(inner) {
      host.enter(inner);
      for (const row of kubelet.rows) host.context.write(row, undefined);
      server.reset();
      kubelet.workers.reset();
      kubelet.probes.reset();
      host.reset();
    },
  };
}

/** Models pkg/kubelet/oom/oom_watcher_linux.go. */
function tellSystemOom({ events, host, self }: Kubelet, { program, pid }: SystemOomMessage): void {
  const message = `System OOM encountered, victim process: ${program}, pid: ${pid}`;
  events.node(self.node?.metadata.uid ?? host.node, 'Warning', 'SystemOOM', message);
}

/** What a worker must act on: the spec, labels and annotations, the deletion. Models podsDifferSemantically. */
function differs(before: Pod, after: Pod): boolean {
  const of = ({ metadata, spec }: Pod) => {
    const { labels, annotations, deletionTimestamp, deletionGracePeriodSeconds } = metadata;
    return { spec, labels, annotations, deletionTimestamp, deletionGracePeriodSeconds };
  };
  return !equal(of(before), of(after));
}

/** The conditions that readiness gates ask for, as one text. */
const gatesOf = ({ spec, status }: Pod): string =>
  (spec.readinessGates ?? [])
    .map(({ conditionType }) => status.conditions?.find((each) => each.type === conditionType)?.status ?? '-')
    .join();
