// The probes of a container: what each asks, what it was last answered, when it asks next.
import type { Instant, RecordId } from '../../engine/records.ts';
import { lastAtStep, type Trace } from '../../engine/trace.ts';
import type { Container, ContainerStatus, IntOrString, Pod, Probe } from '../../cluster/api/types.ts';
import type { RuntimeContainer } from '../../cluster/runtime/cri.ts';

/** An answer, told up or down on the strip of answers. */
export interface AnswerTick {
  readonly at: Instant;
  readonly ok: boolean;
  /** Whether a container that has ended since gave it. */
  readonly isOld: boolean;
}

/** The last answer that this container gave. */
export interface Answer {
  readonly ok: boolean;
  readonly output: string;
  /** Answers of its kind in a row, of the number that decides. */
  readonly count: number;
  readonly threshold: number;
  readonly at: Instant;
  /** The next time; undefined once the matter is decided for this container. */
  readonly nextAt: Instant | undefined;
  /** The note that tells of it. */
  readonly record: RecordId | undefined;
}

/** One probe. */
export interface ProbeMark {
  readonly kind: 'startup' | 'liveness' | 'readiness';
  /** `GET :80/`, `TCP :3306`, `exec cat /tmp/healthy`. */
  readonly action: string;
  /** How the kubelet reaches it: over the Pod's address, or through the runtime. */
  readonly route: 'network' | 'runtime';
  readonly periodMs: number;
  readonly timeoutMs: number;
  readonly delayMs: number;
  readonly failureThreshold: number;
  readonly successThreshold: number;
  readonly answer: Answer | undefined;
  readonly ticks: readonly AnswerTick[];
  /** What it waits for before it asks: the startup probe, or a running container. */
  readonly waitsFor: 'startup' | 'container' | undefined;
}

/** The row of a probe, as the kubelet writes it after each answer. */
interface ProbeRow {
  readonly count: number;
  readonly threshold: number;
  readonly ok: boolean;
  readonly output: string;
  readonly lastAt: Instant;
  readonly nextAt: Instant;
}

/** How many answers are remembered. */
const TICKS = 14;

/** The probes of a container in the order in which they matter. */
export function probesOf(
  trace: Trace,
  step: number,
  pod: Pod,
  spec: Container,
  status: ContainerStatus | undefined,
  container: RuntimeContainer | undefined,
): readonly ProbeMark[] {
  const named = [
    ['startup', spec.startupProbe],
    ['liveness', spec.livenessProbe],
    ['readiness', spec.readinessProbe],
  ] as const;
  return named.flatMap(([kind, probe]) => {
    if (!probe) return [];
    const key = `/run/${pod.spec.nodeName ?? ''}/probes/${pod.metadata.uid ?? ''}/${spec.name}/${kind}`;
    const row = trace.row(key, step) as ProbeRow | undefined;
    const isBlocked = kind !== 'startup' && spec.startupProbe !== undefined && status?.started !== true;
    const answer = row && isOf(container, row.lastAt) ? { ...answerOf(kind, row), record: noteOf(trace, step, key) } : undefined;
    return [
      {
        kind,
        ...actionOf(probe, spec),
        periodMs: (probe.periodSeconds ?? 10) * 1000,
        timeoutMs: (probe.timeoutSeconds ?? 1) * 1000,
        delayMs: (probe.initialDelaySeconds ?? 0) * 1000,
        failureThreshold: probe.failureThreshold ?? 3,
        successThreshold: probe.successThreshold ?? 1,
        answer,
        ticks: ticksOf(trace, step, key, container),
        waitsFor: container?.state !== 'running' ? 'container' : isBlocked ? 'startup' : undefined,
      },
    ];
  });
}

/** Whether an answer at an instant came from this container rather than from the one before it. */
const isOf = (container: RuntimeContainer | undefined, at: Instant): boolean => at >= (container?.startedAt ?? Number.POSITIVE_INFINITY);

/** The note of the answer that a probe's row tells of as of a step: both are written in one step. */
function noteOf(trace: Trace, step: number, key: string): RecordId | undefined {
  const rows = trace.history(key);
  const at = rows[lastAtStep(rows, step)]?.step ?? 0;
  const notes = trace.notesNamed('probe-result');
  const note = notes[lastAtStep(notes, at)];
  return note?.step === at ? note.id : undefined;
}

function answerOf(kind: ProbeMark['kind'], { ok, output, count, threshold, lastAt, nextAt }: ProbeRow): Omit<Answer, 'record'> {
  const isDecided = count >= threshold && (kind === 'startup' || (kind === 'liveness' && !ok));
  return { ok, output, count, threshold, at: lastAt, nextAt: isDecided ? undefined : nextAt };
}

function ticksOf(trace: Trace, step: number, key: string, container: RuntimeContainer | undefined): readonly AnswerTick[] {
  const ticks: AnswerTick[] = [];
  const history = trace.history(key);
  for (let i = history.length - 1; i >= 0 && ticks.length < TICKS; i -= 1) {
    const record = history[i];
    const row = record?.value as ProbeRow | undefined;
    if (record && row && record.step <= step) ticks.push({ at: record.at, ok: row.ok, isOld: !isOf(container, record.at) });
  }
  return ticks.reverse();
}

function actionOf(probe: Probe, spec: Container): Pick<ProbeMark, 'action' | 'route'> {
  if (probe.httpGet) {
    const { path = '/', port, scheme, host = '' } = probe.httpGet;
    const text = `${scheme === 'HTTPS' ? 'HTTPS ' : ''}GET ${host}:${portOf(port, spec)}${path}`;
    return { action: text, route: 'network' };
  }
  if (probe.tcpSocket) return { action: `TCP ${probe.tcpSocket.host ?? ''}:${portOf(probe.tcpSocket.port, spec)}`, route: 'network' };
  if (probe.grpc) return { action: `gRPC :${probe.grpc.port}`, route: 'network' };
  return { action: `exec ${(probe.exec?.command ?? []).join(' ')}`, route: 'runtime' };
}

const portOf = (port: IntOrString, spec: Container): string =>
  String(typeof port === 'number' ? port : (spec.ports?.find(({ name }) => name === port)?.containerPort ?? port));
