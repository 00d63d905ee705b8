// What the inspector says of an object at the playhead: a Pod with its containers in start order, a node with what it has and gives, or
// any other object. Read from the trace alone.
import { milliValue, unitValue } from '../../cluster/api/quantity.ts';
import { podRequests } from '../../cluster/api/pod-resources.ts';
import type { Container, ContainerState, ContainerStatus, Node, Pod, Probe } from '../../cluster/api/types.ts';
import type { ContainerKind, RuntimeContainer } from '../../cluster/runtime/cri.ts';
import type { Trace } from '../../engine/trace.ts';
import { containerOfSelection, containerSelection, nodeOfSelection, podOfSelection } from '../../session/cursor.ts';
import { type Explained, explainStatus } from '../../session/explain-status.ts';
import type { Meaning, PodMark, PodMarker } from '../../session/pod-marks.ts';
import { selectedPod } from '../../session/selected-pod.ts';

/** What is looked at. */
export type Sight = PodSight | NodeSight | ObjectSight;

/** A Pod. */
export interface PodSight {
  readonly kind: 'pod';
  readonly key: string;
  readonly pod: Pod;
  readonly mark: PodMark;
  readonly explained: Explained;
  /** It is no longer in etcd: what is shown is how it was last. */
  readonly isGone: boolean;
  readonly containers: readonly ContainerSight[];
  /** The one that is selected. */
  readonly selected: string | undefined;
}

/** One container, pause among them. */
export interface ContainerSight {
  readonly name: string;
  readonly kind: ContainerKind | 'pause';
  readonly word: string;
  readonly meaning: Meaning;
  readonly restarts: number;
  /** What is selected by it; undefined of pause, which the API server does not know. */
  readonly selection: string | undefined;
  readonly image: string;
  readonly exitCode: number | undefined;
  /** Kubernetes' own text of why it waits or ended. */
  readonly message: string;
  /** How the run before this one ended: `OOMKilled (137)`. */
  readonly last: string;
  /** What is asked of it, in short: `liveness GET :8080/not/exist, every 5 s`. */
  readonly probes: readonly ProbeSight[];
}

/** A probe in short. */
export interface ProbeSight {
  readonly kind: 'startup' | 'liveness' | 'readiness';
  readonly action: string;
  readonly everyMs: number;
  readonly failureThreshold: number;
  /** Whether its last answer was good, and how many of its kind in a row; undefined before the first. */
  readonly last: { readonly ok: boolean; readonly count: number; readonly threshold: number } | undefined;
}

/** A node. */
export interface NodeSight {
  readonly kind: 'node';
  readonly key: string;
  readonly name: string;
  readonly node: Node;
  readonly isGone: boolean;
  readonly isControlPlane: boolean;
  /** The STATUS column: `Ready`, `NotReady`, `Ready,SchedulingDisabled`. */
  readonly status: string;
  readonly meaning: Meaning;
  readonly ip: string;
  readonly version: string;
  readonly resources: readonly ResourceSight[];
  readonly pods: readonly PodMark[];
  readonly taints: readonly string[];
  readonly labels: readonly string[];
}

/** What a node has of something, lends to Pods, and has lent: in thousandths of a core, bytes, or Pods. */
export interface ResourceSight {
  readonly name: 'cpu' | 'memory' | 'pods';
  readonly capacity: number;
  readonly allocatable: number;
  readonly allocated: number;
}

/** Any other object. */
export interface ObjectSight {
  readonly kind: 'object';
  readonly key: string;
  readonly object: ApiObject;
  readonly isGone: boolean;
}

/** What every object has. */
export interface ApiObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly uid?: string; readonly resourceVersion?: string };
}

/** What is selected at a step, or the newest Pod; undefined where there is nothing to look at. */
export function sightAt(trace: Trace, step: number, selection: string | undefined, marker: PodMarker): Sight | undefined {
  const key = keyToShow(trace, step, selection);
  const found = key === undefined ? undefined : objectAt(trace, step, key);
  if (key === undefined || found === undefined) return undefined;
  const { value, isGone } = found;
  if (nodeOfSelection(key) !== undefined) return nodeSight(trace, step, key, value as Node, isGone, marker);
  if (podOfSelection(key) !== undefined) return podSight(trace, step, key, value as Pod, isGone, selection, marker);
  return { kind: 'object', key, object: value as ApiObject, isGone };
}

/** Whether two looks at a Pod have seen the same. */
export function isSameSight(a: Sight, b: Sight): boolean {
  if (a.kind !== 'pod' || b.kind !== 'pod' || a.key !== b.key || a.pod !== b.pod || a.mark !== b.mark) return false;
  const answers = ({ containers }: PodSight): readonly unknown[] => containers.flatMap(({ probes }) => probes.map(({ last }) => last));
  const others = answers(b);
  return a.isGone === b.isGone && a.selected === b.selected && answers(a).every((last, i) => last === others[i]);
}

