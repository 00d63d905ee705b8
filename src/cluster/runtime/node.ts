// What a node's containerd holds: sandboxes, containers, volumes and images, and how it acts and waits. The other files of this folder
// act on it.
import { must } from '../../base/assert.ts';
import { equal } from '../../base/json.ts';
import type { Instant, RecordId } from '../../engine/records.ts';
import type { ClusterContext } from '../component.ts';
import type { HttpRequest, HttpResponse, NetAnswerMessage } from '../messages.ts';
import type { Addresses } from './addresses.ts';
import type { ContainerLog } from './container-log.ts';
import type { Disk } from './host/disk.ts';
import type { ContainerConfig, RuntimeContainer, SandboxStatus } from './cri.ts';
import type { Image, Registry } from './images/registry.ts';
import type { PidSpace } from './pid-space.ts';
import type { Machine } from './process/machine-interface.ts';
import type { Tree } from './process/tree.ts';

/** A network namespace: who listens on which port. */
export interface NetworkSpace {
  readonly ports: Map<number, Container>;
}

/** A sandbox: the pause container and the namespaces it holds. */
export interface Sandbox {
  readonly id: string;
  readonly pod: { readonly uid: string; readonly name: string; readonly namespace: string };
  readonly attempt: number;
  readonly hostname: string;
  readonly hostNetwork: boolean;
  /** Its address: the node's own on the host's network. It stays reserved until StopPodSandbox. */
  readonly ip: string;
  createdAt: Instant;
  readonly hosts: string;
  readonly resolvConf: string;
  readonly hostPorts: readonly { readonly hostPort: number; readonly containerPort: number; readonly protocol: string }[];
  readonly network: NetworkSpace;
  /** Of a Pod whose containers share one process namespace. */
  readonly pids: PidSpace | undefined;
  /** pause is process 1 of what they share: without it the kernel kills them all. */
  readonly endsWithPause: boolean;
  state: 'ready' | 'notready';
  /** Its network has been taken down. */
  isTornDown: boolean;
}

/** What becomes of the text and the end of a process other than process 1. */
export interface SessionHandler {
  output(fd: 1 | 2, text: string): void;
  ended(exitCode: number): void;
}

/** A container. */
export interface Container {
  readonly id: string;
  readonly sandbox: Sandbox;
  readonly config: ContainerConfig;
  readonly image: Image;
  createdAt: Instant;
  readonly log: ContainerLog;
  state: 'created' | 'running' | 'exited';
  startedAt: Instant | undefined;
  finishedAt: Instant | undefined;
  exitCode: number | undefined;
  reason: string | undefined;
  message: string | undefined;
  terminationMessage: string | undefined;
  machine: Machine | undefined;
  /** The process namespace that it shares with others. */
  pids: PidSpace | undefined;
  /** Of process 1, once it has started: its number (not 1 where the Pod shares its process namespace), environment and directory. */
  pid: number;
  env: ReadonlyMap<string, string>;
  cwd: string;
  cpuLimitMilli: number | undefined;
  memoryLimitBytes: number | undefined;
  /** Held by nobody's program: the fault `memory`. */
  extraBytes: number;
  isOutOfMemory: boolean;
  /** What the faults `app-hang` and `app-fail` have made of its program: one that hangs takes no turn, one that fails answers 500. */
  app: 'well' | 'hung' | 'failing';
  /** The fault that made it so. */
  appCause: RecordId;
  /** Instants at which its machine will be stepped. */
  readonly wakes: Set<Instant>;
  readonly sessions: Map<number, SessionHandler>;
  /** Its stop signal has been sent: it is sent once. */
  isStopSignalled: boolean;
  /** Called when it has ended. */
  readonly onEnd: Set<() => void>;
  /** Called with each piece of its log. */
  readonly onLog: Set<(text: string, fd: 1 | 2) => void>;
  /** HTTP requests that its programs have not answered, by connection. */
  readonly open: Map<number, (response: HttpResponse | undefined) => void>;
  /** Log text of this step that is not yet in the trace, and how much of the trace its log has taken. */
  pendingLog: string;
  tracedBytes: number;
}

/** How a dial ended; without it the dialler waits until its own time is up. */
export type Dialled = Pick<NetAnswerMessage, 'outcome' | 'response'>;

/** What this node's containers have asked of the network, and who waits for the answer. */
export interface Outgoing {
  readonly dials: Map<number, (answer: Dialled) => void>;
  readonly names: Map<number, (ip: string | undefined) => void>;
  lastId: number;
}

