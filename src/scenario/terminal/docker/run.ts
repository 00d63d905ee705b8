// docker run: create, pull where the image is missing, start; attached unless it is detached. Models docker/cli container/run.go.
import { isObject } from '../../../base/json.ts';
import type { CreateBody } from '../../../cluster/docker/create.ts';
import type { PublishedPort } from '../../../cluster/docker/row.ts';
import type { Sys } from '../../../cluster/runtime/process/program.ts';
import { ask, carry, close, complain, type Docker, type EngineAnswer, print, refusalIn } from './client.ts';
import type { DockerCommand } from './command.ts';
import type { DockerFlag, DockerLine } from './flags.ts';
import { pullImage, tagged, wrongReference } from './pull.ts';

const text = (name: string, short?: string): DockerFlag => ({ name, type: 'text', ...(short && { short }) });
const bool = (name: string, short?: string): DockerFlag => ({ name, type: 'bool', ...(short && { short }) });
const list = (name: string, short?: string): DockerFlag => ({ name, type: 'list', ...(short && { short }) });
const leftOut = (flag: DockerFlag): DockerFlag => ({ ...flag, isLeftOut: true });

const FLAGS: readonly DockerFlag[] = [
  ...[bool('detach', 'd'), bool('interactive', 'i'), bool('tty', 't'), bool('rm'), text('name'), list('publish', 'p'), list('env', 'e')],
  ...[text('network'), text('net'), text('pid'), text('ipc'), text('entrypoint'), text('hostname', 'h'), text('workdir', 'w')],
  ...[text('user', 'u'), text('memory', 'm')],
  ...[list('volume', 'v'), text('restart'), list('label', 'l'), text('cpus'), list('mount'), list('add-host'), list('cap-add')].map(
    leftOut,
  ),
  ...[bool('privileged'), bool('init'), bool('read-only'), text('pull'), text('platform'), list('expose'), bool('publish-all', 'P')].map(
    leftOut,
  ),
];

/** What docker itself could not do, as opposed to the container's own exit code. */
const OWN_FAILURE = 125;
const NOT_EXECUTABLE = 126;
const NOT_FOUND = 127;

function* fail(message: string): Docker {
  yield* complain(`docker: ${message}\n\nRun 'docker run --help' for more information\n`);
  if (message.includes('executable file not found') || message.includes('no such file or directory')) return NOT_FOUND;
  return message.includes('permission denied: unknown') ? NOT_EXECUTABLE : OWN_FAILURE;
}

export const run: DockerCommand = {
  usage: 'run [OPTIONS] IMAGE [COMMAND] [ARG...]',
  about: 'Create and run a new container from an image',
  flags: FLAGS,
  least: 1,
  stopsEarly: true,
  *run(sys, line) {
    const image = line.args[0] ?? '';
    const wrong = wrongReference(image);
    if (wrong !== undefined) return yield* fail(wrong);
    const ports = line.list('publish').map(readPort);
    const wrongPort = ports.find((port) => typeof port === 'string');
    if (typeof wrongPort === 'string') return yield* fail(wrongPort);
    const body = bodyOf(
      line,
      image,
      ports.filter((port) => typeof port !== 'string'),
    );
    const created = yield* create(sys, line.text('name') ?? '', body);
    const refusal = refusalIn(created);
    if (refusal !== undefined) return yield* fail(refusal);
    const id = isObject(created.body) ? String(created.body.Id) : '';
    return line.isOn('detach') ? yield* runDetached(id) : yield* runAttached(sys, id, body);
  },
};

/** Creates the container; an image that is not there is pulled first. */
function* create(sys: Sys, name: string, body: CreateBody): Docker<EngineAnswer> {
  const first = yield* ask('POST', '/containers/create', { query: { name }, body });
  const isMissing = first.code === 404 && isObject(first.body) && String(first.body.message).startsWith('No such image');
  if (!isMissing) return first;
  const image = tagged(body.Image);
  yield* complain(`Unable to find image '${image}' locally\n`);
  const error = yield* pullImage(sys, image, 2);
  if (error !== undefined) return { code: 404, body: { message: error.replace('Error response from daemon: ', '') }, stream: undefined };
  return yield* ask('POST', '/containers/create', { query: { name }, body });
}