function keyToShow(trace: Trace, step: number, selection: string | undefined): string | undefined {
  if (selection !== undefined && podOfSelection(selection) === undefined && objectAt(trace, step, selection)) return selection;
  return selectedPod(trace, step, selection);
}

/** A row as of a step, or as it was before it was deleted. */
export function objectAt(trace: Trace, step: number, key: string): { readonly value: unknown; readonly isGone: boolean } | undefined {
  const now = trace.row(key, step);
  if (now !== undefined) return { value: now, isGone: false };
  const last = trace.history(key).findLast((row) => row.step <= step && row.value !== undefined)?.value;
  return last === undefined ? undefined : { value: last, isGone: true };
}

function podSight(
  trace: Trace,
  step: number,
  key: string,
  pod: Pod,
  isGone: boolean,
  selection: string | undefined,
  marker: PodMarker,
): PodSight {
  const mark = marker.mark(trace, step, key, pod);
  const specs: readonly Container[] = [...(pod.spec.initContainers ?? []), ...pod.spec.containers];
  const containers = specs.map((spec, i) => {
    const cell = mark.cells[i];
    const base = {
      name: spec.name,
      kind: cell?.kind ?? 'app',
      word: cell?.word ?? '',
      meaning: cell?.meaning ?? 'waiting',
      exitCode: cell?.exitCode,
      restarts: cell?.restarts ?? 0,
    } as const;
    return { ...base, ...factsOf(trace, step, key, pod, spec, base.word) };
  });
  const added = (pod.spec.ephemeralContainers ?? []).map((spec): ContainerSight => {
    const state = statusOf(pod, spec.name)?.state;
    const base = { name: spec.name, kind: 'ephemeral', restarts: 0, ...wordOf(state) } as const;
    return { ...base, ...factsOf(trace, step, key, pod, spec as Container, base.word) };
  });
  const chosen = podOfSelection(selection) === key ? containerOfSelection(selection) : undefined;
  return {
    kind: 'pod',
    key,
    pod,
    mark,
    explained: explainStatus(pod),
    isGone,
    containers: [pauseSight(mark), ...containers, ...added],
    selected: chosen,
  };
}

/** The sandbox as a container: it is the first to run. */
function pauseSight({ sandbox, node, ip }: PodMark): ContainerSight {
  const [word, meaning] =
    sandbox === 'ready'
      ? (['Running', 'ready'] as const)
      : sandbox === 'notready'
        ? (['NotReady', 'failed'] as const)
        : ([node === undefined ? 'Pending' : 'Waiting', 'waiting'] as const);
  const none = { restarts: 0, selection: undefined, image: '', exitCode: undefined, last: '', probes: [] };
  return { ...none, name: 'pause', kind: 'pause', word, meaning, message: ip };
}

function factsOf(
  trace: Trace,
  step: number,
  key: string,
  pod: Pod,
  spec: Container,
  word: string,
): Omit<ContainerSight, 'name' | 'kind' | 'word' | 'meaning' | 'restarts' | 'exitCode'> {
  const status = statusOf(pod, spec.name);
  const { waiting, terminated } = status?.state ?? {};
  return {
    selection: containerSelection(key, spec.name),
    image: spec.image ?? '',
    // Of a container that runs again the API server may still say why it waited.
    message: (waiting?.reason === word ? waiting.message : terminated?.message) ?? '',
    last: endOf(status?.lastState),
    probes: probesOf(trace, step, pod, spec),
  };
}

function wordOf(state: ContainerState | undefined): Pick<ContainerSight, 'word' | 'meaning' | 'exitCode'> {
  const { running, terminated, waiting } = state ?? {};
  if (running) return { word: 'Running', meaning: 'working', exitCode: undefined };
  if (!terminated) return { word: waiting?.reason ?? 'Waiting', meaning: 'waiting', exitCode: undefined };
  const { exitCode, reason = 'Error' } = terminated;
  return { word: reason, meaning: exitCode === 0 ? 'finished' : 'failed', exitCode };
}

const endOf = (state: ContainerState | undefined): string =>
  state?.terminated ? `${state.terminated.reason ?? 'Error'} (${state.terminated.exitCode})` : '';

function statusOf({ status }: Pod, name: string): ContainerStatus | undefined {
  const lists = [status.initContainerStatuses, status.containerStatuses, status.ephemeralContainerStatuses];
  return lists.flatMap((list) => list ?? []).find((each) => each.name === name);
}