/** How a call is answered, and what a runtime is made of. */
export interface NodeOptions {
  readonly node: string;
  readonly startAtMs: number;
  readonly hostIp: string;
  /** The range of its Pods' addresses, without the last part: `10.244.1`. */
  readonly podCidr: string;
  readonly cpuMilli: number;
  readonly memoryBytes: number;
  /** What stands on its disk besides the operating system, by path; asked for once. */
  files?(): Readonly<Record<string, string>>;
}

/** What is written of a container, whoever keeps it. */
export type KeptRow = Pick<RuntimeContainer, 'memoryBytes'>;

/** Whoever has the containers run (a kubelet, dockerd): what is told of them, where they are written, how they reach what is outside. */
export interface Keeper {
  /** The key of the row that notes and messages about a sandbox are about. */
  subject(sandbox: Sandbox): string;
  /** Notes that process 1 has started, or ended. */
  started(node: RuntimeNode, container: Container): RecordId;
  exited(node: RuntimeNode, container: Container): RecordId;
  /** The kernel kills a container that holds more than its limit, or than the machine has. */
  outOfMemory(node: RuntimeNode, container: Container, of: 'limit' | 'node'): void;
  /** What the kernel's log says of a machine that ran out of memory. */
  systemOutOfMemory(node: RuntimeNode, victim: { readonly program: string; readonly pid: number }): void;
  /** A process takes steps without end. */
  busy(node: RuntimeNode, container: Container): void;
  /** Something about a sandbox or its containers has changed. */
  changed(node: RuntimeNode, sandbox: Sandbox): void;
  rowKey(node: RuntimeNode, container: Container): string;
  row(container: Container): KeptRow;
  logKey(node: RuntimeNode, container: Container): string;
  /** A program connects to an address that is not its own. */
  dial(node: RuntimeNode, container: Container, target: DialTarget, finish: (answer: Dialled) => void): void;
  /** A program asks for the address of a name. */
  resolve(node: RuntimeNode, container: Container, name: string, finish: (ip: string | undefined) => void): void;
}

/** Where a program connects to. */
export interface DialTarget {
  readonly ip: string;
  readonly port: number;
  readonly http: HttpRequest | undefined;
}

/** The state of a node's runtime. */
export interface RuntimeNode {
  readonly options: NodeOptions;
  readonly self: string;
  readonly keeper: Keeper;
  /** What it acts through: that of the delivery at hand. */
  context(): ClusterContext;
  /** Does something after a while, unless the node has gone down by then. */
  later(ms: number, act: () => void): Timer;
  /** A time in milliseconds around `ms`, up to `spread` away. */
  around(ms: number, spread: number): number;
  newId(purpose: string, subject: string): string;
  readonly sandboxes: Map<string, Sandbox>;
  readonly containers: Map<string, Container>;
  /** The node's own disk, on which volumes stand; and the volumes that are mounted, by the path of their source. */
  readonly disk: Disk;
  readonly volumes: Map<string, Tree>;
  readonly images: Map<string, Image>;
  readonly registry: Registry;
  readonly addresses: Addresses;
  readonly hostNetwork: NetworkSpace;
  readonly outgoing: Outgoing;
  /** Containers whose row or log has to be written at the end of the step. */
  readonly dirty: Set<Container>;
  isRegistryDown: boolean;
  /** The fault that took it away. */
  registryCause: RecordId;
  /** Of the kubelet's process: since when it runs, and when it was stopped, where it was. */
  kubeletStartedAt: Instant;
  kubeletStoppedAt: Instant | undefined;
  isDown: boolean;
}

/** Something that will be done, and can be called off. */
export interface Timer {
  cancel(): void;
}

/** The first session of a machine is process 1. */
export const FIRST_SESSION = 1;

const HEX = '0123456789abcdef';

/** The moving parts of a runtime node that have no state of their own to show: the current context, and what is to be done later. */
export function createScheduler(): {
  enter(context: ClusterContext): void;
  context(): ClusterContext;
  later(ms: number, act: () => void): Timer;
  due(key: string): void;
  clear(): void;
} {
  let current: ClusterContext | undefined;
  let lastTimer = 0;
  const timers = new Map<string, () => void>();
  const context = (): ClusterContext => must(current, 'a runtime acts only while it handles a delivery');
  return {
    enter(next) {
      current = next;
    },
    context,
    later(ms, act) {
      lastTimer += 1;
      const key = String(lastTimer);
      timers.set(key, act);
      const wake = context().wake(ms, { type: 'wake', wake: 'later', key });
      return {
        cancel() {
          if (timers.delete(key)) context().cancel(wake);
        },
      };
    },
    due(key) {
      const act = timers.get(key);
      timers.delete(key);
      act?.();
    },
    clear: () => timers.clear(),
  };
}

