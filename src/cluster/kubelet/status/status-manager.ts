// Tells the API server what became of the Pods, when it changed, and deletes those that are done. Models
// pkg/kubelet/status/status_manager.go.
import { equal, freeze } from '../../../base/json.ts';
import type { ContainerStatus, Pod, PodCondition, PodStatus } from '../../api/types.ts';
import type { RecordId } from '../../../engine/records.ts';
import { note } from '../../notes.ts';
import { tickAt, timeOf } from '../clock.ts';
import { fullNameOf, isMirrorPod, isStaticPod, isTerminalPhase, keyOf, namespaceOf, uidOf } from '../pods.ts';
import type { Kubelet } from '../parts.ts';
import { run, type Task } from '../tasks.ts';
import { containersReady, isKubeletCondition, podReady } from './conditions.ts';
import { finalStatus } from './final-status.ts';
import { statusPatch } from './status-patch.ts';

/** The kubelet's own view of the statuses of its Pods. */
export interface StatusManager {
  /** The status last set: what probes and the next status go by. */
  get(podUid: string): PodStatus | undefined;
  /** Sets a status (conditions without times); sends it if it says something new. */
  set(pod: Pod, status: PodStatus): void;
  /** A readiness probe has decided: told without waiting for the Pod's next sync. Models SetContainerReadiness. */
  setReadiness(podUid: string, containerId: string, isReady: boolean): void;
  /** The Pod's containers and volumes are gone: its last status, and its deletion if it was asked for. */
  terminate(pod: Pod): void;
  /** The API server's object, as last seen. */
  seen(pod: Pod): void;
  forget(podUid: string): void;
  reset(): void;
}

interface Entry {
  status: PodStatus;
  /** The object that its source has. */
  pod: Pod;
  /** A request is under way. */
  isSending: boolean;
  /** Something changed since the last request was made. */
  isDirty: boolean;
  /** All that it had on the node has been taken down, so that it may be deleted. */
  isFinished: boolean;
  isDeleted: boolean;
  cause: RecordId;
}

const ALL_MS = 10_000;
/** What a condition no longer says. */
const NOTHING = { reason: '', message: '' };

const TIMED: readonly string[] = ['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled'];

