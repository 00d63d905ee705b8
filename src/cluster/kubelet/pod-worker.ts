// One worker a Pod, with no clock of its own: it syncs when the Pod or its containers change, and when it is time to look again.
// Models pkg/kubelet/pod_workers.go.
import type { Instant, RecordId } from '../../engine/records.ts';
import type { Pod } from '../api/types.ts';
import { note } from '../notes.ts';
import { tickAt } from './clock.ts';
import { deadlineOf } from './deadline.ts';
import { ofPod } from './notes-of.ts';
import type { Kubelet } from './parts.ts';
import { fullNameOf, isStaticPod, isTerminalPhase, keyOf, uidOf } from './pods.ts';
import type { SyncResult } from './runtime-sync.ts';
import type { Synced } from './sync-pod.ts';
import { run, type Running, type Task, wait } from './tasks.ts';

/** Why a worker is called: the Pod is new or changed, its containers changed (or it is time), or it must go. */
export type Update = 'create' | 'update' | 'sync' | 'kill';

/** The workers of a kubelet. */
export interface PodWorkers {
  /** Calls the worker of a Pod that the kubelet knows. `graceS`: of a Pod that must go. */
  update(podUid: string, update: Update, options?: { readonly graceS?: number; readonly pod?: Pod }): void;
  /** Whether everything that a Pod ran has been stopped (or there is no such worker). */
  hasStopped(podUid: string): boolean;
  markStopped(podUid: string): void;
  /** Whether a Pod is being ended, or has been. */
  isTerminating(podUid: string): boolean;
  isFinished(podUid: string): boolean;
  forget(podUid: string): void;
  reset(): void;
}

interface Worker {
  pod: Pod;
  work: 'sync' | 'terminate' | 'clean-up' | 'finished';
  isStopped: boolean;
  isPending: boolean;
  cause: RecordId;
  graceS: number;
  lastSyncAt: Instant;
  isBusy: boolean;
  running: Running | undefined;
  /** Gives up what a sync waits for that must not hold up its end. */
  interrupt: (() => void) | undefined;
  /** The next look without a reason. */
  cancelLook: (() => void) | undefined;
}

const RESYNC_MS = 60_000;
const RETRY_MS = 10_000;
const TICK_MS = 1000;

