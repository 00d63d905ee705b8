// What a Docker Engine holds: its machine's containers with what docker itself knows of them, and the commands that wait to be started.
import type { Container, RuntimeNode } from '../runtime/node.ts';
import type { Streams } from '../runtime/streams.ts';
import type { DockerRow, Namespaces, PublishedPort } from './row.ts';

/** A container with what docker knows of it. */
export interface DockerContainer {
  readonly container: Container;
  readonly name: string;
  /** As it was asked for. */
  readonly image: string;
  readonly command: readonly string[];
  readonly published: readonly PublishedPort[];
  readonly namespaces: Namespaces;
  /** Of `--network`: `bridge`, `host`, `none` or `container:<id>`. */
  readonly networkMode: string;
  readonly isRemovedAtEnd: boolean;
}

/** A command that `docker exec` has announced. */
export interface PendingExec {
  readonly of: DockerContainer;
  readonly command: readonly string[];
  readonly stdin: boolean;
  readonly tty: boolean;
}

/** The engine. */
export interface DockerEngine {
  readonly node: RuntimeNode;
  readonly streams: Streams;
  /** By id, in the order in which they were made. */
  readonly containers: Map<string, DockerContainer>;
  readonly execs: Map<string, PendingExec>;
  /** How many containers and commands there have been. */
  count: number;
}

/** The container of a name, an id, or the beginning of one. Models moby daemon GetContainer. */
export function findContainer({ containers }: DockerEngine, reference: string): DockerContainer | undefined {
  const whole = containers.get(reference);
  if (whole) return whole;
  const name = reference.replace(/^\//, '');
  const all = [...containers.values()];
  const named = all.find((one) => one.name === name);
  if (named || !/^[0-9a-f]+$/.test(reference)) return named;
  const found = all.filter(({ container }) => container.id.startsWith(reference));
  return found.length === 1 ? found[0] : undefined;
}

/** What is written of a container. One that could not be started counts as created, as docker has it. */
export function rowOf(one: DockerContainer, row: Pick<DockerRow, 'processes' | 'ports' | 'memoryBytes'>): DockerRow {
  const { container, name, image, command, published, namespaces } = one;
  const { sandbox, createdAt, startedAt, finishedAt, exitCode, state, reason } = container;
  const hasFailed = reason === 'StartError';
  return {
    id: container.id,
    name,
    image,
    command,
    hostname: sandbox.hostname,
    ip: sandbox.isTornDown ? '' : sandbox.ip,
    published,
    namespaces,
    createdAt,
    state: hasFailed ? 'created' : state,
    ...(startedAt !== undefined && { startedAt }),
    ...(finishedAt !== undefined && { finishedAt }),
    ...(exitCode !== undefined && { exitCode: hasFailed ? 127 : exitCode }),
    processes: row.processes,
    ports: row.ports,
    memoryBytes: row.memoryBytes,
  };
}
