// Containers: created, started, stopped, removed; and the end of a container, however it comes.
import { must } from '../../base/assert.ts';
import type { Instant } from '../../engine/records.ts';
import { note } from '../notes.ts';
import type { ContainerConfig, CriAnswer } from './cri.ts';
import { createContainerLog } from './container-log.ts';
import { programsOf, quietProgram } from './images/bases.ts';
import { fullName } from './images/registry.ts';
import { checkMemory, isOverLimit, killContainer } from './kills.ts';
import { createMachineHost } from './machine-host.ts';
import { type Container, newId, type RuntimeNode, type Sandbox } from './node.ts';
import { startError } from './oci-errors.ts';
import { createPidSpace, type PidSpace } from './pid-space.ts';
import { createMachine } from './process/machine.ts';
import type { Machine } from './process/machine-interface.ts';
import type { Signal } from './process/program.ts';
import type { Tree } from './process/tree.ts';
import { createRootFiles } from './root-files.ts';

/** What a call is answered with. */
export type Reply = (answer: CriAnswer) => void;

const CREATE_MS = 18;
const START_MS = 62;
/** From the end of a process until containerd has taken note of it: what is asked meanwhile is answered `running`. */
const REAP_MS = 30;
const TERMINATION_MESSAGE_CHARACTERS = 4096;

const failure = (message: string): CriAnswer => ({ error: { code: 'Unknown', message } });

/** Handles CreateContainer. */
export function createContainer(node: RuntimeNode, sandbox: Sandbox, config: ContainerConfig, reply: Reply) {
  node.later(node.around(CREATE_MS, 6), () => {
    const image = node.images.get(fullName(config.image) ?? config.image);
    if (!image) return reply(failure(`failed to get image "${config.image}": not found`));
    if (argvOf(config, image.behaviour).length === 0) {
      return reply(failure('failed to generate container spec: failed to generate spec: no command specified'));
    }
    const container = addContainer(
      node,
      sandbox,
      config,
      newId(node.context(), 'container', `${sandbox.id}/${config.name}/${config.attempt}`),
    );
    if (container.image.isUnknown) {
      const detail = `${container.image.name} is not in the catalogue: its program runs on and does nothing`;
      note(node.context(), 'not-simulated', node.keeper.subject(sandbox), { what: 'image', detail }, 'story');
    }
    node.keeper.changed(node, sandbox);
    reply({ ok: { containerId: container.id } });
  });
}

/** Puts a container in place that has not started. */
export function addContainer(node: RuntimeNode, sandbox: Sandbox, config: ContainerConfig, id: string): Container {
  const container: Container = {
    id,
    sandbox,
    config,
    image: must(node.images.get(fullName(config.image) ?? config.image), `image ${config.image} is on the node`),
    createdAt: node.context().at,
    log: createContainerLog(),
    state: 'created',
    startedAt: undefined,
    finishedAt: undefined,
    exitCode: undefined,
    reason: undefined,
    message: undefined,
    terminationMessage: undefined,
    machine: undefined,
    pids: undefined,
    pid: 1,
    env: new Map(),
    cwd: '/',
    cpuLimitMilli: config.cpuLimitMilli,
    memoryLimitBytes: config.memoryLimitBytes,
    extraBytes: 0,
    isOutOfMemory: false,
    app: 'well',
    appCause: 0,
    wakes: new Set(),
    sessions: new Map(),
    isStopSignalled: false,
    onEnd: new Set(),
    onLog: new Set(),
    open: new Map(),
    pendingLog: '',
    tracedBytes: 0,
  };
  node.containers.set(id, container);
  node.dirty.add(container);
  return container;
}

