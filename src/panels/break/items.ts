// What can be broken of a target, from the inside out: a container, its Pod, the node below, the cluster around. What is broken already
// can be mended instead. Read once, as of the playhead, when the menu is opened.
import type { Node, Pod } from '../../cluster/api/types.ts';
import { unitValue } from '../../cluster/api/quantity.ts';
import { REGISTRY, SCHEDULER, kubeletOf, runtimeOf } from '../../cluster/names.ts';
import type { RuntimeContainer, SandboxStatus } from '../../cluster/runtime/cri.ts';
import type { Trace } from '../../engine/trace.ts';
import type { Action } from '../../session/protocol.ts';
import { size } from '../../session/sentences/sentence.ts';
import { stoppedParts } from '../../session/stopped.ts';
import type { Target } from './target.ts';

/** A fault, as it becomes an input. */
export type FaultAction = Extract<Action, { fault: unknown }>['fault'];

/** What an item of the menu is called, and what it does physically. */
export type ItemName =
  | 'kill'
  | 'hang'
  | 'unhang'
  | 'fail'
  | 'unfail'
  | 'memory'
  | 'killPause'
  | 'nodeDown'
  | 'nodeUp'
  | 'kubeletDown'
  | 'kubeletUp'
  | 'schedulerDown'
  | 'schedulerUp'
  | 'registryDown'
  | 'registryUp';

/** One thing to do. */
export interface Item {
  readonly name: ItemName;
  /** The container, where the group has several. */
  readonly of?: string;
  readonly fault: FaultAction;
  /** Of `memory`: how much, and what holds it: its limit, or the node. */
  readonly amount?: { readonly to: string; readonly most: string; readonly node?: string };
  /** A line for the terminal: the same by hand, or something like it. */
  readonly line?: { readonly text: string; readonly isSame: boolean };
  /** Why it cannot be done now. */
  readonly hindrance?: 'not-running' | 'no-sandbox' | 'no-power';
}

/** What belongs together. */
export interface Group {
  readonly kind: Target['kind'];
  readonly name: string;
  readonly items: readonly Item[];
}

/** A Pod with what stands of it on its node. */
interface Subject {
  readonly pod: Pod;
  /** As faults and kubectl name it. */
  readonly name: string;
  readonly node: Node | undefined;
  readonly hasPower: boolean;
  readonly sandbox: SandboxStatus | undefined;
  /** By name, the newest of each. */
  readonly containers: ReadonlyMap<string, RuntimeContainer>;
}

const DEFAULT_NAMESPACE = 'default';
const MI = 1024 ** 2;
/** A program that grows goes this far past its limit, and past what a node has. */
const OVER_LIMIT = 1.5;
const OVER_NODE_BYTES = 512 * MI;

/** The menu of a target as of a step; `isAround`: with what it stands on, down to the cluster. */
export function groupsFor(trace: Trace, step: number, target: Target, isAround: boolean): readonly Group[] {
  const stopped = stoppedParts(trace, step);
  const subject = 'pod' in target ? subjectOf(trace, step, target.pod, stopped) : undefined;
  const below = isAround ? subject?.pod.spec.nodeName : undefined;
  const node = target.kind === 'node' ? target.node : below;
  return [
    ...(subject ? containerGroups(subject, target) : []),
    ...(subject ? [podGroup(subject, target)] : []),
    ...(node === undefined ? [] : [nodeGroup(node, stopped)]),
    ...(isAround || target.kind === 'cluster' ? [clusterGroup(trace, step, stopped)] : []),
  ];
}

function subjectOf(trace: Trace, step: number, key: string, stopped: ReadonlySet<string>): Subject | undefined {
  const pod = trace.row(key, step) as Pod | undefined;
  if (!pod) return undefined;
  const { namespace = DEFAULT_NAMESPACE, name, uid } = pod.metadata;
  const { nodeName = '' } = pod.spec;
  const rows = <T>(folder: string): readonly T[] => trace.rowsUnder(`/run/${nodeName}/${folder}/`, step).map(([, row]) => row as T);
  const sandbox = rows<SandboxStatus>('sandboxes')
    .filter(({ podUid }) => podUid === uid)
    .at(-1);
  const containers = rows<RuntimeContainer>('containers').filter(({ podUid }) => podUid === uid);
  return {
    pod,
    name: namespace === DEFAULT_NAMESPACE ? name : `${namespace}/${name}`,
    node: trace.row(`/registry/minions/${nodeName}`, step) as Node | undefined,
    hasPower: !stopped.has(runtimeOf(nodeName)),
    sandbox,
    containers: new Map([...containers].sort((a, b) => a.attempt - b.attempt).map((container) => [container.name, container])),
  };
}

const namesOf = ({ pod }: Subject): readonly string[] => [
  ...(pod.spec.initContainers ?? []).map(({ name }) => name),
  ...pod.spec.containers.map(({ name }) => name),
];

