// One probe of one container: when it runs, what its results add up to. Models pkg/kubelet/prober/worker.go.
import type { Instant, RecordId } from '../../../engine/records.ts';
import type { ContainerStatus, Probe } from '../../api/types.ts';
import { note } from '../../notes.ts';
import type { ProbeVerdict } from '../actions/kill-reason.ts';
import { instantOf, tickAt } from '../clock.ts';
import { ofContainer } from '../notes-of.ts';
import type { Kubelet } from '../parts.ts';
import { containerIn, isTerminalPhase, keyOf } from '../pods.ts';
import { run, type Running, type Task } from '../tasks.ts';
import { type ProbeOutcome, type Probed, runProbe } from './handlers.ts';
import type { ProbeKind } from './manager.ts';

/** A probe at work. */
export interface ProbeWorker {
  start(): void;
  /** Runs at once, besides its ticks. */
  trigger(): void;
  /** Something changed: one that had nothing to wait for goes on at its next tick. */
  awake(): void;
  stop(): void;
}

/** Which probe. */
export interface ProbeSpec {
  readonly podUid: string;
  readonly name: string;
  readonly kind: ProbeKind;
  readonly spec: Probe;
}

const MOST_TRIES = 3;
const INITIAL: Readonly<Record<ProbeKind, ProbeVerdict>> = { liveness: 'success', readiness: 'failure', startup: 'unknown' };
const TITLES: Readonly<Record<ProbeKind, string>> = { liveness: 'Liveness', readiness: 'Readiness', startup: 'Startup' };

/** What a run of the worker leaves: over for good, asleep until the status changes, or on until an instant (its next tick). */
type Next = 'stop' | 'sleep' | 'tick' | { readonly notBefore: Instant };