/** What will be run: entrypoint and command of the image, overridden as Kubernetes overrides them. */
function argvOf(
  config: ContainerConfig,
  behaviour: { readonly entrypoint?: readonly string[]; readonly cmd?: readonly string[] },
): readonly string[] {
  const { command, args } = config;
  const hasCommand = command !== undefined && command.length > 0;
  const hasArgs = args !== undefined && args.length > 0;
  if (hasCommand) return [...command, ...(args ?? [])];
  return [...(behaviour.entrypoint ?? []), ...(hasArgs ? args : (behaviour.cmd ?? []))];
}

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The environment of process 1, in the order in which containerd and runc put it together. */
function environmentOf({ config, sandbox, image }: Container): Map<string, string> {
  const env = new Map([
    ['PATH', PATH],
    ['HOSTNAME', sandbox.hostname],
  ]);
  if (config.tty) env.set('TERM', 'xterm');
  for (const [name, value] of Object.entries(image.behaviour.env ?? {})) env.set(name, value);
  for (const { name, value } of config.env) env.set(name, value);
  if (!env.has('HOME')) env.set('HOME', isRoot(config, image.behaviour.user) ? '/root' : '/');
  return env;
}

const isRoot = (config: ContainerConfig, user: string | undefined): boolean =>
  config.runAsUser === undefined ? user === undefined || user === '' || user === 'root' || user === '0' : config.runAsUser === 0;

function userOf(config: ContainerConfig, user: string | undefined): { readonly uid: number; readonly name: string } {
  if (config.runAsUser !== undefined) return { uid: config.runAsUser, name: config.runAsUser === 0 ? 'root' : String(config.runAsUser) };
  if (isRoot(config, user)) return { uid: 0, name: 'root' };
  const named = user ?? 'root';
  return { uid: /^\d+/.test(named) ? Number.parseInt(named, 10) : 1000, name: named };
}

/** Handles StartContainer. */
export function startContainer(node: RuntimeNode, container: Container, reply: Reply) {
  node.later(node.around(START_MS, 14), () => {
    if (container.state !== 'created') return reply(failure(`container is in CONTAINER_${container.state.toUpperCase()} state`));
    const message = runProcess(node, container);
    reply(message === undefined ? { ok: { containerId: container.id } } : failure(message));
  });
}

/** Starts process 1; answers why it could not. `standsSince`: it stands at the start, and has since then. */
export function runProcess(node: RuntimeNode, container: Container, standsSince?: Instant): string | undefined {
  const { config, sandbox, image } = container;
  const argv = argvOf(config, image.behaviour);
  const user = userOf(config, image.behaviour.user);
  const cwd = config.workingDir ?? image.behaviour.workingDir ?? '/';
  const { files, termination } = createRootFiles(node, container, cwd, user.uid);
  const programs = programsOf(image.behaviour);
  const pids = pidSpaceOf(node, container);
  container.pids = pids;
  const machine = createMachine(
    createMachineHost(node, container, (code, signal) => endContainer(node, container, code, signal, termination)),
    {
      hostname: sandbox.hostname,
      addresses: [sandbox.ip],
      files,
      user,
      program: (path) => programs.get(path),
      get cpuLimit() {
        return (container.cpuLimitMilli ?? node.options.cpuMilli) / 1000;
      },
      get memoryLimitBytes() {
        return container.memoryLimitBytes;
      },
      ...(pids && { pids: pids.seenBy(() => membersOf(node, container, pids), sandbox.createdAt) }),
    },
  );
  const env = environmentOf(container);
  Object.assign(container, { machine, env, cwd });
  const spec = { argv, env, cwd, stdin: config.stdin ? 'open' : 'null', tty: config.tty } as const;
  let started = machine.start(spec);
  if ('error' in started && image.isUnknown) started = machine.start({ ...spec, argv: [quietProgram] });
  if ('error' in started) {
    failToStart(node, container, startError(must(argv[0], 'something to run'), started.error));
    return container.message;
  }
  container.pid = started.pid;
  container.state = 'running';
  container.startedAt = standsSince ?? node.context().at;
  node.dirty.add(container);
  if (standsSince === undefined) {
    node.context().because(node.keeper.started(node, container));
    node.keeper.changed(node, sandbox);
  }
  machine.step();
  return undefined;
}

