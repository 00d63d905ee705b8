// `docker create`: a container with namespaces of its own, or with those of another where it is told so. No pause holds them open: they are
// the container's, and end with it. Models moby daemon/create.go.
import { must } from '../../base/assert.ts';
import { note } from '../notes.ts';
import { addContainer } from '../runtime/containers.ts';
import type { ContainerConfig } from '../runtime/cri.ts';
import { fullName } from '../runtime/images/registry.ts';
import { type Container, newId, type RuntimeNode, type Sandbox } from '../runtime/node.ts';
import { type DockerContainer, type DockerEngine, findContainer } from './engine.ts';
import { containerName } from './names.ts';
import { badRequest, conflict, noSuchContainer, noSuchImage } from './refusal.ts';
import { DOCKER_BRIDGE, DOCKER_CONTAINERS, type Namespaces, type PublishedPort } from './row.ts';

/** What a client asks for. */
export interface CreateBody {
  readonly Image: string;
  readonly Cmd?: readonly string[];
  readonly Entrypoint?: readonly string[];
  readonly Env: readonly string[];
  readonly Hostname?: string;
  readonly WorkingDir?: string;
  readonly User?: string;
  readonly OpenStdin: boolean;
  readonly Tty: boolean;
  readonly HostConfig: {
    /** `bridge`, `host`, `none` or `container:<name>`. */
    readonly NetworkMode: string;
    readonly PidMode: string;
    readonly IpcMode: string;
    readonly Ports: readonly PublishedPort[];
    readonly AutoRemove: boolean;
    readonly Memory?: number;
  };
}

const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;
const SHORT_ID = 12;
/** What the kernel hands out where no port of the laptop is named. */
const FIRST_EPHEMERAL_PORT = 32_768;
const EPHEMERAL_PORTS = 28_232;
/** The laptop's own name, which a container on the host's network has too. */
export const LAPTOP = 'laptop';

/** Makes a container that has not started; answers its id. */
export function create(engine: DockerEngine, wanted: string, body: CreateBody): DockerContainer {
  const { node, containers } = engine;
  const image = node.images.get(fullName(body.Image) ?? body.Image);
  if (!image) throw noSuchImage(body.Image.includes(':') ? body.Image : `${body.Image}:latest`);
  const id = newId(node.context(), 'docker-container', String(engine.count + 1));
  const name = nameOf(engine, wanted);
  const sharing = sharingOf(engine, id, body.HostConfig);
  const config = configOf(body, name, sharing.pidOf);
  const command = commandOf(body, image.behaviour);
  if (command.length === 0) throw badRequest('no command specified');
  engine.count += 1;
  const sandbox = sandboxOf(node, id, name, body, sharing.netOf?.container.sandbox);
  const container = addContainer(node, sandbox, config, id);
  const one: DockerContainer = {
    container,
    name,
    image: body.Image,
    command,
    published: sandbox.hostPorts,
    namespaces: sharing.namespaces,
    networkMode: sharing.netOf ? `container:${sharing.netOf.container.id}` : body.HostConfig.NetworkMode,
    isRemovedAtEnd: body.HostConfig.AutoRemove,
  };
  containers.set(id, one);
  node.sandboxes.set(id, sandbox);
  if (image.isUnknown) {
    const detail = `${image.name} is not in the catalogue: its program runs on and does nothing`;
    note(node.context(), 'not-simulated', DOCKER_CONTAINERS + id, { what: 'image', detail }, 'story');
  }
  return one;
}