function probesOf(trace: Trace, step: number, pod: Pod, spec: Container): readonly ProbeSight[] {
  const named = [
    ['startup', spec.startupProbe],
    ['liveness', spec.livenessProbe],
    ['readiness', spec.readinessProbe],
  ] as const;
  return named.flatMap(([kind, probe]) => {
    if (!probe) return [];
    const key = `/run/${pod.spec.nodeName ?? ''}/probes/${pod.metadata.uid ?? ''}/${spec.name}/${kind}`;
    // The row itself: as long as it is the same, nothing was answered.
    const row = trace.row(key, step) as ProbeSight['last'];
    const everyMs = (probe.periodSeconds ?? 10) * 1000;
    return [{ kind, action: actionOf(probe), everyMs, failureThreshold: probe.failureThreshold ?? 3, last: row }];
  });
}

function actionOf({ httpGet, tcpSocket, grpc, exec }: Probe): string {
  if (httpGet) return `${httpGet.scheme === 'HTTPS' ? 'HTTPS ' : ''}GET ${httpGet.host ?? ''}:${httpGet.port}${httpGet.path ?? '/'}`;
  if (tcpSocket) return `TCP ${tcpSocket.host ?? ''}:${tcpSocket.port}`;
  return grpc ? `gRPC :${grpc.port}` : `exec ${(exec?.command ?? []).join(' ')}`;
}

const CONTROL_PLANE = 'node-role.kubernetes.io/control-plane';

function nodeSight(trace: Trace, step: number, key: string, node: Node, isGone: boolean, marker: PodMarker): NodeSight {
  const { metadata, spec = {}, status = {} } = node;
  const pods = podsOn(trace, step, metadata.name);
  const ready = status.conditions?.find(({ type }) => type === 'Ready')?.status;
  const isCordoned = spec.unschedulable === true;
  return {
    kind: 'node',
    key,
    name: metadata.name,
    node,
    isGone,
    isControlPlane: metadata.labels?.[CONTROL_PLANE] !== undefined,
    status: `${ready === 'True' ? 'Ready' : ready === undefined ? 'Unknown' : 'NotReady'}${isCordoned ? ',SchedulingDisabled' : ''}`,
    meaning: ready === 'True' ? (isCordoned ? 'waiting' : 'ready') : 'failed',
    ip: status.addresses?.find(({ type }) => type === 'InternalIP')?.address ?? '',
    version: status.nodeInfo?.kubeletVersion ?? '',
    resources: resourcesOf(
      node,
      pods.map(([, pod]) => pod),
    ),
    pods: pods.map(([podKey, pod]) => marker.mark(trace, step, podKey, pod)),
    taints: (spec.taints ?? []).map((taint) => `${taint.key}${taint.value ? `=${taint.value}` : ''}:${taint.effect}`),
    labels: Object.entries(metadata.labels ?? {}).map(([name, value]) => (value === '' ? name : `${name}=${value}`)),
  };
}

/** The Pods that a node has room reserved for: those that have not ended. */
function podsOn(trace: Trace, step: number, node: string): readonly (readonly [string, Pod])[] {
  return trace
    .rowsUnder('/registry/pods/', step)
    .map(([key, value]) => [key, value as Pod] as const)
    .filter(([, { spec, status }]) => spec.nodeName === node && status.phase !== 'Succeeded' && status.phase !== 'Failed');
}

function resourcesOf({ status = {} }: Node, pods: readonly Pod[]): readonly ResourceSight[] {
  const requests = pods.map(({ spec }) => podRequests(spec));
  const total = (of: (quantity: string) => number, name: string): number => requests.reduce((sum, each) => sum + of(each[name] ?? '0'), 0);
  const of = (list: Readonly<Record<string, string>> | undefined, name: string, read: (quantity: string) => number): number =>
    read(list?.[name] ?? '0');
  const row = (name: ResourceSight['name'], read: (quantity: string) => number, allocated: number): ResourceSight => ({
    name,
    capacity: of(status.capacity, name, read),
    allocatable: of(status.allocatable, name, read),
    allocated,
  });
  return [
    row('cpu', milliValue, total(milliValue, 'cpu')),
    row('memory', unitValue, total(unitValue, 'memory')),
    row('pods', unitValue, pods.length),
  ];
}

/** The runs of a container on its node, oldest first: a row's key and what the runtime first said of it. */
export function runsOf(trace: Trace, pod: Pod, container: string): readonly { readonly key: string; readonly run: RuntimeContainer }[] {
  return trace.keysUnder(`/run/${pod.spec.nodeName ?? ''}/containers/`).flatMap((key) => {
    const run = trace.history(key)[0]?.value as RuntimeContainer | undefined;
    return run?.podUid === pod.metadata.uid && run?.name === container ? [{ key, run }] : [];
  });
}
