// What a Docker Engine tells of its containers and images. Models the bodies of the Engine API, as far as its client reads them.
import type { Image } from '../runtime/images/registry.ts';
import type { DockerContainer, DockerEngine } from './engine.ts';
import { DOCKER_BRIDGE } from './row.ts';

/** A line of `docker ps`. */
export interface ContainerSummary {
  readonly Id: string;
  readonly Name: string;
  readonly Image: string;
  readonly Command: string;
  /** Milliseconds since the container was made, has started, has ended. */
  readonly CreatedMs: number;
  readonly State: 'created' | 'running' | 'exited';
  readonly UpMs?: number;
  readonly EndedMs?: number;
  readonly ExitCode?: number;
  readonly Ports: string;
}

/** A line of `docker images`. */
export interface ImageSummary {
  readonly Repository: string;
  readonly Tag: string;
  readonly Id: string;
  readonly Size: number;
}

const hasFailed = ({ container }: DockerContainer): boolean => container.reason === 'StartError';

const stateOf = (one: DockerContainer): ContainerSummary['State'] => (hasFailed(one) ? 'created' : one.container.state);

/** One container as `docker ps` has it. */
export function summaryOf({ node }: DockerEngine, one: DockerContainer): ContainerSummary {
  const { container } = one;
  const { at } = node.context();
  const { createdAt, startedAt, finishedAt, exitCode } = container;
  return {
    Id: container.id,
    Name: one.name,
    Image: one.image,
    Command: one.command.join(' '),
    CreatedMs: at - createdAt,
    State: stateOf(one),
    ...(startedAt !== undefined && { UpMs: at - startedAt }),
    ...(finishedAt !== undefined && { EndedMs: at - finishedAt }),
    ...(exitCode !== undefined && { ExitCode: exitCode }),
    Ports: stateOf(one) === 'running' ? portsText(one) : '',
  };
}

function portsText({ container, published, namespaces }: DockerContainer): string {
  if (namespaces.net !== container.id) return '';
  const mapped = published.flatMap(({ hostPort, containerPort, protocol }) => [
    `0.0.0.0:${hostPort}->${containerPort}/${protocol}`,
    `[::]:${hostPort}->${containerPort}/${protocol}`,
  ]);
  const exposed = (container.image.behaviour.exposes ?? []).filter(
    (port) => !published.some(({ containerPort }) => containerPort === port),
  );
  return [...exposed.map((port) => `${port}/tcp`), ...mapped].join(', ');
}

/** The name by which docker knows an image: Docker Hub and its library are left out. */
export const familiarName = (repository: string): string => repository.replace(/^docker\.io\/(library\/)?/, '');

/** An image as `docker images` has it. */
export function imageSummary({ name, id, behaviour }: Image): ImageSummary {
  const colon = name.lastIndexOf(':');
  return {
    Repository: familiarName(name.slice(0, colon)),
    Tag: name.slice(colon + 1),
    Id: id.slice(id.indexOf('@') + 1),
    Size: behaviour.sizeBytes,
  };
}

const dateOf = (epochMs: number, at: number | undefined): string =>
  at === undefined ? '0001-01-01T00:00:00Z' : new Date(epochMs + at).toISOString().replace(/\.(\d+)Z$/, '.$1000000Z');

/** What `docker inspect` prints of a container: the part that matters here. */
export function inspect({ node }: DockerEngine, one: DockerContainer): Readonly<Record<string, unknown>> {
  const { container, name, image, command, published, namespaces, networkMode, isRemovedAtEnd } = one;
  const { sandbox, config, createdAt, startedAt, finishedAt, exitCode = 0, id } = container;
  const { startAtMs } = node.options;
  const isRunning = container.state === 'running';
  const modeOf = (space: string, own: string): string => (space === id ? own : space === 'host' ? 'host' : `container:${space}`);
  const ip = isRunning && namespaces.net === id ? sandbox.ip : '';
  const bindings = Object.fromEntries(
    published.map(({ containerPort, protocol, hostPort }) => [
      `${containerPort}/${protocol}`,
      [{ HostIp: '0.0.0.0', HostPort: String(hostPort) }],
    ]),
  );
  return {
    Id: id,
    Created: dateOf(startAtMs, createdAt),
    Path: command[0] ?? '',
    Args: command.slice(1),
    State: {
      Status: stateOf(one),
      Running: isRunning,
      OOMKilled: container.reason === 'OOMKilled',
      ExitCode: isRunning ? 0 : exitCode,
      StartedAt: dateOf(startAtMs, startedAt),
      FinishedAt: dateOf(startAtMs, isRunning ? undefined : finishedAt),
    },
    Image: container.image.id.slice(container.image.id.indexOf('@') + 1),
    Name: `/${name}`,
    HostConfig: {
      NetworkMode: networkMode,
      PortBindings: bindings,
      AutoRemove: isRemovedAtEnd,
      IpcMode: modeOf(namespaces.ipc, 'private'),
      PidMode: modeOf(namespaces.pid, ''),
      UTSMode: '',
      Memory: container.memoryLimitBytes ?? 0,
    },
    Config: {
      Hostname: sandbox.hostname,
      Tty: config.tty,
      OpenStdin: config.stdin,
      Env: [...container.env].map(([key, value]) => `${key}=${value}`),
      Cmd: config.args ?? container.image.behaviour.cmd ?? null,
      Image: image,
      Entrypoint: config.command ?? container.image.behaviour.entrypoint ?? null,
    },
    NetworkSettings: {
      Ports: isRunning ? bindings : {},
      Networks: networkMode === 'bridge' ? { bridge: bridgeOf(ip) } : {},
    },
  };
}

function bridgeOf(ip: string): Readonly<Record<string, unknown>> {
  const isOn = ip !== '';
  return {
    Gateway: isOn ? DOCKER_BRIDGE.ip : '',
    IPAddress: ip,
    IPPrefixLen: isOn ? DOCKER_BRIDGE.length : 0,
  };
}