function nameOf(engine: DockerEngine, wanted: string): string {
  const holder = (name: string): Container | undefined => [...engine.containers.values()].find((one) => one.name === name)?.container;
  if (wanted === '') {
    return containerName(engine.node.context().random('docker-name', String(engine.count + 1)), (name) => holder(name) !== undefined);
  }
  const name = wanted.replace(/^\//, '');
  if (!NAME.test(name)) {
    throw badRequest(`Invalid container name (${wanted}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`);
  }
  const taken = holder(name);
  if (taken) {
    throw conflict(
      `Conflict. The container name "/${name}" is already in use by container "${taken.id}". You have to remove (or rename) that container to be able to reuse that name.`,
    );
  }
  return name;
}

interface Sharing {
  readonly namespaces: Namespaces;
  readonly netOf: DockerContainer | undefined;
  readonly pidOf: string | undefined;
}

/** Which namespaces are another container's, or the laptop's. */
function sharingOf(engine: DockerEngine, id: string, { NetworkMode, PidMode, IpcMode }: CreateBody['HostConfig']): Sharing {
  const other = (mode: string): DockerContainer | undefined => {
    if (!mode.startsWith('container:')) return undefined;
    const reference = mode.slice('container:'.length);
    const found = findContainer(engine, reference);
    if (!found) throw noSuchContainer(reference);
    if (found.container.state !== 'running') {
      throw conflict(`cannot join network namespace of a non running container: ${found.container.id}`);
    }
    return found;
  };
  const netOf = other(NetworkMode);
  const pidOf = other(PidMode);
  const ipcOf = other(IpcMode);
  const net = netOf?.namespaces.net ?? (NetworkMode === 'host' ? 'host' : id);
  return {
    netOf,
    pidOf: pidOf?.container.id,
    namespaces: {
      net,
      // Who shares a network shares the host name too.
      uts: netOf?.namespaces.uts ?? (NetworkMode === 'host' ? 'host' : id),
      ipc: ipcOf?.namespaces.ipc ?? (IpcMode === 'host' ? 'host' : id),
      pid: pidOf?.namespaces.pid ?? id,
      mnt: id,
    },
  };
}

/** The container's namespaces, as the runtime has them: a sandbox without pause, of this container alone. */
function sandboxOf(node: RuntimeNode, id: string, name: string, body: CreateBody, shared: Sandbox | undefined): Sandbox {
  const free = (): number => FIRST_EPHEMERAL_PORT + node.context().random('docker-port', id).below(EPHEMERAL_PORTS);
  const { NetworkMode } = body.HostConfig;
  const isHost = NetworkMode === 'host';
  const own =
    NetworkMode === 'none' ? '' : isHost ? DOCKER_BRIDGE.ip : must(node.addresses.take(), 'a laptop runs fewer than 253 containers');
  if (shared && own !== '' && !isHost) node.addresses.release(own);
  const ip = shared?.ip ?? own;
  const hostname = shared?.hostname ?? (isHost ? LAPTOP : (body.Hostname ?? id.slice(0, SHORT_ID)));
  return {
    id,
    pod: { uid: id, name, namespace: '' },
    attempt: 0,
    hostname,
    hostNetwork: isHost,
    ip,
    createdAt: node.context().at,
    hosts: shared?.hosts ?? hostsFile(isHost ? '' : ip, hostname),
    resolvConf: shared?.resolvConf ?? '# Generated by Docker Engine.\nnameserver 192.168.0.1\n',
    hostPorts: shared || isHost ? [] : body.HostConfig.Ports.map((port) => (port.hostPort === 0 ? { ...port, hostPort: free() } : port)),
    network: shared?.network ?? (isHost ? node.hostNetwork : { ports: new Map() }),
    pids: undefined,
    endsWithPause: false,
    state: 'ready',
    isTornDown: false,
  };
}

/** /etc/hosts as docker writes it. Models moby libnetwork/etchosts. */
function hostsFile(ip: string, hostname: string): string {
  const lines = [
    '127.0.0.1\tlocalhost',
    '::1\tlocalhost ip6-localhost ip6-loopback',
    'fe00::\tip6-localnet',
    'ff00::\tip6-mcastprefix',
    'ff02::1\tip6-allnodes',
    'ff02::2\tip6-allrouters',
    ...(ip === '' ? [] : [`${ip}\t${hostname}`]),
  ];
  return `${lines.join('\n')}\n`;
}

function configOf(body: CreateBody, name: string, pidOf: string | undefined): ContainerConfig {
  const { Image, Entrypoint, Cmd, Env, WorkingDir, User, OpenStdin, Tty, HostConfig } = body;
  return {
    name,
    kind: 'app',
    image: Image,
    ...(Entrypoint && { command: Entrypoint }),
    ...(Cmd && { args: Cmd }),
    ...(WorkingDir !== undefined && { workingDir: WorkingDir }),
    env: Env.map((text) => ({ name: text.split('=', 1)[0] ?? '', value: text.slice(text.indexOf('=') + 1) })),
    mounts: [],
    attempt: 0,
    stdin: OpenStdin,
    tty: Tty,
    ...(User !== undefined && /^\d+/.test(User) && { runAsUser: Number.parseInt(User, 10) }),
    ...(HostConfig.Memory !== undefined && { memoryLimitBytes: HostConfig.Memory }),
    terminationMessagePath: '',
    ...(pidOf !== undefined && { pidOf }),
  };
}

/** Entrypoint and command of the image, as far as nothing else is said. */
function commandOf(
  { Entrypoint, Cmd }: CreateBody,
  behaviour: { readonly entrypoint?: readonly string[]; readonly cmd?: readonly string[] },
): readonly string[] {
  if (Entrypoint) return [...Entrypoint, ...(Cmd ?? [])];
  return [...(behaviour.entrypoint ?? []), ...(Cmd ?? behaviour.cmd ?? [])];
}