/** The process namespace that a container shares: its Pod's, the node's, or that of the container it is to debug. */
function pidSpaceOf(node: RuntimeNode, { sandbox, config }: Container): PidSpace | undefined {
  if (sandbox.pids) return sandbox.pids;
  const target = config.pidOf === undefined ? undefined : node.containers.get(config.pidOf);
  if (!target?.machine) return undefined;
  return target.pids ?? createPidSpace(Math.max(1, ...target.machine.processes().map(({ pid }) => pid)) + PIDS_APART, []);
}

/** The numbers of a debugging container's processes start this far above those of its target. */
const PIDS_APART = 20;

/** The machines of the other containers that share a process namespace. */
function membersOf(node: RuntimeNode, container: Container, pids: PidSpace): readonly Machine[] {
  return [...node.containers.values()].flatMap((other) => {
    const shares = other !== container && (other.pids === pids || other.id === container.config.pidOf);
    return shares && other.state === 'running' && other.machine ? [other.machine] : [];
  });
}

function failToStart(node: RuntimeNode, container: Container, message: string) {
  container.machine = undefined;
  container.state = 'exited';
  container.finishedAt = node.context().at;
  container.exitCode = 128;
  container.reason = 'StartError';
  container.message = message;
  node.dirty.add(container);
  node.keeper.changed(node, container.sandbox);
}

/** Process 1 has ended; a little later the shim has reaped it, and the runtime knows. */
function endContainer(node: RuntimeNode, container: Container, exitCode: number, signal: Signal | undefined, termination: Tree) {
  if (container.state !== 'running' || container.finishedAt !== undefined) return;
  const { machine, sandbox } = container;
  const isOutOfMemory = container.isOutOfMemory || isOverLimit(container);
  container.finishedAt = node.context().at;
  container.exitCode = exitCode;
  container.reason = isOutOfMemory && signal === 'KILL' ? 'OOMKilled' : exitCode === 0 ? 'Completed' : 'Error';
  const said = termination.root.kind === 'file' ? termination.root.text.slice(0, TERMINATION_MESSAGE_CHARACTERS) : '';
  if (said !== '') container.terminationMessage = said;
  for (const [port, owner] of sandbox.network.ports) if (owner === container) sandbox.network.ports.delete(port);
  machine?.killAll();
  for (const session of container.sessions.values()) session.ended(137);
  container.sessions.clear();
  for (const answer of container.open.values()) answer(undefined);
  container.open.clear();
  container.wakes.clear();
  node.context().because(node.keeper.exited(node, container));
  node.later(node.around(REAP_MS, 10), () => {
    container.state = 'exited';
    node.dirty.add(container);
    node.keeper.changed(node, sandbox);
    const waiting = [...container.onEnd];
    container.onEnd.clear();
    for (const act of waiting) act();
  });
}

/** Handles StopContainer: the image's stop signal, and KILL when the time is up. */
export function stopContainer(node: RuntimeNode, container: Container, timeoutMs: number, reply: Reply) {
  const done = () => reply({ ok: { containerId: container.id } });
  if (container.state !== 'running') return done();
  if (timeoutMs <= 0) {
    container.onEnd.add(done);
    return killContainer(node, container);
  }
  const timer = node.later(timeoutMs, () => killContainer(node, container));
  container.onEnd.add(() => {
    timer.cancel();
    done();
  });
  if (container.isStopSignalled) return;
  container.isStopSignalled = true;
  const signal = (container.image.behaviour.stopSignal ?? 'TERM').replace(/^SIG/, '');
  container.machine?.signal(container.pid, signal);
  container.machine?.step();
}

/** Handles RemoveContainer: with force, as containerd does. */
export function removeContainer(node: RuntimeNode, container: Container) {
  killContainer(node, container);
  node.containers.delete(container.id);
  node.dirty.add(container);
}

/** Handles UpdateContainerResources. A limit below what is held kills at once. */
export function updateResources(
  node: RuntimeNode,
  container: Container,
  cpuLimitMilli: number | undefined,
  memoryLimitBytes: number | undefined,
) {
  container.cpuLimitMilli = cpuLimitMilli ?? container.cpuLimitMilli;
  container.memoryLimitBytes = memoryLimitBytes ?? container.memoryLimitBytes;
  checkMemory(node, container);
}