/** 64 hexadecimal digits that the seed and the subject decide. */
export const newId = (context: ClusterContext, purpose: string, subject: string): string => context.random(purpose, subject).text(64, HEX);

/** The etcd key of a sandbox's Pod: what notes are about. */
export const podKey = ({ pod }: Sandbox): string => `/registry/pods/${pod.namespace}/${pod.name}`;

/** The fields of a note that name a container. */
export function ofContainer(node: RuntimeNode, { sandbox, config }: Container) {
  return { namespace: sandbox.pod.namespace, pod: sandbox.pod.name, node: node.options.node, container: config.name, kind: config.kind };
}

/** A sandbox as the runtime answers it, without its containers. */
export function sandboxRow(sandbox: Sandbox): Omit<SandboxStatus, 'containers'> {
  return {
    id: sandbox.id,
    podUid: sandbox.pod.uid,
    podName: sandbox.pod.name,
    namespace: sandbox.pod.namespace,
    attempt: sandbox.attempt,
    state: sandbox.state,
    ip: sandbox.hostNetwork || sandbox.state !== 'ready' ? '' : sandbox.ip,
    hostname: sandbox.hostname,
    createdAt: sandbox.createdAt,
  };
}

/** A container as the runtime answers it. */
export function containerRow(container: Container): RuntimeContainer {
  const { sandbox, config, machine } = container;
  const isRunning = container.state === 'running';
  const own = isRunning && machine ? (container.pids ? container.pids.own(machine) : machine.processes()) : [];
  return {
    id: container.id,
    sandboxId: sandbox.id,
    podUid: sandbox.pod.uid,
    name: config.name,
    kind: config.kind,
    image: container.image.name,
    imageId: container.image.id,
    attempt: config.attempt,
    state: container.state,
    createdAt: container.createdAt,
    ...(container.startedAt !== undefined && { startedAt: container.startedAt }),
    ...(container.finishedAt !== undefined && { finishedAt: container.finishedAt }),
    ...(container.exitCode !== undefined && { exitCode: container.exitCode }),
    ...(container.reason !== undefined && { reason: container.reason }),
    ...(container.message !== undefined && { message: container.message }),
    ...(container.terminationMessage !== undefined && { terminationMessage: container.terminationMessage }),
    ...(isRunning && container.app !== 'well' && { app: container.app }),
    memoryBytes: isRunning ? memoryOf(container) : 0,
    processes: own.flatMap(({ pid, ppid, command, state }) => (state === 'zombie' ? [] : [{ pid, ppid, command, state }])),
    ports: [...sandbox.network.ports].flatMap(([port, owner]) => (owner === container ? [port] : [])).sort((a, b) => a - b),
  };
}

/** Memory that a container's processes hold, in bytes. */
export const memoryOf = ({ machine, extraBytes }: Container): number => (machine?.memoryBytes() ?? 0) + extraBytes;

/** What `createRuntime` writes of a sandbox. */
export function writeSandbox(node: RuntimeNode, sandbox: Sandbox): void {
  const key = `/run/${node.options.node}/sandboxes/${sandbox.id}`;
  node.context().write(key, node.sandboxes.has(sandbox.id) ? sandboxRow(sandbox) : undefined);
}

/** At the end of a step: the rows and logs of the containers that changed in it. `onGrowth`: they hold more than the node has. */
export function createFlush(node: RuntimeNode, onGrowth: () => boolean): () => void {
  const written = new Map<string, KeptRow>();
  let heldBytes = 0;
  const flush = (): void => {
    for (const container of node.dirty) {
      flushLog(node, container);
      const key = node.keeper.rowKey(node, container);
      if (!node.containers.has(container.id)) {
        heldBytes -= written.get(container.id)?.memoryBytes ?? 0;
        if (written.delete(container.id)) node.context().write(key, undefined);
        continue;
      }
      const row = node.keeper.row(container);
      const before = written.get(container.id);
      if (equal(row, before)) continue;
      heldBytes += row.memoryBytes - (before?.memoryBytes ?? 0);
      written.set(container.id, row);
      node.context().write(key, row);
    }
    node.dirty.clear();
    if (heldBytes > node.options.memoryBytes && onGrowth()) flush();
  };
  return flush;
}

/** What one container's log may take of the trace: the page must hold it. */
const TRACED_LOG_BYTES = 1024 * 1024;

function flushLog(node: RuntimeNode, container: Container): void {
  const text = container.pendingLog;
  if (text === '') return;
  container.pendingLog = '';
  const before = container.tracedBytes;
  container.tracedBytes += text.length;
  if (before > TRACED_LOG_BYTES) return;
  node.context().log(node.keeper.logKey(node, container), text);
}
