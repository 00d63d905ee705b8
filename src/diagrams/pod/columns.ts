// The containers of a Pod in start order: what the runtime holds of each on its node, what its spec allows it, what the kubelet knows.
import type { Instant } from '../../engine/records.ts';
import type { Trace } from '../../engine/trace.ts';
import { milliValue, unitValue } from '../../cluster/api/quantity.ts';
import type { Container, ContainerStatus, Pod } from '../../cluster/api/types.ts';
import type { RuntimeContainer } from '../../cluster/runtime/cri.ts';
import type { Cell, PodMark } from '../../session/pod-marks.ts';
import { type ProbeMark, probesOf } from './probes.ts';

/** A port: a process listens on it, or the spec only says so. */
export interface PortMark {
  readonly port: number;
  readonly isListening: boolean;
  /** Whether a process could listen already. */
  readonly isDue: boolean;
}

/** A resource of a cgroup: thousandths of a core, or bytes; undefined where it is not set. */
export interface Allowance {
  readonly request: number | undefined;
  readonly limit: number | undefined;
}

/** One container. */
export interface ColumnMark {
  readonly cell: Cell;
  readonly image: string;
  readonly command: string;
  /** Whether it is there on the node, ended or not. */
  readonly exists: boolean;
  readonly isRunning: boolean;
  readonly startedAt: Instant | undefined;
  readonly finishedAt: Instant | undefined;
  /** Kubernetes' own text of why it waits. */
  readonly message: string;
  /** How the run before this one ended. */
  readonly last: { readonly exitCode: number; readonly reason: string } | undefined;
  readonly backOff: { readonly until: Instant; readonly delayMs: number } | undefined;
  readonly processes: RuntimeContainer['processes'];
  /** What a fault has made of its program: nobody in the cluster knows, but for what its probes find. */
  readonly app: RuntimeContainer['app'];
  readonly ports: readonly PortMark[];
  readonly memory: Allowance & { readonly use: number };
  readonly cpu: Allowance;
  readonly probes: readonly ProbeMark[];
}

/** Every container, init containers first. */
export function columnsOf(
  trace: Trace,
  step: number,
  pod: Pod,
  mark: PodMark,
  containers: ReadonlyMap<string, RuntimeContainer>,
): readonly ColumnMark[] {
  const specs: readonly Container[] = [...(pod.spec.initContainers ?? []), ...pod.spec.containers];
  const regular = specs.map((spec, i) => columnOf(trace, step, pod, spec, mark.cells[i] as Cell, containers.get(spec.name)));
  const added = (pod.spec.ephemeralContainers ?? []).map((spec) => {
    const container = containers.get(spec.name);
    return columnOf(trace, step, pod, spec, ephemeralCell(spec.name, container), container);
  });
  return [...regular, ...added];
}

function ephemeralCell(name: string, container: RuntimeContainer | undefined): Cell {
  const base = { name, kind: 'ephemeral', restarts: 0, exists: container !== undefined, exitCode: container?.exitCode } as const;
  if (container === undefined) return { ...base, word: 'Waiting', meaning: 'waiting' };
  if (container.state !== 'exited') return { ...base, word: container.state === 'running' ? 'Running' : 'Created', meaning: 'working' };
  return { ...base, word: container.reason ?? 'Error', meaning: container.exitCode === 0 ? 'finished' : 'failed' };
}

function columnOf(trace: Trace, step: number, pod: Pod, spec: Container, cell: Cell, container: RuntimeContainer | undefined): ColumnMark {
  const status = statusOf(pod, spec.name);
  const isRunning = container?.state === 'running';
  // What the kubelet gave it, where it runs: a resize in place may still be under way.
  const resources = (isRunning ? status?.resources : undefined) ?? spec.resources;
  const last = status?.lastState?.terminated;
  return {
    cell,
    image: spec.image ?? '',
    command: [...(spec.command ?? []), ...(spec.args ?? [])].join(' '),
    exists: container !== undefined,
    isRunning,
    startedAt: container?.startedAt,
    finishedAt: container?.finishedAt,
    message: isRunning ? '' : (status?.state?.waiting?.message ?? container?.message ?? ''),
    last: last && { exitCode: last.exitCode, reason: last.reason ?? 'Error' },
    backOff: isRunning ? undefined : backOffOf(trace, step, pod, spec.name),
    processes: container?.processes ?? [],
    app: container?.app,
    ports: portsOf(spec, container),
    memory: {
      request: amount(unitValue, resources?.requests?.memory),
      limit: amount(unitValue, resources?.limits?.memory),
      use: container?.memoryBytes ?? 0,
    },
    cpu: { request: amount(milliValue, resources?.requests?.cpu), limit: amount(milliValue, resources?.limits?.cpu) },
    probes: probesOf(trace, step, pod, spec, status, container),
  };
}

const amount = (read: (quantity: string) => number, quantity: string | undefined): number | undefined =>
  quantity === undefined ? undefined : read(quantity);

/** Ports that are listened on, then those that the spec names in vain. */
function portsOf(spec: Container, container: RuntimeContainer | undefined): readonly PortMark[] {
  const isDue = container?.state === 'running';
  const listening = isDue ? container.ports : [];
  const named = (spec.ports ?? []).map(({ containerPort }) => containerPort).filter((port) => !listening.includes(port));
  return [...listening.map((port) => ({ port, isListening: true, isDue })), ...named.map((port) => ({ port, isListening: false, isDue }))];
}

function backOffOf(trace: Trace, step: number, pod: Pod, name: string): ColumnMark['backOff'] {
  const { nodeName } = pod.spec;
  if (nodeName === undefined) return undefined;
  return trace.row(`/run/${nodeName}/backoffs/${pod.metadata.uid ?? ''}/${name}`, step) as ColumnMark['backOff'];
}

function statusOf({ status }: Pod, name: string): ContainerStatus | undefined {
  const lists = [status.initContainerStatuses, status.containerStatuses, status.ephemeralContainerStatuses];
  return lists.flatMap((list) => list ?? []).find((each) => each.name === name);
}