/** Of a Pod with one container that one is meant; of others the one that was pointed at. */
function containerGroups(subject: Subject, target: Target): readonly Group[] {
  const names = namesOf(subject);
  const [only] = names;
  const name = target.kind === 'container' ? target.container : names.length === 1 ? only : undefined;
  if (name === undefined) return [];
  const of = containerOf(subject, name);
  const app = subject.containers.get(name)?.app;
  const { fault, can } = of;
  const items: readonly Item[] = [
    kill(subject, name),
    app === 'hung' ? { name: 'unhang', fault: fault('app-heal'), ...can } : { name: 'hang', fault: fault('app-hang'), ...can },
    app === 'failing' ? { name: 'unfail', fault: fault('app-heal'), ...can } : { name: 'fail', fault: fault('app-fail'), ...can },
    memory(subject, name),
  ];
  return [{ kind: 'container', name, items }];
}

function containerOf({ name: pod, hasPower, containers }: Subject, container: string) {
  const runs = containers.get(container)?.state === 'running';
  const hindrance = !hasPower ? ('no-power' as const) : !runs ? ('not-running' as const) : undefined;
  return {
    fault: (kind: FaultAction['kind']): FaultAction => ({ kind, pod, container }),
    can: hindrance === undefined ? {} : { hindrance },
  };
}

/** `kubectl exec` into a container, named where the Pod has others. */
function execLine(subject: Subject, container: string, command: string): string {
  const { namespace = DEFAULT_NAMESPACE, name } = subject.pod.metadata;
  const inNamespace = namespace === DEFAULT_NAMESPACE ? '' : ` -n ${namespace}`;
  return `kubectl exec${inNamespace} ${name}${namesOf(subject).length > 1 ? ` -c ${container}` : ''} -- ${command}`;
}

function kill(subject: Subject, container: string): Item {
  const { fault, can } = containerOf(subject, container);
  return { name: 'kill', fault: fault('kill-container'), line: { text: execLine(subject, container, 'kill 1'), isSame: false }, ...can };
}

function memory(subject: Subject, container: string): Item {
  const { fault, can } = containerOf(subject, container);
  const { pod, node } = subject;
  const spec = [...(pod.spec.initContainers ?? []), ...pod.spec.containers].find(({ name }) => name === container);
  const limit = spec?.resources?.limits?.memory;
  const most = limit === undefined ? unitValue(node?.status.capacity?.memory ?? '0') : unitValue(limit);
  const to = size(limit === undefined ? most + OVER_NODE_BYTES : Math.ceil((most * OVER_LIMIT) / MI) * MI);
  return {
    name: 'memory',
    fault: { ...fault('memory'), to },
    amount: { to, most: size(most), ...(limit === undefined && node && { node: node.metadata.name }) },
    line: { text: execLine(subject, container, 'tail /dev/zero'), isSame: false },
    ...can,
  };
}

function podGroup(subject: Subject, target: Target): Group {
  const { pod, name, hasPower, sandbox } = subject;
  const hindrance = !hasPower ? ('no-power' as const) : sandbox?.state !== 'ready' ? ('no-sandbox' as const) : undefined;
  const names = namesOf(subject);
  const several = target.kind === 'pod' && names.length > 1 ? names : [];
  return {
    kind: 'pod',
    name: pod.metadata.name,
    items: [
      ...several.map((container): Item => ({ ...kill(subject, container), of: container })),
      {
        name: 'killPause',
        fault: { kind: 'kill-sandbox', pod: name },
        ...(hindrance && { hindrance }),
      },
    ],
  };
}

function nodeGroup(node: string, stopped: ReadonlySet<string>): Group {
  const isDown = stopped.has(runtimeOf(node));
  const isKubeletDown = stopped.has(kubeletOf(node));
  const systemctl = (verb: string) => ({ text: `ssh ${node} systemctl ${verb} kubelet`, isSame: true });
  const power: Item = isDown
    ? { name: 'nodeUp', fault: { kind: 'node-up', node } }
    : { name: 'nodeDown', fault: { kind: 'node-down', node } };
  const kubelet: Item = isKubeletDown
    ? { name: 'kubeletUp', fault: { kind: 'kubelet-up', node }, line: systemctl('start') }
    : { name: 'kubeletDown', fault: { kind: 'kubelet-down', node }, line: systemctl('stop') };
  return { kind: 'node', name: node, items: isDown ? [power] : [power, kubelet] };
}

function clusterGroup(trace: Trace, step: number, stopped: ReadonlySet<string>): Group {
  const line = schedulerLine(trace, step);

  const scheduler: Item = stopped.has(SCHEDULER)
    ? { name: 'schedulerUp', fault: { kind: 'scheduler-up' } }
    : { name: 'schedulerDown', fault: { kind: 'scheduler-down' }, ...(line && { line }) };
  const registry: Item = stopped.has(REGISTRY)
    ? { name: 'registryUp', fault: { kind: 'registry-up' } }
    : { name: 'registryDown', fault: { kind: 'registry-down' } };
  return { kind: 'cluster', name: '', items: [scheduler, registry] };
}

/** On the node whose kubelet runs the scheduler from its manifest. */
function schedulerLine(trace: Trace, step: number): Item['line'] {
  const own = trace
    .rowsUnder('/registry/pods/kube-system/', step)
    .map(([, pod]) => pod as Pod)
    .find(({ metadata, spec }) => spec.nodeName !== undefined && metadata.name === `kube-scheduler-${spec.nodeName}`);
  return own && { text: `ssh ${own.spec.nodeName} mv /etc/kubernetes/manifests/kube-scheduler.yaml /root`, isSame: true };
}