/** A worker that has not started. */
export function createProbeWorker(kubelet: Kubelet, { podUid, name, kind, spec }: ProbeSpec): ProbeWorker {
  const { host, probes } = kubelet;
  const periodMs = (spec.periodSeconds ?? 10) * 1000;
  const row = `/run/${host.node}/probes/${podUid}/${name}/${kind}`;
  let anchor: Instant = 0;
  let containerId = '';
  let isOnHold = false;
  let last: 'success' | 'failure' | undefined;
  let count = 0;
  let running: Running | undefined;
  let isBusy = false;
  let isOver = false;
  let isAsleep = false;
  let isTriggered = false;
  let cancelTick: (() => void) | undefined;
  /** What its ticks are caused by: that its container was begun, not the run before. */
  let origin: RecordId = 0;
  /** The tick that was last taken: one that passes while a run goes on is kept, others are lost. */
  let takenAt: Instant = 0;

  const arm = (notBefore: Instant): void => {
    cancelTick?.();
    const next = Math.max(takenAt + periodMs, tickAt(anchor, periodMs, notBefore));
    const at = Math.max(next, host.at);
    const { cause } = host.context;
    host.context.because(origin);
    cancelTick = host.after(at - host.at, () => {
      cancelTick = undefined;
      takenAt = tickAt(anchor, periodMs, host.at - periodMs + 1);
      begin();
    });
    host.context.because(cause);
  };
  const begin = (): void => {
    if (isBusy || isOver) return;
    isBusy = true;
    isAsleep = false;
    const task = run(doProbe(), (next) => {
      isBusy = false;
      running = undefined;
      proceed(next);
    });
    if (!task.isOver) running = task;
  };
  const proceed = (next: Next): void => {
    if (isOver) return;
    if (next === 'stop') {
      isOver = true;
      cancelTick?.();
      return;
    }
    if (isTriggered) {
      isTriggered = false;
      if (!cancelTick) arm(0);
      begin();
      return;
    }
    if (next === 'sleep') {
      isAsleep = true;
      cancelTick?.();
      cancelTick = undefined;
    } else if (!cancelTick) arm(next === 'tick' ? 0 : next.notBefore);
  };
  const found = (): ContainerStatus | undefined => {
    const status = kubelet.statuses.get(podUid);
    return [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? [])].find(
      (each) => each.name === name && each.containerID,
    );
  };
  function* doProbe(): Task<Next> {
    const pod = kubelet.pods.get(podUid);
    const status = kubelet.statuses.get(podUid);
    if (!pod || !status) return 'sleep';
    if (isTerminalPhase(status.phase)) return 'stop';
    const of = found();
    if (!of?.containerID) return 'sleep';
    const id = of.containerID.replace(/^containerd:\/\//, '');
    if (id !== containerId) {
      if (containerId !== '') probes.clear(kind, containerId);
      containerId = id;
      // From here on it probes this container: its start is why.
      origin = kubelet.starts.get(id) ?? host.context.cause;
      host.context.because(origin);
      isOnHold = false;
      probes.set(kind, podUid, id, INITIAL[kind]);
    }
    if (isOnHold) return 'sleep';
    if (!of.state?.running) {
      probes.set(kind, podUid, id, 'failure');
      const isOut = of.state?.terminated !== undefined && pod.spec.restartPolicy === 'Never' && containerIn(pod, name)?.kind !== 'sidecar';
      return isOut ? 'stop' : 'sleep';
    }
    if (pod.metadata.deletionTimestamp !== undefined && kind !== 'readiness') {
      probes.set(kind, podUid, id, 'success');
      return 'stop';
    }
    const from = instantOf(host.startAtMs, of.state.running.startedAt ?? '') + (spec.initialDelaySeconds ?? 0) * 1000;
    if (host.at < from) return { notBefore: from };
    if ((of.started === true) === (kind === 'startup')) return 'sleep';
    const container = containerIn(pod, name)?.container;
    if (!container) return 'stop';
    // The status may not have the address yet; the sandbox has.
    const podIp = status.podIP ?? kubelet.pleg.latest(podUid).ip;
    const outcome = yield* tries({ pod, container, containerId: id, podIp });
    return judge(outcome, id);
  }
  /** An error, unlike a failure, is tried again at once. */
  function* tries(probed: Probed): Task<ProbeOutcome> {
    let outcome: ProbeOutcome = { result: 'errored', output: '' };
    for (let i = 0; i < MOST_TRIES && outcome.result === 'errored'; i += 1) outcome = yield* runProbe(kubelet, spec, probed);
    return outcome;
  }
  const judge = ({ result, output }: ProbeOutcome, id: string): Next => {
    const pod = kubelet.pods.get(podUid);
    const of = pod && containerIn(pod, name);
    if (!pod || !of) return 'stop';
    const title = TITLES[kind];
    const cause = host.context.cause;
    if (result === 'errored') {
      kubelet.events.pod(pod, 'Warning', 'Unhealthy', `${title} probe errored and resulted in unknown state: ${output}`, of);
      return 'tick';
    }
    const isOk = result !== 'failure';
    const verdict = isOk ? 'success' : 'failure';
    count = last === verdict ? count + 1 : 1;
    const isNews = last !== verdict;
    last = verdict;
    const threshold = isOk ? (spec.successThreshold ?? 1) : (spec.failureThreshold ?? 3);
    const data = { ...ofContainer(host.node, pod, of), probe: kind, ok: isOk, output, count, threshold };
    host.context.because(note(host.context, 'probe-result', keyOf(pod), data, isNews || (!isOk && count <= threshold) ? 'story' : 'all'));
    if (result === 'warning') kubelet.events.pod(pod, 'Warning', 'ProbeWarning', `${title} probe warning: ${output}`, of);
    if (!isOk) kubelet.events.pod(pod, 'Warning', 'Unhealthy', `${title} probe failed: ${output}`, of);
    writeRow(isOk, output, threshold);
    if (count < threshold) return 'tick';
    const isDecided = (kind === 'liveness' && !isOk) || kind === 'startup';
    if (isDecided) {
      isOnHold = true;
      count = 0;
    }
    probes.set(kind, podUid, id, verdict);
    host.context.because(cause);
    return isDecided ? 'sleep' : 'tick';
  };
  const writeRow = (ok: boolean, output: string, threshold: number): void => {
    kubelet.rows.add(row);
    const nextAt = tickAt(anchor, periodMs, host.at + 1);
    host.context.write(row, { probe: kind, period: periodMs, count, threshold, ok, output, lastAt: host.at, nextAt });
  };
  return {
    start() {
      origin = host.context.cause;
      const jitter =
        periodMs > host.at - kubelet.self.startedAt ? host.context.random('probe', `${podUid}/${name}/${kind}`).below(periodMs) : 0;
      anchor = host.at + jitter;
      takenAt = anchor;
      if (jitter === 0) begin();
      else
        cancelTick = host.after(jitter, () => {
          cancelTick = undefined;
          begin();
        });
    },
    trigger() {
      if (isOver) return;
      // Its goroutine sees the trigger only once the status that was being computed stands.
      isTriggered = true;
      if (isBusy) return;
      host.after(0, () => {
        if (!isTriggered || isBusy || isOver) return;
        isTriggered = false;
        begin();
      });
    },
    awake() {
      if (!isAsleep || isOver || isBusy) return;
      isAsleep = false;
      arm(host.at);
    },
    stop() {
      isOver = true;
      cancelTick?.();
      running?.cancel();
      if (kubelet.rows.delete(row)) host.context.write(row, undefined);
    },
  };
}