function* runDetached(id: string): Docker {
  const refusal = refusalIn(yield* ask('POST', `/containers/${id}/start`));
  yield* print(`${id}\n`);
  return refusal === undefined ? 0 : yield* fail(refusal);
}

/** The streams are joined first: nothing that the container says is missed. */
function* runAttached(sys: Sys, id: string, { OpenStdin, Tty }: CreateBody): Docker {
  const { stream = '' } = yield* ask('POST', `/containers/${id}/attach`);
  const refusal = refusalIn(yield* ask('POST', `/containers/${id}/start`));
  if (refusal !== undefined) {
    yield* close(stream);
    return yield* fail(refusal);
  }
  function* onInterrupt(): Docker<void> {
    yield* ask('POST', `/containers/${id}/kill`, { query: { signal: 'INT' } });
  }
  const { exitCode } = yield* carry(sys, stream, { stdin: OpenStdin, tty: Tty, ...(!Tty && { onInterrupt }) });
  return exitCode;
}

function bodyOf(line: DockerLine, image: string, ports: readonly PublishedPort[]): CreateBody {
  const [, ...command] = line.args;
  const entrypoint = line.text('entrypoint');
  const hostname = line.text('hostname');
  const workdir = line.text('workdir');
  const user = line.text('user');
  const memory = bytesOf(line.text('memory') ?? '');
  return {
    Image: image,
    ...(command.length > 0 && { Cmd: command }),
    ...(entrypoint !== undefined && { Entrypoint: [entrypoint] }),
    Env: line.list('env').filter((pair) => pair.includes('=')),
    ...(hostname !== undefined && { Hostname: hostname }),
    ...(workdir !== undefined && { WorkingDir: workdir }),
    ...(user !== undefined && { User: user }),
    OpenStdin: line.isOn('interactive'),
    Tty: line.isOn('tty'),
    HostConfig: {
      NetworkMode: line.text('network') ?? line.text('net') ?? 'bridge',
      PidMode: line.text('pid') ?? '',
      IpcMode: line.text('ipc') ?? 'private',
      Ports: ports,
      AutoRemove: line.isOn('rm'),
      ...(memory !== undefined && { Memory: memory }),
    },
  };
}

/** `8080:80`, `127.0.0.1:8080:80/tcp`, `80`; a text says what is wrong with it. Models nat.ParsePortSpec. */
function readPort(spec: string): PublishedPort | string {
  const [, address = '', protocol = 'tcp'] = /^([^/]*)(?:\/(\w+))?$/.exec(spec) ?? [];
  const parts = address.split(':');
  const containerPort = parts.at(-1) ?? '';
  const hostPort = parts.length > 1 ? (parts.at(-2) ?? '') : '';
  if (containerPort === '') return `invalid argument "${spec}" for "-p, --publish" flag: no port specified: ${spec}<empty>`;
  if (!isPort(containerPort)) return `invalid containerPort: ${containerPort}`;
  if (hostPort !== '' && !isPort(hostPort)) return `invalid hostPort: ${hostPort}`;
  return { hostPort: Number(hostPort), containerPort: Number(containerPort), protocol };
}

const isPort = (given: string): boolean => /^\d{1,5}$/.test(given) && Number(given) <= 65_535;

const BYTES: Readonly<Record<string, number>> = { '': 1, b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

function bytesOf(size: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)([bkmg]?)b?$/i.exec(size);
  return match ? Math.round(Number(match[1]) * (BYTES[(match[2] ?? '').toLowerCase()] ?? 1)) : undefined;
}