/** A manager that knows of no Pod. */
export function createStatusManager(kubelet: Kubelet): StatusManager {
  const { host } = kubelet;
  const entries = new Map<string, Entry>();
  /** What the API server has, by the uid of its object. */
  const served = new Map<string, Pod>();
  /** Mirrors that have been heard of. */
  const told = new Set<string>();

  const apply = (pod: Pod, status: PodStatus, isForced: boolean): void => {
    const uid = uidOf(pod);
    const before = entries.get(uid);
    const old = before?.status ?? pod.status;
    const made = withTimes(status, old, timeOf(host.startAtMs, host.at));
    // Most syncs find nothing new: then the status stays the same object, which is frozen and quick to compare.
    const isSame = before !== undefined && equal(made, before.status);
    const next = isSame ? before.status : freeze(made);
    const isNew = isForced || !isSame;
    const entry = before ?? {
      status: next,
      pod,
      isSending: false,
      isDirty: false,
      isFinished: false,
      isDeleted: false,
      cause: host.context.cause,
    };
    entry.status = next;
    entry.pod = pod;
    entries.set(uid, entry);
    tell(pod, old, next);
    kubelet.probes.statusSet(uid);
    if (!isNew) return;
    entry.isDirty = true;
    entry.cause = host.context.cause;
    if (!entry.isSending) run(send(uid, entry), () => undefined);
  };
  const tell = (pod: Pod, old: PodStatus, next: PodStatus): void => {
    if (old === next) return;
    const data = { namespace: namespaceOf(pod), pod: pod.metadata.name };
    const isReady = (of: PodStatus): boolean => of.conditions?.some((each) => each.type === 'Ready' && each.status === 'True') ?? false;
    if (isReady(old) !== isReady(next)) note(host.context, 'pod-ready', keyOf(pod), { ...data, ready: isReady(next) }, 'story');
  };
  /** Sends what is new, one request after the other. Models syncPod. */
  function* send(uid: string, entry: Entry): Task<void> {
    entry.isSending = true;
    while (entry.isDirty && entries.get(uid) === entry) {
      entry.isDirty = false;
      const current = apiObject(entry.pod);
      if (!current) break;
      host.context.because(entry.cause);
      yield* post(current, entry);
      yield* remove(entry);
    }
    entry.isSending = false;
  }
  /** The object that stands for a Pod in the API: of a static Pod its mirror. */
  const apiObject = (pod: Pod): Pod | undefined => {
    if (!isStaticPod(pod)) return served.get(uidOf(pod));
    const mirror = kubelet.mirrors.get(fullNameOf(pod));
    return mirror && (served.get(uidOf(mirror)) ?? mirror);
  };
  function* post(current: Pod, entry: Entry): Task<void> {
    const merged = merge(current.status, entry.status, kubelet.workers.hasStopped(uidOf(entry.pod)));
    const patch = statusPatch(current.status, merged);
    if (!patch) return;
    const phase = merged.phase ?? '';
    if (phase !== (current.status.phase ?? '')) {
      const data = { namespace: namespaceOf(current), pod: current.metadata.name, from: current.status.phase ?? '', to: phase };
      host.context.because(note(host.context, 'pod-phase', keyOf(current), data, 'story'));
    }
    const { name, uid } = current.metadata;
    const path = `/api/v1/namespaces/${namespaceOf(current)}/pods/${name}/status`;
    const body = { metadata: { uid }, status: patch };
    const contentType = 'application/strategic-merge-patch+json';
    const shown = { level: 'api', label: `PATCH pods/${name}/status`, subject: keyOf(current) } as const;
    const response = yield* host.request({ method: 'PATCH', path, body, contentType }, shown);
    if (response.code === 200) seen(response.body as Pod);
  }
  /** Deletes a Pod that was asked to go and whose end has been told. Models canBeDeleted. */
  function* remove(entry: Entry): Task<void> {
    const current = apiObject(entry.pod);
    if (!current || isMirrorPod(current) || current.metadata.deletionTimestamp === undefined) return;
    if (!entry.isFinished || entry.isDeleted || entry.isDirty) return;
    entry.isDeleted = true;
    const { name, uid } = current.metadata;
    const path = `/api/v1/namespaces/${namespaceOf(current)}/pods/${name}`;
    const body = { apiVersion: 'v1', kind: 'DeleteOptions', gracePeriodSeconds: 0, preconditions: { uid } };
    yield* host.request({ method: 'DELETE', path, body }, { level: 'api', label: `DELETE pods/${name}`, subject: keyOf(current) });
  }
  const again = (entry: Entry, pod: Pod): void => {
    entry.pod = pod;
    entry.isDirty = true;
    entry.cause = host.context.cause;
    if (!entry.isSending) run(send(uidOf(pod), entry), () => undefined);
  };
  /** A mirror that has just been made is told of at the next of the looks at everything, every ten seconds. Models syncBatch. */
  const mirrored = (mirror: Pod): void => {
    const own = [...kubelet.pods.values()].find((each) => fullNameOf(each) === fullNameOf(mirror));
    if (!own || told.has(uidOf(mirror))) return;
    told.add(uidOf(mirror));
    const at = tickAt(kubelet.self.syncPhase, ALL_MS, host.at + 1);
    host.after(at - host.at, () => {
      const entry = entries.get(uidOf(own));
      if (entry) again(entry, entry.pod);
    });
  };
  /** Takes in the object that the API server has; answers whether it is newer than the one that was known. */
  const seen = (pod: Pod): boolean => {
    const uid = uidOf(pod);
    const known = served.get(uid);
    if (known && Number(known.metadata.resourceVersion ?? 0) >= Number(pod.metadata.resourceVersion ?? 0)) return false;
    served.set(uid, pod);
    return true;
  };
  const isAsWritten = ({ status }: Pod, entry: Entry): boolean =>
    statusPatch(status, merge(status, entry.status, kubelet.workers.hasStopped(uidOf(entry.pod)))) === undefined;
  /** What others have written over a status is put right at the next of those looks. Models needsReconcile. */
  const reconcile = (uid: string, entry: Entry): void => {
    if (entry.isSending || entry.isDirty) return;
    const at = tickAt(kubelet.self.syncPhase, ALL_MS, host.at + 1);
    host.after(at - host.at, () => {
      const current = served.get(uid);
      if (current && entries.get(uid) === entry && !isAsWritten(current, entry)) again(entry, entry.pod);
    });
  };
  return {
    get: (podUid) => entries.get(podUid)?.status,
    set(pod, status) {
      apply(pod, status, false);
    },
    setReadiness(podUid, containerId, isReady) {
      const entry = entries.get(podUid);
      const pod = kubelet.pods.get(podUid);
      if (!entry || !pod) return;
      const { status } = entry;
      const change = (of: readonly ContainerStatus[] | undefined) =>
        of?.map((each) =>
          each.containerID === `containerd://${containerId}` ? { ...each, ready: isReady && each.started === true } : each,
        );
      const containerStatuses = change(status.containerStatuses) ?? [];
      const initContainerStatuses = change(status.initContainerStatuses);
      const ofContainers = containersReady(pod, [...(initContainerStatuses ?? []), ...containerStatuses], status.phase ?? '');
      const ready = podReady(pod, ofContainers, pod.status.conditions ?? []);
      const conditions = (status.conditions ?? []).map((each) =>
        each.type === 'Ready'
          ? { ...each, ...NOTHING, ...ready }
          : each.type === 'ContainersReady'
            ? { ...each, ...NOTHING, ...ofContainers }
            : each,
      );
      apply(pod, { ...status, containerStatuses, ...(initContainerStatuses ? { initContainerStatuses } : {}), conditions }, false);
    },
    terminate(pod) {
      const entry = entries.get(uidOf(pod));
      if (entry) entry.isFinished = true;
      apply(pod, finalStatus(pod, entry?.status ?? pod.status), true);
    },
    seen(pod) {
      const isNews = seen(pod);
      if (isMirrorPod(pod)) mirrored(pod);
      else {
        const entry = entries.get(uidOf(pod));
        if (entry && isNews && !isAsWritten(pod, entry)) reconcile(uidOf(pod), entry);
        // The deletion of a Pod that is done has just been asked for.
        if (entry?.isFinished && isDeleting(pod) && !isDeleting(entry.pod)) again(entry, pod);
      }
    },
    forget(podUid) {
      entries.delete(podUid);
      served.delete(podUid);
    },
    reset() {
      entries.clear();
      served.clear();
    },
  };
}