/** No workers yet. */
export function createPodWorkers(kubelet: Kubelet): PodWorkers {
  const { host } = kubelet;
  const workers = new Map<string, Worker>();

  const start = (worker: Worker): void => {
    if (worker.isBusy || !worker.isPending || worker.work === 'finished' || isHeldBack(worker)) return;
    worker.isBusy = true;
    const running = run(loop(worker), () => {
      worker.isBusy = false;
      worker.running = undefined;
      if (worker.work === 'finished') finish(worker);
    });
    if (!running.isOver) worker.running = running;
  };
  /** A static Pod waits until the one before it of the same name is done. Models allowStaticPodStart. */
  const isHeldBack = (worker: Worker): boolean =>
    isStaticPod(worker.pod) &&
    worker.work === 'sync' &&
    [...workers.values()].some(
      (other) => other !== worker && other.work !== 'finished' && other.work !== 'sync' && fullNameOf(other.pod) === fullNameOf(worker.pod),
    );
  function* loop(worker: Worker): Task<void> {
    while (worker.isPending && worker.work !== 'finished') {
      worker.isPending = false;
      const uid = uidOf(worker.pod);
      const runtime = yield* kubelet.pleg.newerThan(uid, worker.lastSyncAt);
      // What it was called for, or what has been found of its containers since.
      host.context.because(Math.max(worker.cause, kubelet.pleg.causeOf(uid)));
      const { pod } = worker;
      if (worker.work === 'sync') completeSync(worker, yield* kubelet.syncs.sync(pod, runtime, (task) => interruptible(worker, task)));
      else if (worker.work === 'terminate') completeTerminate(worker, yield* kubelet.syncs.terminate(pod, runtime, worker.graceS));
      else {
        yield* kubelet.syncs.cleanUp(pod, runtime);
        worker.work = 'finished';
      }
    }
  }
  const completeSync = (worker: Worker, result: Synced): void => {
    worker.lastSyncAt = host.at;
    if (result.isTerminal && worker.work === 'sync') {
      worker.work = 'terminate';
      worker.graceS = graceOf(worker, undefined);
    }
    if (worker.work !== 'sync') {
      worker.isPending = true;
      worker.cause = host.context.cause;
      return;
    }
    const { cause } = host.context;
    host.context.because(result.cause ?? cause);
    if (result.error === undefined) {
      // The look that follows a success counts as newer than it.
      worker.lastSyncAt = host.at - 1;
      kubelet.pleg.relist();
      lookAgain(worker, RESYNC_MS);
    } else if (result.retryAt !== undefined) lookAgain(worker, Math.min(Math.max(result.retryAt - host.at, 0), RESYNC_MS));
    else lookAgain(worker, RETRY_MS);
    host.context.because(cause);
  };
  const completeTerminate = (worker: Worker, result: SyncResult): void => {
    worker.lastSyncAt = host.at;
    if (result.error === undefined) {
      worker.work = 'clean-up';
      worker.isPending = true;
      worker.cause = host.context.cause;
    } else lookAgain(worker, RETRY_MS);
  };
  const finish = (worker: Worker): void => {
    worker.cancelLook?.();
    // A static Pod of the same name may have waited.
    for (const other of workers.values()) if (other !== worker && fullNameOf(other.pod) === fullNameOf(worker.pod)) start(other);
    kubelet.finished(worker.pod);
  };
  /** Looks again after 1 to 1.5 times as long, at a tick of the sync loop. */
  const lookAgain = (worker: Worker, afterMs: number): void => {
    worker.cancelLook?.();
    const jittered = afterMs + host.context.random('look-again', uidOf(worker.pod)).below(Math.floor(afterMs / 2) + 1);
    let at = tickAt(kubelet.self.syncPhase, TICK_MS, host.at + jittered);
    const deadline = deadlineOf(worker.pod, kubelet.statuses.get(uidOf(worker.pod)) ?? worker.pod.status, host.startAtMs);
    if (deadline !== undefined) {
      const tick = tickAt(kubelet.self.syncPhase, TICK_MS, Math.max(deadline, host.at + 1));
      at = Math.min(at, tick);
    }
    worker.cancelLook = host.after(at - host.at, () => poke(worker));
  };
  const poke = (worker: Worker): void => {
    worker.pod = kubelet.pods.get(uidOf(worker.pod)) ?? worker.pod;
    worker.isPending = true;
    worker.cause = host.context.cause;
    start(worker);
  };
  function interruptible<T>(worker: Worker, task: Task<T>): Task<T | undefined> {
    return wait<T | undefined>((resume) => {
      const inner = run(task, (value) => {
        worker.interrupt = undefined;
        resume(value);
      });
      if (inner.isOver) return undefined;
      worker.interrupt = () => {
        worker.interrupt = undefined;
        inner.cancel();
        resume(undefined);
      };
      return () => inner.cancel();
    });
  }
  /** The grace that a Pod is ended with; it can only become shorter. Models calculateEffectiveGracePeriod. */
  const graceOf = (worker: Worker, asked: number | undefined): number => {
    const { deletionGracePeriodSeconds } = worker.pod.metadata;
    const given = [deletionGracePeriodSeconds, asked, worker.graceS > 0 ? worker.graceS : undefined].filter((each) => each !== undefined);
    const grace = given.length > 0 ? Math.min(...given) : (worker.pod.spec.terminationGracePeriodSeconds ?? 0);
    return Math.max(grace, 1);
  };
  const beginTerminating = (worker: Worker, update: Update, graceS: number | undefined): void => {
    const { pod } = worker;
    const mustGo = update === 'kill' || pod.metadata.deletionTimestamp !== undefined || isTerminalPhase(pod.status.phase);
    if (worker.work === 'sync' && mustGo) {
      worker.work = 'terminate';
      worker.graceS = graceOf(worker, graceS);
      worker.interrupt?.();
    } else if (worker.work === 'terminate') {
      const shorter = graceOf(worker, graceS);
      if (shorter >= worker.graceS) return;
      worker.graceS = shorter;
      // The kill starts anew with what is left.
      worker.running?.cancel();
      worker.running = undefined;
      worker.isBusy = false;
    }
  };
  return {
    update(podUid, update, options = {}) {
      const pod = options.pod ?? kubelet.pods.get(podUid);
      let worker = workers.get(podUid);
      if (!worker) {
        if (!pod) return;
        worker = {
          pod,
          work: 'sync',
          isStopped: false,
          isPending: false,
          cause: host.context.cause,
          graceS: 0,
          lastSyncAt: Number.NEGATIVE_INFINITY,
          isBusy: false,
          running: undefined,
          interrupt: undefined,
          cancelLook: undefined,
        };
        workers.set(podUid, worker);
        if (!isTerminalPhase(pod.status.phase)) {
          host.context.because(
            note(
              host.context,
              'pod-seen',
              keyOf(pod),
              { ...ofPod(pod), node: host.node },
              pod.status.startTime === undefined ? 'story' : 'all',
            ),
          );
        }
      }
      if (worker.work === 'finished') return;
      if (pod) worker.pod = pod;
      worker.isPending = true;
      worker.cause = host.context.cause;
      beginTerminating(worker, update, options.graceS);
      start(worker);
    },
    hasStopped: (podUid) => workers.get(podUid)?.isStopped ?? true,
    markStopped(podUid) {
      const worker = workers.get(podUid);
      if (worker) worker.isStopped = true;
    },
    isTerminating: (podUid) => (workers.get(podUid)?.work ?? 'sync') !== 'sync',
    isFinished: (podUid) => workers.get(podUid)?.work === 'finished',
    forget(podUid) {
      const worker = workers.get(podUid);
      worker?.cancelLook?.();
      worker?.running?.cancel();
      workers.delete(podUid);
    },
    reset() {
      for (const worker of workers.values()) worker.running?.cancel();
      workers.clear();
    },
  };
}