const isDeleting = (pod: Pod): boolean => pod.metadata.deletionTimestamp !== undefined;

/** A condition that says what it said keeps its time; the start of the Pod never moves. Models updateStatusInternal. */
function withTimes(status: PodStatus, old: PodStatus, now: string): PodStatus {
  const { observedGeneration } = status;
  const conditions = (status.conditions ?? []).map((each): PodCondition => {
    if (!isKubeletCondition(each.type)) return each;
    const before = old.conditions?.find(({ type }) => type === each.type);
    const isSame = before?.status === each.status && before.lastTransitionTime !== undefined;
    const lastTransitionTime = isSame && (TIMED.includes(each.type) || before.reason === each.reason) ? before.lastTransitionTime : now;
    const { type, status: is, reason, message } = each;
    const said = { ...(reason ? { reason } : {}), ...(message ? { message } : {}) };
    const generation = observedGeneration === undefined ? {} : { observedGeneration };
    return { type, ...generation, status: is, lastTransitionTime: lastTransitionTime ?? now, ...said };
  });
  return { ...status, startTime: old.startTime ?? now, conditions };
}

/** What is sent: conditions of others stay, a final phase waits until everything has stopped. Models mergePodStatus. */
export function merge(served: PodStatus, own: PodStatus, isFinished: boolean): PodStatus {
  const foreign = (served.conditions ?? []).filter((each) => !isKubeletCondition(each.type));
  const kept = (own.conditions ?? []).filter((each) => isKubeletCondition(each.type));
  // What ends a Pod from inside adds a condition that others write too.
  const shared = (own.conditions ?? []).filter(
    (each) => each.type === 'DisruptionTarget' && !foreign.some(({ type }) => type === each.type),
  );
  const merged: PodStatus = { ...own, conditions: [...foreign, ...(isTerminalPhase(own.phase) && isFinished ? shared : []), ...kept] };
  if (isTerminalPhase(own.phase) && !isTerminalPhase(served.phase) && !isFinished) {
    const { phase: _phase, reason: _reason, message: _message, ...rest } = merged;
    const { phase, reason, message } = served;
    return { ...rest, ...(phase ? { phase } : {}), ...(reason ? { reason } : {}), ...(message ? { message } : {}) };
  }
  return merged;
}
